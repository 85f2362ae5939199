"""What kind of day each day is: workday, rest, legal holiday; and how far that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yike.rooms.clocks import queries as clock_queries
from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound

#: the calendar whose legal holidays and make-up days rosters follow
CALENDAR = "office"
#: hours at night, on rest days and on legal holidays count more (by analogy, 劳动法44)
NIGHT, REST, HOLIDAY = 1.5, 2.0, 3.0
#: being on call weighs less than standing
BACKUP = 0.3
#: a minute of the day is night before 6:00 and after 22:00
_NIGHT_UNTIL, _NIGHT_FROM = 6 * 60, 22 * 60


@dataclass(frozen=True)
class Days:
    """The days of a period: legal holidays, rest days, and those no notice covers yet."""

    holidays: frozenset[date]
    #: weekends that are not worked in exchange, legal holidays among them
    rest: frozenset[date]
    unknown: frozenset[date]

    def office_day(self, day: date) -> int:
        """The weekday whose hours hold: a weekend worked in exchange is a Monday."""
        return 0 if day.weekday() >= 5 and day not in self.rest else day.weekday()


def days_between(since: date, until: date) -> Days:
    """This will say what the days of [since, until) are; weekends alone where nothing is known."""
    every = [since + timedelta(days=n) for n in range((until - since).days)]
    kinds = _kinds(every)
    holidays = {day for day in every if kinds.get(day, ("", False))[0] == "放假"}
    makeups = {day for day in every if kinds.get(day, ("", False))[0] == "调休上班"}
    weekend = {day for day in every if day.weekday() >= 5}
    return Days(
        holidays=frozenset(holidays),
        rest=frozenset((weekend - makeups) | holidays),
        unknown=frozenset(day for day in every if kinds.get(day, ("", True))[1]),
    )


def weight_of(from_at: datetime, until_at: datetime, part: str, days: Days) -> float:
    """This will return how much a shift counts for fairness, in hours of a plain working day."""
    total, here = 0.0, from_at.astimezone(clock.CIVIL)
    while here < until_at:
        step = min(until_at, here + timedelta(minutes=30))
        hours = (step - here).total_seconds() / 3600
        total += hours * _factor(here, days)
        here = step
    return round(total * (BACKUP if part == "backup" else 1.0), 2)


def _factor(here: datetime, days: Days) -> float:
    day, minute = here.date(), here.hour * 60 + here.minute
    night = NIGHT if minute < _NIGHT_UNTIL or minute >= _NIGHT_FROM else 1.0
    if day in days.holidays:
        return HOLIDAY
    return max(night, REST if day in days.rest else 1.0)


def _kinds(every: list[date]) -> dict[date, tuple[str, bool]]:
    """day → (its kind, whether it lies beyond the last notice); empty without a calendar."""
    found: dict[date, tuple[str, bool]] = {}
    try:
        for month in sorted({day.replace(day=1) for day in every}):
            for row in clock_queries.calendar_days(CALENDAR, month):
                found[row.day] = (row.kind, row.beyond_known)
    except NotFound:
        return {}
    return found
