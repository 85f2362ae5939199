"""Bookings at the desk: the day's list, who came, for a caller, hours, the rule; who may what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from yike.doors.desk.tests.conftest import Sit
from yike.rooms.booking.tests import makers
from yike.rooms.core import clock


@pytest.fixture
def desk(db: None) -> Iterator[makers.Desk]:
    """A notary's office on a Monday morning."""
    with clock.at(makers.MONDAY):
        yield makers.furnish()


def test_who_came_and_who_did_not_is_marked_on_the_days_list(desk: makers.Desk, sit: Sit) -> None:
    slot = makers.slots()[0]
    came, missed = makers.booked(slot.pk), makers.booked(slot.pk, "13857400002")
    seat = sit(desk.clerk)
    with clock.at(slot.from_at + timedelta(minutes=5)):
        page = seat.get("/desk/bookings").content.decode()
        assert came.reference in page
        assert came.code in page
        assert "张三丰" not in page
        for receipt, verb in ((came, "come"), (missed, "miss")):
            done = seat.post(f"/desk/bookings/{receipt.reference}/{verb}", {"back": "2026-11-17"})
            assert done.headers["Location"] == "/desk/bookings?day=2026-11-17"
    assert makers.state_of(came.reference) == "came"
    assert makers.state_of(missed.reference) == "no_show"


def test_a_caller_gets_a_time_and_it_is_moved_and_cancelled_with_a_reason(
    desk: makers.Desk, sit: Sit
) -> None:
    one, two = makers.slots()[:2]
    seat = sit(desk.county.agent)
    assert str(one.pk) in seat.get("/desk/bookings/new?kind=notary").content.decode()
    told = {"slot": str(one.pk), "name": "李四", "phone": "", "kind": "notary"}
    wrong = seat.post("/desk/bookings/new", told)
    assert wrong.status_code == 422
    assert "李四" in wrong.content.decode()
    done = seat.post("/desk/bookings/new", {**told, "phone": "13857400003"})
    where = done.headers["Location"].partition("?")[0]
    assert seat.get(where).status_code == 200
    assert seat.post(f"{where}/move", {"slot": str(two.pk), "reason": ""}).status_code == 422
    assert seat.post(f"{where}/move", {"slot": str(two.pk), "reason": "来不及"}).status_code == 302
    assert seat.post(f"{where}/cancel", {"reason": "本人要求"}).status_code == 302
    assert makers.state_of(where.rpartition("/")[2]) == "cancelled"


def test_another_offices_people_do_not_see_it(desk: makers.Desk, sit: Sit) -> None:
    got = makers.booked(makers.slots()[0].pk)
    for actor in (desk.county.zhao, desk.county.lawyer):
        seat = sit(actor)
        assert seat.get(f"/desk/bookings/{got.reference}").status_code == 404
        page = seat.get("/desk/bookings?day=2026-11-17").content.decode()
        assert got.reference not in page
    assert sit(desk.county.auditor).get("/desk/bookings").status_code == 403


def test_hours_are_added_closed_and_ended(desk: makers.Desk, sit: Sit) -> None:
    seat = sit(desk.clerk)
    told = {
        "kind": "notary", "org": str(desk.office), "place_id": str(desk.place), "weekdays": ["4"],
        "from_time": "14:00", "until_time": "16:00", "minutes": "30", "capacity": "1",
        "ahead_days": "21", "lead_minutes": "30",
    }  # fmt: skip
    assert seat.post("/desk/bookings/hours", {**told, "minutes": "500"}).status_code == 422
    assert seat.post("/desk/bookings/hours", told).status_code == 302
    friday = makers.TUESDAY + timedelta(days=3)
    assert len(makers.slots(friday)) == 4
    closed = {"org": str(desk.office), "from_on": "2026-11-20", "until_on": "2026-11-20"}
    assert seat.post("/desk/bookings/hours/close", {**closed, "reason": "培训"}).status_code == 302
    assert {slot.state for slot in makers.slots(friday)} == {"closed"}
    assert seat.post(f"/desk/bookings/hours/{desk.pattern}/end").status_code == 302
    assert {slot.state for slot in makers.slots()} == {"closed"}
    assert "培训" in seat.get("/desk/bookings/hours").content.decode()


def test_the_rule_is_the_directors_and_the_calendar_ones_own(desk: makers.Desk, sit: Sit) -> None:
    told = {
        "hold_minutes": "15", "offer_minutes": "30", "no_shows": "2", "within_days": "60",
        "words": "请按时来", "reason": "试行", "seen": "0",
    }  # fmt: skip
    assert sit(desk.clerk).post("/desk/bookings/rule", told).status_code == 422
    assert sit(desk.county.director).post("/desk/bookings/rule", told).status_code == 302
    seat = sit(desk.notary)
    page = seat.post("/desk/bookings/calendar", {}).content.decode()
    assert "/book/feed/" in page
    assert seat.post("/desk/bookings/calendar", {"what": "end"}).status_code == 200
