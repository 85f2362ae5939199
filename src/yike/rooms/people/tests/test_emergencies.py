"""Break-glass: the level for an hour, never the region or a role; and somebody reviews it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from yike.rooms.core import clock
from yike.rooms.core.actor import INTERNAL, PRIVATE, Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, TooMany
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, queries, roles
from yike.rooms.people.models import Emergency
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import XIANGSHAN

NOON = datetime(2026, 11, 20, 23, tzinfo=clock.CIVIL)
WHY = "家暴受害人深夜来电，须立即查看原诉求"


@pytest.fixture(autouse=True)
def _night() -> Iterator[None]:
    with clock.at(NOON):
        yield


def _dispatcher() -> Actor:
    return makers.staff("dispatcher", region_code=XIANGSHAN, org=UUID(int=9))


def _break(me: Actor, reason: str = WHY, minutes: int = 60) -> UUID:
    with acting(me):
        return actions.break_glass(reason=reason, minutes=minutes, actor=me)


def _again(me: Actor) -> Actor:
    assert me.account_id is not None
    found = queries.actor_of(me.account_id, door="desk")
    assert found is not None
    return found


@pytest.mark.django_db
class TestBreak:
    def test_lifts_the_level_for_an_hour_and_nothing_else(self) -> None:
        me = _dispatcher()
        assert me.level == INTERNAL
        _break(me)
        lifted = _again(me)
        assert lifted.level == PRIVATE
        assert (lifted.roles, lifted.org, lifted.region_from) == (me.roles, me.org, me.region_from)
        with clock.at(NOON + timedelta(minutes=61)):
            assert _again(me).level == INTERNAL

    def test_ends_when_its_holder_says_so(self) -> None:
        me = _dispatcher()
        _break(me)
        with clock.at(NOON + timedelta(minutes=5)):
            with acting(me):
                actions.end_emergency(actor=me)
            assert _again(me).level == INTERNAL
            with acting(me), pytest.raises(Clash):
                actions.end_emergency(actor=me)

    @pytest.mark.parametrize("role", sorted(set(roles.ROLES) - roles.BREAKS_GLASS))
    def test_others_may_not(self, role: str) -> None:
        place = {} if roles.ROLES[role].apart else {"org": UUID(int=9), "region_code": XIANGSHAN}
        me = makers.staff(role, **place)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            _break(me)

    def test_needs_a_real_reason_and_a_short_time(self) -> None:
        me = _dispatcher()
        with pytest.raises(BadInput):
            _break(me, reason="看看")
        with pytest.raises(BadInput):
            _break(me, minutes=600)

    def test_once_at_a_time_and_three_a_day(self) -> None:
        me = _dispatcher()
        _break(me)
        with pytest.raises(Clash):
            _break(me)
        for hour in (2, 4):
            with clock.at(NOON + timedelta(hours=hour)):
                _break(me)
        with clock.at(NOON + timedelta(hours=6)), pytest.raises(TooMany):
            _break(me)


@pytest.mark.django_db
class TestReview:
    def test_security_looks_at_it_once(self) -> None:
        me, security = _dispatcher(), makers.staff("admin_security")
        opened = _break(me)
        with acting(security):
            assert [row.id for row in queries.emergencies(actor=security)] == [opened]
            actions.review_emergency(emergency_id=opened, review="情况属实", actor=security)
            with pytest.raises(Clash):
                actions.review_emergency(emergency_id=opened, review="情况属实", actor=security)
            assert queries.emergencies(actor=security)[0].review == "情况属实"

    def test_nobody_reviews_their_own_or_opens_anothers(self) -> None:
        me, other = _dispatcher(), _dispatcher()
        opened = _break(me)
        with acting(me), pytest.raises(NotAllowed):
            actions.review_emergency(emergency_id=opened, review="情况属实", actor=me)
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            acting(me),
            connection.cursor() as cursor,
        ):
            cursor.execute("update people_emergency set reviewed_at = now(), review = 'x'")
        assert other.account_id is not None
        with pytest.raises(ProgrammingError, match="row-level security"), acting(me):
            Emergency.objects.create(
                account_id=other.account_id, reason=WHY, started_at=NOON, until=NOON
            )

    def test_who_sees_it(self) -> None:
        me, other = _dispatcher(), _dispatcher()
        _break(me)
        for role in ("auditor", "admin_security"):
            looking = makers.staff(role)
            with acting(looking):
                assert len(queries.emergencies(actor=looking)) == 1
        with acting(other):
            assert queries.emergencies(actor=other) == []
        with acting(me):
            assert len(queries.emergencies(actor=me)) == 1
