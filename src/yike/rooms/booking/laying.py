"""Cuts slots from opening hours: which days, which times, how many. Pure.

Holidays take nobody unless the office says so; a make-up day keeps the hours of its own weekday or,
when there are none, of a Monday (as places/hours.py does); closures take out what they touch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from yike.rooms.core.clock import CIVIL

DayKind = Literal["plain", "holiday", "makeup", "stopped"]
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When an office can be booked, as told."""

    weekdays: tuple[int, ...]
    weeks: tuple[int, ...] = ()
    from_time: time
    until_time: time
    minutes: int
    capacity: int
    on_holidays: bool = False


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Somebody who stands at a post during some time."""

    from_at: datetime
    until_at: datetime
    account_id: UUID | None
    name: str


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One slot as it should be."""

    day: date
    from_at: datetime
    until_at: datetime
    capacity: int
    account_id: UUID | None = None
    person: str = ""


def from_hours(hours: Hours, days: Iterable[date], kind_of: Callable[[date], DayKind]) -> list[Cut]:
    """This will return the slots of an office's own hours on these days."""
    return [
        Cut(day=day, from_at=since, until_at=until, capacity=hours.capacity)
        for day in days
        if opens(hours, day, kind_of(day))
        for since, until in _grid(_at(day, hours.from_time), _at(day, hours.until_time), hours)
    ]


def opens(hours: Hours, day: date, kind: DayKind) -> bool:
    """This will say whether the office can be booked on a day of this kind."""
    if kind == "stopped" or (kind == "holiday" and not hours.on_holidays):
        return False
    if hours.weeks and (day.day - 1) // 7 + 1 not in hours.weeks:
        return False
    if kind == "makeup" and day.weekday() not in hours.weekdays:
        return 0 in hours.weekdays
    return day.weekday() in hours.weekdays


def from_stands(minutes: int, capacity: int, stands: Sequence[Stand]) -> list[Cut]:
    """This will return the slots of those who stand at a post: a place for each who stands."""
    edges: dict[datetime, list[Stand]] = {}
    for stand in stands:
        for since, _ in _steps(stand.from_at, stand.until_at, minutes):
            edges.setdefault(since, []).append(stand)
    return [_of_stands(since, minutes, capacity, there) for since, there in sorted(edges.items())]


def without(cuts: Iterable[Cut], closed: Sequence[Stretch]) -> list[Cut]:
    """This will leave out the slots that a closure touches."""
    return [
        cut
        for cut in cuts
        if not any(cut.from_at < until and since < cut.until_at for since, until in closed)
    ]


def _of_stands(since: datetime, minutes: int, capacity: int, there: Sequence[Stand]) -> Cut:
    one = there[0] if len(there) == 1 else None
    return Cut(
        day=since.astimezone(CIVIL).date(),
        from_at=since,
        until_at=since + timedelta(minutes=minutes),
        capacity=capacity * len(there),
        account_id=one.account_id if one else None,
        person="、".join(dict.fromkeys(stand.name for stand in there if stand.name))[:40],
    )


def _grid(since: datetime, until: datetime, hours: Hours) -> list[Stretch]:
    return _steps(since, until, hours.minutes)


def _steps(since: datetime, until: datetime, minutes: int) -> list[Stretch]:
    """Whole steps only: what is left over at the end is nobody's time."""
    step = timedelta(minutes=minutes)
    found = []
    while since + step <= until:
        found.append((since, since + step))
        since += step
    return found


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=CIVIL)
