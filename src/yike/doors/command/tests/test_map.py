"""The governance map: figures that open, two yardsticks, and what other stations would change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.command.tests.conftest import Sit
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matter_makers
from yike.rooms.places import actions as places_actions
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import carrying, carrying_sites
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.siting.asking import Wanted
from yike.rooms.reach.tests import makers, reckoners
from yike.rooms.regions.tests.makers import HOUSE

_FIGURE = re.compile(
    r'<li class="figure[^"]*"><a href="([^"#]+)#villages-list".*?figure-value">(\d+)', re.DOTALL
)
_LINE = re.compile(
    r'<tr[^>]*><th scope="row">(\S+) .*?aria-hidden="true"></span> ([^<]+)</td>', re.DOTALL
)
#: which column of the list holds the people that a figure counts
_COLUMNS = {"": "人口", "covered": "15分钟内", "uncovered": "15分钟外"}


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("yike.rooms.reach.child.ask", reckoners.beside)
    settings.NETWORKS_DIR = tmp_path / "networks"
    settings.INCOMING_DIR = tmp_path / "incoming"
    settings.RECKONER_SOCKET = tmp_path / "reckoner.sock"
    settings.RECKONER_SECONDS = settings.RECKONER_SHORT_SECONDS = 240.0
    with reckoners.listening(settings.RECKONER_SOCKET):
        yield


@pytest.fixture
def run(county: matter_makers.County) -> UUID:
    """The county counted by hand, reckoned."""
    with acting(HOUSE):
        makers.station()
        makers.network()
        makers.people()
        return makers.run()


def _text(web: Client, href: str, **told: Any) -> str:
    answer = web.get(href, told)
    assert answer.status_code == 200, href
    return answer.content.decode()


def _post(web: Client, href: str, told: dict[str, Any]) -> str:
    return web.post(href, told).content.decode()


def _data(text: str, name: str) -> Any:
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', text)
    assert found is not None
    return json.loads(found[1])


def _layer(text: str, name: str) -> dict[str, Any]:
    layers: list[dict[str, Any]] = _data(text, "map-data")["layers"]
    return next(one for one in layers if one["name"] == name)


def _words(text: str) -> dict[str, str]:
    """What the list says of each village; those on the map are coloured as the list says."""
    said = dict(_LINE.findall(_part(text)))
    layer = _layer(text, "villages")
    assert len(layer["data"]["features"]) == len(said)
    legend = {one["value"]: one["label"] for one in layer["classes"]}
    for one in layer["data"]["features"]:
        assert said[one["properties"]["name"]] == legend[one["properties"]["class"]]
    return said


def _part(text: str) -> str:
    return text.partition('id="villages-list"')[2].partition("</section>")[0]


def test_without_a_run_the_page_says_what_is_lacking_and_where(
    county: matter_makers.County, sit: Sit
) -> None:
    text = _text(sit(county.director), "/command/map")
    assert "还没有确认的人口数据" in text
    assert 'href="/desk/reach"' in text


def test_each_figure_opens_the_villages_that_add_up_to_it(
    run: UUID, county: matter_makers.County, sit: Sit
) -> None:
    web = sit(county.supervisor)
    found = [
        (unescape(href), int(value)) for href, value in _FIGURE.findall(_text(web, "/command/map"))
    ]
    assert [value for _, value in found] == [650, 500, 150, 50, 100]
    for href, value in found[:3]:
        part = href.partition("only=")[2]
        cells = re.findall(rf'data-label="{_COLUMNS[part]}">(\d+)<', _villages(web, href))
        assert sum(map(int, cells)) == value, href
    outside = _villages(web, found[2][0])
    assert "没有路（或渡线）通到任何站点" in outside
    assert len(_LINE.findall(outside)) == 2


def test_towns_tell_stations_and_the_demands_that_came(
    run: UUID, county: matter_makers.County, sit: Sit
) -> None:
    matter_makers.opened()
    with acting(HOUSE):
        machine = places_actions.register_facility(
            facility="terminal",
            code="ZD", name="村口自助机𬭚", kind="自助终端", region_code=matter_makers.SHIPU,
            point=(121.9, 29.2), point_reason="试", actor=HOUSE,
        )  # fmt: skip
        places_actions.set_facility_status(
            facility="terminal", facility_id=machine, status="broken", actor=HOUSE
        )
    web = sit(county.director)
    whole = _text(web, "/command/map")
    layer = _layer(whole, "terminals")
    (kind,) = layer["classes"]
    assert (kind["label"], kind["tone"], kind["symbol"]) == ("故障", "late", "triangle")
    assert layer["data"]["features"][0]["properties"]["class"] == "broken"
    assert f'data-map-item="{machine}"' in whole
    text = whole.partition('id="h-towns"')[2].partition("</section>")[0]
    shipu = text.partition("石浦镇")[2].partition("</tr>")[0]
    assert 'data-label="站点">1<' in shipu
    href = re.search(r'href="([^"]+)">1</a>', shipu)
    assert href is not None
    assert "1 件" in _text(web, unescape(href[1]))


def _villages(web: Client, href: str) -> str:
    return _part(_text(web, f"/command/map{href}"))


def test_both_yardsticks_colour_the_map(run: UUID, county: matter_makers.County, sit: Sit) -> None:
    web = sit(county.director)
    minutes = _words(_text(web, "/command/map"))
    assert sorted(minutes.values()) == ["10 分钟内", "15 分钟内", "30 分钟内", "多数人无路可达"]
    radius = _words(_text(web, "/command/map", view="radius"))
    assert sorted(radius.values()) == ["全在半径内", "全在半径内", "全在半径内", "全在半径外"]
    differs = _words(_text(web, "/command/map", view="differs"))
    assert [name for name, said in differs.items() if said == "只有半径算在内"] == ["永安村"]
    assert web.get("/command/map?view=colour").status_code == 422


def test_a_station_is_moved_added_and_closed_while_one_looks(
    run: UUID, county: matter_makers.County, sit: Sit
) -> None:
    web, where = sit(county.supervisor), f"/command/map/try?run={run}"
    (station,) = _layer(_text(web, where), "movable")["data"]["features"]
    ref = station["properties"]["id"]
    told = {"add_lon": makers.lon_at(1800), "add_lat": makers.LAT}
    assert "还没有改动" in web.get(where, headers={"HX-Request": "true"}).content.decode()
    part = web.post(where, told, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<dd>500 → 600</dd>" in part
    drawn = _data(part, "tried-data")
    assert sorted(name for name, places in drawn.items() if places) == ["faster", "gained"]
    lon, lat = drawn["gained"]
    assert lon / 1e5 == pytest.approx(makers.lon_at(1800), abs=1e-5)
    assert lat / 1e5 == pytest.approx(makers.LAT, abs=1e-5)
    assert drawn == _layer(_post(web, where, told), "changed")["data"]
    dragged = web.post(where, {"moved": f"{ref},{makers.lon_at(1800):.6f},{makers.LAT}"})
    text = dragged.content.decode()
    assert "<dd>500 → 300</dd>" in text
    assert _layer(text, "movable")["data"]["features"][0]["geometry"]["coordinates"][0] > 121.94
    typed = web.post(where, {"move": ref, "move_lon": makers.lon_at(1800), "move_lat": makers.LAT})
    assert "<dd>500 → 300</dd>" in typed.content.decode()
    for wrong in ({"close": ref}, {"moved": f"{ref},nan,29"}, {"add_lon": "121.9"}):
        assert web.post(where, wrong).status_code == 422
    assert web.post(f"/command/map/keep?run={run}", {"name": "方案"}).status_code == 403


def test_the_bands_of_a_station_lie_on_the_map_and_in_a_list(
    run: UUID, county: matter_makers.County, sit: Sit
) -> None:
    web = sit(county.supervisor)
    (station,) = _layer(_text(web, "/command/map"), "stations")["data"]["features"]
    text = _text(web, "/command/map", station=station["properties"]["id"])
    drawn = _layer(text, "bands")["data"]["features"]
    assert [one["properties"]["name"] for one in drawn][::3] == ["30 分钟内", "5 分钟内"]
    assert "500 人，77%" in text.partition('id="h-bands"')[2]
    assert "不在这次测算里" in _text(web, "/command/map", station="nobody")


def test_what_was_tried_is_kept_and_compared_on_the_map(
    run: UUID, county: matter_makers.County, sit: Sit
) -> None:
    web = sit(county.director)
    told = {"add_lon": makers.lon_at(1800), "add_lat": makers.LAT, "add_name": "永安村点"}
    assert web.post(f"/command/map/keep?run={run}", told).status_code == 422
    kept = web.post(f"/command/map/keep?run={run}", {**told, "name": "永安加一站"})
    where = kept.headers["Location"]
    assert "正在测算" in _text(web, where)
    carrying.reckon(UUID(where.partition("run=")[2]))
    text = _text(web, f"{where}&against={run}")
    assert "新覆盖 100 人，失去 0 人" in text
    assert _words(text)["永安村"] == "新覆盖"
    assert "新增“永安村点”" in text


def test_a_plan_and_a_snapshot_are_chosen_from_the_map(
    run: UUID, county: matter_makers.County, sit: Sit
) -> None:
    table = f"name,lon,lat,cost\n永安小店,{makers.lon_at(1700):.6f},{makers.LAT},80000\n"
    wanted = Wanted(name="补盲", question="mclp", number=1, table=table.encode(), seconds=10)
    with acting(HOUSE):
        plan = reach_actions.ask_plan(run_id=run, wanted=wanted, actor=HOUSE)
        carrying_sites.site(plan)
        reach_actions.keep_snapshot(run_id=run, snapshot="2026 年第四季度", actor=HOUSE)
        built = {one.name for one in reach_queries.siting_plan(HOUSE, plan).built}
    web = sit(county.director)
    assert f"?run={run}&amp;plan={plan}" in _text(web, "/command/map")
    text = _text(web, "/command/map", plan=plan, run=run)
    drawn = _layer(text, "plan")["data"]["features"]
    new = {one["properties"]["name"] for one in drawn if one["properties"]["class"] == "new"}
    assert new == built
    assert "2026 年第四季度" in text
