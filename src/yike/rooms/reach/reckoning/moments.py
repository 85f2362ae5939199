"""Minutes at an instant: on foot and by every boat and bus of the day, through doors that are open.

Who arrives at a shut door is not served there; who may take a later boat to find it open does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.travel.arrays import UNITS, UNREACHED, Ints
from yike.engines.travel.doors import Doors, doors
from yike.engines.travel.gtfs.day import connections_on, day_clock
from yike.engines.travel.journeys import matrix
from yike.engines.travel.lanes import LANES
from yike.engines.travel.snapping import Joined
from yike.engines.travel.timetable.plan import Plan, prepare
from yike.rooms.reach.reckoning.roads import Roads

MINUTE = 60 * UNITS
Station = dict[str, Any]
Times = NDArray[np.int64]


class Timed:
    """The cells of one mode on one day: their walks to the stops, and what leaves there.

    `at`: any instant of the day, with zone. Refuses OutOfDateError a day outside the calendars.
    """

    def __init__(self, roads: Roads, homes: Joined, at: datetime, farthest: float) -> None:
        feed = roads.feed
        assert feed is not None
        self._roads = roads
        on, self.since = day_clock(feed, at)
        midnight = self.since - (at.hour * 60 + at.minute) * MINUTE
        #: the clock of the feed's day less that of the county's
        self.shift = midnight
        self.rides = connections_on(feed, on, mode=roads.network.mode)
        self._stops = roads.snapper.join(feed.stops.lon, feed.stops.lat, farthest=farthest)
        seeds = roads.snapper.seeds(self._stops)
        there = roads.snapper.ends(self._stops, self._stops)
        self._between = np.ascontiguousarray(matrix(roads.hierarchy, seeds, there).T)
        np.fill_diagonal(self._between, 0)
        self._walk = matrix(roads.hierarchy, seeds, roads.snapper.ends(homes, self._stops))

    def plans(
        self, stands: Joined, direct: Ints, stations: Sequence[Station] | None
    ) -> Iterator[tuple[slice, Plan]]:
        """This will yield the day made ready for some stations at a time: (which, plan).

        `stands`: how they join; `direct` [stations, cells]: times by road alone; `stations`: with
        their periods, None where no door is ever shut.
        """
        ends = self._roads.snapper.ends(self._stops, stands)
        seeds = self._roads.snapper.seeds(stands)
        onward = np.ascontiguousarray(matrix(self._roads.hierarchy, seeds, ends).T)
        for first in range(0, direct.shape[0], LANES):
            lanes = slice(first, min(first + LANES, direct.shape[0]))
            opened = None if stations is None else self._doors(stations[lanes])
            plan = prepare(
                self.rides,
                between=self._between,
                onward=np.ascontiguousarray(onward[:, lanes]),
                direct=np.ascontiguousarray(direct[lanes].T),
                access=lambda stops: self._walk[stops],
                doors=opened,
            )
            yield lanes, plan

    def served(
        self, stands: Joined, direct: Ints, stations: Sequence[Station] | None, since: int
    ) -> tuple[Times, NDArray[np.bool_]]:
        """This will return the time of each cell to each station, and whether a ride is taken.

        [stations, cells] each; `since`: deciseconds of the feed's day.
        """
        times = np.full(direct.shape, UNREACHED, np.int64)
        rides = np.zeros(direct.shape, np.bool_)
        for lanes, plan in self.plans(stands, direct, stations):
            cost, via = plan.costs_at(since)
            times[lanes], rides[lanes] = cost.T, via.T >= 0
        return times, rides

    def near_a_stop(self) -> NDArray[np.bool_]:
        """This will tell the cells from which a road leads to a stop."""
        found: NDArray[np.bool_] = self._walk.min(axis=0, initial=UNREACHED) < UNREACHED
        return found

    def size(self) -> int:
        """This will return the bytes held, roughly."""
        return int(self._walk.nbytes + self._between.nbytes + 9 * self.rides.start.nbytes)

    def _doors(self, stations: Sequence[Station]) -> Doors | None:
        if all(one["periods"] is None for one in stations):
            return None
        told = [None if one["periods"] is None else self._periods(one) for one in stations]
        return doors(told, "arrive_open", before_closing=0)

    def _periods(self, station: Station) -> list[tuple[int, int]]:
        return [
            (self.shift + opens * MINUTE, self.shift + closes * MINUTE)
            for opens, closes in station["periods"]
        ]
