"""Visits of circuits: looked up, locked, and told about; asked by the actions of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.duty import access, circuit_events, circuits, clashing, entry
from yike.rooms.duty.models import Circuit, CircuitVisit
from yike.rooms.trail import actions as trail_actions


def planned_visit(actor: Actor, visit_id: UUID) -> CircuitVisit:
    """This will return a visit that is still to come, locked, for who plans the county."""
    access.lock_county(visit_for(visit_id).county_code)
    row = visit_for(visit_id, lock=True)
    access.require_planner(actor, row.county_code)
    if row.state != circuits.PLANNED:
        raise Clash(f"这一站{circuits.STATES[row.state]}，不能再改。", way_on="请刷新页面。")
    return row


def visit_for(visit_id: UUID, *, lock: bool = False) -> CircuitVisit:
    """This will return a visit with its stop and circuit. Refuses NotFound."""
    rows = CircuitVisit.objects.select_related("circuit__institution", "stop")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(pk=visit_id).first()
    if found is None:
        raise NotFound("没有这次巡回。", way_on="请从巡回日程重新进入。")
    return found


def say_visit(row: CircuitVisit, event: Callable[..., Event], actor: Actor, **more: object) -> None:
    """This will record what happened to a visit."""
    told = event(
        circuit_id=row.circuit_id, visit_id=row.pk, stop_id=row.stop_id, name=row.circuit.name,
        where=f"{row.stop.region_name}{row.stop.where}", region_code=row.region_code,
        arrives_at=row.arrives_at, **more,
    )  # fmt: skip
    trail_actions.record(told, actor=actor)


def keep(row: CircuitVisit, found: Sequence[clashing.Clash], why: str, actor: Actor) -> None:
    """This will write that a visit comes over these clashes, and why."""
    row.clashing, row.kept_reason = False, why
    row.kept_over = sorted(one.key for one in found)
    row.save(update_fields=["clashing", "kept_over", "kept_reason"])
    say_visit(row, circuit_events.VisitKept, actor, reason=why)


def settle_moved(row: CircuitVisit, despite: str, actor: Actor) -> None:
    """This will ask about a visit at its new time. Refuses BadInput a clash without a reason."""
    found = clashing.clashes_of([row])[row.pk]
    if not found:
        return
    if not despite.strip():
        said = "、".join(one.said for one in found)
        raise BadInput(
            f"{row.circuit.person}这时另有安排：{said}。", field="despite",
            way_on="请换一个时间；确实照常去的，写明怎么安排。",
        )  # fmt: skip
    keep(row, found, entry.filled(despite, "despite", "照常去的理由"), actor)


def rule_of(row: Circuit) -> circuits.Rule:
    """This will return the rule of a circuit as the pure table takes it."""
    return circuits.Rule(
        every=row.every, begins=row.active_from, weekdays=tuple(row.weekdays),
        weeks=tuple(row.weeks), dates=tuple(date.fromisoformat(one) for one in row.dates),
        holidays=row.holidays,
    )  # fmt: skip
