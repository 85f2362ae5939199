"""法务地图 at the portal: from a place, a typed name or a position, without script."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk import layers_map
from yike.doors.desk.tests.soup import soup
from yike.doors.kit import press
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.places import hours
from yike.rooms.providers import actions as providers_actions
from yike.rooms.regions import queries as regions_queries

Sit = Callable[[Actor], Client]
#: a Monday, when every office is shut
NIGHT = datetime.fromisoformat("2026-11-23T21:30:00+08:00")


@pytest.fixture
def points(county: makers.County) -> UUID:
    with acting(makers.SYSTEM):
        providers_actions.register_institution(
            code="GZ-NEAR", name="石浦公证处", kind="notary", region_code=makers.SHIPU,
            phone="0574-00000000", actor=makers.SYSTEM,
        )  # fmt: skip
        told: dict[str, Any] = {
            "level": 3,
            "institution_id": county.shipu_office,
            "region_code": makers.SHIPU,
        }
        far = places_actions.register_station(
            code="FAR-NEAR", name="远处工作站", point=(121.80, 29.30), services=[("S03", "guide")],
            hours=hours.ALWAYS, holiday_rule="open", phone="0574-2", actor=makers.SYSTEM, **told,
        )  # fmt: skip
        places_actions.register_station(
            code="SP-NEAR", name="石浦工作站", point=(121.931, 29.203), services=[("S03", "guide")],
            hours={}, actor=makers.SYSTEM, **told,
        )  # fmt: skip
    return far


def names(answer: Any) -> list[str]:
    return [one.words.replace("演示", "").strip() for one in soup(answer).all("h3")]


def test_a_place_a_name_and_a_position_find_the_same(points: UUID) -> None:
    citizen = Client()
    assert names(citizen.get("/map")) == []
    by_code = names(citizen.get(f"/map?place={makers.SHIPU}&sort=station"))
    assert by_code == ["石浦工作站", "远处工作站"]
    assert names(citizen.post("/map", {"name": " 石浦镇 ", "sort": "station"})) == by_code
    here = {
        "lon": "121.80",
        "lat": "29.30",
        "by": "position",
        "place": makers.SHIPU,
        "sort": "station",
    }
    told = citizen.post("/map", here)
    assert names(told) == by_code[::-1], "the position just told wins over what was picked before"
    assert "位置不保存" in soup(told).one("main").words
    moved = citizen.post(
        "/map", {"lon": "121.80", "lat": "29.30", "place": makers.SHIPU, "sort": "station"}
    )
    assert names(moved) == by_code, "what is picked wins over a position told before"


def test_of_a_point_nobody_placed_it_is_said_that_nobody_knows_how_far(
    points: UUID, county: makers.County
) -> None:
    with acting(makers.SYSTEM):
        places_actions.register_station(
            code="UNPLACED", name="没有位置的站", services=[], actor=makers.SYSTEM, level=3,
            institution_id=county.shipu_office, region_code=makers.SHIPU,
        )  # fmt: skip
    page = soup(Client().get(f"/map?place={makers.SHIPU}&sort=station"))
    said = next(one.words for one in page.all("li") if "没有位置的站" in one.words)
    assert "位置没有登记，不知道多远" in said


def test_a_need_says_where_and_what_to_bring(points: UUID) -> None:
    citizen = Client()
    page = soup(citizen.get(f"/map?place={makers.SHIPU}&need=02&item=PLS-GZ003"))
    main = page.one("main").words
    assert "身份证件" in main
    assert "遗嘱草稿" in main
    assert page.all("h3")[0].words.startswith("石浦公证处"), "who does it comes first"
    assert page.all("a", href="tel:0574-00000000")
    assert page.all("a", href="/book/notary?town=330225101000")
    assert names(citizen.get(f"/map?place={makers.SHIPU}&need=02&open=on")) == ["远处工作站"]
    assert "石浦公证处" not in names(citizen.get(f"/map?place={makers.SHIPU}&need=02&free=on"))
    item = soup(citizen.get("/map?item=PLS-GZ003")).one("main").words
    assert "办公证" in item, "an item alone says which need it is"


def test_a_village_of_unknown_position_is_not_told_the_minutes_of_its_town(
    points: UUID, county: makers.County, sit: Sit
) -> None:
    rows = regions_queries.villages_of(makers.SHIPU)
    island = next(row for row in rows if row.point is None)
    citizen = Client()
    main = soup(citizen.get(f"/map?place={island.code}&sort=station")).one("main").words
    assert f"{island.name}的位置还没有登记" in main
    assert "要不要坐船" in main
    assert "从石浦镇中心直线距离" in main
    page = soup(citizen.get(f"/village/{island.code}")).one("main")
    assert "从石浦镇中心直线距离" in page.words
    assert f"{island.name}的位置还没有登记，下面从石浦镇中心算" in page.words
    assert page.all("a", href=f"/map?place={island.code}")
    asked = f"/desk/nearest?region_code={island.code}&service=S03"
    aloud = soup(sit(county.wang).get(asked)).one("main").words
    assert "从您那里到石浦镇的路没有算在内" in aloud
    drawn = citizen.get(f"/map?place={island.code}&view=map").content.decode()
    assert "您在这里附近" not in drawn


def test_at_night_the_next_door_that_opens_is_named(points: UUID, county: makers.County) -> None:
    with acting(makers.SYSTEM):
        places_actions.register_station(
            code="DAY-NEAR", name="白天的站", point=(121.93, 29.2), services=[("S06", "direct")],
            hours=hours.OFFICE, holiday_rule="open", phone="0574-3", actor=makers.SYSTEM,
            level=3, institution_id=county.shipu_office, region_code=makers.SHIPU,
        )  # fmt: skip
    citizen, asked = Client(), f"/map?place={makers.SHIPU}&need=06"
    with clock.at(NIGHT):
        shut = soup(citizen.get(f"{asked}&open=on")).one("main")
        listed = soup(citizen.get(asked)).one("main")
        awake = soup(citizen.get(f"/map?place={makers.SHIPU}&need=02&open=on")).one("main")
    for page in (shut, listed):
        assert "现在都没开。最早开门的是白天的站，明天 08:30 开" in page.words
    assert "现在没有开着的" in shut.words
    assert "现在都没开" not in awake.words, "one that never shuts guides there"
    with clock.at(NIGHT + timedelta(hours=12)):
        assert "最早开门" not in soup(citizen.get(asked)).one("main").words


@pytest.mark.parametrize("typed", ["\u200b石浦镇", "石 浦 镇", "石浦镇\ufeff"])
def test_signs_that_no_eye_sees_hide_no_place(points: UUID, typed: str) -> None:
    assert names(Client().post("/map", {"name": typed, "sort": "station"}))[0] == "石浦工作站"


@pytest.mark.parametrize(
    ("query", "status"),
    [("name=无此村", 422), ("place=330225199000", 422), ("place=110101001000", 422),
     ("need=77", 422), ("lon=nan&lat=1", 422), ("most=9999999", 200), ("item=x", 200)],
)  # fmt: skip
def test_what_cannot_be_is_answered(points: UUID, query: str, status: int) -> None:
    answer = Client().get(f"/map?{query}")
    assert answer.status_code == status
    assert soup(answer).all("a", href="tel:12348"), "a person is one tap away"


def test_a_guide_is_printed_and_says_so_without_a_font(
    points: UUID, county: makers.County, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen, desk = Client(), sit(county.wang)
    page = soup(citizen.get(f"/map/guide?town={makers.SHIPU}"))
    listed = [one.words for one in page.all("h2", class_="h3")]
    assert [one.split()[0] for one in listed][:2] == ["石浦工作站", "远处工作站"]
    assert "没有审图号" in page.one("figure").words
    assert page.one("figure").all("svg")
    sheet = f"/desk/facilities/station/{points}/sheet"
    poster = soup(desk.get(sheet)).one("article").words
    assert "每天 全天" in poster
    assert "12348" in poster
    for where, who in ((f"/map/guide.pdf?town={makers.SHIPU}", citizen), (f"{sheet}.pdf", desk)):
        made = who.get(where)
        if press.font():
            assert made.content.startswith(b"%PDF-")
            assert made.headers["Content-Type"] == "application/pdf"
        with monkeypatch.context() as without:
            without.setattr(press, "font", lambda: None)
            refused = who.get(where)
        assert refused.status_code == 503
        assert "fonts-noto-cjk" in soup(refused).one("main").words
        assert "石浦" in soup(refused).one("main").words, "the page that prints itself is there"


def test_an_item_and_a_station_say_who_is_there_and_how_far(points: UUID) -> None:
    citizen = Client()
    page = soup(citizen.get(f"/stations/{points}?place={makers.SHIPU}&item=PLS-GZ003"))
    words = page.one("main").words
    assert "现在开着，全天开放" in words
    assert "直线距离约" in words
    assert "遗嘱草稿" in words
    item = soup(citizen.get(f"/items/PLS-GZ003?town={makers.SHIPU}")).one("main").words
    assert item.index("石浦工作站") < item.index("远处工作站")
    assert "现在开着，全天开放" in item


def test_the_map_is_drawn_only_when_asked_for(points: UUID) -> None:
    citizen = Client()
    here = f"/map?place={makers.SHIPU}&sort=station"
    assert "maplibre" not in citizen.get(here).content.decode(), "light before the map"
    assert not soup(citizen.get(here)).all("figure")
    bare = citizen.get(f"{here}&view=map").content.decode()
    assert "data-map=" not in bare, "no point of theirs is published"


def test_a_caller_hears_it_all_in_one_sentence(
    points: UUID, county: makers.County, sit: Sit
) -> None:
    told = {"region_code": makers.DASHA, "service": "S03", "item": "PLS-GZ003"}
    page = soup(sit(county.wang).get("/desk/nearest", told))
    first = page.all("tr", data_row="")[0].words
    aloud = page.one("div", class_="note-done").words
    assert "您要办“遗嘱公证”，可以去石浦公证处" in aloud
    assert "电话 0574-00000000" in aloud
    assert "遗嘱草稿" in aloud
    assert "石浦公证处" in first
    assert "直线距离约" in page.one("table").words
    assert "现在开着，全天开放" in page.one("table").words


@pytest.mark.parametrize(
    ("rates", "breaks"),
    [([], ()), ([1.0], (1.0,)), ([1.0, 1.001, 2.0], (1.0, 2.0)),
     ([n / 10 for n in range(1, 11)], (0.2, 0.4, 0.6, 0.8, 1.0))],
)  # fmt: skip
def test_rates_fall_into_steps(rates: list[float], breaks: tuple[float, ...]) -> None:
    assert layers_map.steps(rates) == breaks
    for rate in rates:
        place = int(layers_map.step_of(rate, breaks))
        assert round(rate, 2) <= breaks[place]
        assert place == 0 or round(rate, 2) > breaks[place - 1]
    assert layers_map.step_of(0.0, breaks) == "none"
    assert layers_map.step_of(None, breaks) == "unknown"


def test_a_kind_is_drawn_beside_its_table(points: UUID, county: makers.County, sit: Sit) -> None:
    desk = sit(county.wang)
    assert not soup(desk.get("/desk/layers")).all("figure")
    page = soup(desk.get("/desk/layers?kind=02"))
    towns = {
        row.attrs["data-map-item"]
        for row in page.one("table", id="layer-list").all("tr", data_row="")
    }
    told = json.loads(page.one("script", id="map-data").words)
    (layer,) = told["layers"]
    drawn = {one["properties"]["id"]: one["properties"] for one in layer["data"]["features"]}
    assert drawn.keys() <= towns
    assert makers.SHIPU in drawn
    assert drawn[makers.SHIPU]["class"] in {one["value"] for one in layer["classes"]}
    assert "1 家机构" in drawn[makers.SHIPU]["value"]
