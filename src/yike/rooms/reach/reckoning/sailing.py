"""A journey at an instant: by every boat and bus of the day, with the departure that is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNREACHED, Ints
from yike.engines.travel.gtfs.day import Connections, connections_on, day_clock, day_instant
from yike.engines.travel.gtfs.feed import Feed
from yike.engines.travel.journeys import matrix
from yike.engines.travel.points import Ends
from yike.engines.travel.snapping import Joined
from yike.engines.travel.timetable.moments import Quays, quays_of
from yike.engines.travel.timetable.plan import Plan, prepare
from yike.engines.travel.timetable.scan import first_ready
from yike.rooms.reach.reckoning.roads import Roads


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Day:
    """What one day's rides need of the roads, for one set of stations."""

    rides: Connections
    quays: Quays
    stops: Joined
    between: Ints
    onward: Ints

    def size(self) -> int:
        """This will return the bytes held, roughly."""
        return int(self.between.nbytes + self.onward.nbytes + 9 * self.rides.start.nbytes)


def day_of(roads: Roads, feed: Feed, at: datetime, stations: Joined, farthest: float) -> Day:
    """This will lay out the day of an instant. Refuses an instant outside the calendars."""
    on, _ = day_clock(feed, at)
    rides = connections_on(feed, on, mode=roads.network.mode)
    stops = roads.snapper.join(feed.stops.lon, feed.stops.lat, farthest=farthest)
    quays = quays_of(roads.snapper, stops, stations)
    seeds = roads.snapper.seeds(stations)
    return Day(
        rides=rides,
        quays=quays,
        stops=stops,
        between=quays.between(roads.hierarchy),
        onward=np.ascontiguousarray(matrix(roads.hierarchy, seeds, quays.onward).T),
    )


def soonest(
    roads: Roads, feed: Feed, day: Day, at: datetime, start: tuple[Joined, Ends, Ints], bound: int
) -> tuple[Ints, dict[int, dict[str, Any]]]:
    """This will return the time to each station, and by which departure where one is taken.

    `start`: how the point joins, its ends on the way to the stations, the times by road alone.
    """
    joined, ends, direct = start
    _, since = day_clock(feed, at)
    walks = roads.onward.to(
        ends, (day.quays.seeds, roads.snapper.ends(joined, day.stops)), bound
    )  # fmt: skip
    plan = prepare(
        day.rides,
        between=day.between,
        onward=day.onward,
        direct=direct[None, :],
        access=lambda stops: walks[stops][:, None],
    )
    cost, via = plan.costs_at(since)
    taken = {
        lane: _taken(feed, day, plan, (int(via[0, lane]), lane), since, int(walks[via[0, lane]]))
        for lane in np.flatnonzero(via[0] >= 0).tolist()
    }
    return cost[0], taken


def _taken(
    feed: Feed, day: Day, plan: Plan, where: tuple[int, int], since: int, walk: int
) -> dict[str, Any]:
    """The departure boarded at a stop on the way to a station: the latest that serves as soon."""
    stop, lane = where
    boardings = plan.boardings
    first, end = int(boardings.first[stop]), int(boardings.first[stop + 1])
    entry = int(first_ready(boardings.ready, first, end, since + walk))
    value = int(boardings.value[entry, lane])
    while entry + 1 < end and boardings.value[entry + 1, lane] == value:
        entry += 1
    ride, last = _ride(day, (stop, int(boardings.ready[entry])), lane, value)
    trip = int(day.rides.trip[day.rides.run[ride]])
    on = day.rides.on
    return {
        "line": feed.lines.names[feed.trips.line[trip]],
        "ferry": bool(feed.lines.sails()[feed.trips.line[trip]]),
        "quay": feed.stops.names[stop],
        "walk": walk,
        "leaves": day_instant(feed, on, int(day.rides.depart[ride])).isoformat(),
        "alight": feed.stops.names[day.rides.end[last]] if last >= 0 else "",
        "arrives": day_instant(feed, on, int(day.rides.arrive[last])).isoformat()
        if last >= 0
        else None,
    }


def _ride(day: Day, board: tuple[int, int], lane: int, value: int) -> tuple[int, int]:
    """The connection boarded, and the one after which one alights; -1 where one changes."""
    rides = day.rides
    found = np.flatnonzero((rides.start == board[0]) & (rides.board_by == board[1]))
    for ride in found.tolist():
        here = np.flatnonzero((rides.run == rides.run[ride]) & (np.arange(len(rides.run)) >= ride))
        walk = day.onward[rides.end[here], lane].astype(np.int64)
        served = rides.may_leave[here] & (walk < UNREACHED) & (rides.arrive[here] + walk == value)
        if served.any():
            return ride, int(here[served.argmax()])
    return int(found[0]), -1
