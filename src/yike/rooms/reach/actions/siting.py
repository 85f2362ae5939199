"""Asking where to build, settling what the child process answered, asking it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.reach import access, digests, events, flow
from yike.rooms.reach.models import SitingPlan
from yike.rooms.reach.siting import asking
from yike.rooms.reach.siting.asking import Wanted
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def ask_plan(*, run_id: UUID, wanted: Wanted, actor: Actor) -> UUID:
    """This will have a question about sites answered on top of a finished run, by a job.

    Refuses NotAllowed while the run is not done, BadInput what is lacking or contradicts itself.
    """
    run = access.run_for(actor, run_id, lock=True)
    if run.state != flow.DONE:
        raise NotAllowed("这次测算还没有结果。", way_on="请等它算完，再在它上面选址。")
    inputs = asking.inputs_of(run, wanted)
    row = SitingPlan(
        id=new_id(),
        county_code=run.county_code,
        name=clean.text(wanted.name, field="name", most=80, least=2),
        run=run,
        question=wanted.question,
        inputs=inputs,
        inputs_digest=digests.of_words(inputs),
        state=flow.RECKONING,
        asked_at=clock.now(),
        asked_by=actor.label,
    )
    row.save(force_insert=True)
    later("reach.site", lock="reach", plan_id=str(row.id))
    _record(events.SitingAsked, row, actor)
    return row.id


@transaction.atomic
def settle_plan(*, plan_id: UUID, tables: dict[str, Any], seconds: float, actor: Actor) -> None:
    """This will store what the engine answered; the job's deed."""
    row = _plan(plan_id, actor)
    if row.state != flow.RECKONING:
        return
    row.tables, row.digest, row.seconds = tables, digests.of_words(tables), seconds
    row.state, row.done_at = flow.DONE, clock.now()
    row.save(update_fields=["tables", "digest", "seconds", "state", "done_at"])
    _record(events.SitingDone, row, actor, points=len(tables["built"]))


@transaction.atomic
def fail_plan(*, plan_id: UUID, reason: str, actor: Actor) -> None:
    """This will write down why a plan came to nothing; the job's deed."""
    row = _plan(plan_id, actor)
    if row.state != flow.RECKONING:
        return
    row.state, row.fault = flow.FAILED, reason[:400]
    row.save(update_fields=["state", "fault"])
    _record(events.SitingFailed, row, actor)


@transaction.atomic
def ask_plan_again(*, plan_id: UUID, actor: Actor) -> None:
    """This will have a plan reckoned again from its stored inputs, to be held against it."""
    row = _plan(plan_id, actor)
    if row.state != flow.DONE:
        raise NotAllowed("这个方案还没有结果。", way_on="请等它算完。")
    row.repeated = "正在重算"
    row.save(update_fields=["repeated"])
    later("reach.site_again", lock="reach", plan_id=str(row.id))


@transaction.atomic
def settle_plan_again(
    *, plan_id: UUID, tables: dict[str, Any] | None, reason: str = "", actor: Actor
) -> None:
    """This will say whether a repetition brought the same tables; the job's deed."""
    row = _plan(plan_id, actor)
    row.repeated_at = clock.now()
    row.repeated = reason[:200] or _compared(row, tables)
    row.save(update_fields=["repeated", "repeated_at"])
    _record(events.SitingRepeated, row, actor, verdict=row.repeated)


def _compared(row: SitingPlan, tables: dict[str, Any] | None) -> str:
    if (digests.of_words(row.tables), digests.of_words(row.inputs)) != (
        row.digest, row.inputs_digest,
    ):  # fmt: skip
        return "存下的结果或输入与当时的摘要不一致，可能被改动过。"
    if tables is not None and digests.of_words(tables) == row.digest:
        return "一致：用同样的输入重算，逐字节相同。"
    if row.tables["answer"]["cut_short"]:
        return "不同：上次求解到时限就停了，这样的结果不保证每次相同；请给更长的时间再做一次。"
    return "不一致：用同样的输入重算，结果不同，请联系系统管理员。"


def _plan(plan_id: UUID, actor: Actor) -> SitingPlan:
    seen = SitingPlan.objects.filter(pk=plan_id).first()
    if seen is None:
        raise NotFound("没有这个选址方案")
    access.require_planner(actor, seen.county_code)
    return SitingPlan.objects.select_for_update().get(pk=plan_id)


def _record(kind: Any, row: SitingPlan, actor: Actor, **more: Any) -> None:
    told = kind(plan_id=row.id, region_code=row.county_code, name=row.name, **more)
    trail_actions.record(told, actor=actor)
