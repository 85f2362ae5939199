"""The circle through the door: uploads, a run, a scenario, what is handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matter_makers
from yike.rooms.reach import carrying
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions.tests.makers import HOUSE

Sit = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("yike.rooms.reach.child.ask", reckoners.beside)
    settings.NETWORKS_DIR = tmp_path / "networks"
    settings.INCOMING_DIR = tmp_path / "incoming"
    settings.RECKONER_SOCKET = tmp_path / "reckoner.sock"
    settings.RECKONER_SECONDS = settings.RECKONER_SHORT_SECONDS = 240.0
    with reckoners.listening(settings.RECKONER_SOCKET):
        yield


def _id(where: str) -> UUID:
    return UUID(where.rstrip("/").split("/")[-1])


def test_roads_people_run_and_scenario_go_through_the_desk(
    county: matter_makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    with acting(HOUSE):
        makers.station()
    sent = {
        "mode": "walk", "kind": "osm", "vintage": "2026-10",
        "file": SimpleUploadedFile("toy.osm", makers.osm()),
    }  # fmt: skip
    made = desk.post("/desk/reach/networks/new", sent)
    assert made.status_code == 302
    where = made.headers["Location"]
    assert "正在建立路网" in desk.get(where).content.decode()
    carrying.build(_id(where))
    assert "OpenStreetMap contributors" in desk.get(where).content.decode()
    _import(desk)
    run = _run(desk)
    page = soup(desk.get(run))
    assert page.one("section", aria_labelledby="h-gap") is not None
    text = desk.get(run).content.decode()
    assert "76.9%" in text
    assert "500 人在内 + 150 人在外 = 650 人" in text
    _looks_at_a_day(desk, run)
    _asks_how_far(desk)
    _try_out(desk, run)
    _vary(desk, run)
    assert desk.post(f"{run}/keep", {"snapshot": "2026 年第四季度"}).status_code == 302
    assert "2026 年第四季度" in desk.get("/desk/reach").content.decode()
    equity = soup(desk.get(f"{run}/access"))
    assert equity.one("section", aria_labelledby="h-gaps") is not None
    assert equity.one("div", id="lorenz") is not None
    for name in ("access.csv", "villages.csv", "cells.csv", "cells.geojson"):
        answer = desk.get(f"{run}/{name}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    assert desk.get(f"{run}/other.csv").status_code == 404


def _import(desk: Client) -> None:
    told = {
        "name": "村级人口", "source": "县统计局", "vintage": "2025 年末", "system": "wgs84",
        "file": SimpleUploadedFile("cells.csv", makers.cells_csv()),
    }  # fmt: skip
    where = desk.post("/desk/reach/people/new", told).headers["Location"]
    carrying.place(_id(where))
    assert "坐标核对" in desk.get(where).content.decode()
    assert desk.post(f"{where}/confirm", {"system": "wgs84"}).status_code == 302


def _run(desk: Client) -> str:
    told = {"name": "现状", "ruler": "walk", "levels": ["2", "3", "4", "5"]}
    where = desk.post("/desk/reach/runs/new", told).headers["Location"]
    carrying.reckon(_id(where))
    return where


def _looks_at_a_day(desk: Client, run: str) -> None:
    """In every hour the people add up; the worst of those with an open door is named."""
    page = soup(desk.get(f"{run}/day?on=2026-11-18"))
    said = page.one("section", aria_labelledby="h-hours")
    assert len(said.all("tr")) == 25
    assert "在内 + 在外 = 650 人" in said.words
    assert "有站点开门的时段里" in page.words
    assert desk.get(f"{run}/day?on=nonsense").status_code == 422
    (link,) = [one.attrs["href"] for one in page.all("a") if "day.csv" in one.attrs["href"]]
    sheet = desk.get(link).content.decode("utf-8-sig").splitlines()
    assert sheet[0].startswith("日期,出发,15分钟内（%）,在内的人,在外的人")
    hours = [line.split(",") for line in sheet[1:25]]
    assert [one[1] for one in hours] == [f"{hour}:00" for hour in range(24)]
    assert {int(one[3]) + int(one[4]) for one in hours} == {650}
    assert sheet[26].startswith("区划代码,晚上到不了的村")


def _asks_how_far(desk: Client) -> None:
    """The bands of the station as areas, and as a list with the people."""
    asks = soup(desk.get("/desk/reach/area"))
    (station,) = [one for one in asks.one("select", id="id_station").all("option")
                  if one.attrs["value"]]  # fmt: skip
    query = f"station={station.attrs['value']}&mode=walk"
    told = soup(desk.get(f"/desk/reach/area?{query}")).one("section", id="bands-list").words
    assert "15 分钟内：500 人，77%" in told
    assert "30 分钟内的村（1）" in told
    areas = desk.get(f"/desk/reach/area.geojson?{query}").json()
    assert [one["properties"]["minutes"] for one in areas["features"]] == [30, 15, 10, 5]
    assert desk.get("/desk/reach/area?station=nobody").status_code == 422


def _try_out(desk: Client, run: str) -> None:
    """At once, as a part and as JSON; what was typed is kept for storing it; nothing is stored."""
    told = {"add_lon": f"{makers.lon_at(1800):.6f}", "add_lat": str(makers.LAT)}
    part = desk.post(f"{run}/what-if", told, headers={"HX-Request": "true"})
    assert "what-if-data" in part.content.decode()
    assert "<html" not in part.content.decode()
    found = desk.get(f"{run}/what-if", told | {"as": "json"}).json()
    assert found["total"]["newly_covered"] == 100
    page = soup(desk.post(f"{run}/what-if", told))
    kept = {one.attrs["name"]: one.attrs["value"] for one in page.all("input", type="hidden")}
    assert kept["add_name"] == "新站点"
    assert desk.get(f"{run}/what-if?as=json").json() == {"errors": ["请至少写一项改动。"]}


def _vary(desk: Client, run: str) -> None:
    told = {
        "name": "加一站", "add_name": "拟建村点", "add_lon": f"{makers.lon_at(1800):.6f}",
        "add_lat": str(makers.LAT),
    }  # fmt: skip
    where = desk.post(f"{run}/scenario", told).headers["Location"]
    carrying.reckon(_id(where))
    text = desk.get(where).content.decode()
    assert "92.3%" in text
    assert "新增“拟建村点”" in text
    compared = f"{run}/compare/{_id(where)}"
    assert "两次测算的差别" in desk.get(compared).content.decode()
    assert desk.get(f"{compared}?as=json").json()["total"]["newly_covered"] == 100


def test_what_is_typed_wrongly_is_kept_and_said(county: matter_makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    empty = desk.post("/desk/reach/networks/new", {"mode": "walk", "kind": "osm"})
    assert empty.status_code == 422
    sent = {
        "mode": "walk", "kind": "osm", "vintage": "2026",
        "file": SimpleUploadedFile("roads.zip", b"PK"),
    }  # fmt: skip
    wrong = desk.post("/desk/reach/networks/new", sent)
    assert wrong.status_code == 422
    assert "结尾" in wrong.content.decode()
    half = {"name": "现状", "ruler": "walk", "levels": ["3"], "day": "2026-11-18"}
    told = desk.post("/desk/reach/runs/new", half)
    assert told.status_code == 422
    assert "要么都填" in told.content.decode()


def test_a_yardstick_is_set_with_the_class_of_each_town(
    county: matter_makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    page = soup(desk.get("/desk/reach/yardstick"))
    told = {
        one.attrs["name"]: "rural" for one in page.all("select") if "town_" in one.attrs["name"]
    }
    assert len(told) > 10
    told |= {"counts": "all", "minutes": "15", "source": "本县方案", "checked_on": "2026-11-01"}
    told |= {"mode_urban": "walk", "mode_rural": "cycle", "mode_remote": "car"}
    told |= {"metres_urban": "1200", "metres_rural": "2500", "metres_remote": "3000"}
    assert desk.post("/desk/reach/yardstick", told).status_code == 302
    text = desk.get("/desk/reach").content.decode()
    assert "2500" in text
    assert "没有上图的站点也算" in text


def test_an_officer_reads_and_does_not_plan(county: matter_makers.County, sit: Sit) -> None:
    officer = sit(county.wang)
    assert officer.get("/desk/reach").status_code == 200
    assert officer.get("/desk/reach/runs/new").status_code == 403
