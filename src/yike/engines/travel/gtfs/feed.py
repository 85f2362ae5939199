"""What a feed says, by index: stops, lines, trips, calls, headways, calendars; plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from yike.engines.travel.arrays import UNITS, Bools, Floats, Ints, Mode

SECOND = UNITS
HOUR = 3600 * SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One calendar: the weekdays of a period, with days added and days removed."""

    id: str
    weekdays: tuple[bool, ...] = (False,) * 7
    since: date | None = None
    until: date | None = None
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def runs_on(self, day: date) -> bool:
        """This will say whether the service runs on this day; exceptions outweigh weekdays."""
        if day in self.added or day in self.removed:
            return day in self.added
        if self.since is None or self.until is None:
            return False
        return self.since <= day <= self.until and self.weekdays[day.weekday()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """Where passengers board: ids, names, WGS84 degrees, and the station each belongs to or -1."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    lon: Floats
    lat: Floats
    station: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines by name, with their GTFS route_type: 4 ferry, 3 bus, and the extended types."""

    names: tuple[str, ...]
    kind: Ints

    def sails(self) -> Bools:
        """This will say which lines go by water."""
        return np.isin(self.kind, (4, 1200)) | np.equal(self.kind // 100, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trips:
    """Trips with their line (index), service (index), headsign, and whether bicycles and cars are
    carried: 0 not told, 1 yes, 2 no."""

    ids: tuple[str, ...]
    line: Ints
    service: Ints
    bikes: Ints
    cars: Ints
    headsigns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """The calls of all trips one after another, those of trip t at first[t]:first[t + 1].

    Times are deciseconds of the service day and may pass 24 hours. They rise strictly from one
    departure to the next arrival: where a feed in whole minutes lets two stops share a minute, the
    later is moved by a decisecond, so that every ride takes time.
    """

    first: Ints
    stop: Ints
    arrive: Ints
    depart: Ints
    may_board: Bools
    may_leave: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Headways:
    """Periods in which a trip repeats: first departure, end (exclusive), gap, in deciseconds."""

    trip: Ints
    start: Ints
    end: Ints
    gap: Ints
    exact: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A whole feed. `notes` are sentences for people about what was left out or guessed."""

    zone: str
    stops: Stops
    lines: Lines
    trips: Trips
    calls: Calls
    headways: Headways
    services: tuple[Service, ...]
    notes: tuple[str, ...] = ()


def carries(feed: Feed, mode: Mode) -> Bools:
    """This will say which trips take a traveller of this mode along: bool[trips].

    On foot all. With a bicycle or a car: where the feed says nothing, ferries do and others do not.
    """
    if mode == "walk":
        return np.ones(len(feed.trips.ids), np.bool_)
    told = feed.trips.bikes if mode == "cycle" else feed.trips.cars
    return np.equal(told, 1) | (np.equal(told, 0) & feed.lines.sails()[feed.trips.line])


def valid_dates(feed: Feed) -> tuple[date, date] | None:
    """This will return the first and last day of the feed's calendars, None when it has none."""
    days = [
        day
        for service in feed.services
        for day in (service.since, service.until, *service.added)
        if day is not None
    ]
    return (min(days), max(days)) if days else None
