"""What nobody means: years, numbers and files that would break a reckoning are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.doors.desk.tests.test_featured import station
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests.makers import County
from yike.rooms.reach.tests import makers
from yike.rooms.regions.tests.makers import HOUSE

Sit = Callable[[Actor], Client]
FAR = ("0001-01-01", "9999-12-31")


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, settings: Any) -> None:
    settings.NETWORKS_DIR = tmp_path / "networks"
    settings.INCOMING_DIR = tmp_path / "incoming"


def _run() -> UUID:
    with acting(HOUSE):
        makers.station()
        makers.network()
        makers.people()
        return makers.run()


@pytest.mark.parametrize("day", FAR)
def test_a_year_nobody_means_is_refused_where_a_day_is_typed(
    county: County, sit: Sit, day: str
) -> None:
    desk, run = sit(county.dispatcher), _run()
    told = {"name": "现状", "ruler": "walk", "levels": ["2", "3"]}
    for more in ({"day": day, "time": "23:59"}, {"duty_from": day, "duty_days": "28"}):
        refused = desk.post("/desk/reach/runs/new", told | more)
        assert refused.status_code == 422
        assert "日期应在 1900 年到 2199 年之间" in refused.content.decode()
    for page in ("day", "day.csv"):
        assert desk.get(f"/desk/reach/runs/{run}/{page}", {"on": day}).status_code == 422
    assert desk.get("/desk/arrivals", {"day": day}).status_code == 422
    where = f"/desk/visits/{station()}"
    assert desk.get(where, {"day": day, "days": "30"}).status_code == 200
    assert desk.get(f"{where}/csv", {"day": day, "days": "30"}).status_code == 200


def test_digits_that_are_no_numbers_are_no_fault_of_the_house(county: County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    assert desk.get("/desk/siting/resources", {"days": "²", "below": "٣"}).status_code == 200
    for page in ("quality", "complaints"):
        assert desk.get(f"/desk/{page}", {"after": "²"}).status_code == 200
    season = {
        "name": "休渔期", "since": "2026-05-01", "until": "2026-09-15", "source": "某号通告",
        "factors": "330225101202 ²",
    }  # fmt: skip
    refused = desk.post("/desk/siting/seasons", season)
    assert refused.status_code == 422
    assert "百分比不是整数" in refused.content.decode()


@pytest.mark.parametrize(("field", "content", "said"), [
    ("outline", "[" * 100_000, "应是 GeoJSON 的面"),
    ("outline", '{"type": "Polygon", "coordinates": [[[NaN, 2], [3, 4], [4, 5]]]}', "GeoJSON 的面"),
    ("file", "name,lon,lat,cost\n甲,121.9,29.2,nan\n", "“nan”不是数字"),
    ("file", "name,lon,lat,cost\n甲,121.9,29.2,1e999\n", "“1e999”不是数字"),
    ("file", "name,lon,lat\n" + "甲" * 200_000 + ",121.9,29.2\n", "候选点表第 2 行读不出来"),
    ("file", "name,lon,lat\n" + "甲,121.9,29.2\n" * 1001, "应有 1 到 1000 行，这份不止"),
    ("file", "name,lon,lat\n", "一行也没有"),
])  # fmt: skip
def test_a_file_that_cannot_be_meant_is_refused_at_its_field(
    county: County, sit: Sit, field: str, content: str, said: str
) -> None:
    told = {
        "name": "补盲", "run_id": str(_run()), "question": "mclp", "number": "1", "by": "number",
        "whom": "all", "percent": "100", "days": "1", "system": "wgs84", "seconds": "10",
        "villages": "station", field: SimpleUploadedFile("x", content.encode()),
    }  # fmt: skip
    refused = sit(county.dispatcher).post("/desk/siting/new", told)
    assert refused.status_code == 422
    assert said in refused.content.decode()


def test_a_table_of_places_is_read_no_further_than_it_may_be_long(county: County, sit: Sit) -> None:
    desk, run = sit(county.dispatcher), _run()
    scheme = {"source": "局务会", "minutes_weight": "1", "minutes_low": "14", "minutes_high": "34"}
    late = desk.post("/desk/siting/terminals/scheme", scheme | {"checked_on": _tomorrow()})
    assert "核对日期不能晚于今天" in late.content.decode()
    kept = desk.post("/desk/siting/terminals/scheme", scheme | {"checked_on": "2026-11-01"})
    assert kept.status_code == 302
    rows = "".join(f"地点{n},商圈,330225101202\n" for n in range(501))
    for table, said in ((rows, "应有 1 到 500 个地点，这份不止"), ("", "一个也没有")):
        file = SimpleUploadedFile("a.csv", f"name,kind,village\n{table}".encode())
        told = {"name": "布点", "run_id": str(run), "file": file}
        refused = desk.post("/desk/siting/terminals/new", told)
        assert refused.status_code == 422
        assert said in refused.content.decode()


def test_a_yardstick_is_not_checked_tomorrow_and_speaks_plainly(county: County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    page = soup(desk.get("/desk/reach/yardstick"))
    told = {one.attrs["name"]: "rural" for one in page.all("select") if one.attrs.get("name")}
    told |= {"counts": "all", "minutes": "15", "source": "本县方案", "checked_on": _tomorrow()}
    told |= {"mode_urban": "walk", "mode_rural": "cycle", "mode_remote": "car"}
    told |= {"metres_urban": "1200", "metres_rural": "2500", "metres_remote": "3000"}
    assert "核对日期不能晚于今天" in desk.post("/desk/reach/yardstick", told).content.decode()
    told |= {"checked_on": "2026-11-01", "mode_rural": "", "metres_rural": "很远"}
    said = desk.post("/desk/reach/yardstick", told).content.decode()
    assert "乡村半径（米）填写得不对，请检查。" in said
    assert "这个字段是必填项" not in said


@pytest.mark.parametrize(("typed", "said"), [
    ({"close": "REF", "move": "REF", "move_lon": "121.9", "move_lat": "29.2"}, "也写在停用里"),
    ({"add_name": "新点", "add_lon": "121.9"}, "经度和纬度要一起写"),
    ({"move": "REF", "move_lat": "29.2"}, "经度和纬度要一起写"),
    ({"move_lon": "121.9", "move_lat": "29.2"}, "还要选移动哪个站点"),
    ({"add_name": "新点", "add_village": "VILLAGE", "add_lon": "1", "add_lat": "2"},
     "选了村就不用写经纬度"),
])  # fmt: skip
def test_a_scenario_at_odds_with_itself_is_told_where(
    county: County, sit: Sit, typed: dict[str, str], said: str
) -> None:
    desk, where = sit(county.dispatcher), f"/desk/reach/runs/{_run()}/scenario"
    page = soup(desk.get(where))
    (box, *_) = [one for one in page.all("input") if one.attrs.get("name") == "close"]
    villages = [one.attrs["value"] for one in page.one("select", id="id_add_village").all("option")]
    known = {"REF": box.attrs["value"], "VILLAGE": villages[-1]}
    told = {key: known.get(one, one) for key, one in typed.items()}
    refused = desk.post(where, {"name": "试一试"} | told)
    assert refused.status_code == 422
    assert said in refused.content.decode()


def test_a_second_press_counts_no_visitor_twice(county: County, sit: Sit) -> None:
    office, where, day = sit(county.wang), f"/desk/visits/{station()}", str(clock.today())
    told = {"from_on": day, "last_on": day, "visitors": "12", "how": "gate", "words": "北门"}
    assert office.post(f"{where}/count", told).status_code == 302
    again = office.post(f"{where}/count", told)
    assert again.status_code == 422
    assert "同样的一条已经登记过" in again.content.decode()
    assert office.post(f"{where}/count", told | {"words": "南门"}).status_code == 302


def _tomorrow() -> str:
    return str(clock.today() + timedelta(days=1))
