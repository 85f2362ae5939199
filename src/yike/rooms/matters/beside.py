"""Makes the faces of what stands beside a matter: rungs, calls, ties, moved promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core.clock import CIVIL
from yike.rooms.core.gathered import Gathered
from yike.rooms.matters import codes, faces, flow, lines, names
from yike.rooms.matters.models import Call, Escalation, Link, Matter


def of_matter(
    matter: Matter, lying: Gathered, kin: Iterable[Matter], clock_ids: Iterable[UUID]
) -> faces.BesidePart:
    """This will return what stands beside a matter, as far as row security shows it."""
    return faces.BesidePart(
        pressings=pressings(lying.of(Escalation)),
        calls=tuple(_call(row) for row in lying.of(Call)),
        links=_links(matter, lying.of(Link), kin),
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


def _links(
    matter: Matter, links: Iterable[Link], kin: Iterable[Matter]
) -> tuple[faces.LinkFace, ...]:
    known = {one.id: one for one in kin}
    ends = ((row, row.other_id if row.matter_id == matter.id else row.matter_id) for row in links)
    return tuple(_link(row, known[other]) for row, other in ends if other in known)


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
