"""A circuit that comes otherwise: who booked is moved to the next free time, or cancelled, told."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

import pytest

from yike.rooms.booking import actions
from yike.rooms.booking.faces import Told
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.booking.tests import makers
from yike.rooms.booking.tests.makers import COUNTY, MONDAY, SYSTEM
from yike.rooms.core import clock
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import circuits
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.actions import StopTold
from yike.rooms.guard.acting import acting
from yike.rooms.notices.models import Notice
from yike.rooms.providers.tests import makers as provider_makers

pytestmark = pytest.mark.django_db
VILLAGE = "330225101004"


def _circuit(desk: makers.Desk) -> UUID:
    dates = (date(2026, 11, 18), date(2026, 11, 25))
    made = duty_actions.set_circuit(
        name="公证巡回", county=COUNTY, institution_id=desk.office, services=("S01",),
        practitioner_id=provider_makers.lawyer(desk.office, name="巡律师"), phone="0574-65000001",
        rule=circuits.Rule(every="dates", begins=date(2026, 11, 17), dates=dates),
        stops=[StopTold(region_code=VILLAGE, where="村点", place_id=desk.place, arrives=time(9),
                        leaves=time(10))],
        actor=SYSTEM,
    )  # fmt: skip
    (stop,) = duty_queries.stops_of(made)
    actions.set_pattern(
        kind="consult", org=desk.office, minutes=30, capacity=1, place_id=desk.place,
        stop_id=stop.id, actor=SYSTEM,
    )  # fmt: skip
    with pytest.raises(Clash):
        actions.set_pattern(
            kind="consult", org=desk.office, minutes=20, capacity=1, place_id=desk.place,
            stop_id=stop.id, actor=SYSTEM,
        )  # fmt: skip
    return stop.id


def _book() -> None:
    slots = Slot.objects.filter(kind="consult", day=date(2026, 11, 18)).order_by("from_at")
    for number, slot in enumerate(slots):
        told = Told(name=f"村民{number}", phone=f"1385740000{number}")
        actions.book(slot_id=slot.pk, told=told, actor=SYSTEM)


def test_who_booked_a_visit_to_which_nobody_came_is_told() -> None:
    desk = makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY):
        stop = _circuit(desk)
        _book()
        visit = duty_queries.visits_to(VILLAGE)[0]
    late = datetime(2026, 11, 18, 10, 1, tzinfo=clock.CIVIL)
    with acting(SYSTEM), clock.at(late):
        first = Booking.objects.order_by("slot__from_at").first()
        assert first is not None
        actions.miss(reference=first.reference, actor=desk.clerk)
        assert duty_actions.mark_missed(actor=SYSTEM) == 1
        with pytest.raises(NotAllowed):
            actions.follow_missed(stop_id=stop, arrives_at=visit.arrives_at, actor=desk.clerk)
        assert actions.follow_missed(stop_id=stop, arrives_at=visit.arrives_at, actor=SYSTEM) == 2
        assert actions.follow_missed(stop_id=stop, arrives_at=visit.arrives_at, actor=SYSTEM) == 0
        assert {one.state for one in Booking.objects.all()} == {"cancelled"}
        for one in Booking.objects.all():
            told = {"booking_id": str(one.pk), "reference": one.reference}
            actions.tell_of(kind="BookingCancelled", booking_id=one.pk, facts=told, actor=SYSTEM)
        said = Notice.objects.filter(template="booking.cancelled")
        assert said.exists()
        assert {one.subject for one in said} == {str(one.pk) for one in Booking.objects.all()}


def test_who_booked_a_visit_that_is_cancelled_is_moved_or_cancelled_and_told() -> None:
    desk = makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY):
        stop = _circuit(desk)
        assert Slot.objects.filter(kind="consult", state="open").count() == 4
        _book()
        first, second = duty_queries.visits_to(VILLAGE)
        duty_actions.cancel_visit(visit_id=first.id, reason="停航", actor=SYSTEM)
        assert actions.follow_circuit(stop_id=stop, reason="停航", actor=SYSTEM) == 2
        assert actions.follow_circuit(stop_id=stop, reason="停航", actor=SYSTEM) == 0
        moved = Booking.objects.filter(state="confirmed").order_by("slot__from_at")
        assert [one.day for one in moved] == [date(2026, 11, 25)] * 2
        duty_actions.cancel_visit(visit_id=second.id, reason="台风", actor=SYSTEM)
        assert actions.follow_circuit(stop_id=stop, reason="台风", actor=SYSTEM) == 2
        left = Booking.objects.filter(state="cancelled")
        assert {one.reason for one in left} == {"巡回日程有变：台风"}
