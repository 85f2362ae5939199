"""All connections of one date: the day's own trips, last night's still running, and tonight's.

Times are deciseconds of the service day, which GTFS counts from noon less twelve hours: midnight on
all days but those on which the clocks change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from yike.engines.travel.arrays import Bools, Ints, Mode
from yike.engines.travel.errors import OutOfDateError
from yike.engines.travel.gtfs.feed import HOUR, SECOND, Feed, carries, valid_dates

#: A trip that is told by its headway alone (exact_times=0) is
#: `as_timed`: taken at its word, a departure at the start of its period and after each headway;
#: `expected`: a vehicle at every twentieth of the headway (but not more often than each minute),
#: boarded after half a headway at the stop;
#: `worst`: the same, boarded after a full headway.
HeadwayPolicy = Literal["as_timed", "expected", "worst"]

#: How far behind its vehicle a connection that nobody may board lies: never reached in time.
NEVER = -(2**30)
_DAY = 24 * HOUR
#: A traveller waits through the night for what leaves before four: the same night, not the morrow.
NIGHT_END = 4 * HOUR
_MINUTE = 60 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """Rides from one stop to the next, those of one run in a row.

    `board_by` is the latest instant at the stop to be on board (NEVER where nobody may board);
    `run` numbers the vehicles, `trip` gives the trip of each run.
    """

    on: date
    start: Ints
    end: Ints
    depart: Ints
    arrive: Ints
    board_by: Ints
    may_leave: Bools
    run: Ints
    trip: Ints


def connections_on(
    feed: Feed,
    on: date,
    *,
    mode: Mode = "walk",
    headways: HeadwayPolicy = "as_timed",
    night: int = NIGHT_END,
) -> Connections:
    """This will return every connection that leaves on this date, and those of its runs after it.

    `mode`: see `carries`. Of the next date the runs that begin before `night` (deciseconds after
    midnight) are counted too. A date on which nothing runs gives none; one outside the calendars
    is refused with OutOfDateError.
    """
    refuse_out_of_date(feed, on)
    taken = carries(feed, mode)
    runs = [_runs(feed, on, ahead, headways, taken) for ahead in range(-_nights(feed), 2)]
    runs[-1] = _tonight(runs[-1], feed, night)
    trip, shift, wait = (np.concatenate(column) for column in zip(*runs, strict=True))
    return _connections(feed, on, trip, shift, wait)


def no_rides(on: date) -> Connections:
    """This will return a day without any connection, for a network without timetable."""
    none = np.zeros(0, np.int32)
    return Connections(
        on=on,
        start=none,
        end=none,
        depart=none,
        arrive=none,
        board_by=none,
        may_leave=np.zeros(0, np.bool_),
        run=none,
        trip=none,
    )


def refuse_out_of_date(feed: Feed, on: date) -> None:
    """This will raise OutOfDateError when the date lies outside all calendars of the feed."""
    valid = valid_dates(feed)
    if valid is None:
        raise OutOfDateError("时刻表的日历里没有任何一天开行。")
    if not valid[0] <= on <= valid[1]:
        raise OutOfDateError(
            f"时刻表只管 {valid[0]} 到 {valid[1]}，不含 {on}；"
            "请换用新的时刻表，或改问这段时间里的日子。"
        )


def day_clock(feed: Feed, instant: datetime) -> tuple[date, int]:
    """This will return an instant as date and deciseconds of that service day in the feed's zone.

    An instant without a zone is read in the feed's own.
    """
    zone = ZoneInfo(feed.zone)
    told = instant.replace(tzinfo=zone) if instant.tzinfo is None else instant.astimezone(zone)
    passed = told.astimezone(UTC) - _noon(zone, told.date())
    return told.date(), 12 * HOUR + round(passed / timedelta(seconds=1) * SECOND)


def day_instant(feed: Feed, on: date, clock: int) -> datetime:
    """This will return the instant of a clock of the service day, in the feed's zone."""
    zone = ZoneInfo(feed.zone)
    passed = timedelta(seconds=clock / SECOND) - timedelta(hours=12)
    return (_noon(zone, on) + passed).astimezone(zone)


def _noon(zone: ZoneInfo, on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=zone).astimezone(UTC)


def _nights(feed: Feed) -> int:
    """How many days back a run may have begun and still be under way."""
    latest = int(feed.calls.arrive.max(initial=0))
    if len(feed.headways.trip):
        latest += int(feed.headways.end.max())
    return -(-latest // _DAY) - 1 if latest > _DAY else 0


Runs = tuple[Ints, Ints, Ints]


def _runs(feed: Feed, on: date, ahead: int, headways: HeadwayPolicy, taken: Bools) -> Runs:
    """Trip, shift of its times and wait before boarding, of each run of the day `ahead`."""
    zone, day = ZoneInfo(feed.zone), on + timedelta(days=ahead)
    active = np.array([service.runs_on(day) for service in feed.services], dtype=np.bool_)
    runs = active[feed.trips.service] & taken
    offset = round((_noon(zone, day) - _noon(zone, on)).total_seconds()) * SECOND
    single = runs.copy()
    single[feed.headways.trip] = False
    single &= np.diff(feed.calls.first) > 1
    trip = np.flatnonzero(single).astype(np.int32)
    zero = np.zeros(len(trip), dtype=np.int32)
    parts: list[Runs] = [(trip, zero, zero)]
    parts += [
        _repeated(feed, int(row), headways) for row in np.flatnonzero(runs[feed.headways.trip])
    ]
    trips, shifts, waits = (np.concatenate(column) for column in zip(*parts, strict=True))
    return trips, shifts + np.int32(offset), waits


def _repeated(feed: Feed, row: int, headways: HeadwayPolicy) -> Runs:
    told = feed.headways
    trip, gap = int(told.trip[row]), int(told.gap[row])
    wait = 0
    step = gap
    if not told.exact[row] and headways != "as_timed":
        wait = gap // 2 if headways == "expected" else gap
        step = min(gap, max(gap // 20, _MINUTE))
    starts = np.arange(told.start[row], told.end[row], step, dtype=np.int32)
    shift = starts - feed.calls.depart[feed.calls.first[trip]]
    return (
        np.full(len(starts), trip, dtype=np.int32),
        shift.astype(np.int32),
        np.full(len(starts), wait, dtype=np.int32),
    )


def _tonight(runs: Runs, feed: Feed, night: int) -> Runs:
    trip, shift, wait = runs
    soon = feed.calls.depart[feed.calls.first[trip]] + shift < _DAY + night
    return trip[soon], shift[soon], wait[soon]


def _connections(feed: Feed, on: date, trip: Ints, shift: Ints, wait: Ints) -> Connections:
    calls = feed.calls
    rides = calls.first[trip + 1] - calls.first[trip] - 1
    run = np.repeat(np.arange(len(trip), dtype=np.int32), rides)
    within = np.arange(len(run), dtype=np.int32) - np.repeat(np.cumsum(rides) - rides, rides)
    call = (calls.first[trip][run] + within).astype(np.int32)
    depart, arrive = calls.depart[call] + shift[run], calls.arrive[call + 1] + shift[run]
    kept = depart >= 0
    call, run, depart, arrive = call[kept], run[kept], depart[kept], arrive[kept]
    board_by = np.where(calls.may_board[call], depart - wait[run], NEVER)
    return Connections(
        on=on,
        start=calls.stop[call],
        end=calls.stop[call + 1],
        depart=depart.astype(np.int32),
        arrive=arrive.astype(np.int32),
        board_by=board_by.astype(np.int32),
        may_leave=calls.may_leave[call + 1],
        run=run,
        trip=trip,
    )
