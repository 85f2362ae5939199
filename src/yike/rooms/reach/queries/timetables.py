"""Timetables of ferries and buses: one whole, and the one in use or the newest."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.reach import access, flow
from yike.rooms.reach.models import Timetable
from yike.rooms.reach.queries.faces import TimetableRow

#: So many days before its end a timetable is to be renewed.
_SOON = timedelta(days=30)


def timetable(actor: Actor, ref: UUID) -> TimetableRow:
    """This will return one timetable. Refuses NotFound."""
    return _row(access.timetable_for(actor, ref))


def shown_timetable(county: str) -> TimetableRow | None:
    """This will return the newest timetable that is in use or being read, None without any."""
    rows = Timetable.objects.filter(county_code=county).exclude(state=flow.REFUSED)
    found = rows.order_by("-version").first()
    return _row(found) if found else None


def _row(row: Timetable) -> TimetableRow:
    facts, today = row.facts, clock.today()
    return TimetableRow(
        id=row.id,
        version=row.version,
        source=row.source,
        licence=row.licence,
        state=row.state,
        state_name=flow.TIMETABLE_STATES[row.state],
        fault=row.fault,
        since=row.since,
        until=row.until,
        over=row.until is not None and row.until < today,
        soon=row.until is not None and today <= row.until < today + _SOON,
        lines=tuple(facts.get("lines", ())),
        trips=facts.get("trips", 0),
        stops=facts.get("stops", 0),
        scheduled=tuple(facts.get("scheduled", ())),
        unscheduled=tuple(facts.get("unscheduled", ())),
        notes=tuple(facts.get("notes", ())),
        taken_at=row.taken_at,
        taken_by=row.taken_by,
    )
