"""A sentence is written inside a transaction, and nobody can take it back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from yike.rooms.core import actor as actors
from yike.rooms.core.event import Event
from yike.rooms.guard.acting import acting
from yike.rooms.trail import actions


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(Event):
    """Something happened, for the tests."""

    kettle: str

    ABOUT = "kettle"
    SUBJECT = "kettle"


@pytest.mark.django_db
class TestRecord:
    def test_writes_who_what_and_about_what(self) -> None:
        house = actors.system("test")
        with acting(house):
            actions.record(KettleBoiled(kettle="k1"), actor=house)
            with connection.cursor() as cursor:
                cursor.execute("select about, subject, actor_ref, body from trail_entry")
                rows = cursor.fetchall()
        assert rows == [("kettle", "k1", "test", '{"kettle":"k1"}')]

    def test_is_hidden_from_a_visitor(self) -> None:
        guest = actors.visitor("portal")
        with acting(guest):
            actions.record(KettleBoiled(kettle="k2"), actor=guest)
            with connection.cursor() as cursor:
                cursor.execute("select count(*) from trail_entry")
                assert cursor.fetchone() == (0,)

    @pytest.mark.parametrize(
        "deed", ["update trail_entry set body = ''", "delete from trail_entry"]
    )
    def test_cannot_be_altered_or_removed(self, deed: str) -> None:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            acting(actors.system("test")),
            connection.cursor() as cursor,
        ):
            cursor.execute(deed)
