"""The county's own task list on the desk: the founding document's tasks, made-up people."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml

from yike.demo import cast
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


def _move(task_id: UUID, percent: int, actor: Actor) -> None:
    verb = "finish" if percent == 100 else "report"
    plans_actions.move_task(
        task_id=task_id, verb=verb, words="按季度推进，情况见台账。", percent=min(percent, 99),
        actor=actor,
    )  # fmt: skip
