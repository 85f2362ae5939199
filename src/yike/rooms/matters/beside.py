"""Makes the faces of what stands beside a matter: rungs, calls, ties, moved promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core.clock import CIVIL
from yike.rooms.matters import codes, faces, flow, lines, names
from yike.rooms.matters.models import Call, Escalation, Link, Matter


def of_matter(matter: Matter, clock_ids: Iterable[UUID]) -> faces.BesidePart:
    """This will return what stands beside a matter, as far as row security shows it."""
    return faces.BesidePart(
        pressings=pressings(Escalation.objects.filter(matter=matter.id).order_by("reached_at")),
        calls=tuple(_call(row) for row in Call.objects.filter(matter=matter.id).order_by("at")),
        links=_links(matter),
        recalculations=clocks_queries.recalculations(clock_ids),
    )


def pressings(rows: Iterable[Escalation]) -> tuple[faces.PressingFace, ...]:
    """This will return the faces of rungs, in their order."""
    found = list(rows)
    orgs = names.orgs([row.holder_org for row in found]) if found else {}
    return tuple(_pressing(row, orgs) for row in found)


def _pressing(row: Escalation, orgs: Mapping[UUID | None, str]) -> faces.PressingFace:
    return faces.PressingFace(
        id=row.id,
        rung=row.rung,
        rung_name=codes.RUNGS[row.rung],
        promise_name=row.promise_name,
        due_at=row.due_at.astimezone(CIVIL),
        reached_at=row.reached_at.astimezone(CIVIL),
        recorded_at=row.recorded_at.astimezone(CIVIL),
        told=tuple(row.told),
        told_at=row.told_at and row.told_at.astimezone(CIVIL),
        holder_name=orgs.get(row.holder_org, ""),
    )


def _call(row: Call) -> faces.CallFace:
    transfer = row.kind == "transfer"
    known = lines.OUTCOMES if transfer else codes.CONTACTS
    return faces.CallFace(
        at=row.at,
        kind=row.kind,
        kind_name=codes.CALL_KINDS[row.kind],
        who=row.label,
        from_line=row.from_line,
        to_line=row.to_line,
        to_name=lines.NUMBERS.get(row.to_line, ""),
        transfer_name=lines.TRANSFERS.get(row.transfer, ""),
        outcome=row.outcome,
        outcome_name=known.get(row.outcome, row.outcome),
        failed=transfer and row.outcome in lines.FAILED,
        words=row.words,
        call_by=row.call_by,
    )


def _links(matter: Matter) -> tuple[faces.LinkFace, ...]:
    rows = Link.objects.filter(Q(matter=matter.id) | Q(other=matter.id))
    rows = rows.select_related("matter", "other").order_by("at")
    return tuple(
        _link(row, row.other if row.matter_id == matter.id else row.matter) for row in rows
    )


def _link(row: Link, other: Matter) -> faces.LinkFace:
    return faces.LinkFace(
        reference=other.reference,
        title=other.title,
        state_name=flow.STATES[other.state],
        ended=other.state in flow.ENDED,
        tie_name=codes.TIES[row.tie],
        reason=row.reason,
        score=row.score,
        who=row.label,
        at=row.at,
    )
