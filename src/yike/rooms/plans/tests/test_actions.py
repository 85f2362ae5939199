"""A county founds a task force, lists tasks, departments report, another one verifies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.plans import actions, queries
from yike.rooms.plans.actions import Department, TaskTold
from yike.rooms.plans.models import Task, TaskForce
from yike.rooms.providers.tests import makers as provider_makers
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, STRANGER, county
from yike.rooms.trail import queries as trail_queries

pytestmark = pytest.mark.django_db
OTHER_KEEPER = replace(KEEPER, ref="01900000-0000-7000-8000-00000000000c")
DAY = date(2026, 1, 5)


class Plan:
    """A task force with three tasks, and the office whose department answers for two of them."""

    force: UUID
    office: UUID

    def officer(self) -> Actor:
        """Somebody of 石浦司法所."""
        return Actor(
            kind="staff", ref="01900000-0000-7000-8000-00000000000b", org=str(self.office),
            roles=frozenset({"officer"}), region_from="330225101000", region_until="330225102000",
            label="石浦司法所 王*",
        )  # fmt: skip

    def task(self, no: int) -> UUID:
        """The id of a task by its number."""
        with acting(HOUSE):
            return Task.objects.get(task_force=self.force, no=no).id


@pytest.fixture
def plan() -> Plan:
    found = Plan()
    with county():
        found.office = provider_makers.office()
        bureau = provider_makers.institution()
        found.force = actions.found_task_force(
            county_code=COUNTY, name="15分钟专班", founded_on=DAY, actor=HOUSE
        )
        behind = [
            Department(name="公法中心", institution=bureau),
            Department(name="各司法所", institution_kind="office"),
        ]
        tasks = [
            TaskTold(goal="平台", title="分级建设", content=["划分等级", "按计划建设"],
                     departments=behind, due_on=date(2026, 2, 1)),
            TaskTold(goal="平台", title="热线", content=["双号并行"], departments=behind[:1]),
            TaskTold(goal="质效", title="打卡", content=["签到"], departments=behind[1:]),
        ]  # fmt: skip
        actions.list_tasks(task_force_id=found.force, tasks=tasks, actor=HOUSE)
    return found


def move(plan: Plan, no: int, verb: str, actor: Actor, **more: object) -> None:
    task = plan.task(no)
    with acting(actor):
        actions.move_task(task_id=task, verb=verb, words="按计划推进", actor=actor, **more)  # type: ignore[arg-type]


def test_departments_are_rows_and_tasks_are_found_by_them(plan: Plan) -> None:
    with acting(KEEPER):
        page = queries.force_page(KEEPER, plan.force, department="各司法所")
        assert [row.title for row in page.tasks] == ["分级建设", "打卡"]
        assert page.departments == ("公法中心", "各司法所")
        assert (page.total, page.late) == (3, 1)
        assert [row.no for row in queries.force_page(KEEPER, plan.force, late=True).tasks] == [1]
    with acting(plan.officer()):
        mine = queries.tasks_of_office(plan.officer())
    assert [row.title for row in mine] == ["分级建设", "打卡"]


def test_a_task_goes_to_its_end_and_every_deed_is_a_sentence(plan: Plan) -> None:
    officer = plan.officer()
    move(plan, 3, "report", officer, percent=40)
    move(plan, 3, "finish", officer)
    move(plan, 3, "send_back", KEEPER)
    move(plan, 3, "finish", KEEPER)
    with pytest.raises(NotAllowed, match="不能自己核验"):
        move(plan, 3, "verify", KEEPER)
    move(plan, 3, "verify", OTHER_KEEPER)
    with acting(KEEPER):
        page = queries.task_page(KEEPER, plan.task(3))
        told = trail_queries.history_of("task", str(plan.task(3)), actor=KEEPER).rows
    assert (page.task.state, page.task.percent) == ("done", 100)
    assert [row.deed for row in page.reports] == [
        "报告进展", "报告完成", "退回继续推进", "报告完成", "核验通过",
    ]  # fmt: skip
    assert [row.percent for row in page.reports] == [40, 100, 99, 100, 100]
    assert len(told) == 5


def test_a_department_moves_only_its_own_tasks(plan: Plan) -> None:
    with pytest.raises(NotAllowed):
        move(plan, 2, "report", plan.officer())
    with pytest.raises(NotAllowed):
        move(plan, 3, "verify", plan.officer())


def test_a_late_task_needs_the_reason(plan: Plan) -> None:
    with pytest.raises(BadInput, match="超过完成时限"):
        move(plan, 1, "report", plan.officer())
    move(plan, 1, "report", plan.officer(), late_reason="场地未落实", percent=10)


@pytest.mark.parametrize("percent", [-1, 100, 500])
def test_progress_is_a_share(plan: Plan, percent: int) -> None:
    with pytest.raises(BadInput):
        move(plan, 3, "report", plan.officer(), percent=percent)


def test_a_list_is_taken_whole_or_not_at_all(plan: Plan) -> None:
    good = TaskTold(
        goal="平台", title="终端", content=["配备"], departments=[Department(name="公法中心")]
    )
    bad = TaskTold(goal="平台", title="没有科室", content=["配备"], departments=[])
    with acting(KEEPER), pytest.raises(BadInput, match="第 2 项"):
        actions.list_tasks(task_force_id=plan.force, tasks=[good, bad], actor=KEEPER)
    with acting(KEEPER):
        assert queries.force_page(KEEPER, plan.force).total == 3
        with pytest.raises(Clash):
            actions.list_tasks(task_force_id=plan.force, tasks=[replace(good, no=2)], actor=KEEPER)


def test_one_leader_at_a_time_and_those_who_left_are_kept(plan: Plan) -> None:
    with acting(KEEPER):
        first = actions.add_member(
            task_force_id=plan.force, part="leader", name="郑𠮷", title="局领导", actor=KEEPER
        )
        with pytest.raises(Clash, match="已经有一位组长"):
            actions.add_member(task_force_id=plan.force, part="leader", name="王一", actor=KEEPER)
        actions.remove_member(member_id=first, reason="调离", actor=KEEPER)
        with pytest.raises(NotFound):
            actions.remove_member(member_id=first, reason="调离", actor=KEEPER)
        actions.add_member(task_force_id=plan.force, part="leader", name="王一", actor=KEEPER)
        page = queries.force_page(KEEPER, plan.force)
    assert [(one.name, one.reason) for one in page.former] == [("郑𠮷", "调离")]
    assert [one.name for one in page.members] == ["王一"]


@pytest.mark.parametrize("actor", [STRANGER, GUEST])
def test_others_neither_write_nor_read(plan: Plan, actor: Actor) -> None:
    with acting(actor), pytest.raises((NotAllowed, NotFound)):
        actions.add_member(task_force_id=plan.force, part="member", name="某人", actor=actor)
    with acting(actor), pytest.raises((NotAllowed, NotFound)):
        queries.force_page(actor, plan.force)


def test_an_ended_task_force_takes_nothing_more(plan: Plan) -> None:
    with acting(KEEPER):
        actions.end_task_force(task_force_id=plan.force, actor=KEEPER)
        with pytest.raises(Clash, match="撤销"):
            actions.add_member(task_force_id=plan.force, part="member", name="某人", actor=KEEPER)


def test_bare_sql_writes_nothing_for_others(plan: Plan) -> None:
    officer = plan.officer()
    with acting(officer):
        assert Task.objects.filter(task_force=plan.force, no=2).update(percent=50) == 0
        assert TaskForce.objects.filter(id=plan.force).update(name="改名") == 0
        assert Task.objects.filter(task_force=plan.force, no=3).update(percent=50) == 1
    with acting(STRANGER), pytest.raises(DatabaseError), transaction.atomic():
        TaskForce.objects.create(county_code=COUNTY, name="别县的", founded_on=DAY)
    with acting(GUEST):
        assert not Task.objects.exists()


def test_steps_have_measures_and_dates_and_end_before_the_task(plan: Plan) -> None:
    officer, task = plan.officer(), plan.task(3)

    def step(actor: Actor, **more: object) -> UUID:
        told: dict[str, object] = {
            "measure": "排出签到点",
            "from_on": date(2026, 1, 1),
            "due_on": date(2026, 1, 31),
        }
        with acting(actor):
            return actions.plan_step(task_id=task, actor=actor, **(told | more))  # type: ignore[arg-type]

    first = step(officer)
    step(KEEPER, measure="试点", from_on=date(2026, 2, 1), due_on=date(2099, 3, 1))
    with pytest.raises(BadInput, match="早于"):
        step(officer, due_on=date(2025, 12, 31))
    with pytest.raises(Clash, match="还有 2 个步骤"):
        move(plan, 3, "finish", officer)
    done = {"task_id": task, "step_id": first, "done_on": date(2026, 2, 2)}
    with acting(officer):
        with pytest.raises(BadInput, match="原因"):
            actions.finish_step(actor=officer, **done)  # type: ignore[arg-type]
        actions.finish_step(actor=officer, late_reason="场地未定", **done)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            actions.finish_step(actor=officer, **done)  # type: ignore[arg-type]
        page = queries.task_page(officer, task)
    assert [(one.no, one.done_on, one.late) for one in page.steps] == [
        (1, date(2026, 2, 2), False), (2, None, False),
    ]  # fmt: skip
    with pytest.raises(NotAllowed), acting(plan.officer()):
        actions.plan_step(
            task_id=plan.task(2), measure="别人的任务", from_on=DAY, due_on=DAY,
            actor=plan.officer(),
        )  # fmt: skip
