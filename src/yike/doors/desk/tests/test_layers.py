"""业务资源图层 at the desk, and 我要 at the portal: counts, blanks, a wrong number put right."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.providers import actions as providers_actions

Sit = Callable[[Actor], Client]


@pytest.fixture
def notary(county: makers.County) -> UUID:
    with acting(makers.SYSTEM):
        return providers_actions.register_institution(
            code="GZ", name="石浦公证处", kind="notary", region_code=makers.SHIPU,
            phone="0574-00000000", actor=makers.SYSTEM,
        )  # fmt: skip


@pytest.fixture
def station(county: makers.County) -> UUID:
    with acting(makers.SYSTEM):
        return places_actions.register_station(
            code="SP", name="石浦工作站", level=3, institution_id=county.shipu_office,
            region_code=makers.SHIPU, point=(121.931, 29.203), services=[("S03", "guide")],
            actor=makers.SYSTEM,
        )  # fmt: skip


def test_counts_say_by_which_people(county: makers.County, notary: UUID, sit: Sit) -> None:
    desk = sit(county.wang)
    page = soup(desk.get("/desk/layers?kind=02"))
    (shipu,) = (row for row in page.all("tr", data_row="") if "石浦镇" in row.words)
    assert "不排" in shipu.words, "one is not ranked"
    assert "普查" in page.one("main").words, "the vintage stands below the rates"
    assert len(soup(desk.get("/desk/layers")).all("thead")[0].all("th")) == 10
    blank = soup(desk.get("/desk/layers/blanks?kind=02"))
    assert "直线距离" in blank.one("main").words
    assert not [row for row in blank.all("tr", data_row="") if "石浦镇" in row.words]


def test_verified_by_the_desk_and_shown_to_citizens(
    county: makers.County, notary: UUID, sit: Sit
) -> None:
    desk, citizen = sit(county.dispatcher), Client()
    assert "还没有核实过" in soup(citizen.get(f"/institutions/{notary}")).one("main").words
    (row,) = soup(desk.get("/desk/layers/verified?kind=02")).all("tr", data_row="")
    assert "从未核实" in row.words
    told = {"source": "公证处名录"}
    assert desk.post(f"/desk/layers/verified/{notary}", told).status_code == 302
    assert "公证处名录" in soup(citizen.get(f"/institutions/{notary}")).one("main").words
    assert sit(county.zhao).post(f"/desk/layers/verified/{notary}", told).status_code == 422


def test_a_citizen_says_what_is_wrong_and_reads_the_answer(
    county: makers.County, notary: UUID, sit: Sit
) -> None:
    citizen, desk = Client(), sit(county.dispatcher)
    where = f"/wrong/institution/{notary}"
    assert citizen.post(where, {"words": "不对"}).status_code == 422
    sent = citizen.post(where, {"wrong": "phone", "words": "是空号"})
    receipt = sent.headers["Location"]
    assert re.fullmatch(r"/corrections/[0-9A-Z]{12}", receipt)
    assert "正在核实" in soup(citizen.get(receipt)).one("h1").words
    (row,) = soup(desk.get("/desk/corrections")).all("tr", data_row="")
    page = row.one("a").attrs["href"]
    assert soup(sit(county.zhao).get("/desk/corrections")).all("tr", data_row="") == []
    assert sit(county.zhao).get(page).status_code == 404
    answer = {"outcome": "fixed", "answer": "已改为 0574-11111111"}
    assert desk.post(page, answer).status_code == 302
    assert "0574-11111111" in soup(Client().get(receipt)).one("main").words
    assert citizen.get("/corrections/ABCDEFGHJKMN").status_code == 404
    wrong = citizen.get("/corrections?code=abcd-efgh-jkmn")
    assert wrong.status_code == 422
    assert "没有查到“abcd-efgh-jkmn”" in soup(wrong).one("main").words
    assert soup(wrong).one("input", name="code").attrs["value"] == "abcd-efgh-jkmn"


def test_too_many_reports_from_one_address_wait(county: makers.County, notary: UUID) -> None:
    citizen = Client(REMOTE_ADDR="198.51.100.7")
    told = {"wrong": "phone"}
    found = [citizen.post(f"/wrong/institution/{notary}", told).status_code for _ in range(7)]
    assert found == [302] * 6 + [429]


def test_a_need_finds_who_serves_it(county: makers.County, notary: UUID, station: UUID) -> None:
    citizen = Client()
    assert citizen.get("/need").status_code == 200
    page = soup(citizen.get(f"/need?kind=02&place={makers.SHIPU}"))
    houses, stations = page.all("ul", class_="papers")
    assert [one.words for one in houses.all("strong")] == ["石浦公证处"]
    assert [one.words for one in stations.all("strong")] == ["石浦工作站"]
    assert "指引" in stations.words, "how the station gives it"
    assert "直线距离约" in page.one("main").words
    assert page.all("a", href="tel:12348"), "a person is one tap away"
    assert page.all("a", href=f"/map?need=02&place={makers.SHIPU}"), "by road, there are minutes"
    by_phone = citizen.post("/need", {"kind": "02", "lon": "121.931", "lat": "29.203"})
    first = soup(by_phone).all("ul", class_="papers")[1].all("li")[0]
    assert "石浦工作站" in first.words
    assert "0.0 公里" in first.words
    opened = soup(citizen.get("/need?kind=02&open=on")).one("main").words
    assert "石浦公证处" not in opened, "nobody registered when it is open"
    assert citizen.get("/need?kind=77").status_code == 422
    assert citizen.post("/need", {"kind": "02", "lon": "nan", "lat": "29"}).status_code == 422


def test_free_and_paid_items_are_told_apart(county: makers.County) -> None:
    citizen = Client()
    every = soup(citizen.get("/need?kind=02"))
    free = soup(citizen.get("/need?kind=02&price=free"))
    paid = soup(citizen.get("/need?kind=02&price=paid"))

    def items(page: object) -> set[str]:
        return {a.attrs["href"] for a in page.all("a") if a.attrs["href"].startswith("/items/")}  # type: ignore[attr-defined]

    assert items(free)
    assert items(paid)
    assert items(free) | items(paid) == items(every)
    assert not items(free) & items(paid)
