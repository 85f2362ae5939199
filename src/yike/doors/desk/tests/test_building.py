"""The building plan through the door: from plan to acceptance, the board, the list that leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yike.doors.desk.templatetags.building import yuan
from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places.tests import makers as place_makers
from yike.rooms.plans import queries

Sit = Callable[[Actor], Client]


def told(county: makers.County, **more: Any) -> dict[str, Any]:
    """A project of 石浦司法所 with one milestone that was due yesterday."""
    today = clock.today()
    return {
        "name": "金屏村公共法律服务工作室", "kind": "new", "level": "4",
        "region_code": "330225101004", "institution_id": str(county.wang.org),
        "planned_from": f"{today - timedelta(days=90)}",
        "planned_until": f"{today + timedelta(days=90)}",
        "milestones": f"{today - timedelta(days=1)} 场地落实", **more,
    }  # fmt: skip


def begun(county: makers.County, desk: Client) -> str:
    """Where a project stands that was just taken into the plan."""
    made = desk.post("/desk/building/new", told(county))
    assert made.status_code == 302, made.content.decode()
    return str(made.headers["Location"])


def page_of(county: makers.County, where: str) -> queries.ProjectPage:
    with acting(county.dispatcher):
        return queries.project_page(county.dispatcher, where.rsplit("/", 1)[-1])  # type: ignore[arg-type]


def sent(client: Client, where: str, what: str, **fields: Any) -> None:
    """One deed is done; its refusal fails with the page's words."""
    answer = client.post(f"{where}/{what}", fields)
    assert answer.status_code == 302, soup(answer).one("main").words[:800]


def test_from_plan_through_a_late_milestone_to_acceptance(county: makers.County, sit: Sit) -> None:
    desk, office = sit(county.dispatcher), sit(county.wang)
    where = begun(county, desk)
    sent(desk, where, "budget", name="装修", source="county", planned="120000.50")
    first = soup(office.get(where)).one("main").words
    assert "场地落实" in first
    assert "已经逾期" in first
    silent = office.post(f"{where}/begin", {"words": "进场"})
    assert silent.status_code == 422
    assert "请写明逾期原因" in silent.content.decode()
    sent(office, where, "begin", words="进场", late_reason="租约谈了一个月")
    step = page_of(county, where).project.milestones[0].id
    sent(office, where, "reach", milestone_id=step, reached_on=f"{clock.today()}")
    line = page_of(county, where).budget[0].id
    sent(office, where, "spend", line_id=line, contracted="100000", spent="60000.25")
    sent(office, where, "finish", words="装修好了")
    refused = office.post(f"{where}/accept", {"words": "通过"})
    assert refused.status_code == 422
    assert "不由您办理" in refused.content.decode()
    sent(desk, where, "fault", words="看过现场", findings="没有无障碍坡道\n\n",
         mend_until=f"{clock.today()}")  # fmt: skip
    ramp = page_of(county, where).findings[0].id
    sent(office, where, "mend", finding_id=ramp, words="装了坡道")
    sent(desk, where, "recheck", finding_id=ramp, passed="1", words="符合要求")
    sent(desk, where, "accept", words="验收通过")
    with acting(makers.SYSTEM):
        place_makers.station("XS-JP", name="金屏工作室", level=4, region_code="330225101004")
    sent(desk, where, "link", station_code="XS-JP")
    done = soup(desk.get(where)).one("main").words
    for words in (
        "已验收", "没有无障碍坡道", "装了坡道", "符合要求", "租约谈了一个月", "60,000.25 元", "50%",
        "金屏工作室",
    ):  # fmt: skip
        assert words in done, words


def test_the_board_counts_filters_and_leaves_as_a_list(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    assert "还没有项目" in desk.get("/desk/building").content.decode()
    begun(county, desk)
    page = soup(desk.get("/desk/building"))
    assert "1 个里程碑逾期" in page.one("main").words
    assert "金屏村公共法律服务工作室" in page.one("main").words
    none = soup(desk.get("/desk/building?pace=accepted")).one("main").words
    assert "没有这样的项目" in none
    assert "金屏村公共法律服务工作室" not in none
    here = soup(desk.get("/desk/building?region=330225101000&pace=late&kind=new&name=金屏"))
    assert "金屏村公共法律服务工作室" in here.one("main").words
    asked = desk.post("/desk/building/export", {"purpose": "report", "reason": "季度报送"})
    sheet = b"".join(asked.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert "季度报送" in sheet[0]
    assert "金屏村公共法律服务工作室" in sheet[2]
    assert "没有说明" in sheet[2]
    assert desk.post("/desk/building/export", {"purpose": "", "reason": ""}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("milestones", "六月 场地", "第 1 行的日期不对"),
     ("planned_until", "2001-01-01", "早于计划开工"), ("name", "", "请填写项目名称")],
)  # fmt: skip
def test_a_plan_that_is_wrong_says_where(
    county: makers.County, sit: Sit, field: str, value: str, words: str
) -> None:
    answer = sit(county.dispatcher).post("/desk/building/new", told(county, **{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_steps_of_a_task_are_planned_and_done(county: makers.County, sit: Sit) -> None:
    from yike.doors.desk.tests.test_plans import TABLE

    desk = sit(county.dispatcher)
    found = {"name": "15分钟专班", "founded_on": "2026-01-05"}
    where = desk.post("/desk/plans/found", found).headers["Location"]
    desk.post(f"{where}/list", {"table": TABLE})
    links = soup(desk.get(where)).all("a")
    task = next(one.attrs["href"] for one in links if "/tasks/" in one.attrs["href"])
    step = {
        "measure": "划分等级",
        "words": "先试点",
        "from_on": "2026-01-01",
        "due_on": "2026-01-31",
    }
    assert desk.post(f"{task}/steps/plan", step | {"due_on": "2025-01-01"}).status_code == 422
    assert desk.post(f"{task}/steps/plan", step).status_code == 302
    page = soup(desk.get(task))
    assert "划分等级" in page.one("main").words
    ref = page.one("input", name="step_id").attrs["value"]
    done = {"step_id": ref, "done_on": "2026-02-10"}
    late = desk.post(f"{task}/steps/done", done)
    assert late.status_code == 422
    assert "写明原因" in late.content.decode()
    assert desk.post(f"{task}/steps/done", done | {"late_reason": "场地"}).status_code == 302
    assert "超期原因：场地" in desk.get(task).content.decode()
    assert desk.post(f"{task}/steps/none", {}).status_code == 404


@pytest.mark.parametrize(
    ("fen", "words"), [(0, "0 元"), (5, "0.05 元"), (123_456_789, "1,234,567.89 元")]
)
def test_money_is_said_in_yuan(fen: int, words: str) -> None:
    assert yuan(fen) == words
