"""A session is written once by a request, and is gone when it is removed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yike.doors.kit.session_store import SessionStore


@pytest.mark.django_db
class TestSessionStore:
    def test_the_same_words_are_written_once(self) -> None:
        session = SessionStore()
        session["claim"] = ["261116-8HFEYWQ3", "key"]
        session.cycle_key()
        with CaptureQueriesContext(connection) as told:
            session.save()
        assert len(told) == 0
        session["claimed"] = 7
        session.save()
        again = SessionStore(session.session_key)
        assert (again["claim"][1], again["claimed"]) == ("key", 7)

    def test_a_list_that_grew_is_written_again(self) -> None:
        session = SessionStore()
        session["seen"] = ["one"]
        session.create()
        session["seen"].append("two")
        session.save()
        assert SessionStore(session.session_key)["seen"] == ["one", "two"]

    def test_a_fresh_key_ends_the_old_one(self) -> None:
        session = SessionStore()
        session["claim"] = ["a", "b"]
        session.create()
        old = session.session_key
        session.cycle_key()
        assert session.session_key != old
        assert SessionStore(old).get("claim") is None
        assert SessionStore(session.session_key)["claim"] == ["a", "b"]
