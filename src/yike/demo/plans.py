"""The county's own task list on the desk: the founding document's tasks, made-up people."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml

from yike.demo import cast
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.plans import actions as plans_actions
from yike.rooms.plans import queries as plans_queries
from yike.rooms.plans.actions import Department, TaskTold

NAME = "“15分钟公共法律服务圈”建设工作专班"
#: part, user name of the player, title
_PEOPLE = (
    ("leader", "juzhang", "局领导"),
    ("deputy", "paidan", "法律服务管理"),
    ("member", "shipu", "石浦司法所"),
)
#: term of the whole list: what has been reached of it, and how far (percent), by number
_DONE = {1: 100, 4: 100, 8: 80, 11: 100, 16: 60, 18: 90}
#: steps of the map's task; the document names no dates, so these are the play's: measure, what is
#: done, first and last day, the day it was done
_STEPS = (
    ("摸清底数", "各司法所上报站点、终端、指引牌清单", (2025, 2, 1), (2025, 4, 30), (2025, 4, 22)),
    ("现场采集", "补拍现场照片，核对开放时间和电话", (2025, 5, 1), (2025, 9, 30), (2025, 9, 30)),
    ("上图核验", "县里逐点核验，退回的限期补正", (2025, 10, 1), (2026, 12, 15), None),
)  # fmt: skip
_STEPS_OF = 8


@cache
def told() -> tuple[dict[str, Any], ...]:
    """This will return the nineteen tasks of the founding document."""
    file = resources.files("yike.demo").joinpath("data/tasks.yaml")
    return tuple(yaml.safe_load(file.read_text(encoding="utf-8")))


def list_them(offices: dict[str, UUID], *, on: date, actor: Actor) -> None:
    """This will found the task force and list its tasks; what stands already is left as it is."""
    if any(row.name == NAME for row in plans_queries.forces(actor, county=cast.COUNTY)):
        return
    force = plans_actions.found_task_force(
        county_code=cast.COUNTY, name=NAME, founded_on=on, demo=True, actor=actor
    )
    names = {player.username: player.name for player in cast.PLAYERS}
    for part, username, title in _PEOPLE:
        plans_actions.add_member(
            task_force_id=force, part=part, name=names[username], title=title, actor=actor
        )
    tasks = [_task(row, offices) for row in told()]
    plans_actions.list_tasks(task_force_id=force, tasks=tasks, actor=actor)
    page = plans_queries.force_page(actor, force)
    _arrange(next(row.id for row in page.tasks if row.no == _STEPS_OF), actor)
    for row in page.tasks:
        if percent := _DONE.get(row.no):
            _move(row.id, percent, actor)


def _task(row: dict[str, Any], offices: dict[str, UUID]) -> TaskTold:
    behind = {
        "公法中心": Department(name="公法中心", institution=offices["centre"]),
        "各司法所": Department(name="各司法所", institution_kind="office"),
    }
    named = [
        behind.get(name, Department(name=name, institution=offices["bureau"]))
        for name in row["departments"]
    ]
    return TaskTold(
        goal=row["goal"],
        measure=row["measure"],
        title=row["title"],
        content=row["content"],
        departments=named,
        due_on=date(2026, 12, 31),
    )


def _arrange(task_id: UUID, actor: Actor) -> None:
    for measure, words, from_on, due_on, done_on in _STEPS:
        step = plans_actions.plan_step(
            task_id=task_id, measure=measure, words=words, from_on=date(*from_on),
            due_on=date(*due_on), actor=actor,
        )  # fmt: skip
        if done_on:
            with clock.at(datetime.combine(date(*done_on), time(10), tzinfo=clock.CIVIL)):
                plans_actions.finish_step(
                    task_id=task_id, step_id=step, done_on=date(*done_on), actor=actor
                )


def _move(task_id: UUID, percent: int, actor: Actor) -> None:
    verb = "finish" if percent == 100 else "report"
    plans_actions.move_task(
        task_id=task_id, verb=verb, words="按季度推进，情况见台账。", percent=min(percent, 99),
        actor=actor,
    )  # fmt: skip
