"""A county's expert and somebody at a village's station: its machine is kept for them, once."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

import pytest

from yike.rooms.booking import actions, queries, taking
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.booking.tests import makers
from yike.rooms.booking.tests.makers import COUNTY, MONDAY, SYSTEM, TUESDAY
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound, Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests.makers import SHIPU, person
from yike.rooms.places import actions as places_actions
from yike.rooms.places import remote

pytestmark = pytest.mark.django_db
HOURS = {"tue": [["09:00", "10:30"]]}


def stand(desk: makers.Desk) -> tuple[str, UUID]:
    """A terminal at a station that shuts at half past ten, and video times of two experts."""
    station = places_actions.register_station(
        code="shipu", name="石浦镇工作站", level=3, institution_id=desk.county.shipu_office,
        region_code=SHIPU, point=(121.95, 29.2), hours=HOURS, opened_on=date(2025, 1, 1),
        actor=SYSTEM,
    )  # fmt: skip
    terminal = places_actions.register_facility(
        facility="terminal",
        code="t1", name="石浦镇工作站自助终端", kind="自助", station_id=station, region_code=SHIPU,
        installed_on=date(2025, 1, 1), actor=SYSTEM,
    )  # fmt: skip
    for minutes in (30, 60):
        makers.opened(desk.office, None, kind="video", minutes=minutes, until_time=time(12))
    return "terminal", terminal


def video(minutes: int, hour: int, minute: int = 0) -> Slot:
    at = datetime(2026, 11, 17, hour, minute, tzinfo=clock.CIVIL)
    return Slot.objects.get(kind="video", from_at=at, pattern__minutes=minutes)


def _book(slot: Slot, far: tuple[str, UUID], phone: str = makers.PHONE) -> str:
    told = makers.told(phone)
    return actions.book(slot_id=slot.pk, told=told, far=far, actor=SYSTEM).reference


def _try(slot: Slot, far: tuple[str, UUID]) -> type[Exception] | None:
    try:
        _book(slot, far, "13857400009")
    except Refusal as no:
        return type(no)
    return None


def test_a_machine_is_kept_once_and_goes_with_its_booking() -> None:
    desk = makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY):
        far = stand(desk)
        first = _book(video(30, 9, 30), far)
        # another expert's hour overlaps; one that only touches does not
        assert _try(video(60, 9), far) is Clash
        assert _try(video(30, 9), far) is None
        # the station is shut then, and a consultation face to face needs no machine
        assert _try(video(30, 10, 30), far) is BadInput
        assert _try(makers.slots(TUESDAY)[0], far) is BadInput
        # moved together: the old time falls free, the new one is taken, a full one keeps the old
        actions.tell_joining(reference=first, words="会议室 8001", actor=desk.clerk)
        with pytest.raises(Clash):
            actions.move(reference=first, slot_id=video(60, 9).pk, reason="换人", actor=SYSTEM)
        actions.move(reference=first, slot_id=video(30, 10).pk, reason="换时间", actor=SYSTEM)
        kept = Booking.objects.get(reference=first, state="confirmed")
        assert (kept.far_spot, kept.joining) == (far[1], "")
        assert _try(video(60, 10), far) is BadInput
        assert _try(video(30, 9, 30), far) is None
        # given back together
        assert _try(video(30, 10), far) is Clash
        actions.cancel(reference=first, reason="不来了", actor=SYSTEM)
        assert _try(video(30, 10), far) is None


def test_the_database_itself_keeps_the_machine() -> None:
    """Also for who writes the row without asking anybody."""
    desk = makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY):
        far = stand(desk)
        reference = _book(video(30, 9), far)
        row = Booking.objects.get(reference=reference)
        row.pk, row.reference, row._state.adding = UUID(int=7), "X", True
        row.slot = video(60, 9)
        with pytest.raises(Clash, match="远程点"):
            taking.take(row.slot, MONDAY, row.save)


def test_who_sees_it_and_who_tells_how_to_join() -> None:
    desk = makers.furnish()
    with acting(SYSTEM), clock.at(MONDAY):
        far = stand(desk)
        reference = _book(video(30, 9), far)
        spot = remote.remote_spot(*far)
        assert spot.words == "石浦镇工作站（自助终端）"
        assert [one.id for one in remote.remote_spots(COUNTY)] == [far[1]]
        with pytest.raises(NotFound):
            remote.remote_spot("space", far[1])
        host = person("shipu2", "石浦窗口", "clerk", desk.county.shipu_office, SHIPU)
        away = person("xizhou2", "别处窗口", "clerk", desk.county.shipu_office, "330225102000")
    with clock.at(MONDAY):
        with acting(away), pytest.raises(NotFound):
            queries.booking_page(away, reference)
        with acting(host):
            (face,) = queries.day_list(host, TUESDAY)
            assert (face.far_name, face.remote) == (spot.words, True)
            assert {"move", "cancel"} <= face.can
            assert "join" not in face.can
            with pytest.raises(NotAllowed):
                actions.tell_joining(reference=reference, words="会议室 1", actor=host)
        with acting(desk.clerk):
            actions.tell_joining(reference=reference, words="会议室 8001", actor=desk.clerk)
        citizen = makers.citizen(reference)
        with acting(citizen):
            mine = queries.mine(citizen)
            assert (mine.where, mine.joining) == (spot.words, "会议室 8001")
            assert "会议室 8001" in queries.mine_ics(citizen).decode()
