"""Reckoning with a calendar: when is it due, how long was worked, is it working time now.

Which units there are and how the law counts them:

    minutes, hours              working time, only while the office works
    elapsed_minutes, …_hours    clock time from the instant itself (民法典201 II)
    working_days                the start day is not counted
    calendar_days               the start day is not counted; a last day that is a legal rest day
                                rolls on to the next working day (民诉法85, 民法典201, 203)
    months, years               the corresponding day, or the month's last; then it rolls likewise
                                (民法典202, 203)
"""

from __future__ import annotations

import calendar as months
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from yike.engines.worktime.calendar import Calendar, midnight
from yike.engines.worktime.errors import BadInstantError, NoWorkingTimeError, WorktimeError
from yike.engines.worktime.table import LAST_YEAR, MICRO, Table, instant, micros, shelf_of


class Unit(StrEnum):
    """What a promise counts in."""

    MINUTES = "minutes"
    HOURS = "hours"
    ELAPSED_MINUTES = "elapsed_minutes"
    ELAPSED_HOURS = "elapsed_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def in_days(self) -> bool:
        """Whether a period in this unit ends with a day, not at an instant of its own."""
        return self in _DAY_UNITS


_DAY_UNITS = frozenset((Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS))
LENGTH = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.ELAPSED_MINUTES: timedelta(minutes=1),
    Unit.ELAPSED_HOURS: timedelta(hours=1),
}
ELAPSED = frozenset((Unit.ELAPSED_MINUTES, Unit.ELAPSED_HOURS))


