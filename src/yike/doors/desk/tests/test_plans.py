"""Task forces and task lists through the door."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yike.doors.desk.forms import plans as shapes
from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers

Sit = Callable[[Actor], Client]
TABLE = (
    "序号\t一级指标\t二级指标\t任务\t建设内容\t责任科室（所）\t完成时限\n"
    "1\t平台\t实体\t分级建设\t划分等级；按计划建设\t公法中心；各司法所\t2026-12-31\n"
    "2\t质效\t\t打卡\t签到\t各司法所\t\n"
)


def test_a_list_is_pasted_reported_on_and_verified(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    found = desk.post("/desk/plans/found", {"name": "15分钟专班", "founded_on": "2026-01-05"})
    where = found.headers["Location"]
    assert desk.post(f"{where}/list", {"table": TABLE}).status_code == 302
    page = soup(desk.get(where))
    tasks = [link.attrs["href"] for link in page.all("a") if "/tasks/" in link.attrs["href"]]
    assert len(tasks) == 2
    officer = sit(county.wang)
    assert officer.get(tasks[0]).status_code == 200
    done = officer.post(f"{tasks[0]}/finish", {"words": "全部建成"})
    assert done.status_code == 302
    assert desk.post(f"{tasks[0]}/verify", {"words": "现场看过"}).status_code == 302
    late = officer.post(f"{tasks[0]}/report", {"words": "再报一次"})
    assert late.status_code == 422
    assert "已完成" in late.content.decode()


def test_a_table_that_cannot_be_read_is_kept_and_named(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    where = desk.post(
        "/desk/plans/found", {"name": "15分钟专班", "founded_on": "2026-01-05"}
    ).headers["Location"]
    for table in ("没有列名", TABLE.replace("2026-12-31", "年底"), TABLE.replace("任务\t", "事\t")):
        answer = desk.post(f"{where}/list", {"table": table})
        assert answer.status_code == 422
        assert soup(answer).one("textarea", name="table").words.strip() == table.strip()


def test_groups_of_offices_are_understood(county: makers.County) -> None:
    assert shapes.department("各司法所").institution_kind == "office"
