"""Pages of broken promises, ladders, lines and levels; the record screen's suggestions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, ladder
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.models import Escalation, Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import do, opened

Sit = Callable[[Actor], Client]
pytestmark = pytest.mark.django_db
WAGES = "石浦码头冷库老板欠我三个月工资18000元没给，要求帮忙讨回工资"


def words(desk: Client, path: str) -> str:
    return soup(desk.get(path)).one("main").words


@pytest.fixture
def late(county: makers.County) -> str:
    """An order of 石浦, opened sixty days ago and never answered, pressed by the house."""
    with clock.at(clock.now() - timedelta(days=60)):
        reference = opened(demand_type="2").reference
        do("sign", reference, county.wang)
    with acting(makers.SYSTEM) as house:
        clocks_actions.tick(now=clock.now(), limit=50, actor=house)
        matter = Matter.objects.get(reference=reference)
        assert matter.finish_clock
        actions.climb(matter_id=matter.id, clock_id=matter.finish_clock, actor=house)
    return reference


def test_broken_promises_stand_in_a_list_and_on_the_order(
    county: makers.County, sit: Sit, late: str
) -> None:
    desk = sit(county.wang)
    assert "通报" in words(desk, "/desk/pressed")
    assert "还没有" not in words(desk, "/desk/pressed?rung=3")
    assert "没有到这一级" in words(desk, "/desk/pressed?rung=1")
    shown = words(desk, f"/desk/m/{late}")
    assert "超期督促" in shown
    assert shown.count("到这一级") == 3
    assert "没有超期未办" in words(sit(county.zhao), "/desk/pressed")


def test_a_page_follows_another(county: makers.County, late: str) -> None:
    with acting(makers.SYSTEM):
        assert Escalation.objects.count() == 3
    with acting(county.wang):
        first = matters_queries.pressed(county.wang, limit=1)
        assert first.after == ""


def test_a_ladder_is_set_on_a_page(county: makers.County, sit: Sit) -> None:
    desk = sit(county.director)
    assert "超期后 6 个工作日" in words(desk, "/desk/ladders")
    told = {
        "promise_code": "help.finish", "unit": "working_days", "after_1": "0", "after_2": "2",
        "after_3": "4", "to_1": ["office"], "to_2": ["dispatcher"], "to_3": ["director"],
        "quiet_from": "21:00", "quiet_until": "08:00", "rest_days": "on", "reason": "县里规定",
    }  # fmt: skip
    assert desk.post("/desk/ladders", told | {"after_3": "1"}).status_code == 422
    assert desk.post("/desk/ladders", told | {"to_1": []}).status_code == 422
    assert desk.post("/desk/ladders", told).headers["Location"].endswith("code=help.finish")
    shown = words(desk, "/desk/ladders?code=help.finish")
    assert "第 1 版：县里规定" in shown
    assert "超期后 4 个工作日" in shown
    with acting(county.director):
        assert ladder.ladder_for("help.finish").rungs[0].after == 0
    assert desk.get("/desk/ladders?code=nothing").status_code == 404
    assert "作为新版本保存" not in words(sit(county.wang), "/desk/ladders")


def test_people_are_named_for_a_rung(county: makers.County, sit: Sit) -> None:
    desk = sit(county.director)
    offered = soup(desk.get("/desk/ladders")).one("div", id="id_named_3_box").words
    for name in ("陈派单（派单员）", "林局（局领导）", "王所（司法所（科室）工作人员）"):
        assert name in offered
    assert "钱宁海" not in offered  # of another county
    assert "审计" not in offered
    told = {
        "promise_code": "", "unit": "working_days", "after_1": "1", "after_2": "3",
        "after_3": "6", "to_1": ["office"], "to_2": ["dispatcher"], "to_3": [],
        "named_3": [county.zhao.ref, county.dispatcher.ref], "reason": "通报分管领导",
    }  # fmt: skip
    assert desk.post("/desk/ladders", told | {"named_3": [county.qian.ref]}).status_code == 422
    assert desk.post("/desk/ladders", told).status_code == 302
    assert "赵所、陈派单" in words(desk, "/desk/ladders") or "陈派单、赵所" in words(
        desk, "/desk/ladders"
    )
    boxes = soup(desk.get("/desk/ladders")).all("input", name="named_3")
    chosen = {one.attrs["value"] for one in boxes if "checked" in one.attrs}
    assert chosen == {county.zhao.ref, county.dispatcher.ref}
    with acting(county.director):
        assert ladder.ladder_for("help.finish").rungs[2].to == ()


def test_the_dispatcher_corrects_suggested_points_when_accepting(
    county: makers.County, sit: Sit
) -> None:
    with acting(county.dispatcher) as actor:
        actions.set_flow_policy(
            county_code=makers.COUNTY, accept=True, reason="网上来的先审核", actor=actor
        )
    text = f"{WAGES}？另外没有交社保，可以补缴吗？"
    reference = opened(text=text, points=()).reference
    desk = sit(county.dispatcher)
    page = soup(desk.get(f"/desk/m/{reference}"))
    said = page.one("textarea", id="accept_points").words
    assert "没有交社保，可以补缴吗" in said
    assert len(said.strip().splitlines()) == 2
    fixed = {"points": "怎么要回工资\n社保能不能补缴", "seen": ""}
    assert desk.post(f"/desk/m/{reference}/do/accept", fixed).status_code == 302
    points = makers.page(county.wang, reference).points
    assert [one.words for one in points] == ["怎么要回工资", "社保能不能补缴"]


def test_a_call_is_tried_out(county: makers.County, sit: Sit) -> None:
    desk = sit(county.agent)
    assert "急救" in words(desk, "/desk/hotlines")
    said = words(desk, "/desk/hotlines?try=1&text=路灯坏了没人修&line=12348")
    assert "建议转 12345" in said
    assert "依据：说到“路灯”" in said
    assert desk.get("/desk/hotlines?try=1&text=&line=12348").status_code in (200, 422)


def test_a_rule_of_the_hotlines_is_set_on_the_page(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    shown = soup(desk.get("/desk/hotlines?rule=CITY"))
    assert "路灯" in shown.one("textarea", name="words").words
    told = {
        "code": "", "seen": "0", "name": "渔船渔港", "kind": "other", "to": "12345",
        "transfer": "warm", "words": "渔船检验、渔港泊位", "without": "", "reason": "县里约定",
        "sentence": "渔政的事，由 12345 转渔业局。",
    }  # fmt: skip
    assert desk.post("/desk/hotlines", told | {"words": ""}).status_code == 422
    assert desk.post("/desk/hotlines", told).status_code == 302
    late = desk.post("/desk/hotlines", told | {"name": "另一条"})
    assert late.status_code == 422
    assert "另一条" in late.content.decode()  # what was typed stays
    agent = sit(county.agent)
    assert "渔船渔港" in words(agent, "/desk/hotlines")
    assert "第 1 版：县里约定" in words(agent, "/desk/hotlines")
    assert "建议转 12345" in words(agent, "/desk/hotlines?try=1&text=渔港泊位满了&line=12348")
    said = {"text": "渔港泊位满了", "channel": "02", "line": "12348", "key": "k" * 32}
    assert "建议转 12345" in soup(agent.post("/desk/record/suggest", said)).words
    assert "作为新版本保存" not in words(agent, "/desk/hotlines")
    gone = told | {"code": "C1", "seen": "1", "drop": "on", "reason": "不用了"}
    assert desk.post("/desk/hotlines", gone).status_code == 302
    assert "渔船渔港" not in soup(agent.get("/desk/hotlines")).one("table").words


def test_a_level_gets_a_promise_of_its_own(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {"of": "help.finish", "suffix": "village", "amount": "2", "basis": "县司法局约定"}
    assert desk.post("/desk/promises", told | {"basis": ""}).status_code == 422
    assert desk.post("/desk/promises", told).status_code == 302
    with acting(county.dispatcher):
        known = {one.code: one for one in clocks_queries.promise_list()}
    made = known["help.finish.village"]
    assert (made.amount, made.statutory, made.name) == (2, False, "求助办结（村级）")
    assert "按层级另设" not in words(sit(county.wang), "/desk/promises")
    assert "本地承诺" in words(sit(county.wang), "/desk/promises")


def test_the_record_screen_suggests_line_points_and_duplicates(
    county: makers.County, sit: Sit
) -> None:
    with acting(makers.SYSTEM):
        earlier = opened(text=WAGES).reference
    desk = sit(county.agent)
    told = {
        "text": f"{WAGES}？另外没有交社保，可以补缴吗？", "channel": "03", "line": "12345",
        "phone": makers.PHONE, "key": "k" * 32, "town": makers.SHIPU, "do": "suggest",
    }  # fmt: skip
    shown = soup(desk.post("/desk/record", told)).one("main").words
    assert "建议转 12348" in shown
    assert "看起来有 2 个问题" in shown
    assert "可能是同一件事" in shown
    assert earlier in shown
    filled = soup(desk.post("/desk/record", told | {"do": "points"})).one("textarea", name="points")
    assert "没有交社保，可以补缴吗" in filled.words


def test_emergencies_stand_out(county: makers.County, sit: Sit) -> None:
    told = {"text": "他正在打我，拿着刀", "channel": "02", "line": "12348", "key": "k" * 32}
    shown = soup(sit(county.agent).post("/desk/record/suggest", told)).words
    assert "建议转 110 报警" in shown


def test_the_order_shows_what_may_be_the_same(county: makers.County, sit: Sit) -> None:
    first = opened(text=WAGES).reference
    again = opened(text=WAGES + "谢谢").reference
    shown = soup(sit(county.wang).get(f"/desk/m/{again}/dossier")).words
    assert "可能是同一件事" in shown
    assert first in shown
    done = sit(county.wang).post(
        f"/desk/m/{again}/do/link",
        {"related": first, "tie": "same", "reason": "同一件", "seen": ""},
    )
    assert done.status_code == 302
    assert "疑似重复" in words(sit(county.wang), f"/desk/m/{first}")


def test_calls_and_points_by_the_buttons(county: makers.County, sit: Sit) -> None:
    reference = opened(text=WAGES, points=()).reference
    desk = sit(county.wang)
    path = f"/desk/m/{reference}/do"
    points = {"points": "怎么要回工资\n能不能请律师", "seen": ""}
    assert desk.post(f"{path}/set_points", points).status_code == 302
    assert (
        desk.post(f"{path}/record_call", {"contact": "reached", "words": "说明了流程"}).status_code
        == 302
    )
    wrong = {"to_line": "12345", "transfer": "warm", "outcome": "busy", "words": ""}
    assert desk.post(f"{path}/transfer_call", wrong).status_code == 422
    assert desk.post(f"{path}/transfer_call", wrong | {"words": "改天再转"}).status_code == 302
    shown = words(desk, f"/desk/m/{reference}")
    assert "能不能请律师" in shown
    assert "已联系上" in shown
    assert "占线" in shown
