"""Which places are open, until when and when next, holidays considered; the calendar asked once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from yike.rooms.clocks import queries as clock_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import opening
from yike.rooms.places.hours import DayKind
from yike.rooms.places.opening import Opening
from yike.rooms.places.queries import CALENDAR, StationRow

_KINDS: dict[str, DayKind] = {"放假": "holiday", "调休上班": "makeup"}


def openings(rows: Sequence[StationRow], now: datetime | None = None) -> dict[UUID, Opening]:
    """This will say of each station how it stands at an instant (now)."""
    moment = (now or clock.now()).astimezone(clock.CIVIL)
    special = _special(moment.date()) if rows else {}

    def kind_of(day: date) -> DayKind:
        return special.get(day, "plain")

    return {row.id: opening.opening(row.hours, row.holiday_rule, moment, kind_of) for row in rows}


def _special(today: date) -> dict[date, DayKind]:
    """The days of the next fortnight that the office calendar does not call plain."""
    last = today + timedelta(days=opening.AHEAD)
    months = {(one.year, one.month): one for one in (today, last)}
    try:
        days = [
            one for month in months.values() for one in clock_queries.calendar_days(CALENDAR, month)
        ]
    except NotFound:
        return {}
    return {one.day: _KINDS[one.kind] for one in days if one.kind in _KINDS}
