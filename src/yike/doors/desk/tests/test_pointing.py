"""Forms that ask where something stands: a map fills them, a doubt is answered with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers
from yike.rooms.places import upkeep_pages

Sit = Callable[[Actor], Client]
_DATA = re.compile(r'<script id="[\w-]+-data" type="application/json">(.*?)</script>')
SIGN = {
    "name": "渔港指引牌", "kind": "12348热线指引牌", "region_code": makers.SHIPU,
    "installed_on": "2026-01-05", "lon": "121.931", "lat": "29.203",
}  # fmt: skip


def _picks(text: str) -> list[dict[str, Any]]:
    return [json.loads(one)["pick"] for one in _DATA.findall(text)]


@pytest.mark.parametrize(
    "path",
    ["/desk/stations/new", "/desk/facilities/new/sign", "/desk/facilities/new/terminal"],
)
def test_the_map_knows_the_inputs_it_fills(path: str, county: makers.County, sit: Sit) -> None:
    text = sit(county.dispatcher).get(path).content.decode()
    (pick,) = _picks(text)
    for name in ("lon", "lat", "crs"):
        assert f'id="{pick[name]}"' in text
    assert f'value="{pick["crs_value"]}"' in text


def test_a_doubtful_sign_is_kept_for_a_reason_and_moved_on_a_map(
    county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    first = desk.post("/desk/facilities/new/sign", SIGN | {"code": "S1"})
    asked = desk.post("/desk/facilities/new/sign", SIGN | {"code": "S2", "name": "二号牌"})
    assert (first.status_code, asked.status_code) == (302, 422)
    assert "渔港指引牌" in soup(asked).one("main").words
    more = {"code": "S2", "name": "二号牌", "point_reason": "正反两面各一块"}
    kept = desk.post("/desk/facilities/new/sign", SIGN | more)
    assert kept.status_code == 302
    where = kept.headers["Location"]
    (pick,) = _picks(desk.get(where).content.decode())
    assert pick["lon"] == "revise_lon"
    moved = {"name": "二号牌", "lon": "121.9311", "lat": "29.203"}
    assert desk.post(f"{where}/revise", moved).status_code == 422
    assert desk.post(f"{where}/revise", moved | {"point_reason": "量过了"}).status_code == 302


def test_who_does_not_keep_the_register_gets_no_map(county: makers.County, sit: Sit) -> None:
    where = sit(county.dispatcher).post("/desk/facilities/new/sign", SIGN | {"code": "S1"})
    seen = sit(county.wang).get(where.headers["Location"])
    assert seen.status_code == 200
    assert not _picks(seen.content.decode())


def test_looking_saves_nothing_and_says_where_a_shifted_point_falls(
    county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    typed = SIGN | {"code": "S1", "crs": "gcj02", "look": "check"}
    seen = desk.post("/desk/facilities/new/sign", typed)
    assert seen.status_code == 200
    page = soup(seen)
    fall = page.one("section", data_fall="")
    assert len(fall.all("tr")) == 4
    assert "GCJ-02" in fall.words
    assert "相差约" in fall.words
    assert page.one("input", id="id_lon").attrs["value"] == SIGN["lon"]
    assert page.one("input", id="id_name").attrs["value"] == SIGN["name"]
    wrong = desk.post("/desk/facilities/new/sign", typed | {"lon": "29.203", "lat": "121.931"})
    assert "写反" in soup(wrong).one("section", data_fall="").words
    for odd in ("nan", "inf", "12193100", "<b>"):
        said = desk.post("/desk/facilities/new/sign", typed | {"lon": odd})
        assert said.status_code == 200
    assert not upkeep_pages.kept_in(makers.SHIPU, facility="sign")


def test_an_address_is_a_candidate_until_somebody_looked_at_it(
    county: makers.County, sit: Sit
) -> None:
    desk, new = sit(county.dispatcher), "/desk/facilities/new/sign"
    typed = SIGN | {"code": "S1", "address": "象山县石浦镇渔港路12号", "lon": "", "lat": ""}
    found = (
        soup(desk.post(new, typed | {"look": "address"})).one("ul", data_candidates="").all("li")
    )
    assert "石浦镇" in found[0].words
    assert "乡镇的中心点" in found[0].words
    take = found[0].one("button").attrs["value"]
    page = soup(desk.post(new, typed | {"look": take}))
    lon, lat = (page.one("input", id=f"id_{one}").attrs["value"] for one in ("lon", "lat"))
    filled = typed | {"lon": lon, "lat": lat, "way": "address", "accuracy": "5000"}
    silent = desk.post(new, filled)
    assert silent.status_code == 422
    assert "还没有在地图上核对" in soup(silent).one("main").words
    kept = desk.post(new, filled | {"looked_at": "on", "point_reason": "镇上只有一块"})
    assert kept.status_code == 302
    about = soup(desk.get(kept.headers["Location"])).all("dl", class_="pairs-tight")[0].words
    assert "按地址查找，在地图上核对过，误差约 5000 米" in about
    nothing = desk.post(new, typed | {"look": "address", "address": "外星球"})
    assert "没有找到" in soup(nothing).one("main").words


def test_the_way_and_the_metres_of_a_point_go_out_with_it(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {"code": "S1", "way": "device", "accuracy": "12"}
    where = desk.post("/desk/facilities/new/sign", SIGN | told).headers["Location"]
    assert (
        "WGS84 / CGCS2000，设备定位，误差约 12 米"
        in soup(desk.get(where)).all("dl", class_="pairs-tight")[0].words
    )
    layer = json.loads(desk.get("/desk/linkage/layers/signs.geojson").content)
    (mine,) = [one for one in layer["features"] if one["properties"]["code"] == "S1"]
    assert mine["properties"]["point_way"] == "device"
    assert mine["properties"]["point_accuracy_m"] == 12
    same = {"name": "渔港指引牌", "lon": "121.931", "lat": "29.203"}
    assert desk.post(f"{where}/revise", same).status_code == 302
    assert "设备定位" in soup(desk.get(where)).all("dl", class_="pairs-tight")[0].words
    looked = desk.post(f"{where}/revise", same | {"lon": "121.94", "look": "check"})
    assert looked.status_code == 200
    assert "相差" not in soup(looked).one("section", data_fall="").words, "said to be WGS84"
    assert "设备定位" in soup(desk.get(where)).all("dl", class_="pairs-tight")[0].words
    away = same | {"lon": "121.94", "crs": "gcj02"}
    assert desk.post(f"{where}/revise", away).status_code == 302
    about = soup(desk.get(where)).all("dl", class_="pairs-tight")[0].words
    assert "原坐标系 GCJ-02（高德、腾讯），照数字填写" in about
    assert "误差" not in about
    half = desk.post(f"{where}/revise", same | {"lat": ""})
    assert half.status_code == 422
