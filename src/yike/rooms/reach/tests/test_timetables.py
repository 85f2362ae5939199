"""A timetable beside the networks: read whole or not at all, with the next boat from any point."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house_settings

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import carrying, queries
from yike.rooms.reach.reckoning.serving import Listener
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, county

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reckoner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with reckoners.listening(tmp_path_factory.mktemp("boats") / "reckoner.sock") as listener:
        yield listener


@pytest.fixture
def ready(reckoner: Listener, settings: Any) -> Iterator[None]:
    settings.RECKONER_SOCKET = reckoner.place
    with county():
        makers.station()
        makers.network()
        yield


def _from_isle(hour: int, minute: int, *, year: int = 2026) -> queries.Trips:
    at = datetime(year, 11, 18, hour, minute, tzinfo=clock.CIVIL)
    return queries.trips(COUNTY, (makers.lon_at(750), makers.ISLE_LAT), ["walk"], at)


def test_the_next_boat_is_told_with_quay_and_times(ready: None) -> None:
    row = queries.timetable(HOUSE, makers.timetable())
    assert (row.state, row.trips, row.lines) == ("current", 6, ("1 石浦线",))
    found = _from_isle(12, 30)
    (way,) = found.rows[0].ways
    assert (way.minutes, way.by_ferry) == (60, True)
    boat = way.sailing
    assert boat is not None
    assert (boat.line, boat.quay, boat.alight, boat.walk_minutes) == ("1 石浦线", "B", "A", 10)
    assert (boat.leaves_at.hour, boat.arrives_at and boat.arrives_at.minute) == (13, 30)
    assert "县港航中心提供，可以公开" in found.licences
    missed = _from_isle(12, 51).rows[0]
    assert (missed.minutes, missed.ways[0].sailing and missed.ways[0].sailing.leaves_at.hour) == (
        279,
        17,
    )
    assert _from_isle(17, 30).rows[0].ways == ()


@pytest.mark.parametrize("hour", [17, 23])
def test_after_the_last_boat_the_first_of_the_next_day_is_told(ready: None, hour: int) -> None:
    makers.timetable()
    row = _from_isle(hour, 30).rows[0]
    assert (row.ways, row.why) == ((), queries.NO_WAY)
    assert row.later is not None
    leaves = row.later.leaves_at.astimezone(clock.CIVIL)
    assert (leaves.day, leaves.hour, row.later.quay) == (19, 9, "B")


def test_without_a_boat_in_the_next_days_none_is_promised(ready: None) -> None:
    makers.timetable(makers.feed(until="20261118"))
    assert _from_isle(17, 30).rows[0].later is None
    assert _from_isle(12, 30).rows[0].later is None, "one is still caught"


def test_outside_its_days_the_roads_alone_count_and_that_is_said(ready: None) -> None:
    makers.timetable()
    later = _from_isle(12, 30, year=2027)
    assert later.rows[0].ways == ()
    assert "只管 2026-01-01 到 2026-12-31" in later.notes[0]


def test_a_newer_network_gets_the_timetable_too(ready: None) -> None:
    made = makers.timetable()
    makers.network(content=makers.osm(3500))
    assert _from_isle(12, 30).rows[0].ways == ()
    carrying.schedule(made)
    assert _from_isle(12, 30).rows[0].minutes == 60


@pytest.mark.parametrize("what", ["old", "cut", "elsewhere"])
def test_a_feed_that_cannot_be_used_leaves_nothing(ready: None, what: str) -> None:
    content = makers.feed(until="20260201" if what == "old" else "20261231")
    said = {"old": "2026-02-01", "cut": "", "elsewhere": "不在路网的范围里"}[what]
    if what == "cut":
        content = content[: len(content) // 2]
    if what == "elsewhere":
        content = _elsewhere(content)
    before = _files()
    row = queries.timetable(HOUSE, makers.timetable(content))
    assert row.state == "refused"
    assert said in row.fault
    assert _files() == before
    assert _from_isle(12, 30).notes == ()


def _files() -> set[Path]:
    folders = (Path(house_settings.NETWORKS_DIR), Path(house_settings.INCOMING_DIR))
    return {one for folder in folders for one in folder.rglob("*")}


def _elsewhere(content: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"121.", b"100."))
    return made.getvalue()


def test_without_network_a_timetable_is_not_taken() -> None:
    with county(), pytest.raises(BadInput, match="路网"):
        makers.timetable()
