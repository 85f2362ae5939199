"""The life of signing in against a model: whatever happens in whatever order, the same answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from yike.rooms.core import clock
from yike.rooms.core.actor import system
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, passwords
from yike.rooms.people.lockout import TRIES, wait_after
from yike.rooms.people.tests.makers import guest

HOUSE = system("life")
WORDS = ("tide-lamp-orchid", "moss-kettle-violin", "amber-ferry-ladder")
REST = timedelta(minutes=30)


class SignInLife(RuleBasedStateMachine):
    """One known and one unknown name; the model knows failures, waits, password and sessions."""

    @initialize()
    def begin(self) -> None:
        self.now = datetime(2026, 11, 20, 8, tzinfo=clock.CIVIL)
        self.word = WORDS[0]
        self.active = True
        self.failed = {"known": 0, "nobody": 0}
        self.failed_at = {"known": self.now, "nobody": self.now}
        self.until: dict[str, datetime] = {}
        self.sessions: dict[UUID, datetime] = {}
        with clock.at(self.now), acting(HOUSE):
            self.suffix = new_id().hex[-12:]
            self.account = actions.create_account(
                username=f"known{self.suffix}",
                display_name="某",
                password=self.word,
                must_change=False,
                actor=HOUSE,
            )

    def _try(self, name: str, word: str) -> actions.SignIn:
        who = guest()
        with clock.at(self.now), acting(who):
            return actions.sign_in(username=f"{name}{self.suffix}", password=word, actor=who)

    @rule(name=st.sampled_from(["known", "nobody"]), word=st.sampled_from(WORDS))
    def sign_in(self, name: str, word: str) -> None:
        found = self._try(name, word)
        if name in self.until and self.until[name] > self.now:
            assert found.outcome == "locked"
            assert found.until == self.until[name]
            return
        if name == "known" and self.active and word == self.word:
            assert found.outcome == "ok"
            assert found.session_id
            self.sessions[found.session_id] = self.now
            self.failed[name] = 0
            self.until.pop(name, None)
            return
        self._fails(name, found)

    def _fails(self, name: str, found: actions.SignIn) -> None:
        if self.now - self.failed_at[name] > timedelta(hours=24):
            self.failed[name] = 0
        self.failed[name] += 1
        self.failed_at[name] = self.now
        if self.failed[name] >= TRIES:
            self.until[name] = self.now + wait_after(self.failed[name])
            assert (found.outcome, found.until) == ("locked", self.until[name])
        else:
            assert (found.outcome, found.session_id) == ("wrong", None)

    @rule(minutes=st.sampled_from([0.2, 1, 2, 5, 29, 31, 61, 1500]))
    def wait(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(word=st.sampled_from(WORDS))
    def reset(self, word: str) -> None:
        """The holder changes the password in the oldest living session, if there is one."""
        alive = sorted(s for s, seen in self.sessions.items() if self.now - seen < REST)
        if not alive or word == self.word or not self.active:
            return
        me = self._arrive(alive[0])
        assert me is not None
        with clock.at(self.now), acting(me.actor):
            actions.change_password(old=self.word, new=word, session_id=alive[0], actor=me.actor)
        self.word = word
        self.sessions = {alive[0]: self.now}

    @rule()
    def close_or_open(self) -> None:
        deed = actions.deactivate_account if self.active else actions.reactivate_account
        with clock.at(self.now), acting(HOUSE):
            deed(account_id=self.account, reason="核查", actor=HOUSE)
        self.active = not self.active
        if not self.active:
            self.sessions = {}

    def _arrive(self, session: UUID) -> actions.Arrival | None:
        who = guest()
        with clock.at(self.now), acting(who):
            return actions.come_in(account_id=self.account, session_id=session, actor=who)

    @invariant()
    def sessions_live_as_the_model_says(self) -> None:
        for session, seen in list(self.sessions.items()):
            alive = self.now - seen < REST
            assert (self._arrive(session) is not None) is alive
            if alive and self.now - seen > timedelta(seconds=60):
                self.sessions[session] = self.now
            if not alive:
                del self.sessions[session]


@pytest.mark.django_db
def test_the_life_of_signing_in(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a quick hasher: what is tested here is the counting, not the cost."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(passwords, "_HASHER", "md5")
    run_state_machine_as_test(SignInLife, settings=_EFFORT)


_EFFORT = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
