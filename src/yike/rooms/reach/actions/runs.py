"""Asking for a run or a scenario, settling what the child process brought, repeating, keeping."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.reach import access, assembling, digests, events, flow, scenarios
from yike.rooms.reach.assembling import Asked
from yike.rooms.reach.models import Network, PopulationSet, Run, SitingPlan, Timetable
from yike.rooms.reach.scenarios import Edit
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def ask_run(*, county_code: str, asked: Asked, actor: Actor) -> UUID:
    """This will have the minutes of the county reckoned as it stands now, by a job.

    Refuses NotAllowed, and BadInput when people, stations or a network are lacking.
    """
    access.require_planner(actor, county_code)
    if asked.ruler not in flow.RULERS:
        raise BadInput("请选择出行方式口径。", field="ruler")
    people = PopulationSet.objects.filter(county_code=county_code, state=flow.CURRENT).first()
    if people is None:
        raise BadInput("还没有确认过的人口数据。", way_on="请先导入人口单元，或由村中心推算。")
    inputs = assembling.inputs_of(county_code, people, asked)
    return _asked(asked.name, people, asked.ruler, inputs, None, county_code, actor)


@transaction.atomic
def ask_scenario(*, run_id: UUID, name: str, edits: list[Edit], actor: Actor) -> UUID:
    """This will have a run reckoned again with other stations or hours, and held against it.

    Refuses NotAllowed while the run is not done, BadInput an edit that cannot be meant.
    """
    base = _done(run_id, actor)
    inputs = scenarios.applied(base.inputs, edits)
    return _asked(name, base.people, base.ruler, inputs, base, base.county_code, actor)


@transaction.atomic
def settle_run(*, run_id: UUID, minutes: bytes, tables: dict[str, Any], actor: Actor) -> None:
    """This will store what was reckoned; the job's deed."""
    row = access.run_for(actor, run_id, lock=True)
    if row.state != flow.RECKONING:
        return
    row.minutes, row.tables = minutes, tables
    row.digest = digests.of_result(minutes, tables)
    row.state, row.done_at = flow.DONE, clock.now()
    people = {key: tables["check"][key] for key in ("covered", "uncovered", "total")}
    row.sums = people
    row.save(update_fields=["minutes", "tables", "sums", "digest", "state", "done_at"])
    _record(events.RunDone, row, actor, **people)


@transaction.atomic
def fail_run(*, run_id: UUID, reason: str, actor: Actor) -> None:
    """This will write down why a run came to nothing; the job's deed."""
    row = access.run_for(actor, run_id, lock=True)
    if row.state != flow.RECKONING:
        return
    row.state, row.fault = flow.FAILED, reason[:400]
    row.save(update_fields=["state", "fault"])
    _record(events.RunFailed, row, actor)


@transaction.atomic
def ask_repetition(*, run_id: UUID, actor: Actor) -> None:
    """This will have a run reckoned again from its stored inputs, to be held against it."""
    row = _done(run_id, actor)
    row.repeated = "正在重算"
    row.save(update_fields=["repeated"])
    later("reach.repeat", lock="reach", run_id=str(row.id))


@transaction.atomic
def settle_repetition(
    *, run_id: UUID, minutes: bytes | None, tables: dict[str, Any], reason: str = "", actor: Actor
) -> None:
    """This will say whether a repetition brought the same bytes; the job's deed.

    What is stored is read afresh too, so that a damaged row is noticed as well.
    """
    row = access.run_for(actor, run_id, lock=True)
    row.repeated_at = clock.now()
    row.repeated = reason[:200] or _compared(row, minutes, tables)
    row.save(update_fields=["repeated", "repeated_at"])
    _record(events.RunRepeated, row, actor, verdict=row.repeated)


@transaction.atomic
def keep_snapshot(*, run_id: UUID, snapshot: str, actor: Actor) -> None:
    """This will keep a run as the snapshot of a period. Refuses Clash a name already used."""
    row = _done(run_id, actor)
    if row.parent_id is not None:
        raise NotAllowed("情景比较不是现状，不能存为快照。", way_on="请用不带改动的测算。")
    row.snapshot = clean.text(snapshot, field="snapshot", most=40, least=2)
    try:
        with transaction.atomic():
            row.save(update_fields=["snapshot"])
    except IntegrityError:
        raise Clash("这个快照名已经用过。", way_on="请换一个名称。", field="snapshot") from None
    _record(events.RunKept, row, actor, snapshot=row.snapshot)


@transaction.atomic
def fail_lost(*, minutes: int, actor: Actor) -> int:
    """This will mark as failed what was begun so long ago that its process must be lost."""
    since = clock.now() - timedelta(minutes=minutes)
    said = "计算进程中断，没有结果，请再做一次。"
    lost = Run.objects.filter(state=flow.RECKONING, asked_at__lt=since)
    found = lost.update(state=flow.FAILED, fault=said)
    plans = SitingPlan.objects.filter(state=flow.RECKONING, asked_at__lt=since)
    found += plans.update(state=flow.FAILED, fault=said)
    roads = Network.objects.filter(state=flow.BUILDING, taken_at__lt=since)
    found += roads.update(state=flow.REFUSED, fault=said)
    feeds = Timetable.objects.filter(state=flow.BUILDING, taken_at__lt=since)
    found += feeds.update(state=flow.REFUSED, fault=said)
    cells = PopulationSet.objects.filter(state=flow.CHECKING, taken_at__lt=since)
    return found + cells.update(state=flow.REFUSED, fault=said)


def _done(run_id: UUID, actor: Actor) -> Run:
    row = access.run_for(actor, run_id, lock=True)
    if row.state != flow.DONE:
        raise NotAllowed("这次测算还没有结果。", way_on="请等它算完，或者重新做一次测算。")
    return row


def _asked(
    name: str, people: PopulationSet, ruler: str, inputs: dict[str, Any], parent: Run | None,
    county_code: str, actor: Actor,
) -> UUID:  # fmt: skip
    row = Run(
        id=new_id(),
        county_code=county_code,
        name=clean.text(name, field="name", most=80, least=2),
        parent=parent,
        people=people,
        ruler=ruler,
        inputs=inputs,
        inputs_digest=digests.of_words(inputs),
        state=flow.RECKONING,
        asked_at=clock.now(),
        asked_by=actor.label,
    )
    row.save(force_insert=True)
    later("reach.reckon", lock="reach", run_id=str(row.id))
    _record(events.RunAsked, row, actor)
    return row.id


def _compared(row: Run, minutes: bytes | None, tables: dict[str, Any]) -> str:
    stored = bytes(row.minutes or b"")
    whole = digests.of_result(stored, row.tables) == row.digest
    inputs = digests.of_words(row.inputs) == row.inputs_digest
    if not (whole and inputs):
        return "存下的结果或输入与当时的摘要不一致，可能被改动过。"
    # tables that later versions added were not there to be held against
    known = {key: told for key, told in tables.items() if key in row.tables}
    if minutes is not None and digests.of_result(minutes, known) == row.digest:
        return "一致：用同样的输入重算，逐字节相同。"
    return "不一致：用同样的输入重算，结果不同，请联系系统管理员。"


def _record(kind: Any, row: Run, actor: Actor, **more: Any) -> None:
    told = kind(run_id=row.id, region_code=row.county_code, name=row.name, **more)
    trail_actions.record(told, actor=actor)
