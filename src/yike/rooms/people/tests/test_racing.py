"""Several at once, each on a connection of their own, where transactions really commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import pyotp
import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, passwords, queries
from yike.rooms.people.models import Attempt, Grant
from yike.rooms.people.tests.makers import HOUSE, PASSWORD, SHIPU, guest

NOON = datetime(2026, 11, 20, 12, tzinfo=clock.CIVIL)


@pytest.fixture(autouse=True)
def _quick(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here is the counting, not the cost of a guess."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(passwords, "_HASHER", "md5")


def _all_at_once(deeds: list[Callable[[], str]]) -> Counter[str]:
    def one(deed: Callable[[], str]) -> str:
        try:
            with clock.at(NOON):
                return deed()
        except Refusal as no:
            return no.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(one, deeds))


def _account(name: str) -> UUID:
    with clock.at(NOON), acting(HOUSE):
        return actions.create_account(
            username=name, display_name="某", password=PASSWORD, must_change=False, actor=HOUSE
        )


def _sign_in(password: str, code: str = "") -> str:
    who = guest()
    with acting(who):
        found = actions.sign_in(username="known", password=password, code=code, actor=who)
    return found.outcome


@pytest.mark.commits
class TestAtOnce:
    def test_a_burst_of_guesses_is_counted_one_by_one(self, committed: str) -> None:
        assert committed
        _account("known")
        said = _all_at_once([lambda: _sign_in("wrong-wrong-1")] * 12)
        assert said == {"wrong": 4, "locked": 8}
        with acting(HOUSE):
            assert Attempt.objects.get().failed == 5

    def test_the_right_password_hidden_in_a_burst_gains_nothing(self, committed: str) -> None:
        assert committed
        _account("known")
        for _ in range(5):
            with clock.at(NOON):
                _sign_in("wrong-wrong-1")
        said = _all_at_once([lambda: _sign_in(PASSWORD)] * 6)
        assert said == {"locked": 6}

    def test_a_time_code_is_taken_once(self, committed: str) -> None:
        assert committed
        made = _account("known")
        me = queries.actor_of(made, door="desk")
        assert me is not None
        with clock.at(NOON), acting(me):
            begun = actions.enrol_totp(actor=me)
            codes = pyotp.TOTP(begun.secret)
            actions.confirm_totp(
                code=codes.at(NOON.replace(hour=11, minute=59, second=30)), actor=me
            )
        said = _all_at_once([lambda: _sign_in(PASSWORD, codes.at(NOON))] * 4)
        assert said["ok"] == 1
        assert said["wrong"] == 3

    def test_two_administrators_cannot_give_roles_that_must_not_meet(self, committed: str) -> None:
        assert committed
        made = _account("known")

        def give(role: str, **place: Any) -> str:
            with acting(HOUSE):
                actions.give_grant(account_id=made, role=role, actor=HOUSE, **place)
            return "given"

        place = {"org": UUID(int=3), "region_code": SHIPU}
        said = _all_at_once(
            [
                lambda: give("auditor"),
                lambda: give("admin_system"),
                lambda: give("admin_security"),
                lambda: give("officer", **place),
            ]
        )
        assert said["given"] == 1
        with acting(HOUSE):
            assert Grant.objects.count() == 1
