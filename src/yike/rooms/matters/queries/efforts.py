"""What demands cost the citizens, one by one: for counting, and for the citizen's own page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import access, codes
from yike.rooms.matters.models import Effort, VisitTicket
from yike.rooms.matters.queries.figures import region_of

#: so many of the newest are looked at
MOST = 20_000
_DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class EffortRow:
    """One answered demand: what the handler said it cost; None and "" where nobody said.

    `came`: days on which a number of the window was served for it.
    """

    matter_id: UUID
    reference: str
    town_code: str
    groups: tuple[str, ...]
    pay: str
    fen: int | None
    visits: int | None
    papers: int | None
    doors: int | None
    came: frozenset[date]


@dataclass(frozen=True, kw_only=True)
class EffortFace:
    """What was noted of one demand, for the citizen to correct."""

    pay_name: str
    yuan: str
    basis: str
    visits: int | None


def efforts_in(actor: Actor, since: date, until: date) -> tuple[EffortRow, ...]:
    """This will return the demands answered in [since, until), the newest first.

    Refuses NotAllowed whoever answers for no region. Without those refused, merged, or part of
    another; a demand without a word on its cost is told too, as unknown.
    """
    begin, end = (datetime.combine(day, time(), tzinfo=clock.CIVIL) for day in (since, until))
    rows = region_of(actor).filter(
        parent=None, merged_into=None, answered_at__gte=begin, answered_at__lt=end
    )
    found = list(
        rows.exclude(result=_DECLINED)
        .order_by("-answered_at")
        .values_list("id", "reference", "town_code", "person_categories")[:MOST]
    )
    ids = [one[0] for one in found]
    known = {row.matter_id: row for row in Effort.objects.filter(matter__in=ids)}
    came = _came(ids)
    return tuple(_row(one, known.get(one[0]), came) for one in found)


def effort_of(actor: Actor, reference: str) -> EffortFace | None:
    """This will return what was noted of one demand; None where nothing was. Refuses NotFound."""
    matter = access.matter_for(actor, reference)
    row = Effort.objects.filter(matter=matter.id).first()
    if row is None or (not row.pay and row.visits is None):
        return None
    return EffortFace(
        pay_name=codes.PAYS.get(row.pay, ""),
        yuan=f"{row.fen / 100:.2f}" if row.fen else "",
        basis=row.basis,
        visits=row.visits,
    )


def _came(ids: list[UUID]) -> dict[UUID, frozenset[date]]:
    days: dict[UUID, set[date]] = defaultdict(set)
    rows = VisitTicket.objects.filter(matter__in=ids, served_at__isnull=False)
    for matter_id, day in rows.values_list("matter_id", "day"):
        days[matter_id].add(day)
    return {key: frozenset(value) for key, value in days.items()}


def _row(
    told: tuple[UUID, str, str, list[str]], row: Effort | None, came: dict[UUID, frozenset[date]]
) -> EffortRow:
    matter_id, reference, town, groups = told
    return EffortRow(
        matter_id=matter_id,
        reference=reference,
        town_code=town,
        groups=tuple(groups),
        pay=row.pay if row else "",
        fen=row.fen if row else None,
        visits=row.visits if row else None,
        papers=row.papers if row else None,
        doors=row.doors if row else None,
        came=came.get(matter_id, frozenset()),
    )
