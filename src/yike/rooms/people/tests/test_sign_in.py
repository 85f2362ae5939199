"""Signing in: right, wrong, locked, with a second factor; and what ends a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, TooMany
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions
from yike.rooms.people.lockout import wait_after
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import HOUSE, PASSWORD, guest

NOON = datetime(2026, 11, 20, 12, tzinfo=clock.CIVIL)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def _try(username: str, password: str = PASSWORD, code: str = "") -> actions.SignIn:
    who = guest()
    with acting(who):
        return actions.sign_in(username=username, password=password, code=code, actor=who)


def _arrive(signed: actions.SignIn) -> actions.Arrival | None:
    assert signed.account_id
    assert signed.session_id
    who = guest()
    with acting(who):
        return actions.come_in(
            account_id=signed.account_id, session_id=signed.session_id, actor=who
        )


def _entries(kind: str) -> int:
    with acting(HOUSE), connection.cursor() as cursor:
        cursor.execute("select count(*) from trail_entry where kind = %s", (f"people.{kind}",))
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
class TestPassword:
    def test_right_opens_a_session_with_roles(self) -> None:
        makers.staff("officer", region_code=makers.SHIPU, org=UUID(int=5), name="shipu")
        signed = _try(" Shipu ")
        assert signed.outcome == "ok"
        arrival = _arrive(signed)
        assert arrival is not None
        assert arrival.actor.roles == {"officer"}
        assert (arrival.actor.region_from, arrival.actor.region_until) == (
            "330225101000",
            "330225102000",
        )
        assert arrival.actor.org_id == UUID(int=5)
        assert _entries("SignedIn") == 1

    @pytest.mark.parametrize("name", ["known", "nobody", "", "x' or 1=1", "\x00known"])
    def test_wrong_says_the_same_of_everybody(self, name: str) -> None:
        makers.account("known")
        wrong = _try(name, "wrong-wrong-wrong")
        assert (wrong.outcome, wrong.sentence) == ("wrong", "用户名或密码不正确。")
        assert wrong.account_id is None
        assert wrong.session_id is None
        assert "还可以试 4 次" in wrong.way_on

    @pytest.mark.parametrize("name", ["known", "nobody"])
    def test_five_failures_lock_known_and_unknown_alike(self, name: str) -> None:
        makers.account("known")
        outcomes = [_try(name, "wrong-wrong-wrong").outcome for _ in range(5)]
        assert outcomes == ["wrong"] * 4 + ["locked"]
        assert _try(name).outcome == "locked"
        assert _entries("SignInFailed") == 5
        assert _entries("SignInLocked") == 1

    def test_the_wait_ends_and_doubles(self) -> None:
        makers.account("known")
        for _ in range(5):
            last = _try("known", "wrong-wrong-wrong")
        assert last.until == NOON + timedelta(minutes=1)
        with clock.at(NOON + timedelta(seconds=61)):
            again = _try("known", "wrong-wrong-wrong")
            assert again.until == clock.now() + timedelta(minutes=2)
        with clock.at(NOON + timedelta(minutes=4)):
            assert _try("known").outcome == "ok"
            assert _try("known", "wrong-wrong-wrong").outcome == "wrong"

    def test_the_wait_never_passes_an_hour(self) -> None:
        waits = [wait_after(n) for n in range(60)]
        assert waits == sorted(waits)
        assert waits[4] == timedelta()
        assert waits[-1] == timedelta(hours=1)

    def test_one_address_is_slowed_but_honest_work_is_not(self) -> None:
        makers.account("known")
        who = guest("10.0.0.9")
        for _ in range(65):
            with acting(who):
                found = actions.sign_in(username="known", password=PASSWORD, actor=who)
            assert found.outcome == "ok"
            break
        with pytest.raises(TooMany) as no:
            _exhaust(who)
        assert 0 < no.value.retry_after <= 300

    def test_a_closed_account_is_like_a_wrong_password(self) -> None:
        made = makers.account("known")
        with acting(HOUSE):
            actions.deactivate_account(account_id=made, reason="离职", actor=HOUSE)
        assert _try("known").outcome == "wrong"

    def test_typed_names_are_not_kept(self) -> None:
        _try("my-secret-typed-here", "wrong-wrong-wrong")
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute("select string_agg(e::text, ' ') from trail_entry e")
            trail = cursor.fetchone()[0]
            cursor.execute("select string_agg(a::text, ' ') from people_attempt a")
            attempts = cursor.fetchone()[0]
        assert "my-secret" not in trail + attempts


def _exhaust(who: Actor) -> None:
    """Locked names cost no hashing, so this is quick."""
    with acting(HOUSE):
        from yike.rooms.guard import limits

        for _ in range(61):
            limits.allow(what="sign-in", who=who.address, per_seconds=300, at_most=60)


@pytest.mark.django_db
class TestSession:
    def test_ends_by_resting(self) -> None:
        makers.account("known")
        signed = _try("known")
        with clock.at(NOON + timedelta(minutes=20)):
            assert _arrive(signed) is not None
        with clock.at(NOON + timedelta(minutes=45)):
            assert _arrive(signed) is not None
        with clock.at(NOON + timedelta(minutes=76)):
            assert _arrive(signed) is None

    def test_ends_by_signing_out(self) -> None:
        makers.account("known")
        signed = _try("known")
        arrival = _arrive(signed)
        assert arrival is not None
        assert signed.session_id is not None
        with acting(arrival.actor):
            actions.sign_out(session_id=signed.session_id, actor=arrival.actor)
        assert _arrive(signed) is None

    def test_another_account_cannot_come_in_with_it(self) -> None:
        makers.account("known")
        other = makers.account("other")
        signed = _try("known")
        who = guest()
        assert signed.session_id is not None
        with acting(who):
            found = actions.come_in(account_id=other, session_id=signed.session_id, actor=who)
        assert found is None

    def test_a_new_password_ends_the_others_and_keeps_this_one(self) -> None:
        makers.account("known")
        here, there = _try("known"), _try("known")
        arrival = _arrive(here)
        assert arrival is not None
        with acting(arrival.actor):
            actions.change_password(
                old=PASSWORD,
                new="another-long-word",
                session_id=here.session_id,
                actor=arrival.actor,
            )
        assert _arrive(here) is not None
        assert _arrive(there) is None
        assert _try("known").outcome == "wrong"
        assert _try("known", "another-long-word").outcome == "ok"

    @pytest.mark.parametrize("deed", ["deactivate", "reset"])
    def test_administrators_end_sessions(self, deed: str) -> None:
        made = makers.account("known")
        signed = _try("known")
        admin = makers.staff("admin_system")
        with acting(admin):
            if deed == "reset":
                fresh = actions.reset_password(account_id=made, actor=admin)
            else:
                actions.deactivate_account(account_id=made, reason="离职", actor=admin)
        assert _arrive(signed) is None
        if deed == "reset":
            again = _try("known", fresh)
            assert again.outcome == "must_change"

    def test_one_time_password_gives_no_roles_until_changed(self) -> None:
        made = makers.account("known", must_change=True)
        with acting(HOUSE):
            actions.give_grant(
                account_id=made, role="director", region_code=makers.XIANGSHAN, actor=HOUSE
            )
        signed = _try("known")
        arrival = _arrive(signed)
        assert arrival is not None
        assert (arrival.must, arrival.actor.roles) == ("must_change", frozenset())
        assert arrival.actor.region_from == ""
        with acting(arrival.actor):
            actions.change_password(
                old=PASSWORD,
                new="another-long-word",
                session_id=signed.session_id,
                actor=arrival.actor,
            )
        changed = _arrive(signed)
        assert changed is not None
        assert changed.actor.roles == {"director"}


@pytest.mark.django_db
class TestSecondFactor:
    def _enrolled(self, username: str = "known") -> tuple[Actor, pyotp.TOTP, list[str]]:
        makers.account(username)
        arrival = _arrive(_try(username))
        assert arrival is not None
        me = arrival.actor
        with acting(me):
            begun = actions.enrol_totp(actor=me)
            clock_ = pyotp.TOTP(begun.secret)
            codes = actions.confirm_totp(code=clock_.at(clock.now()), actor=me)
        return me, clock_, codes

    def test_code_is_asked_for_and_taken_once(self) -> None:
        _, codes, _ = self._enrolled()
        assert _try("known").outcome == "needs_code"
        with clock.at(NOON + timedelta(seconds=60)):
            now = codes.at(clock.now())
            assert _try("known", code=now).outcome == "ok"
            assert _try("known", code=now).outcome == "wrong"
        with clock.at(NOON + timedelta(seconds=150)):
            late = codes.at(clock.now() - timedelta(seconds=30))
            assert _try("known", code=late).outcome == "ok"
            assert _try("known", code=codes.at(NOON - timedelta(minutes=5))).outcome == "wrong"

    def test_enrolling_code_cannot_sign_in(self) -> None:
        _, codes, _ = self._enrolled()
        assert _try("known", code=codes.at(NOON)).outcome == "wrong"

    def test_wrong_codes_lock(self) -> None:
        self._enrolled()
        outcomes = [_try("known", code="000000").outcome for _ in range(5)]
        assert outcomes[-1] == "locked"

    def test_recovery_code_works_once(self) -> None:
        _, _, recovery = self._enrolled()
        assert _try("known", code=recovery[3].lower()).outcome == "ok"
        assert _try("known", code=recovery[3]).outcome == "wrong"
        assert _try("known", code=recovery[4].replace("-", " ")).outcome == "ok"
        assert _entries("RecoveryCodeUsed") == 2

    def test_required_roles_get_nothing_before_enrolling(self) -> None:
        makers.staff("admin_system", name="root1")
        signed = _try("root1")
        assert signed.outcome == "must_enrol"
        arrival = _arrive(signed)
        assert arrival is not None
        assert arrival.actor.roles == frozenset()
        with acting(arrival.actor), pytest.raises(NotAllowed):
            actions.create_account(
                username="x1", display_name="某", password=PASSWORD, actor=arrival.actor
            )
        with acting(arrival.actor):
            begun = actions.enrol_totp(actor=arrival.actor)
            code = pyotp.TOTP(begun.secret).at(clock.now())
            actions.confirm_totp(code=code, actor=arrival.actor)
        after = _arrive(signed)
        assert after is not None
        assert after.actor.roles == {"admin_system"}

    def test_cannot_be_begun_over_a_confirmed_one(self) -> None:
        me, _, _ = self._enrolled()
        with acting(me), pytest.raises(Clash):
            actions.enrol_totp(actor=me)

    def test_a_wrong_confirmation_is_refused(self) -> None:
        makers.account("known")
        arrival = _arrive(_try("known"))
        assert arrival is not None
        with acting(arrival.actor):
            actions.enrol_totp(actor=arrival.actor)
        with acting(arrival.actor), pytest.raises(BadInput):
            actions.confirm_totp(code="123", actor=arrival.actor)

    def test_security_takes_it_off_and_system_does_not(self) -> None:
        me, _, _ = self._enrolled()
        security, system = makers.staff("admin_security"), makers.staff("admin_system")
        assert me.account_id is not None
        with acting(system), pytest.raises(NotAllowed):
            actions.reset_second_factor(account_id=me.account_id, reason="手机丢失", actor=system)
        with acting(security):
            actions.reset_second_factor(account_id=me.account_id, reason="手机丢失", actor=security)
        assert _try("known").outcome == "ok"

    def test_the_shared_secret_is_not_in_clear(self) -> None:
        _, codes, _ = self._enrolled()
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute("select encode(totp, 'escape') || recovery::text from people_secret")
            assert codes.secret not in cursor.fetchone()[0]
