"""Between the tables and the engine: which calendar, when due, when to warn. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from yike.engines import worktime
from yike.engines.worktime import DayEnd, Due, Pause, Term, Unit
from yike.rooms.clocks.models import CalendarVersion, Clock, ClockPause, Promise
from yike.rooms.core import clock as core_clock
from yike.rooms.core.refusal import BadInput

#: columns that `put` fills
REACHED = ("due_at", "near_at", "warn_at", "beyond_known")
_ELAPSED = frozenset((Unit.ELAPSED_MINUTES, Unit.ELAPSED_HOURS))


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """When a clock is due, and when to warn of it, yellow and orange (None: never)."""

    due_at: datetime
    near_at: datetime | None
    warn_at: datetime | None
    beyond_known: bool


@lru_cache(maxsize=256)
def calendar_of(version_id: UUID) -> worktime.Calendar:
    """This will return the calendar of a version. Versions never change, so it is kept."""
    facts = CalendarVersion.objects.values_list("facts", flat=True).get(id=version_id)
    return worktime.from_plain(facts)


def term_of(promise: Promise, extended_by: int = 0) -> Term:
    """This will return what was promised, as the engine says it."""
    return Term(promise.amount + extended_by, Unit(promise.unit), DayEnd(promise.day_end))


def again(clock: Clock, version_id: UUID | None = None) -> Reckoned:
    """This will reckon a clock again, with its ended pauses, in its own calendar or another."""
    rows = ClockPause.objects.filter(clock_id=clock.id).order_by("paused_at")
    pauses = [Pause(p, r) for p, r in rows.values_list("paused_at", "resumed_at") if r]
    version = version_id or clock.calendar_version_id
    return reckon(clock.promise, version, clock.started_at, pauses, clock.extended_by)


def reckon(
    promise: Promise,
    version_id: UUID,
    start: datetime,
    pauses: Sequence[Pause] = (),
    extended_by: int = 0,
) -> Reckoned:
    """This will say when a promise made at `start` is due, after the pauses that have ended."""
    calendar = calendar_of(version_id)
    due = worktime.due_of(calendar, term_of(promise, extended_by), start, pauses)
    near_at, warn_at = _warnings(promise, calendar, start, pauses, due)
    return Reckoned(
        due_at=due.at,
        near_at=near_at,
        warn_at=warn_at,
        beyond_known=due.beyond_known,
    )


def _warnings(
    promise: Promise,
    calendar: worktime.Calendar,
    start: datetime,
    pauses: Sequence[Pause],
    due: Due,
) -> tuple[datetime | None, datetime | None]:
    """When yellow and when orange, in running time, never before it runs."""
    elapsed = Unit(promise.unit) in _ELAPSED
    edges = [start, *(edge for pause in pauses for edge in (pause.start, pause.end)), due.at]
    runs = [
        _time(calendar, since, until, elapsed=elapsed)
        for since, until in zip(edges[::2], edges[1::2], strict=True)
    ]
    total, used_before = sum(runs, timedelta()), sum(runs[:-1], timedelta())

    def instant(used: timedelta | None) -> datetime | None:
        if used is None:
            return None
        ahead = max(used - used_before, timedelta())
        found = worktime.after_time(calendar, edges[-2], ahead, elapsed=elapsed).at
        return min(found, due.at)

    near, warn = _shares(promise, total)
    return instant(near), instant(warn)


def _shares(promise: Promise, total: timedelta) -> tuple[timedelta | None, timedelta | None]:
    """How much running time is used when it turns yellow and orange: the earlier of the rules."""
    wanted: list[timedelta] = []
    if promise.warn_percent is not None:
        wanted.append(total * promise.warn_percent / 100)
    if promise.warn_before_minutes is not None:
        wanted.append(total - timedelta(minutes=promise.warn_before_minutes))
    warn = max(min(wanted), timedelta()) if wanted else None
    near = None if promise.near_percent is None else total * promise.near_percent / 100
    if near is not None and warn is not None and near >= warn:
        near = None  # orange comes first: it is never yellow
    return near, warn


def _time(
    calendar: worktime.Calendar, since: datetime, until: datetime, *, elapsed: bool
) -> timedelta:
    return until - since if elapsed else worktime.worked(calendar, since, until)


def put(clock: Clock, reckoned: Reckoned) -> None:
    """This will put what was reckoned into a row, not yet saved (REACHED)."""
    clock.due_at, clock.near_at, clock.warn_at = (
        reckoned.due_at, reckoned.near_at, reckoned.warn_at,
    )  # fmt: skip
    clock.beyond_known = reckoned.beyond_known


def moment_of(clock: Clock, at: datetime | None) -> datetime:
    """This will return the instant of a deed. Refuses one before the clock's last turn."""
    moment = at or core_clock.now()
    latest = clock.paused_at or _last_resumed(clock) or clock.started_at
    if moment < latest:
        raise BadInput("时间早于时钟上一次的变动。", field="at", way_on="请填写之后的时间。")
    return moment


def _last_resumed(clock: Clock) -> datetime | None:
    pauses = ClockPause.objects.filter(clock_id=clock.id).order_by("-paused_at")
    return pauses.values_list("resumed_at", flat=True).first()
