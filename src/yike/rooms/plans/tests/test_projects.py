"""A project from plan through an overdue milestone to acceptance, with one finding mended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.plans import actions, queries
from yike.rooms.plans.models import BudgetLine, Milestone, Project
from yike.rooms.providers.tests import makers as provider_makers
from yike.rooms.regions.tests.makers import (
    COUNTY,
    GUEST,
    HOUSE,
    JINPING,
    KEEPER,
    SHIPU,
    STRANGER,
    county,
)
from yike.rooms.trail import queries as trail_queries
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db
OTHER_KEEPER = replace(KEEPER, ref="01900000-0000-7000-8000-00000000000c")


class Scene:
    """A project of 石浦司法所, with a colleague of the office and of another one."""

    project: UUID
    office: UUID
    elsewhere: UUID

    def officer(self, org: UUID | None = None) -> Actor:
        """Somebody of 石浦司法所, or of another office."""
        return Actor(
            kind="staff", ref="01900000-0000-7000-8000-00000000000b", org=str(org or self.office),
            roles=frozenset({"officer"}), region_from="330225101000", region_until="330225102000",
            label="石浦司法所 王*",
        )  # fmt: skip

    def page(self, actor: Actor = KEEPER) -> queries.ProjectPage:
        """The project as somebody sees it."""
        with acting(actor):
            return queries.project_page(actor, self.project)

    def milestone(self, name: str) -> UUID:
        """The id of a milestone by its name."""
        return next(one.id for one in self.page().project.milestones if one.name == name)

    def do(self, deed: Any, actor: Actor, **told: Any) -> Any:
        """Do one deed on the project."""
        with acting(actor):
            return deed(project_id=self.project, actor=actor, **told)


def on(day: str) -> Any:
    """The clock stands at nine of a day."""
    return clock.at(datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=clock.CIVIL))


@pytest.fixture
def scene() -> Iterator[Scene]:
    found = Scene()
    with on("2026-03-01"):
        with county():
            found.office = provider_makers.office()
            found.elsewhere = provider_makers.office("XS-DX", name="大徐司法所")
        with acting(KEEPER):
            found.project = actions.plan_project(
                county_code=COUNTY, region_code=JINPING, name="金屏村工作室", kind="new", level=4,
                institution_id=found.office, planned_from=date(2026, 3, 1),
                planned_until=date(2026, 6, 30),
                milestones=[("选址", date(2026, 3, 31)), ("装修", date(2026, 5, 31))],
                actor=KEEPER,
            )  # fmt: skip
        yield found


def test_from_plan_to_acceptance_with_one_finding(scene: Scene) -> None:
    officer = scene.officer()
    scene.do(actions.move_project, officer, verb="begin", words="进场")
    with on("2026-04-10"):
        assert scene.page().project.pace == "late"
        with pytest.raises(BadInput, match="“选址”已超过计划日期"):
            scene.do(actions.move_project, officer, verb="report", words="在谈场地")
        scene.do(actions.move_project, officer, verb="report", words="在谈场地",
                 late_reason="村里两处场地要表决")  # fmt: skip
        scene.do(actions.move_project, officer, verb="report", words="表决了")
        site = scene.milestone("选址")
        scene.do(actions.reach_milestone, officer, milestone_id=site, reached_on=date(2026, 4, 9))
        first = scene.page().project.milestones[0]
        assert (first.mark, first.late_reason) == ("done", "村里两处场地要表决")
        assert scene.page().project.pace == "on_plan"
        with pytest.raises(Clash, match="装修"):
            scene.do(actions.move_project, officer, verb="finish", words="好了")
        scene.do(
            actions.reach_milestone, officer, milestone_id=scene.milestone("装修"),
            reached_on=date(2026, 4, 10),
        )  # fmt: skip
        scene.do(actions.move_project, officer, verb="finish", words="好了")
        with pytest.raises(NotAllowed, match="不由您办理"):
            scene.do(actions.inspect_project, officer, words="很好")
        with pytest.raises(BadInput, match="整改期限"):
            scene.do(actions.inspect_project, KEEPER, words="看过", findings=["没有无障碍坡道"])
        scene.do(
            actions.inspect_project, KEEPER, words="看过", findings=["没有无障碍坡道"],
            mend_until=date(2026, 4, 30),
        )  # fmt: skip
        page = scene.page(officer)
        assert page.project.state == "mending"
        assert "accept" not in {row.verb for row in page.verbs}
        ramp = page.findings[0].id
        with pytest.raises(NotFound):
            scene.do(actions.recheck_finding, KEEPER, finding_id=ramp, passed=True, words="好")
        scene.do(actions.mend_finding, officer, finding_id=ramp, words="装了坡道")
        with pytest.raises(Clash, match="还有 1 个问题"):
            scene.do(actions.inspect_project, KEEPER, words="通过")
        scene.do(actions.recheck_finding, KEEPER, finding_id=ramp, passed=False, words="太陡")
        assert scene.page().project.state == "mending"
        scene.do(actions.mend_finding, officer, finding_id=ramp, words="重做了")
        scene.do(actions.recheck_finding, KEEPER, finding_id=ramp, passed=True, words="符合要求")
        scene.do(actions.inspect_project, KEEPER, words="验收通过")
        scene.do(actions.link_station, KEEPER, station_code="XS-JP")
    page = scene.page()
    assert (page.project.state, page.project.accepted_on) == ("accepted", date(2026, 4, 10))
    assert page.project.station_code == "XS-JP"
    assert [one.passed for one in page.inspections] == [False, True]
    assert page.findings[0].checked_words == "符合要求"
    assert [one.deed for one in page.reports][-3:] == ["报告整改", "复查", "验收通过"]
    with acting(KEEPER):
        told = trail_queries.history_of("project", str(scene.project), actor=KEEPER).rows
        assert len(told) == 14
        assert queries.projects_of_station(KEEPER, "XS-JP")[0].id == scene.project


def test_who_reported_it_finished_never_accepts_and_who_mended_never_rechecks(
    scene: Scene,
) -> None:
    scene.do(actions.move_project, KEEPER, verb="begin", words="进场")
    for name in ("选址", "装修"):
        scene.do(actions.reach_milestone, KEEPER, milestone_id=scene.milestone(name),
                 reached_on=date(2026, 3, 1))  # fmt: skip
    scene.do(actions.move_project, KEEPER, verb="finish", words="完工")
    with pytest.raises(NotAllowed, match="不能自己验收"):
        scene.do(actions.inspect_project, KEEPER, words="通过")
    scene.do(actions.inspect_project, OTHER_KEEPER, words="看过", findings=["漏水"],
             mend_until=date(2026, 3, 9))  # fmt: skip
    leak = scene.page().findings[0].id
    scene.do(actions.mend_finding, OTHER_KEEPER, finding_id=leak, words="修了")
    with pytest.raises(NotAllowed, match="不能自己复查"):
        scene.do(actions.recheck_finding, OTHER_KEEPER, finding_id=leak, passed=True, words="好")


def test_money_is_whole_fen_and_more_than_planned_needs_the_reason(scene: Scene) -> None:
    line = scene.do(actions.set_budget, KEEPER, name="装修", source="county", planned_fen=1_000_001)
    officer = scene.officer()
    told = {"line_id": line, "contracted_fen": 900_000, "spent_fen": 500_000}
    scene.do(actions.spend, officer, **told)
    with pytest.raises(BadInput, match="超过了计划"):
        scene.do(actions.spend, officer, **told | {"spent_fen": 1_000_002})
    scene.do(actions.spend, officer, **told | {"spent_fen": 1_000_002}, over_reason="材料涨价")
    money = scene.page().project.money
    assert (money.planned, money.contracted, money.spent) == (1_000_001, 900_000, 1_000_002)
    assert (money.used, money.over) == (100, True)
    for wrong in (-1, 10_000_000_001):
        with pytest.raises(BadInput, match="1 亿元"):
            scene.do(actions.set_budget, KEEPER, name="设备", source="county", planned_fen=wrong)
    with pytest.raises(BadInput):  # changing a plan needs the reason
        scene.do(actions.set_budget, KEEPER, name="装修", source="county", planned_fen=2_000_000)
    with pytest.raises(NotAllowed):
        scene.do(actions.set_budget, officer, name="设备", source="county", planned_fen=1)


def test_the_board_counts_by_town_and_filters(scene: Scene) -> None:
    facts: dict[str, Any] = {
        "county_code": COUNTY, "kind": "rebuilt", "level": 3, "institution_id": scene.elsewhere,
        "planned_from": date(2026, 1, 1), "planned_until": date(2026, 2, 1), "actor": KEEPER,
    }  # fmt: skip
    with acting(KEEPER):
        actions.plan_project(name="石浦工作站改建", region_code=SHIPU, **facts)
        actions.plan_project(name="县中心改建", region_code=COUNTY, **facts)
        with pytest.raises(Clash, match="已经在建设计划里"):
            actions.plan_project(name="县中心改建", region_code=COUNTY, **facts)
        found = queries.board(KEEPER, queries.ProjectFilter(county=COUNTY))
        assert {row.name: (row.total, row.counts["late"]) for row in found.towns} == {
            "象山县": (1, 1), "石浦镇": (2, 1),
        }  # fmt: skip
        assert found.counts == {"on_plan": 1, "late": 2, "accepted": 0, "stopped": 0}
        asked = [
            ({"region": SHIPU}, 2), ({"pace": "on_plan"}, 1), ({"kind": "new"}, 1),
            ({"institution": scene.elsewhere}, 2), ({"name": "改建"}, 2), ({"name": "没有"}, 0),
        ]  # fmt: skip
        for more, count in asked:
            seen = queries.board(KEEPER, queries.ProjectFilter(county=COUNTY, **more))  # type: ignore[arg-type]
            assert (len(seen.rows), seen.total) == (count, 3), more


def test_milestones_are_told_once_when_near_and_once_when_late(scene: Scene) -> None:
    def told(day: str) -> list[str]:
        with on(day), acting(HOUSE):
            count = actions.warn_of_milestones(actor=HOUSE)
            rows = Entry.objects.filter(kind="plans.MilestoneNear").order_by("id")
            facts = [json.loads(row.body) for row in rows]
            found = [one["milestone"] + one["overdue"] for one in facts]
        assert len(found) >= count
        return found

    assert told("2026-03-20") == []
    assert told("2026-03-25") == ["选址"]
    assert told("2026-03-31") == ["选址"]
    assert told("2026-04-01") == ["选址", "选址，已逾期"]
    assert told("2026-04-02") == ["选址", "选址，已逾期"]
    with acting(KEEPER), pytest.raises(NotAllowed):
        actions.warn_of_milestones(actor=KEEPER)


def test_a_delay_is_explained_and_a_moved_day_begins_anew(scene: Scene) -> None:
    officer, site = scene.officer(), scene.milestone("选址")
    with pytest.raises(Clash, match="还没有逾期"):
        scene.do(actions.explain_delay, officer, milestone_id=site, reason="等批文")
    with on("2026-04-10"):
        with pytest.raises(BadInput, match="已经过去"):
            scene.do(actions.explain_delay, officer, milestone_id=site, reason="等批文",
                     expected_on=date(2026, 4, 9))  # fmt: skip
        scene.do(actions.explain_delay, officer, milestone_id=site, reason="等批文",
                 expected_on=date(2026, 4, 30))  # fmt: skip
        row = scene.page().project
        assert (row.pace, row.unexplained, row.overdue[0].late_reason) == ("late", (), "等批文")
        with pytest.raises(NotAllowed):
            scene.do(actions.move_milestone, officer, milestone_id=site,
                     due_on=date(2026, 5, 1), reason="调整")  # fmt: skip
        scene.do(actions.move_milestone, KEEPER, milestone_id=site, due_on=date(2026, 5, 1),
                 reason="批文晚了")  # fmt: skip
        assert scene.page().project.pace == "on_plan"


def test_others_neither_read_nor_write(scene: Scene) -> None:
    for actor in (STRANGER, GUEST):
        with acting(actor), pytest.raises((NotAllowed, NotFound)):
            queries.project_page(actor, scene.project)
        with acting(actor), pytest.raises((NotAllowed, NotFound)):
            queries.board(actor, queries.ProjectFilter(county=COUNTY))
    with pytest.raises(NotAllowed):
        scene.do(actions.move_project, scene.officer(scene.elsewhere), verb="begin", words="进场")


def test_bare_sql_writes_nothing_for_others(scene: Scene) -> None:
    with acting(STRANGER):
        assert not Project.objects.exists()
        assert not Milestone.objects.exists()
    with acting(GUEST):
        assert not Project.objects.exists()
    with acting(scene.officer(scene.elsewhere)):
        assert Project.objects.exists()
        assert Project.objects.update(name="改名") == 0
        assert Milestone.objects.update(name="改名") == 0
    officer = scene.officer()
    with acting(officer), pytest.raises(DatabaseError), transaction.atomic():
        Project.objects.update(state="accepted", accepted_on=date(2026, 3, 1))
    with acting(officer), pytest.raises(DatabaseError), transaction.atomic():
        BudgetLine.objects.create(project_id=scene.project, name="装修", source="county")
    with acting(officer):
        assert Project.objects.filter(state="planned").update(state="building") == 1


def test_a_list_leaves_with_purpose_and_reason(scene: Scene) -> None:
    asked = queries.ProjectFilter(county=COUNTY)
    with acting(KEEPER):
        with pytest.raises(BadInput, match="用途"):
            actions.export_projects(asked=asked, purpose="", reason="季度报送", actor=KEEPER)
        found = actions.export_projects(
            asked=asked, purpose="report", reason="季度报送", actor=KEEPER
        )
        assert [row.name for row in found.rows] == ["金屏村工作室"]
        told = Entry.objects.filter(kind="plans.ProjectsExported")
        assert json.loads(told.get().body)["rows"] == 1
