"""Clocks that stand still: what remained when they stopped is what they go on with.

Time units keep their exact rest. Units of days count whole days: the day on which a clock is
stopped counts as used, the day on which it goes on does not (民法典201: the first day is not
counted), so stopping and going on within one day changes nothing. A rest of months or years is
counted in calendar days, because a month that was interrupted has no corresponding day any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from yike.engines.worktime.calendar import Calendar
from yike.engines.worktime.errors import WorktimeError
from yike.engines.worktime.reckon import (
    ELAPSED,
    LENGTH,
    DayEnd,
    Due,
    Unit,
    add,
    after_time,
    end_of_days,
    last_day,
    local_day,
    worked,
    working_days,
)


@dataclass(frozen=True, slots=True)
class Term:
    """How much was promised, and when within its last day it ends."""

    amount: int
    unit: Unit
    day_end: DayEnd = DayEnd.WORK


@dataclass(frozen=True, slots=True)
class Pause:
    """A clock stood still from one instant until another."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a term: days of `unit`, or time. Less than nothing means overdue by so much.

    `stopped_at`: when the clock stopped (or was looked at).
    """

    unit: Unit
    stopped_at: datetime
    days: int = 0
    time: timedelta = timedelta()
    day_end: DayEnd = DayEnd.WORK

    @property
    def spent(self) -> bool:
        """Whether more than everything is used up."""
        return self.days < 0 or self.time < timedelta()


def remaining(
    calendar: Calendar,
    term: Term,
    start: datetime,
    pauses: Iterable[Pause] = (),
    *,
    at: datetime,
) -> Rest:
    """This will return what is left of a term at an instant, given the pauses that have ended.

    Refuses pauses out of order, or beyond `at`, with WorktimeError.
    """
    rest, running_since = _whole(calendar, term, start), start
    for pause in pauses:
        if not running_since <= pause.start <= pause.end <= at:
            raise WorktimeError("pauses must follow one another, after the start")
        rest = _less(calendar, rest, running_since, pause.start)
        running_since = pause.end
    if at < running_since:
        raise WorktimeError("asked for an instant before the clock ran")
    return _less(calendar, rest, running_since, at)


def resume_due(calendar: Calendar, rest: Rest, resumed_at: datetime) -> Due:
    """This will say when a clock that goes on now is due.

    Never before it goes on: a rest of no days that goes on after that day's end gets one day.
    """
    if not rest.unit.in_days:
        time = max(rest.time, timedelta())
        return after_time(calendar, resumed_at, time, elapsed=rest.unit in ELAPSED)
    return end_of_days(calendar, resumed_at, max(rest.days, 0), rest.unit, rest.day_end)


def due_of(
    calendar: Calendar, term: Term, start: datetime, pauses: Iterable[Pause] = ()
) -> Due:  # fmt: skip
    """This will say when a term with these ended pauses is due, from the beginning."""
    pauses = tuple(pauses)
    if not pauses:
        return add(calendar, start, term.amount, term.unit, day_end=term.day_end)
    rest = remaining(calendar, term, start, pauses[:-1], at=pauses[-1].start)
    return resume_due(calendar, rest, pauses[-1].end)


def _whole(calendar: Calendar, term: Term, start: datetime) -> Rest:
    if not term.unit.in_days:
        return Rest(term.unit, start, time=term.amount * LENGTH[term.unit])
    if term.unit is Unit.WORKING_DAYS:
        return Rest(term.unit, start, days=term.amount, day_end=term.day_end)
    day = local_day(calendar, start)
    days = (last_day(day, term.amount, term.unit) - day).days
    return Rest(Unit.CALENDAR_DAYS, start, days=days, day_end=term.day_end)


def _less(calendar: Calendar, rest: Rest, since: datetime, until: datetime) -> Rest:
    rest = replace(rest, stopped_at=until)
    if rest.unit in ELAPSED:
        return replace(rest, time=rest.time - (until - since))
    if not rest.unit.in_days:
        return replace(rest, time=rest.time - worked(calendar, since, until))
    first, last = local_day(calendar, since), local_day(calendar, until)
    if rest.unit is Unit.WORKING_DAYS:
        return replace(rest, days=rest.days - working_days(calendar, first, last))
    return replace(rest, days=rest.days - (last - first).days)
