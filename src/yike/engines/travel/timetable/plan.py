"""A day's timetable made ready for one set of stations and rows: then any instant is one pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from yike.engines.travel.arrays import UNREACHED, Ints, ints
from yike.engines.travel.doors import Doors, always_open
from yike.engines.travel.gtfs.day import Connections
from yike.engines.travel.timetable.answers import (
    Pairs,
    ride_in,
    shortest_rides,
    sorted_pairs,
    useful_stops,
    walk_in,
)
from yike.engines.travel.timetable.scan import Boardings, boardings

#: stops (indexes, at most BATCH at once) → int32[stops, rows]: times on foot from each row to them
Access = Callable[[Ints], Ints]
#: So many stops are swept at once.
BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """What `costs_at` needs: ways on foot, doors, and the best rides from every stop."""

    direct: Ints
    doors: Doors
    boardings: Boardings
    pairs: Pairs

    def costs_at(self, since: int) -> tuple[Ints, Ints]:
        """This will return for who leaves at `since` (deciseconds of the service day) the time
        until served, int32[rows, lanes], UNREACHED when not on this day, and the stop at which one
        first boards, -1 for none. Rides that left before are missed; nobody walks slowly."""
        cost, via = self.direct.copy(), np.full_like(self.direct, -1)
        if not self.doors.always:
            walk_in(since, self.direct, self.doors.arrays, cost)
        entries = self.boardings.first, self.boardings.ready, self.boardings.value
        ride_in(since, self.pairs, entries, cost, via)
        return cost, via


def prepare(
    rides: Connections,
    *,
    between: Ints,
    onward: Ints,
    direct: Ints,
    access: Access,
    doors: Doors | None = None,
    change: int = 0,
) -> Plan:
    """This will scan the day and choose, for each row, the stops worth walking to.

    `between` int32[stops, stops], `onward` int32[stops, lanes], `direct` int32[rows, lanes]: times
    on foot in deciseconds, UNREACHED where there is no way. A lane is one station, or all of those
    that keep the same hours and let early comers wait. `doors`: of each lane, by default always
    open. `change`: deciseconds that changing takes at least.
    """
    lanes = direct.shape[1]
    opened = doors or always_open(lanes)
    between, onward, direct = ints(between), ints(onward), ints(direct)
    found = boardings(rides, between, onward, opened, change=change)
    freely = found
    if doors is not None:
        freely = boardings(rides, between, onward, always_open(lanes), change=change)
    pairs = _pairs(freely, direct, access, keeps_all=not opened.waits)
    return Plan(direct=direct, doors=opened, boardings=found, pairs=pairs)


def _pairs(freely: Boardings, direct: Ints, access: Access, *, keeps_all: bool) -> Pairs:
    ride = np.empty((len(freely.first) - 1, direct.shape[1]), np.int32)
    shortest_rides(freely.first, freely.ready, freely.value, ride)
    shortest = ride.min(axis=1, initial=UNREACHED)
    served = np.flatnonzero(shortest < UNREACHED).astype(np.int32)
    columns: list[list[Ints]] = [[np.zeros(0, np.int32)] for _ in range(4)]
    for at in range(0, len(served), BATCH):
        stops = served[at : at + BATCH]
        walk = ints(access(stops))
        useful = np.empty(walk.shape, np.bool_)
        useful_stops(walk, ride[stops], direct, keeps_all, useful)
        column, row = np.nonzero(useful)
        cost = walk[useful]
        for kept, values in zip(
            columns, (row, stops[column], cost, cost + shortest[stops[column]]), strict=True
        ):
            kept.append(values.astype(np.int32))
    return sorted_pairs(*(np.concatenate(column) for column in columns))
