"""Counters hold back whoever asks too often, and outlive the refusal of the deed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.refusal import TooMany
from yike.rooms.guard import limits

NOON = datetime(2026, 11, 20, 12, tzinfo=clock.CIVIL)


@pytest.fixture
def who() -> Iterator[str]:
    with clock.at(NOON):
        yield uuid4().hex


def _allow(who: str, what: str = "test") -> None:
    limits.allow(what=what, who=who, per_seconds=60, at_most=3)


@transaction.atomic
def _fail(who: str) -> None:
    _allow(who)
    raise ZeroDivisionError


@pytest.mark.django_db
class TestAllow:
    def test_lets_so_many_through_and_then_waits(self, who: str) -> None:
        for _ in range(3):
            _allow(who)
        with pytest.raises(TooMany) as no:
            _allow(who)
        assert 1 <= no.value.retry_after <= 21
        with clock.at(NOON + timedelta(seconds=no.value.retry_after)):
            _allow(who)
            with pytest.raises(TooMany):
                _allow(who)

    def test_refused_asking_does_not_lengthen_the_wait(self, who: str) -> None:
        for _ in range(3):
            _allow(who)
        for _ in range(50):
            with pytest.raises(TooMany):
                _allow(who)
        with clock.at(NOON + timedelta(seconds=21)):
            _allow(who)

    def test_never_more_than_allowed_plus_what_came_back(self, who: str) -> None:
        passed = 0
        for second in range(0, 240, 5):
            with clock.at(NOON + timedelta(seconds=second)):
                try:
                    _allow(who)
                    passed += 1
                except TooMany:
                    continue
        assert passed <= 3 + 240 // 20

    def test_a_clock_set_back_locks_nobody_out(self, who: str) -> None:
        for _ in range(3):
            _allow(who)
        with clock.at(NOON - timedelta(days=5)):
            for _ in range(3):
                _allow(who)
            with pytest.raises(TooMany) as no:
                _allow(who)
            assert no.value.retry_after <= 21

    def test_subjects_and_deeds_are_apart(self, who: str) -> None:
        for _ in range(3):
            _allow(who)
        _allow(who, "other")
        _allow(who + "x")

    def test_counts_although_the_deed_is_rolled_back(self, who: str) -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                _fail(who)
        with pytest.raises(TooMany):
            _allow(who)

    def test_forgetting_and_giving_back(self, who: str) -> None:
        for _ in range(10):
            _allow(who)
            limits.give_back(what="test", who=who, per_seconds=60, at_most=3)
        for _ in range(3):
            _allow(who)
        limits.forget(what="test", who=who)
        _allow(who)

    def test_many_at_once_are_counted_exactly(self, who: str) -> None:
        def one(_: int) -> int:
            with clock.at(NOON):
                try:
                    _allow(who)
                except TooMany:
                    return 0
                return 1

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(one, range(40))) == 3

    def test_keeps_no_subject_in_clear(self, who: str) -> None:
        _allow(who)
        with connection.cursor() as cursor:
            cursor.execute("select string_agg(l::text, ' ') from guard_limit l")
            assert who not in cursor.fetchone()[0]

    def test_the_table_is_unlogged(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select relpersistence::text from pg_class where relname='guard_limit'")
            assert cursor.fetchone()[0] == "u"

    def test_a_cut_connection_is_replaced(self, who: str) -> None:
        _allow(who)
        for _, link in limits._idle:
            link.close()
        _allow(who)


def _many(who: str, times: int, at: datetime = NOON) -> int:
    """How many of so many were let through."""
    passed = 0
    with clock.at(at):
        for _ in range(times):
            try:
                limits.allow(what="test", who=who, per_seconds=60, at_most=10, ahead=4)
            except TooMany:
                continue
            passed += 1
    return passed


@pytest.mark.django_db
class TestAhead:
    def test_counted_ahead_or_not_there_are_as_many(self, who: str) -> None:
        assert _many(who, 25) == 10
        assert _many(who, 25, NOON + timedelta(seconds=6)) == 1

    def test_most_are_done_without_asking(self, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
        asked, run = [0], limits._run

        def counted(sql: str, facts: Any) -> Any:
            asked[0] += 1
            return run(sql, facts)

        monkeypatch.setattr(limits, "_run", counted)
        monkeypatch.setattr("random.randrange", lambda _: 1)
        assert _many(who, 8) == 8
        assert asked == [2]

    def test_after_a_second_nothing_counted_ahead_is_left(self, who: str) -> None:
        assert _many(who, 1) == 1
        later = NOON + timedelta(seconds=2)
        assert _many(who, 25, later) == 6, "three were counted and never done"

    def test_another_process_gets_only_what_is_left(self, who: str) -> None:
        assert _many(who, 5) == 5
        limits._ahead.clear()
        assert _many(who, 25) == 2

    def test_a_clock_that_was_set_back_gets_nothing_for_it(self, who: str) -> None:
        assert _many(who, 1) == 1
        assert _many(who, 25, NOON - timedelta(hours=1)) <= 10

    def test_threads_share_what_was_counted(self, who: str) -> None:
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(lambda _: _many(who, 5), range(6))) == 10
