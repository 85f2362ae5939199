"""Reckoning tables: a calendar laid out as sorted numbers, so that every question is a bisection.

Instants are whole microseconds since 1970 (UTC); days are ordinals. A table covers whole years and
never changes; a shelf holds the widest one made so far and makes a wider one when asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TypeVar

from yike.engines.worktime.calendar import Calendar, Closure, Opening, at_minute, midnight
from yike.engines.worktime.errors import BadInstantError, NoWorkingTimeError

MICRO = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 1900, 2400
#: How far ahead working time is looked for before the engine gives up.
HORIZON_YEARS = 40

Span = tuple[int, int]
Extra = TypeVar("Extra", Opening, Closure)


@dataclass(frozen=True)
class Table:
    """One calendar over the years [first_year, last_year]."""

    first_year: int
    last_year: int
    #: microseconds at which the table begins and ends
    begins: int
    ends: int
    #: working stretches in order, and the working time done before each
    starts: Sequence[int]
    stops: Sequence[int]
    before: Sequence[int]
    #: ordinals of the days that count as working days, and those a period may end on
    workdays: Sequence[int]
    landings: Sequence[int]
    #: last working instant of a day, by ordinal
    closing: dict[int, int]

    @property
    def total(self) -> int:
        """All working time of the table."""
        return self.before[-1] + self.stops[-1] - self.starts[-1] if self.starts else 0

    def worked(self, at: int) -> int:
        """This will return the working time from the table's beginning until an instant."""
        place = bisect_right(self.starts, at) - 1
        if place < 0:
            return 0
        return self.before[place] + min(at, self.stops[place]) - self.starts[place]

    def reach(self, work: int) -> int:
        """This will return the first instant by which so much working time (> 0) is done."""
        place = bisect_left(self.before, work) - 1
        return self.starts[place] + work - self.before[place]

    def within(self, at: int) -> bool:
        """This will say whether an instant is working time (the end of a stretch is not)."""
        place = bisect_right(self.starts, at) - 1
        return place >= 0 and at < self.stops[place]


class Shelf:
    """Keeps the widest table of one calendar. Safe for threads: tables are swapped, not changed."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._table: Table | None = None

    def table(self, first_year: int, last_year: int) -> Table:
        """This will return a table over at least these years."""
        table = self._table
        if table and table.first_year <= first_year and last_year <= table.last_year:
            return table
        if first_year < FIRST_YEAR or last_year > LAST_YEAR:
            raise NoWorkingTimeError(f"years {first_year} to {last_year} are out of reach")
        if table:
            first_year = min(first_year, table.first_year)
            last_year = max(last_year, table.last_year)
        self._table = table = lay_out(self._calendar, first_year, last_year)
        return table

    def wider(self, table: Table) -> Table:
        """This will return a table that looks further ahead. Refuses beyond the horizon."""
        span = table.last_year - table.first_year + 1
        if span > HORIZON_YEARS or table.last_year >= LAST_YEAR:
            raise NoWorkingTimeError(f"no working time lies ahead within {HORIZON_YEARS} years")
        return self.table(table.first_year, min(table.last_year + span + 1, LAST_YEAR))


def shelf_of(calendar: Calendar) -> Shelf:
    """This will return the tables of a calendar, kept with it from the first question on."""
    shelf = calendar.memo.get("shelf")
    if not isinstance(shelf, Shelf):
        calendar.memo["shelf"] = shelf = Shelf(calendar)
    return shelf


def micros(instant: datetime) -> int:
    """This will return an instant as microseconds since 1970. Refuses one without a zone."""
    if instant.tzinfo is None:
        raise BadInstantError("an instant without zone is nobody's instant")
    return (instant - EPOCH) // MICRO


def instant(at: int, zone: tzinfo) -> datetime:
    """This will return microseconds since 1970 as an instant in a zone."""
    return (EPOCH + timedelta(microseconds=at)).astimezone(zone)


def lay_out(calendar: Calendar, first_year: int, last_year: int) -> Table:
    """This will make the table of a calendar over whole years."""
    zone = calendar.zone
    shut = _by_day(calendar.closures, zone)
    extra = _by_day(calendar.openings, zone)
    starts: list[int] = []
    stops: list[int] = []
    workdays: list[int] = []
    closing: dict[int, int] = {}
    for day in _days(first_year, last_year):
        spans, counts = day_spans(calendar, day, extra.get(day, ()), shut.get(day, ()))
        starts.extend(start for start, _ in spans)
        stops.extend(stop for _, stop in spans)
        if spans:
            closing[day.toordinal()] = spans[-1][1]
        if counts:
            workdays.append(day.toordinal())
    return Table(
        first_year=first_year,
        last_year=last_year,
        begins=micros(midnight(date(first_year, 1, 1), zone)),
        ends=micros(midnight(date(last_year + 1, 1, 1), zone)),
        starts=starts,
        stops=stops,
        before=_running(starts, stops),
        workdays=workdays,
        landings=[o for o in workdays if not calendar.is_legal_rest(date.fromordinal(o))],
        closing=closing,
    )


def day_spans(
    calendar: Calendar, day: date, openings: Sequence[Opening], closures: Sequence[Closure]
) -> tuple[list[Span], bool]:
    """This will return a day's working stretches, and whether it counts as a working day."""
    zone = calendar.zone
    begin, end = micros(midnight(day, zone)), micros(midnight(day + timedelta(days=1), zone))
    counting = [
        (micros(at_minute(day, p.start, zone)), micros(at_minute(day, p.end, zone)))
        for p in calendar.regular(day)
    ]
    counting += _clip([o for o in openings if o.counts_as_day], begin, end)
    extra = _clip([o for o in openings if not o.counts_as_day], begin, end)
    shut = _join(_clip(closures, begin, end))
    spans = _without(_join(counting + extra), shut)
    return spans, bool(_without(_join(counting), shut) if shut else counting)


def _clip(spans: Sequence[Extra], begin: int, end: int) -> list[Span]:
    cut = [(max(begin, micros(s.start)), min(end, micros(s.end))) for s in spans]
    return [(start, stop) for start, stop in cut if start < stop]


def _join(spans: list[Span]) -> list[Span]:
    """Overlapping and touching stretches become one; stretches of no length (clock changes) go."""
    joined: list[Span] = []
    for start, stop in sorted(spans):
        if start >= stop:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _without(spans: list[Span], holes: list[Span]) -> list[Span]:
    for hole_start, hole_stop in holes:
        cut: list[Span] = []
        for start, stop in spans:
            cut += [(start, min(stop, hole_start)), (max(start, hole_stop), stop)]
        spans = [(start, stop) for start, stop in cut if start < stop]
    return spans


def _by_day(spans: Sequence[Extra], zone: tzinfo) -> dict[date, list[Extra]]:
    found: dict[date, list[Extra]] = defaultdict(list)
    for span in spans:
        day, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
        while day <= last:
            found[day].append(span)
            day += timedelta(days=1)
    return found


def _days(first_year: int, last_year: int) -> Iterator[date]:
    day, last = date(first_year, 1, 1), date(last_year, 12, 31)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _running(starts: Sequence[int], stops: Sequence[int]) -> list[int]:
    done, before = 0, []
    for start, stop in zip(starts, stops, strict=True):
        before.append(done)
        done += stop - start
    return before
