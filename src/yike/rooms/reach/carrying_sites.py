"""What a job does for a siting plan: reads, asks the child, writes by actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core import actor as actors
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.reach import actions, child, flow, store
from yike.rooms.reach.child import ChildError
from yike.rooms.reach.models import SitingPlan
from yike.rooms.reach.siting import asking


def site(plan_id: UUID) -> None:
    """This will answer the question of a plan and store its tables."""
    house = actors.system("reach.site")
    try:
        found = _answered(plan_id, house, wanted=flow.RECKONING)
    except (ChildError, Refusal) as no:
        with acting(house):
            actions.fail_plan(plan_id=plan_id, reason=str(no), actor=house)
        return
    if found is not None:
        with acting(house):
            actions.settle_plan(plan_id=plan_id, actor=house, **found)


def site_again(plan_id: UUID) -> None:
    """This will answer the question once more and hold it against what is stored."""
    house = actors.system("reach.site_again")
    tables: dict[str, Any] | None = None
    reason = ""
    try:
        found = _answered(plan_id, house, wanted=flow.DONE)
        tables = found["tables"] if found else None
    except (ChildError, Refusal) as no:
        reason = f"没有算成：{no}"
    with acting(house):
        actions.settle_plan_again(plan_id=plan_id, tables=tables, reason=reason, actor=house)


def _answered(plan_id: UUID, house: Actor, *, wanted: str) -> dict[str, Any] | None:
    with acting(house):
        row = SitingPlan.objects.select_related("run__people").get(pk=plan_id)
        if row.state != wanted:
            return None
        asked = asking.asked_of(row)
    if not all(store.is_there(one) for one in asked["networks"].values()):
        raise ChildError("方案所用的路网文件不在存储里，请恢复备份或重新上传路网。")
    _lay_in(asked)
    return child.ask("site", **asked)


def _lay_in(asked: dict[str, Any]) -> None:
    """Lays the plan's timetable into those of its networks that were made since, or before."""
    lacking = [
        [asked["networks"][mode], path]
        for mode, path in asked["timed"].items()
        if not store.is_there(path)
    ]
    if not lacking:
        return
    if not store.is_there(asked["feed"]):
        raise ChildError("方案所用的时刻表文件不在存储里，请恢复备份或重新上传时刻表。")
    day = asked["plan"]["moment"]["at"][:10]
    child.ask("schedule", path=asked["feed"], networks=lacking, today=day)
