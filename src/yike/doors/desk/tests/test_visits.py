"""Visits of a station, the three classes of facilities and the basic five at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.doors.desk.tests.test_featured import station
from yike.doors.desk.tests.test_kept import board
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers

Sit = Callable[[Actor], Client]


def test_before_and_after_with_counts_by_hand(county: makers.County, sit: Sit) -> None:
    office, where = sit(county.wang), f"/desk/visits/{station()}"
    today = clock.today()
    for ago, visitors in ((20, 70), (10, 140)):
        told = {
            "from_on": f"{today - timedelta(days=ago)}", "visitors": visitors, "how": "gate",
            "last_on": f"{today - timedelta(days=ago - 6)}",
        }  # fmt: skip
        assert office.post(f"{where}/count", told).status_code == 302
    page = soup(office.get(where, {"day": f"{today - timedelta(days=12)}"})).one("main").words
    assert "起 12 天" in page
    assert "平均每天增加 100%（10.0 → 20.0）" in page
    assert "合计不足 10，不作比较" in page
    file = office.get(f"{where}/csv", {"day": f"{today - timedelta(days=12)}"}).content.decode()
    assert "人工登记的来访人次,70,140" in file
    assert "还没有过完一天" in office.get(where, {"day": f"{today}"}).content.decode()
    assert office.get(where, {"day": "昨天", "days": "7"}).status_code == 200
    assert sit(county.zhao).get(where).status_code in (403, 404)


def test_the_three_classes_are_one_register(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    station()
    board(desk)
    told = {
        "code": "ZP-G", "name": "路口融合指引牌", "kind": "线上线下融合服务指引牌",
        "region_code": "330225101000", "installed_on": "2026-01-05",
    }  # fmt: skip
    assert desk.post("/desk/facilities/new/sign", told).status_code == 302
    page = soup(desk.get("/desk/classes")).one("main").words
    assert "路口融合指引牌" in page
    assert "渔港候船厅指引牌" not in page
    assert "另有 12348 热线指引牌和公共设施元素 1 处" in page
    asked = {"kind": "guide", "region": "330225101000", "lack": "point"}
    file = desk.get("/desk/classes/csv", asked).content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in file.splitlines()[1:]] == ["线上线下融合服务指引牌"]
    assert "没有这样的设施" in desk.get("/desk/classes?kind=terminal").content.decode()


def test_the_basic_five_are_told_and_tried(county: makers.County, sit: Sit) -> None:
    office, where = sit(county.wang), f"/desk/basics/{station()}"
    page = soup(office.get("/desk/basics")).one("main").words
    assert "人民调解，供给矩阵里没有登记" in page
    told = {"basic": "search", "way": "guided", "to_whom": "县公共法律服务中心"}
    assert office.post(f"{where}/way", told).status_code == 302
    assert "没有写明指引、转接给谁和怎么转" in soup(office.get(where)).one("main").words
    assert office.post(f"{where}/way", told | {"how": "打 12348"}).status_code == 302
    tried = {"basic": "search", "on": f"{clock.today()}", "outcome": "partly"}
    assert office.post(f"{where}/try", tried).status_code == 422
    assert office.post(f"{where}/try", tried | {"words": "终端不能联网"}).status_code == 302
    page = soup(office.get(where)).one("main").words
    assert "部分办得成" in page
    assert "上次部分办得成，改好后再试" in page


def test_a_place_is_told_to_be_several_things(county: makers.County, sit: Sit) -> None:
    office, where = sit(county.wang), f"/desk/together/station/{station()}"
    told = {
        "kind": "observe", "unit": "石浦司法所", "since": f"{clock.today()}", "evidence": "挂牌",
        "number": "", "function": "",
    }  # fmt: skip
    assert office.post(f"{where}/tell", told | {"evidence": ""}).status_code == 422
    assert office.post(f"{where}/tell", told).status_code == 302
    linked = told | {"kind": "practice", "number": "SJ-7", "function": "法律咨询"}
    assert office.post(f"{where}/tell", linked).status_code == 302
    page = soup(office.get(where)).one("main").words
    assert "三要素还缺：法治文化阵地" in page
    assert "SJ-7" in page
    assert "TS" in page, "the station's own number stands beside it"
    assert "石浦特色站" in office.get("/desk/together?lack=culture").content.decode()
    assert "石浦特色站" not in office.get("/desk/together?lack=observe").content.decode()
