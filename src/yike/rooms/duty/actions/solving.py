"""Letting the engine fill a draft, or plan the rest of a roster again; what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yike.engines import roster as engine
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.duty import access, events, planning, standing, words
from yike.rooms.duty.actions.rosters import begin_roster
from yike.rooms.duty.models import Roster, Shift
from yike.rooms.providers import queries as providers_queries


@transaction.atomic
def make_roster(
    *, county: str, from_on: date, until_on: date, actor: Actor, demo: bool = False
) -> UUID:
    """This will begin a draft and let the engine fill it, as a job; returns the draft's id."""
    roster_id = begin_roster(
        county=county, from_on=from_on, until_on=until_on, actor=actor, demo=demo
    )
    solve_roster(roster_id=roster_id, actor=actor)
    return roster_id


@transaction.atomic
def solve_roster(*, roster_id: UUID, actor: Actor) -> None:
    """This will let the engine fill a draft (again); what was put by hand stays."""
    roster = access.roster_for(actor, roster_id, lock=True)
    if roster.state != "draft":
        raise NotAllowed("已发布的值班表不能整张重算。", way_on="请用“重新调整”，改动最少。")
    _wait(roster)
    later("duty.solve", lock=f"duty/{roster.county_code}", roster_id=str(roster_id))


@transaction.atomic
def repair_roster(*, roster_id: UUID, actor: Actor) -> None:
    """This will plan the rest of a roster again with the fewest moves, as a job.

    After an absence, a leave or a person who left: whoever may still stand keeps their shifts.
    """
    roster = access.roster_for(actor, roster_id, lock=True)
    if roster.state == "ended":
        raise NotAllowed("这张值班表已停用。", way_on="请看最新的值班表。")
    _wait(roster)
    later("duty.repair", lock=f"duty/{roster.county_code}", roster_id=str(roster_id))


@transaction.atomic
def begin_solving(*, roster_id: UUID, actor: Actor) -> engine.Problem | None:
    """This will return the problem of a fresh or waiting draft, marked as being solved; or None."""
    roster = access.roster_for(actor, roster_id, lock=True)
    if roster.state != "draft" or roster.work not in ("none", "waiting", "solving"):
        return None
    shifts = planning.roster_shifts(roster)
    if not shifts:
        _end(roster, "failed", "这段时间没有需要排的班，请先设置岗位的排班需求")
        return None
    _mark(roster, "solving", "正在收集人员、请假和愿望")
    settled = [one for one in shifts if one.fixed or planning.begun(one)]
    return planning.problem_of(shifts, settled=settled)


@transaction.atomic
def begin_repair(
    *, roster_id: UUID, actor: Actor
) -> tuple[engine.Problem, tuple[tuple[str, str], ...]] | None:
    """This will return the problem of what has not begun, and who stands there until now."""
    roster = access.roster_for(actor, roster_id, lock=True)
    if roster.work not in ("waiting", "solving"):
        return None
    shifts = _open_shifts(roster)
    if not shifts:
        _end(roster, "done", "没有还能调整的班次")
        return None
    _mark(roster, "solving", "正在找改动最少的方案")
    return planning.problem_of(shifts), planning.assigned(shifts)


@transaction.atomic
def note_progress(*, roster_id: UUID, said: str, actor: Actor) -> None:
    """This will keep how far the engine is, for whoever watches."""
    access.require_planner(actor, "")
    Roster.objects.filter(pk=roster_id, work="solving").update(progress=said[:200])


@transaction.atomic
def settle_solved(*, roster_id: UUID, plan: engine.Plan, actor: Actor) -> None:
    """This will put a plan into the draft it was made for, unless that is a draft no longer."""
    roster = access.roster_for(actor, roster_id, lock=True)
    if roster.state != "draft" or roster.work != "solving":
        return
    shifts = planning.roster_shifts(roster)
    free = [one for one in shifts if not (one.fixed or planning.begun(one))]
    for shift in free:
        _vacate(shift)
    _fill(free, _left(plan, [one for one in shifts if one not in free]))
    _keep(free)
    _settle(roster, shifts, plan)
    uncovered = sum(one.missing for one in plan.uncovered)
    standing.say_of_roster(
        roster,
        events.RosterSolved,
        actor,
        shifts=len(shifts),
        uncovered=uncovered,
        status=plan.status,
    )


