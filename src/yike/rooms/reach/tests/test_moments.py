"""A run at a moment goes by the boats and buses of its day; and the day in twenty-four hours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as house_settings

from yike.rooms.core import clock
from yike.rooms.places import hours as places_hours
from yike.rooms.places import queries as places_queries
from yike.rooms.reach import actions, assembling, carrying, daytime, digests, queries
from yike.rooms.reach.models import Run, SitingPlan
from yike.rooms.reach.reckoning.serving import Listener
from yike.rooms.reach.scenarios import Edit
from yike.rooms.reach.siting.asking import Wanted
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions.tests.makers import HOUSE, county

pytestmark = pytest.mark.django_db
ISLE = "330225103211"


@pytest.fixture(scope="module")
def reckoner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with reckoners.listening(tmp_path_factory.mktemp("moments") / "reckoner.sock") as listener:
        yield listener


@pytest.fixture
def ready(reckoner: Listener, settings: Any) -> Iterator[None]:
    """Boats on weekdays at 8, 12 and 16 to the island, 9, 13 and 17 back; a door always open."""
    settings.RECKONER_SOCKET = reckoner.place
    with county():
        makers.station(hours=places_hours.ALWAYS)
        makers.network()
        makers.people()
        makers.timetable(makers.feed(weekdays=True))
        yield


def _at(hour: int, minute: int = 0, *, day: int = 18, year: int = 2026) -> datetime:
    return datetime(year, 11, day, hour, minute, tzinfo=clock.CIVIL)


def _page(at: datetime | None) -> queries.RunPage:
    page = queries.run_page(HOUSE, makers.run(at=at))
    assert page.row.state == "done", page.row.fault
    assert page.check["covered"] + page.check["uncovered"] == page.check["total"] == 650
    return page


def _isle(page: queries.RunPage) -> queries.UncoveredRow:
    return next(row for row in page.uncovered if row.code == ISLE)


def test_a_boat_reaches_the_island_and_the_run_keeps_its_timetable(ready: None) -> None:
    page = _page(_at(12, 30))
    assert (page.check["unreachable"], page.riders) == (0, 50)
    assert _isle(page).minutes == pytest.approx(60.0, abs=0.1)
    assert "含候船" in _isle(page).why
    assert any("时刻表第 1 版" in one for one in page.assumptions)
    assert "县港航中心提供，可以公开" in page.licences
    table = f"name,lon,lat\n小店,{makers.lon_at(1700):.6f},{makers.LAT}\n".encode()
    wanted = Wanted(name="补盲", question="mclp", number=1, table=table)
    plan = actions.ask_plan(run_id=page.row.id, wanted=wanted, actor=HOUSE)
    moment = SitingPlan.objects.get(pk=plan).inputs["moment"]
    assert (moment["at"], moment["hours"]) == (_at(12, 30).isoformat(), {})
    actions.ask_repetition(run_id=page.row.id, actor=HOUSE)
    carrying.repeat(page.row.id)
    assert queries.run_page(HOUSE, page.row.id).repeated.startswith("一致")


def test_what_does_not_run_is_said_with_its_reason(ready: None) -> None:
    gone, idle = _page(_at(17, 30)), _page(_at(12, 30, day=22))
    assert "17:30 以后没有赶得上的船" in _isle(gone).why
    assert "2026-11-22 附近的渡口和车站没有" in _isle(idle).why
    later, never = _page(_at(12, 30, year=2027)), _page(None)
    assert any("只管 2026-01-01 到 2026-12-31" in one for one in later.assumptions)
    assert any("不问船班和班车" in one for one in never.assumptions)
    assert [_isle(one).minutes for one in (gone, idle, later, never)] == [None] * 4


def test_a_run_of_before_timetables_is_read_and_repeated_as_it_was(ready: None) -> None:
    page = _page(_at(12, 30))
    row = Run.objects.get(pk=page.row.id)
    del row.inputs["timetable"]
    row.inputs_digest, row.state = digests.of_words(row.inputs), "reckoning"
    row.save()
    carrying.reckon(row.pk)
    row.refresh_from_db()
    for name in ("reasons", "riders"):
        row.tables.pop(name, None)
    row.digest = digests.of_result(bytes(row.minutes or b""), row.tables)
    row.save()
    old = queries.run_page(HOUSE, row.pk)
    assert _isle(old).minutes is None
    carrying.repeat(row.pk)
    assert queries.run_page(HOUSE, row.pk).repeated.startswith("一致")


def test_at_once_is_told_what_a_scenario_by_timetable_is_told(ready: None) -> None:
    run = makers.run(at=_at(12, 30))
    (station, _), *_ = queries.run_page(HOUSE, run).stations
    at_quay = Edit(do="add", name="岛上", point=(makers.lon_at(300), makers.ISLE_LAT))
    early = Edit(do="hours", station=station, periods=((8 * 60, 13 * 60 + 20),))
    away = Edit(do="move", station=station, point=(makers.lon_at(900), makers.LAT))
    for edits in ([at_quay], [early], [away]):
        live = queries.what_if(HOUSE, run, edits)
        stored = actions.ask_scenario(run_id=run, name="情景", edits=edits, actor=HOUSE)
        carrying.reckon(stored)
        found = queries.difference(HOUSE, run, stored).varied
        assert (found.total, found.villages) == (live.total, live.villages), edits
    # the boat is there at 13:30: ten minutes after the door was shut
    assert queries.what_if(HOUSE, run, [early]).total["cut_off"] == 50


def test_a_day_by_hours_is_the_runs_of_its_hours(ready: None) -> None:
    run = _page(None)
    face = queries.day(HOUSE, run.row.id, date(2026, 11, 18))
    assert len(face.rows) == 24
    for row in face.rows:
        assert row.covered + row.uncovered == face.total == 650
    for hour in (12, 18):
        check = _page(_at(hour)).check
        told = face.rows[hour]
        assert (told.covered, told.unreachable) == (check["covered"], check["unreachable"])
    assert [row.hour for row in face.rows if row.unreachable] == [*range(18, 24)]
    assert face.losses == ()
    assert face.worst is not None


def test_a_shut_door_makes_the_evening_and_the_worst_hour(ready: None) -> None:
    (station,) = places_queries.stations_in(makers.COUNTY)
    run = _page(None)
    row = Run.objects.get(pk=run.row.id)
    assert str(station.id) == row.inputs["stations"][0]["id"]
    with_office = station.__class__(**{
        **{name: getattr(station, name) for name in station.__dataclass_fields__},
        "hours": places_hours.OFFICE,
    })  # fmt: skip
    periods = assembling.doors_on([with_office], date(2026, 11, 18))[str(station.id)]
    assert [daytime.open_at_hour([periods], hour, 15) for hour in (7, 8, 9, 12, 17, 18)] == [
        *(0, 0, 1, 0, 1, 0)
    ]
    village = {"code": "v", "name": "村", "people": 9, "covered": [0] * 8 + [9] * 12 + [0] * 4}
    (loss,) = daytime.losses([village])
    assert (loss.lost, loss.last) == (9, 19)
    assert daytime.worst_hour([5, 3, 0], [1, 1, 0]) == 1
    assert daytime.worst_hour([0, 0], [0, 0]) is None


def test_roads_with_an_old_timetable_go_when_no_run_stands_on_them(ready: None) -> None:
    first = _timed()
    kept = makers.run(at=_at(12, 30))
    makers.timetable(makers.feed(until="20261230"))
    second = _timed() - first
    makers.timetable(makers.feed(until="20261229"))
    third = _timed() - first - second
    later = clock.now() + timedelta(days=2)
    assert carrying.tidy(clock.now()) == 0
    assert carrying.tidy(later) == 1
    assert _timed() == first | third
    (path,) = first
    os.remove(path)
    carrying.repeat(UUID(str(kept)))
    assert queries.run_page(HOUSE, kept).repeated.startswith("一致")
    assert _timed() == first | third


def _timed() -> set[Path]:
    return set(Path(house_settings.NETWORKS_DIR).glob("*-*.net"))
