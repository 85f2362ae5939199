"""Statements travel together, in their order, and a fault of one ends them all (core.prepared)."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from yike.rooms.core import prepared
from yike.rooms.core.actor import system
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.guard.tests.watching import limits_kept, trips


@pytest.mark.django_db
class TestTogether:
    def test_what_nobody_needs_yet_travels_with_what_is_needed(self) -> None:
        with acting(system("test")), trips() as made, prepared.together():
            prepared.ask(_COUNT_ONE, ["a"])
            number = prepared.ask("select 6 * %s::int", [7])
            assert made == []
            assert prepared.run("select 1") == [(1,)]
            assert number.rows() == [(42,)]
        assert made == [3]
        assert limits_kept() == ["a"]

    def test_query_sets_see_what_was_sent_before_them(self) -> None:
        with acting(system("test")), prepared.together():
            prepared.ask(_COUNT_ONE, ["b"])
            assert limits_kept() == ["b"]

    def test_the_end_of_the_outermost_brings_what_still_waits(self) -> None:
        with acting(system("test")):
            with trips() as made, prepared.together():
                with prepared.together():
                    prepared.ask(_COUNT_ONE, ["c"])
                assert made == []
            assert limits_kept() == ["c"]

    def test_a_fault_is_raised_at_the_latest_at_the_end(self) -> None:
        with pytest.raises(IntegrityError), acting(system("test")):
            _count("d", "d", "e")
        assert limits_kept() == []

    def test_a_fault_ends_the_transaction(self) -> None:
        with pytest.raises(transaction.TransactionManagementError), acting(system("test")):
            _go_on_after_a_fault()

    def test_what_waits_when_a_deed_is_refused_is_never_sent(self) -> None:
        with acting(system("test")):
            with pytest.raises(NotAllowed):
                _count("f", refused=True)
            assert limits_kept() == []


def test_a_connection_cut_while_idle_is_replaced_by_the_first_question(
    committed: str, databases: Any
) -> None:
    """As after a restart of the database: no request fails for it."""
    before = _next_request()
    databases.connection.execute("select pg_terminate_backend(%s, 5000)", [before])
    ((after,),) = prepared.run("select pg_backend_pid()")
    assert after != before


def test_a_connection_cut_while_idle_is_replaced_by_the_first_deed(
    committed: str, databases: Any
) -> None:
    """A deed begins with no question of its own: the socket tells that the server is gone."""
    before = _next_request()
    databases.connection.execute("select pg_terminate_backend(%s, 5000)", [before])
    with acting(system("test")):
        ((after,),) = prepared.run("select pg_backend_pid()")
    assert after != before


def test_a_connection_that_lives_is_proved_without_a_question(committed: str) -> None:
    before = _next_request()
    link = connection.connection
    with mock.patch.object(type(link), "cursor", side_effect=AssertionError("asked")):
        connection.close_if_health_check_failed()
    assert connection.connection is link
    assert prepared.run("select pg_backend_pid()") == [(before,)]


def _next_request() -> int:
    """The connection lies idle, to be proved anew as at the next request; returns its session."""
    ((session,),) = prepared.run("select pg_backend_pid()")
    connection.health_check_enabled = True  # type: ignore[attr-defined]
    connection.health_check_done = False  # type: ignore[attr-defined]
    return int(session)


def _count(*subjects: str, refused: bool = False) -> None:
    with prepared.together():
        for who in subjects:
            prepared.ask(_COUNT_ONE, [who])
        if refused:
            raise NotAllowed("不行")


def _go_on_after_a_fault() -> None:
    try:
        prepared.run("select 1 / %s::int", [0])
    except DataError:
        limits_kept()


_COUNT_ONE = "insert into guard_limit (what, who, full_at) values ('test.together', %s, now())"
