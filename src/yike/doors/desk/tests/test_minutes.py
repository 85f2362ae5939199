"""Blank areas and the nearest help by minutes of the toy road; without a reckoner that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from yike.doors.desk import blank_faces, nearest_faces
from yike.doors.desk.blank_faces import blanks_of_town
from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matter_makers
from yike.rooms.providers import kinds
from yike.rooms.providers.layers import Placed
from yike.rooms.reach.queries import Journey
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions import actions as regions_actions
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.actions import RegionFacts
from yike.rooms.regions.codes import Level
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, SHIPU

pytestmark = pytest.mark.django_db


@pytest.fixture
def reckoner(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.NETWORKS_DIR = tmp_path / "networks"
    settings.INCOMING_DIR = tmp_path / "incoming"
    settings.RECKONER_SOCKET = tmp_path / "reckoner.sock"
    settings.RECKONER_SECONDS = settings.RECKONER_SHORT_SECONDS = 240.0
    with reckoners.listening(settings.RECKONER_SOCKET):
        yield


def _furnish() -> None:
    """The toy road, its villages with their places, and a station that gives one service."""
    with acting(HOUSE):
        makers.station(services=[("S01", "direct")])
        makers.network()
        places: list[tuple[str, str, Level, int, float]] = [
            (SHIPU, "石浦镇", "town", 0, makers.LAT)
        ]
        for one in makers.TOY["村"]:
            lat = makers.ISLE_LAT if one.get("岛") else makers.LAT
            name = regions_queries.region(one["代码"]).name
            places.append((one["代码"], name, "village", one.get("米", 0), lat))
        facts = [
            RegionFacts(code=code, name=name, level=level, point=(makers.lon_at(metres), lat))
            for code, name, level, metres, lat in places
        ]
        regions_actions.import_regions(regions=facts, file_name="toy", actor=HOUSE)


def test_every_village_and_service_is_answered_in_minutes_where_a_road_leads(
    county: matter_makers.County, reckoner: None
) -> None:
    """A2.11: every village, each of ten services: somebody with a way, a slot, or a plain no."""
    _furnish()
    with acting(county.dispatcher):
        for one in makers.TOY["村"]:
            for service in kinds.SERVICES:
                face = nearest_faces.answer(region_code=one["代码"], service=service)
                assert bool(face.rows or face.help.next) != bool(face.none)
            ways = [
                row.far for row in nearest_faces.answer(region_code=one["代码"], service="S01").rows
            ]
            minutes = None if one["分"] is None else -(-one["分"] // 1)
            assert minutes is None or any(
                f"走路约 {max(1, minutes):.0f} 分钟" in way for way in ways
            )


def test_an_islander_is_told_the_next_boat_before_the_last_one_and_after_it(
    county: matter_makers.County, reckoner: None, sit: Callable[[Actor], Client]
) -> None:
    _furnish()
    with acting(HOUSE):
        makers.timetable()
    isle = next(one["代码"] for one in makers.TOY["村"] if one.get("岛"))
    citizen, desk = Client(), sit(county.wang)

    def told(hour: int) -> list[str]:
        with clock.at(datetime(2026, 11, 18, hour, 30, tzinfo=clock.CIVIL)):
            pages = (
                citizen.get(f"/map?place={isle}&sort=station"),
                citizen.get(f"/village/{isle}"),
                desk.get(f"/desk/nearest?region_code={isle}&service=S01"),
            )
            return [soup(page).one("main").words for page in pages]

    for words in told(12):
        assert "走路约" in words
        assert "B 13:00 的渡船" in words
    for words in told(18):
        assert "现在没有船或车过去，最早是B 明天 09:00 的渡船" in words
        assert "走路约" not in words


def test_blank_areas_are_told_in_minutes_and_without_a_reckoner_that_is_said(
    county: matter_makers.County, reckoner: None, sit: Callable[[Actor], Client], settings: Any
) -> None:
    _furnish()
    with acting(county.dispatcher):
        face = blank_faces.timed_blanks(COUNTY, kind="", limit=15)
    assert face.why == ""
    assert face.modes == ("步行",)
    assert face.measured >= 1
    desk = sit(county.dispatcher)
    assert "按路上的分钟" in desk.get("/desk/layers/blanks?minutes=60").content.decode()
    settings.RECKONER_SOCKET = settings.RECKONER_SOCKET.parent / "nobody.sock"
    with acting(county.dispatcher):
        assert "没有运行" in blank_faces.timed_blanks(COUNTY, kind="", limit=15).why
    assert "直线距离" in desk.get("/desk/layers/blanks").content.decode()


def test_the_nearest_of_a_kind_decides_whether_a_town_is_blank(
    county: matter_makers.County,
) -> None:
    with acting(HOUSE):
        town = regions_queries.region(SHIPU)
    here = (121.9, 29.2)
    placed = (
        Placed(kind="01", name="远所", point=here), Placed(kind="01", name="近所", point=here),
        Placed(kind="02", name="公证处", point=here), Placed(kind="03", name="鉴定所", point=None),
    )  # fmt: skip
    found = {
        ("01", "远所"): Journey(minutes=50, mode_name="车行"),
        ("01", "近所"): Journey(minutes=15, mode_name="车行"),
        ("02", "公证处"): Journey(minutes=16, mode_name="车行", by_ferry=True),
    }
    rows = {one.kind_name: one for one in blanks_of_town(town, "", 15, placed, found)}
    assert kinds.RESOURCE_KINDS["01"] not in rows
    notary = rows[kinds.RESOURCE_KINDS["02"]]
    assert (notary.nearest, notary.minutes, notary.by_ferry) == ("公证处", 16, True)
    assert (rows[kinds.RESOURCE_KINDS["03"]].unplaced, rows["仲裁"].none) == (1, True)
    assert [one.minutes for one in blanks_of_town(town, "01", 14, placed, found)] == [15]
