"""The next departures of a stop, for the service map: line, where to, when, arriving when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice

import numpy as np

from yike.engines.travel.arrays import Ints
from yike.engines.travel.gtfs.day import connections_on, day_clock, day_instant
from yike.engines.travel.gtfs.feed import Feed, valid_dates

_LONGEST_PAUSE = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One departure of a stop; `about` when the feed gives only a headway, not the minute."""

    line: str
    towards: str
    stop: int
    leaves_at: datetime
    last_stop: int
    arrives_at: datetime
    about: bool


def next_departures(
    feed: Feed, stops: Collection[int], instant: datetime, count: int
) -> tuple[Departure, ...]:
    """This will return up to `count` departures at or after the instant from any of these stops.

    Looks fourteen days ahead and never beyond the calendars; the times are in the feed's zone.
    `stops` are indexes: several for a quay with several platforms. An instant outside the calendars
    is refused with OutOfDateError.
    """
    on, clock = day_clock(feed, instant)
    found = _departures(feed, stops, on, clock)
    later = (
        one
        for ahead in range(1, _LONGEST_PAUSE + 1)
        if _is_valid(feed, on + timedelta(days=ahead))
        for one in _departures(feed, stops, on + timedelta(days=ahead), 0)
    )
    return tuple(islice(chain(found, later), count))


def quay(feed: Feed, stop: int) -> tuple[int, ...]:
    """This will return the stop with all that belong to the same station."""
    station = int(feed.stops.station[stop])
    head = stop if station < 0 else station
    same = np.flatnonzero(feed.stops.station == head)
    return tuple(sorted({stop, head, *map(int, same)}))


def _is_valid(feed: Feed, on: date) -> bool:
    valid = valid_dates(feed)
    return valid is not None and valid[0] <= on <= valid[1]


def _departures(feed: Feed, stops: Collection[int], on: date, since: int) -> Iterator[Departure]:
    """Those of one date only: what leaves after midnight is found on the next."""
    rides = connections_on(feed, on, night=0)
    here = np.isin(rides.start, list(stops)) & (rides.board_by >= since)
    places = np.flatnonzero(here & (rides.depart < _length(feed, on)))
    last = _last_of_run(rides.run)
    for place in places[np.lexsort((rides.arrive[places], rides.depart[places]))]:
        trip, end = int(rides.trip[rides.run[place]]), int(last[rides.run[place]])
        yield Departure(
            line=feed.lines.names[feed.trips.line[trip]],
            towards=feed.trips.headsigns[trip] or feed.stops.names[rides.end[end]],
            stop=int(rides.start[place]),
            leaves_at=day_instant(feed, on, int(rides.depart[place])),
            last_stop=int(rides.end[end]),
            arrives_at=day_instant(feed, on, int(rides.arrive[end])),
            about=bool((feed.headways.trip[~feed.headways.exact] == trip).any()),
        )


def _length(feed: Feed, on: date) -> int:
    """The service clock at which the next date begins."""
    following = day_instant(feed, on + timedelta(days=1), 0)
    passed = following - day_instant(feed, on, 0)
    return round(passed.total_seconds() * 10)


def _last_of_run(run: Ints) -> dict[int, int]:
    return {int(one): place for place, one in enumerate(run)}
