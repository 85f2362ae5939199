"""The code dictionary through the door: divisions browsed and searched, numbers tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yike.doors.desk.tests.soup import Element, soup
from yike.rooms.catalogue import reference as catalogue_reference
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.people import numbers
from yike.rooms.regions import actions as regions_actions
from yike.rooms.regions import codes as region_codes
from yike.rooms.regions import reference as regions_reference

Sit = Callable[[Actor], Client]
_BODY = "31330225MD0123454"
_CARD = "33022519900307123"


@pytest.fixture
def desk(county: makers.County, sit: Sit) -> Client:
    """Wang's desk, over the whole shipped county and the code lists."""
    with acting(makers.SYSTEM):
        spans = [region_codes.span(makers.COUNTY), ("330000000000", "330000000001"),
                 ("330200000000", "330200000001")]  # fmt: skip
        counts = [one for one in regions_reference.population_facts()
                  if one.region_code.startswith("330225")]  # fmt: skip
        regions_actions.load_regions(
            regions=regions_reference.region_facts(*spans), populations=counts, actor=makers.SYSTEM
        )
        catalogue_reference.load_reference(actor=makers.SYSTEM)
    return sit(county.wang)


def _rows(page: Element) -> dict[str, str]:
    return {row.one("a").words: row.words for row in page.all("tr", data_row="")}


def test_divisions_are_browsed_from_the_list_of_lists(desk: Client) -> None:
    assert soup(desk.get("/desk/codes")).all("a", href="/desk/codes/divisions")
    page = soup(desk.get("/desk/codes/divisions?code=330225"))
    told = page.one("dl", class_="strip").words
    assert "330225000000" in told
    assert "国家统计局统计用区划代码 2023" in told
    towns = _rows(page)
    assert len(towns) == 18
    assert "330225101" in towns["石浦镇"]
    assert "GB/T 10114" in towns["石浦镇"]
    assert "92753（2000）" in towns["石浦镇"]
    assert "已知" in towns["石浦镇"]
    assert "已核对" in towns["石浦镇"]
    assert "未知" in towns["丹东街道"]
    assert "待核对" in towns["丹东街道"]
    path = [one.words for one in page.all("a") if one.attrs["href"].startswith("?code=")]
    assert path[:3] == ["浙江省", "宁波市", "象山县"]


def test_divisions_are_searched_by_name_and_by_code(desk: Client) -> None:
    found = _rows(soup(desk.get("/desk/codes/divisions?q=旭拱岙")))
    assert len(found) == 1
    assert "无短码" in next(iter(found.values()))
    by_code = _rows(soup(desk.get(f"/desk/codes/divisions?q={makers.SHIPU[:9]}")))
    assert next(iter(by_code)).endswith("石浦镇")
    none = soup(desk.get("/desk/codes/divisions?q=亚特兰蒂斯"))
    assert none.one("div", class_="empty")
    assert desk.get("/desk/codes/divisions?code=330299").status_code == 404
    assert desk.get("/desk/codes/divisions?code=abc").status_code == 404


def test_a_credit_code_is_taken_apart(desk: Client) -> None:
    right = _BODY + numbers.uscc_check(_BODY)
    page = soup(desk.post("/desk/codes/check", {"kind": "uscc", "number": right.lower()}))
    words = page.one("table").words
    assert "司法行政" in words
    assert "律师执业机构" in words
    assert "浙江省宁波市象山县" in words
    assert page.one("div", role="status").words.startswith("对")
    wrong = _BODY + ("0" if right[-1] != "0" else "1")
    page = soup(desk.post("/desk/codes/check", {"kind": "uscc", "number": wrong}))
    assert f"应为 {right[-1]}，现为 {wrong[-1]}" in page.one("table").words
    short = soup(desk.post("/desk/codes/check", {"kind": "uscc", "number": "9133"}))
    assert "18 位" in short.one("div", role="status").words
    assert not short.all("table")


def test_a_citizen_number_is_answered_and_forgotten(desk: Client) -> None:
    right = _CARD + numbers.card_check(_CARD)
    with CaptureQueriesContext(connection) as asked:
        answer = desk.post("/desk/codes/check", {"kind": "card", "number": right})
    page = soup(answer)
    assert "1990年3月7日" in page.one("table").words
    assert page.one("div", role="status").words.startswith("对")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not [one for one in asked.captured_queries if right in one["sql"]]
    assert not [one for one in asked.captured_queries if one["sql"].startswith("INSERT")]
    by_address = soup(desk.get(f"/desk/codes/check?kind=card&number={right}"))
    assert not by_address.all("table")
    wrong = _CARD + ("1" if right[-1] != "1" else "2")
    page = soup(desk.post("/desk/codes/check", {"kind": "card", "number": wrong}))
    assert f"应为 {right[-1]}" in page.one("table").words


def test_a_division_code_is_in_the_tree_or_not(desk: Client) -> None:
    told = {"kind": "division", "number": makers.SHIPU[:9]}
    page = soup(desk.post("/desk/codes/check", told))
    assert "浙江省宁波市象山县石浦镇" in page.one("div", role="status").words
    gone = soup(desk.post("/desk/codes/check", {"kind": "division", "number": "330299"}))
    assert gone.one("div", role="status").words.startswith("不对")
    assert desk.post("/desk/codes/check", {"kind": "division", "number": ""}).status_code == 422


def test_the_standards_of_the_ministry_carry_their_flags(desk: Client) -> None:
    page = soup(desk.get("/desk/codes?list=sft_standards"))
    rows = {row.all("td")[0].words: row.words for row in page.all("table")[1].all("tr")[1:]}
    assert "已核对" in rows["SF/T 0017-2017"]
    assert "待核对" in rows["SF/T 0083-2020"]
    assert len(rows) == 9
