"""Times are held, confirmed, moved, given back and waited for; what is refused leaves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yike.rooms.booking import actions, queries
from yike.rooms.booking.models import Booking
from yike.rooms.booking.tests import makers
from yike.rooms.booking.tests.makers import COUNTY, MONDAY, SYSTEM, TUESDAY, VISITOR
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_a_time_is_held_confirmed_and_seen_by_reference_and_phone(desk: makers.Desk) -> None:
    slot = makers.slots()[0]
    held = makers.hold(slot.pk)
    assert held.expires_at == MONDAY + timedelta(minutes=10)
    got = makers.do("confirm", makers.holder(held), reference=held.reference, told=makers.told())
    again = makers.do("confirm", makers.holder(held), reference=held.reference, told=makers.told())
    assert (got.repeated, again.repeated, again.code) == (False, True, got.code)
    with acting(makers.citizen(held.reference)) as citizen:
        face = queries.mine(citizen)
    assert (face.state, face.party, face.from_at) == ("confirmed", "张**", slot.from_at)
    assert {"move", "cancel"} <= face.can
    assert face.papers
    for stranger in (makers.citizen(held.reference, "13857409999"), VISITOR):
        with acting(stranger), pytest.raises(NotFound):
            queries.mine(stranger)


def test_a_slot_gives_no_more_places_than_it_has(desk: makers.Desk) -> None:
    slot, after = makers.slots()[:2]
    for number in range(2):
        makers.booked(slot.pk, f"1385740100{number}")
    with pytest.raises(Clash) as no:
        makers.hold(slot.pk)
    assert "约满" in no.value.sentence
    assert "09:30" in no.value.way_on
    with acting(VISITOR):
        free = queries.free_slots("notary", COUNTY)
    assert slot.pk not in {one.id for one in free}
    assert next(one for one in free if one.id == after.pk).free == 2


def test_the_database_itself_refuses_one_too_many(desk: makers.Desk) -> None:
    """Whatever writes, and by whatever way round."""
    from django.db import IntegrityError, transaction

    slot, other = makers.slots()[:2]
    for number in range(2):
        makers.booked(slot.pk, f"1385740110{number}")
    third = makers.booked(other.pk, "13857401109")
    with acting(SYSTEM):
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.filter(reference=third.reference).update(slot=slot)
        with pytest.raises(IntegrityError), transaction.atomic():
            type(slot).objects.filter(pk=slot.pk).update(capacity=1)


def test_a_held_place_is_free_when_it_expired_although_nobody_swept(desk: makers.Desk) -> None:
    slot = makers.slots()[0]
    first, _ = makers.hold(slot.pk), makers.hold(slot.pk)
    with pytest.raises(Clash):
        makers.hold(slot.pk)
    with clock.at(MONDAY + timedelta(minutes=11)):
        makers.booked(slot.pk, "13857402001")
        makers.booked(slot.pk, "13857402002")
        with pytest.raises(Clash) as no:
            makers.do(
                "confirm", makers.holder(first), reference=first.reference, told=makers.told()
            )
        assert "09:30" in no.value.way_on
        free = makers.slots()[1]
        got = makers.do(
            "confirm", makers.holder(first), reference=first.reference, told=makers.told(),
            slot_id=free.pk,
        )  # fmt: skip
    assert got.from_at == free.from_at
    makers.tick(MONDAY + timedelta(hours=1))
    assert makers.state_of(first.reference) == "confirmed"


def test_sweeping_marks_what_expired_once(desk: makers.Desk) -> None:
    held = makers.hold(makers.slots()[0].pk)
    assert makers.tick(MONDAY + timedelta(minutes=9)) == 0
    assert makers.tick(MONDAY + timedelta(minutes=10)) == 1
    assert makers.state_of(held.reference) == "lapsed"
    assert makers.tick(MONDAY + timedelta(minutes=12)) == 0


def test_a_browser_holds_one_place_at_a_time(desk: makers.Desk) -> None:
    one, two = makers.slots()[:2]
    held = makers.hold(one.pk)
    makers.hold(two.pk, makers.holder(held))
    assert makers.state_of(held.reference) == "cancelled"


def test_moving_happens_whole_or_not_at_all(desk: makers.Desk) -> None:
    one, two, three = makers.slots()[:3]
    got = makers.booked(one.pk)
    for number in range(2):
        makers.booked(two.pk, f"1385740300{number}")
    citizen = makers.citizen(got.reference)
    with pytest.raises(Clash):
        makers.do("move", citizen, reference=got.reference, slot_id=two.pk)
    with acting(citizen):
        assert queries.mine(citizen).slot_id == one.pk
    moved = makers.do("move", citizen, reference=got.reference, slot_id=three.pk)
    assert (moved.reference, moved.code) == (got.reference, got.code)
    with acting(citizen):
        assert queries.mine(citizen).slot_id == three.pk
        assert next(s.free for s in queries.free_slots("notary", COUNTY) if s.id == one.pk) == 2


def test_who_waits_is_offered_what_falls_free_in_order(desk: makers.Desk) -> None:
    taken = [
        makers.booked(slot.pk, f"138574{40 + index:02d}{part:03d}")
        for index, slot in enumerate(makers.slots())
        for part in range(2)
    ]
    waits = {"pattern_id": desk.pattern, "day": TUESDAY}
    first = makers.do("wait", VISITOR, told=makers.told("13857405001"), **waits)
    with clock.at(MONDAY + timedelta(minutes=1)):
        second = makers.do("wait", VISITOR, told=makers.told("13857405002"), **waits)
    with acting(makers.citizen(second.reference, "13857405002")) as waiting:
        assert queries.mine(waiting).ahead == 1
    gone = makers.citizen(taken[0].reference, "13857440000")
    makers.do("cancel", gone, reference=taken[0].reference)
    later = MONDAY + timedelta(minutes=2)
    assert makers.tick(later) == 1
    assert (makers.state_of(first.reference), makers.state_of(second.reference)) == (
        "held",
        "waiting",
    )
    with clock.at(later), pytest.raises(Clash):
        makers.hold(makers.slots()[0].pk)  # kept for the one who waited
    makers.tick(later + timedelta(minutes=61))
    assert makers.state_of(first.reference) == "lapsed"
    assert makers.state_of(second.reference) == "held"
    with clock.at(later + timedelta(minutes=70)):
        who = makers.citizen(second.reference, "13857405002")
        makers.do("confirm", who, reference=second.reference)
    assert makers.state_of(second.reference) == "confirmed"


def test_nobody_waits_for_a_day_with_free_times(desk: makers.Desk) -> None:
    with pytest.raises(NotAllowed):
        makers.do("wait", VISITOR, told=makers.told(), pattern_id=desk.pattern, day=TUESDAY)


def test_who_did_not_come_too_often_books_by_telephone_only(desk: makers.Desk) -> None:
    for day in (makers.TUESDAY, *(makers.TUESDAY + timedelta(days=n) for n in (2, 7))):
        got = makers.booked(makers.slots(day)[0].pk)
        with clock.at(makers.slots(day)[0].from_at + timedelta(minutes=20)):
            makers.do("miss", desk.clerk, reference=got.reference)
    with clock.at(MONDAY + timedelta(days=9)):
        slot = makers.slots(makers.TUESDAY + timedelta(days=14))[0]
        held = makers.hold(slot.pk)
        with pytest.raises(NotAllowed) as no:
            makers.do("confirm", makers.holder(held), reference=held.reference, told=makers.told())
        assert "3 次约了没有来" in no.value.sentence
        assert "12348" in no.value.way_on
        got = makers.do("book", desk.county.agent, slot_id=slot.pk, told=makers.told())
    assert makers.state_of(got.reference) == "confirmed"


def test_one_telephone_does_not_take_the_whole_day(desk: makers.Desk) -> None:
    found = [*makers.slots(), *makers.slots(TUESDAY + timedelta(days=2))]
    for slot in found[:5]:
        makers.booked(slot.pk)
    with pytest.raises(NotAllowed):
        makers.booked(found[5].pk)


def test_what_was_typed_wrong_is_named(desk: makers.Desk) -> None:
    held = makers.hold(makers.slots()[0].pk)
    who = makers.holder(held)
    with pytest.raises(BadInput) as no:
        makers.do("confirm", who, reference=held.reference, told=makers.told(phone=""))
    assert no.value.field == "phone"
    with pytest.raises(BadInput) as no:
        makers.do("confirm", who, reference=held.reference, told=makers.told(phone="12"))
    assert no.value.field == "phone"
    assert makers.state_of(held.reference) == "held"


def test_came_and_missing_only_when_the_time_has_come(desk: makers.Desk) -> None:
    slot = makers.slots()[0]
    got = makers.booked(slot.pk)
    with pytest.raises(NotAllowed):
        makers.do("come", desk.clerk, reference=got.reference)
    with clock.at(slot.from_at - timedelta(minutes=5)), pytest.raises(NotAllowed):
        makers.do("miss", desk.clerk, reference=got.reference)
    with clock.at(slot.from_at + timedelta(minutes=5)):
        with pytest.raises(NotAllowed):
            makers.do("cancel", makers.citizen(got.reference), reference=got.reference)
        makers.do("miss", desk.clerk, reference=got.reference)
        makers.do("come", desk.clerk, reference=got.reference)  # late, but here
        with pytest.raises(NotAllowed):
            makers.do("come", desk.clerk, reference=got.reference)
    assert makers.state_of(got.reference) == "came"


def test_reminded_a_day_and_two_hours_before_also_after_a_pause(desk: makers.Desk) -> None:
    slot = makers.slots(TUESDAY + timedelta(days=2))[0]
    makers.booked(slot.pk)
    assert makers.tick(slot.from_at - timedelta(hours=25)) == 0
    assert makers.tick(slot.from_at - timedelta(hours=24)) == 1
    assert makers.tick(slot.from_at - timedelta(hours=23)) == 0
    assert makers.tick(slot.from_at - timedelta(minutes=30)) == 1
    assert makers.tick(slot.from_at - timedelta(minutes=29)) == 0


def test_staff_give_a_reason_and_it_is_told(desk: makers.Desk) -> None:
    got = makers.booked(makers.slots()[0].pk)
    with pytest.raises(BadInput):
        makers.do("cancel", desk.clerk, reference=got.reference)
    makers.do("cancel", desk.clerk, reference=got.reference, reason="公证员外出")
    with acting(SYSTEM):
        row = Booking.objects.get(reference=got.reference)
        for _ in range(2):
            actions.tell_of(kind="BookingCancelled", booking_id=row.pk, facts={}, actor=SYSTEM)
    with acting(makers.citizen(got.reference)) as citizen:
        from yike.rooms.notices import queries as notices_queries

        (notice,) = notices_queries.inbox(citizen).rows
    assert "公证员外出" in notice.words
