"""A hall's queue machine reads which windows are open and who stands there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.doors.wire.tests.conftest import Platform, make_platform
from yike.rooms.clocks import reference as clocks_reference
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty.actions import Line
from yike.rooms.duty.models import Shift
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.providers import actions as providers_actions

DAY = date(2026, 11, 17)


@pytest.fixture
def machine(county: makers.County) -> Platform:
    return make_platform()


@pytest.fixture
def hall(county: makers.County) -> Iterator[str]:
    """A station with two windows; a lawyer stands on Tuesday morning, another could."""
    code = f"HALL-{new_id().hex[-8:]}"
    with clock.at(makers.MONDAY), acting(makers.SYSTEM):
        clocks_reference.load_reference(actor=makers.SYSTEM)
        station = places_actions.register_station(
            code=code, name="政务大厅", level=2, region_code=makers.COUNTY,
            institution_id=county.firm, opened_on=date(2026, 1, 1), actor=makers.SYSTEM,
        )  # fmt: skip
        for window, services, queue in (("W1", ("S01",), "L01"), ("W2", ("S03",), "G01")):
            places_actions.register_space(
                station_id=station, code=window, name=f"{window}窗口", kind="window",
                institution_id=county.firm, services=services, queue_code=queue,
                hours=_HOURS, actor=makers.SYSTEM,
            )  # fmt: skip
        post = _duty(county, station)
    yield code
    with clock.at(makers.MONDAY), acting(makers.SYSTEM):
        duty_actions.end_post(post_id=post, reason="用完", ended_on=DAY, actor=makers.SYSTEM)


_HOURS = {day: [["08:30", "12:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def _duty(county: makers.County, station: UUID) -> UUID:
    post = duty_actions.register_post(
        code=f"HALL-{new_id().hex[-8:]}", name="律师窗口", kind="window", kinds=("01",),
        institution_id=county.firm, region_code=makers.COUNTY, place_id=station,
        services=("S01",), own_people=True, active_from=date(2026, 1, 1), actor=makers.SYSTEM,
    )  # fmt: skip
    line = Line(from_time=time(8, 30), until_time=time(12), on_day=DAY, weekdays=())
    duty_actions.set_demand(post_id=post, lines=(line,), from_on=DAY, actor=makers.SYSTEM)
    roster = duty_actions.begin_roster(
        county=makers.COUNTY, from_on=DAY, until_on=DAY + timedelta(days=1), actor=makers.SYSTEM
    )
    shift = Shift.objects.get(roster=roster, post=post)
    duty_actions.place_shift(
        shift_id=shift.pk, practitioner_id=_lawyer(county, "汤若水"), actor=makers.SYSTEM
    )
    _lawyer(county, "柳长风")
    duty_actions.publish_roster(roster_id=roster, actor=makers.SYSTEM)
    return post


def _lawyer(county: makers.County, name: str) -> UUID:
    return providers_actions.register_practitioner(
        name=name, kind="01", institution_id=county.firm, active_from=date(2026, 1, 1),
        actor=makers.SYSTEM,
    )  # fmt: skip


def _windows(machine: Platform, code: str) -> list[dict[str, Any]]:
    answer = machine.get(f"/windows?station={code}")
    assert answer.status_code == 200, answer.content.decode()
    found: list[dict[str, Any]] = answer.json()
    return found


def test_windows_are_told_with_who_stands_there_now(machine: Platform, hall: str) -> None:
    at = makers.MONDAY.replace(day=DAY.day, hour=9)
    with clock.at(at):
        first, second = _windows(machine, hall)
    assert (first["code"], first["queue_code"], first["services"]) == ("W1", "L01", ["S01"])
    assert first["open_now"]
    assert [one["name"] for one in first["on_duty"]] == ["汤若水"]
    assert first["on_duty"][0]["until_at"] == "2026-11-17T12:00:00+08:00"
    assert second["on_duty"] == [], "another service is not this lawyer's"
    with clock.at(at.replace(hour=13)):
        assert not any(one["open_now"] or one["on_duty"] for one in _windows(machine, hall))


def test_an_absent_one_is_gone_and_a_paused_window_is_not_called_to(
    machine: Platform, hall: str
) -> None:
    at = makers.MONDAY.replace(day=DAY.day, hour=9)
    with clock.at(at):
        window = _windows(machine, hall)[0]
        with acting(makers.SYSTEM):
            shift = Shift.objects.filter(name="汤若水", state="planned").latest("id")
            duty_actions.report_absence(shift_id=shift.pk, actor=makers.SYSTEM)
            places_actions.set_space_status(
                space_id=UUID(window["id"]), status="paused", reason="检修", actor=makers.SYSTEM
            )
        told = _windows(machine, hall)[0]
    assert (told["open_now"], told["status"], told["status_reason"]) == (False, "paused", "检修")
    assert told["on_duty"] == []


def test_an_unknown_hall_and_a_missing_code_say_so(machine: Platform) -> None:
    assert machine.get("/windows?station=NO-SUCH").status_code == 404
    assert machine.get("/windows").status_code == 422
    assert Platform(key="").get("/windows?station=X").status_code == 401
