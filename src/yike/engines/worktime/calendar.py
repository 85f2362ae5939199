"""Calendars as frozen values: when an office works, and how far that is known.

A day's regular periods come from the season it falls in, else from the common week; a make-up day
uses another weekday's periods; a holiday has none. Closures take time away, openings add some.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from yike.engines.worktime.errors import BadCalendarError, BadInstantError

#: The whole country keeps one civil time.
CIVIL = ZoneInfo("Asia/Shanghai")
DAY_MINUTES = 24 * 60
SATURDAY = 5


@dataclass(frozen=True, order=True)
class Period:
    """From one minute of the day until another (exclusive); 1440 is midnight at the day's end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise BadCalendarError(f"no period: minute {self.start} to {self.end}")


#: Seven tuples of periods, Monday first.
Week = tuple[tuple[Period, ...], ...]


@dataclass(frozen=True)
class Season:
    """Other hours for a part of every year, first and last day included, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]
    week: Week

    def holds(self, day: date) -> bool:
        """This will say whether the season covers a day; it may reach over the new year."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True)
class MakeUp:
    """A rest day on which work is done, with the periods of another weekday (Monday is 0)."""

    day: date
    like_weekday: int = 0


@dataclass(frozen=True)
class Closure:
    """Nobody works between two instants: a typhoon, no ferry, a power cut. It beats everything."""

    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True)
class Opening:
    """An office works beyond its periods, by its own will.

    It gives working minutes. It does not make a rest day a working day, unless `counts_as_day`.
    """

    start: datetime
    end: datetime
    counts_as_day: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Calendar:
    """When an office works. Everything is a value; equal calendars answer alike.

    `known_until`: the last day covered by a published holiday notice, None when nothing is unknown.
    """

    week: Week
    holidays: frozenset[date] = frozenset()
    makeups: tuple[MakeUp, ...] = ()
    closures: tuple[Closure, ...] = ()
    openings: tuple[Opening, ...] = ()
    seasons: tuple[Season, ...] = ()
    known_until: date | None = None
    zone: tzinfo = CIVIL
    #: what was reckoned from the fields above, so that it need not be done twice
    memo: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for week in (self.week, *(season.week for season in self.seasons)):
            _check_week(week)
        days = [makeup.day for makeup in self.makeups]
        if len(set(days)) < len(days):
            raise BadCalendarError("a make-up day is given twice")
        if both := self.holidays.intersection(days):
            raise BadCalendarError(f"{min(both)} is both a holiday and a make-up day")
        spans: tuple[Closure | Opening, ...] = (*self.closures, *self.openings)
        for span in spans:
            if span.start.tzinfo is None or span.end.tzinfo is None:
                raise BadInstantError("closures and openings need instants with a zone")
            if span.start >= span.end:
                raise BadCalendarError(f"ends before it begins: {span.start} to {span.end}")

    @cached_property
    def _makeup_days(self) -> dict[date, int]:
        return {makeup.day: makeup.like_weekday for makeup in self.makeups}

    def is_legal_rest(self, day: date) -> bool:
        """This will say whether a day is a legal rest day: holiday, or a weekend not made up.

        This is the country's rest, not the office's: an office that opens on Saturdays does not
        take from a citizen that a period ending on a Saturday rolls on (民法典203).
        """
        if day in self.holidays:
            return True
        return day.weekday() >= SATURDAY and day not in self._makeup_days

    def regular(self, day: date) -> tuple[Period, ...]:
        """This will return a day's regular periods, before closures and openings."""
        if day in self.holidays:
            return ()
        weekday = self._makeup_days.get(day, day.weekday())
        for season in self.seasons:
            if season.holds(day):
                return season.week[weekday]
        return self.week[weekday]


def midnight(day: date, zone: tzinfo) -> datetime:
    """This will return the instant at which a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def at_minute(day: date, minute: int, zone: tzinfo) -> datetime:
    """This will return the instant of a minute of the day on the wall clock; 1440 is its end."""
    if minute == DAY_MINUTES:
        return midnight(day + timedelta(days=1), zone)
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)


def _check_week(week: Week) -> None:
    if len(week) != 7:
        raise BadCalendarError("a week has seven days, Monday first")
    for periods in week:
        for before, after in pairwise(periods):
            if before.end > after.start:
                raise BadCalendarError("periods of a day overlap or are not in order")