@transaction.atomic
def settle_repair(*, roster_id: UUID, plan: engine.Plan, actor: Actor) -> None:
    """This will move what a plan moves, and no other shift; the moves are told by the event."""
    roster = access.roster_for(actor, roster_id, lock=True)
    access.lock_county(roster.county_code)
    if roster.work != "solving":
        return
    shifts = _open_shifts(roster)
    wanted = _left(plan, [])
    moved: list[Shift] = []
    for shift in shifts:
        who = str(shift.practitioner_id or "")
        if who in wanted[planning.need_id(shift)]:
            wanted[planning.need_id(shift)].remove(who)
        else:
            _vacate(shift)
            moved.append(shift)
    _fill(moved, wanted)
    _keep(moved)
    _settle(roster, shifts, plan)
    standing.say_of_roster(roster, events.RosterRepaired, actor, moves=len(moved))


@transaction.atomic
def fail_solving(*, roster_id: UUID, reason: str, actor: Actor) -> None:
    """This will say in the roster that the engine did not come to an end; it can be repeated."""
    roster = access.roster_for(actor, roster_id, lock=True)
    if roster.work not in ("waiting", "solving"):
        return
    _end(roster, "failed", f"{reason}。已排的班没有变，可以重新计算")
    standing.say_of_roster(roster, events.RosterFailed, actor, reason=reason)


@transaction.atomic
def fail_lost(*, minutes: int, actor: Actor) -> int:
    """This will mark as failed what has been solved for too long: its process was killed."""
    access.require_planner(actor, "")
    now = clock.now()
    lost = [
        roster for roster in _solved_now() if (now - _since(roster)).total_seconds() > minutes * 60
    ]
    for roster in lost:
        fail_solving(roster_id=roster.pk, reason="计算途中程序中断", actor=actor)
    return len(lost)


def _solved_now() -> Iterable[Roster]:
    """The demonstration's own roster is made in a time of its own: its clock says nothing here."""
    return Roster.objects.filter(work__in=("waiting", "solving"), demo=False).order_by("id")


def _wait(roster: Roster) -> None:
    if roster.work in ("waiting", "solving"):
        raise Clash("这张值班表正在计算。", way_on="请等算完再试。")
    roster.work, roster.progress = "waiting", "排队等待计算"
    roster.facts = {**roster.facts, "asked_at": clock.now().isoformat()}
    roster.save(update_fields=["work", "progress", "facts"])


def _since(roster: Roster) -> datetime:
    asked = roster.facts.get("asked_at")
    return datetime.fromisoformat(asked) if asked else roster.made_at


def _mark(roster: Roster, work: str, progress: str) -> None:
    roster.work, roster.progress = work, progress
    roster.save(update_fields=["work", "progress"])


def _end(roster: Roster, work: str, progress: str) -> None:
    _mark(roster, work, progress[:200])


def _open_shifts(roster: Roster) -> list[Shift]:
    """What can still be moved: not begun, and neither absent nor taken over."""
    now = clock.now()
    return [
        one
        for one in planning.roster_shifts(roster)
        if not planning.begun(one, now) and one.state in ("planned", "swapped")
    ]


def _left(plan: engine.Plan, settled: Iterable[Shift]) -> dict[str, list[str]]:
    """need → who fills it, without those who stand there already."""
    found: dict[str, list[str]] = defaultdict(list)
    for need, who in plan.assignments:
        found[need].append(who)
    for shift in settled:
        who = str(shift.practitioner_id or "")
        if who in found[planning.need_id(shift)]:
            found[planning.need_id(shift)].remove(who)
    return found


def _vacate(shift: Shift) -> None:
    shift.practitioner_id, shift.account_id, shift.name = None, None, ""


def _fill(shifts: Iterable[Shift], wanted: dict[str, list[str]]) -> None:
    asked = {UUID(who) for people in wanted.values() for who in people}
    people = providers_queries.practitioners_by_id(asked)
    for shift in shifts:
        names = wanted[planning.need_id(shift)]
        if names and shift.practitioner_id is None:
            row = people[UUID(names.pop(0))]
            shift.practitioner_id, shift.account_id, shift.name = row.id, row.account_id, row.name


def _keep(shifts: Iterable[Shift]) -> None:
    Shift.objects.bulk_update(list(shifts), ["practitioner_id", "account_id", "name"])


def _settle(roster: Roster, shifts: list[Shift], plan: engine.Plan) -> None:
    empty = [one for one in shifts if one.practitioner_id is None and one.state in words.STANDING]
    roster.facts = {
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "seconds": plan.seconds,
        "status": plan.status,
        "parts": dict(plan.parts),
        "moves": plan.moves,
        "solved_at": clock.now().isoformat(),
        "impossible": planning.explain(shifts, plan.uncovered) if plan.uncovered else [],
    }
    said = (
        f"共 {len(shifts)} 班，{len(empty)} 班没有人" if empty else f"共 {len(shifts)} 班，都有人"
    )
    _mark(roster, "done", said)
    roster.save(update_fields=["facts"])
