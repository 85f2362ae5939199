"""Visits whose leader has something else then: held back from citizens, or kept with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash
from yike.rooms.duty import circuit_events, circuits, clashing, entry
from yike.rooms.duty.models import CircuitVisit
from yike.rooms.duty.visiting import keep, planned_visit, say_visit


@transaction.atomic
def weigh_visits(*, county: str = "", actor: Actor) -> int:
    """This will hold back the coming visits that their leader cannot make, and free the others.

    Asked whenever circuits, rosters or leave change; returns how many changed. Touches what the
    actor may write: the house's job sees to the rest.
    """
    rows = CircuitVisit.objects.select_related("circuit", "stop").filter(
        state=circuits.PLANNED, leaves_at__gt=clock.now()
    )
    rows = rows.filter(county_code=county) if county else rows
    coming = list(rows.order_by("id"))
    found, changed = clashing.clashes_of(coming), 0
    for row in coming:
        held = clashing.unsettled(row, found[row.pk])
        if held == row.clashing:
            continue
        mine = CircuitVisit.objects.filter(pk=row.pk, clashing=not held, state=circuits.PLANNED)
        if mine.update(clashing=held):
            event = circuit_events.VisitHeld if held else circuit_events.VisitFreed
            say_visit(row, event, actor)
            changed += 1
    return changed


@transaction.atomic
def keep_visit(
    *, visit_id: UUID, reason: str, whole_circuit: bool = False, actor: Actor
) -> int:  # fmt: skip
    """This will have a visit come although its leader has something else then, or all such of it.

    What comes into its way later is asked about again. Returns how many were kept. Refuses who
    does not plan, and a visit with nothing in its way.
    """
    row = planned_visit(actor, visit_id)
    if not row.clashing:
        raise Clash("这一站没有冲突，照常公布。", way_on="请刷新页面。")
    rows = [row]
    if whole_circuit:
        same = CircuitVisit.objects.select_related("circuit", "stop").filter(
            circuit=row.circuit_id, state=circuits.PLANNED, clashing=True
        )
        rows = list(same.select_for_update(of=("self",)).order_by("arrives_at", "id"))
    why = entry.filled(reason, "reason", "原因")
    found = clashing.clashes_of(rows)
    for one in rows:
        keep(one, found[one.pk], why, actor)
    return len(rows)