class DayEnd(StrEnum):
    """At which instant of its last day a period of days ends."""

    #: when the office stops working that day (民法典203 II)
    WORK = "work"
    #: the last microsecond of the day
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due; doing it at that very instant is still in time.

    `beyond_known`: the reckoning passed the last day for which holidays have been published, so
    the instant may still move. `rolled_from`: the legal last day, when it was a rest day.
    """

    at: datetime
    beyond_known: bool = False
    rolled_from: date | None = None


def add(
    calendar: Calendar,
    start: datetime,
    amount: int,
    unit: Unit,
    *,
    day_end: DayEnd = DayEnd.WORK,
) -> Due:
    """This will say when a period that begins at `start` is due.

    An amount of 0 days means the same day, or the next working day once that day's end is over.
    Refuses a negative amount, an instant without zone, and a calendar that never works.
    """
    if amount < 0:
        raise WorktimeError("a period cannot be shorter than nothing")
    try:
        if unit.in_days:
            return end_of_days(calendar, start, amount, unit, day_end)
        return after_time(calendar, start, amount * LENGTH[unit], elapsed=unit in ELAPSED)
    except OverflowError:
        raise NoWorkingTimeError(f"{amount} {unit} is beyond all calendars") from None


def after_time(calendar: Calendar, start: datetime, time: timedelta, *, elapsed: bool) -> Due:
    """This will say when so much time has passed on the clock, or been worked, since `start`."""
    begin, length = micros(start), time // MICRO
    if elapsed or not length:
        return Due(instant(begin + length, calendar.zone))
    year = start.astimezone(calendar.zone).year
    table = shelf_of(calendar).table(year, year + 1)
    wanted = table.worked(begin) + length
    while wanted > table.total:
        table = shelf_of(calendar).wider(table)
        wanted = table.worked(begin) + length
    due = instant(table.reach(wanted), calendar.zone)
    return Due(due, _beyond(calendar, due.date()))


def end_of_days(
    calendar: Calendar, start: datetime, amount: int, unit: Unit, day_end: DayEnd
) -> Due:
    """This will say when a period of days, months or years ends."""
    day = local_day(calendar, start)
    if unit is Unit.WORKING_DAYS and amount:
        last, rolled = _nth_workday(calendar, day, amount), None
    else:
        nominal = last_day(day, amount, unit)
        last = landing(calendar, nominal, unit)
        rolled = nominal if last != nominal else None
    due = close_of(calendar, last, day_end)
    if not amount and due < start:
        due = close_of(calendar, landing(calendar, last + timedelta(days=1), unit), day_end)
    return Due(due, _beyond(calendar, due.date()), rolled)


def last_day(day: date, amount: int, unit: Unit) -> date:
    """This will return the nominal last day of a period in calendar days, months or years."""
    if unit in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS):
        return day + timedelta(days=amount)
    total = day.year * 12 + day.month - 1 + amount * (12 if unit is Unit.YEARS else 1)
    year, month = divmod(total, 12)
    if year > LAST_YEAR:
        raise NoWorkingTimeError(f"{amount} {unit} is beyond all calendars")
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def landing(calendar: Calendar, day: date, unit: Unit) -> date:
    """This will return the day itself, or the next one on which a period in this unit may end.

    Working days end on any day the calendar works; the others on no legal rest day either.
    """
    table = shelf_of(calendar).table(day.year, day.year + 1)
    while True:
        ends = table.workdays if unit is Unit.WORKING_DAYS else table.landings
        place = bisect_left(ends, day.toordinal())
        if place < len(ends):
            return date.fromordinal(ends[place])
        table = shelf_of(calendar).wider(table)


def close_of(calendar: Calendar, day: date, day_end: DayEnd) -> datetime:
    """This will return the last instant of a day that is still in time."""
    if day_end is DayEnd.MIDNIGHT:
        return midnight(day + timedelta(days=1), calendar.zone) - MICRO
    table = shelf_of(calendar).table(day.year, day.year)
    return instant(table.closing[day.toordinal()], calendar.zone)


def working_days(calendar: Calendar, after: date, until: date) -> int:
    """This will count the working days after one day and until another, that one included."""
    first, last = min(after, until), max(after, until)
    table = shelf_of(calendar).table(first.year, last.year)
    count = _upto(table, last) - _upto(table, first)
    return count if after <= until else -count


def worked(calendar: Calendar, a: datetime, b: datetime) -> timedelta:
    """This will return the working time from one instant to another, negative when b is first."""
    years = (a.astimezone(calendar.zone).year, b.astimezone(calendar.zone).year)
    table = shelf_of(calendar).table(min(years), max(years))
    return (table.worked(micros(b)) - table.worked(micros(a))) * MICRO


def between(calendar: Calendar, a: datetime, b: datetime) -> int:
    """This will return the whole working minutes from a to b, negative when b is first."""
    if b < a:
        return -between(calendar, b, a)
    return worked(calendar, a, b) // timedelta(minutes=1)


def is_working(calendar: Calendar, at: datetime) -> bool:
    """This will say whether the office works at an instant; the closing instant is not working."""
    year = at.astimezone(calendar.zone).year
    return shelf_of(calendar).table(year, year).within(micros(at))


def periods_of(calendar: Calendar, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """This will return a day's working stretches as they are, closures out and openings in."""
    table = shelf_of(calendar).table(day.year, day.year)
    begin = micros(midnight(day, calendar.zone))
    end = micros(midnight(day + timedelta(days=1), calendar.zone))
    first, last = bisect_left(table.starts, begin), bisect_left(table.starts, end)
    return tuple(
        (instant(table.starts[place], calendar.zone), instant(table.stops[place], calendar.zone))
        for place in range(first, last)
    )


def local_day(calendar: Calendar, at: datetime) -> date:
    """This will return the civil day of an instant. Refuses one without a zone."""
    if at.tzinfo is None:
        raise BadInstantError("an instant without zone is nobody's instant")
    return at.astimezone(calendar.zone).date()


def _nth_workday(calendar: Calendar, day: date, amount: int) -> date:
    table = shelf_of(calendar).table(day.year, day.year + 1 + amount // 200)
    place = _upto(table, day) + amount - 1
    while place >= len(table.workdays):
        table = shelf_of(calendar).wider(table)
        place = _upto(table, day) + amount - 1
    return date.fromordinal(table.workdays[place])


def _upto(table: Table, day: date) -> int:
    return bisect_right(table.workdays, day.toordinal())


def _beyond(calendar: Calendar, day: date) -> bool:
    return calendar.known_until is not None and day > calendar.known_until
