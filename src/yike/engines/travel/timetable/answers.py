"""Any instant asked: of every row the walk to a station, or to a stop and the best ride from it."""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Bools, Ints
from yike.engines.travel.doors import DoorArrays, served_after
from yike.engines.travel.timetable.scan import first_ready

#: first, stop, cost, floor: of each row its stops, those that may serve soonest first
Pairs = tuple[Ints, Ints, Ints, Ints]
#: first, ready, value of `Boardings`
Entries = tuple[Ints, Ints, Ints]


@compiled
def useful_stops(access: Ints, ride: Ints, direct: Ints, keeps_all: bool, useful: Bools) -> None:
    """This will mark the pairs of stop and row by which the row may be served sooner than on foot.

    `access`, `useful` [stops, rows]; `ride` int32[stops, lanes]: the shortest time from being at
    the stop to being at the station, over the whole day. `keeps_all`: where a door may be shut to
    who comes early, the longer way may be the one that serves.
    """
    for stop in range(access.shape[0]):
        for row in range(access.shape[1]):
            useful[stop, row] = False
            for lane in range(ride.shape[1]):
                if access[stop, row] < UNREACHED and ride[stop, lane] < UNREACHED:
                    sooner = access[stop, row] + ride[stop, lane] < direct[row, lane]
                    useful[stop, row] |= sooner or keeps_all


@compiled
def shortest_rides(first: Ints, ready: Ints, value: Ints, ride: Ints) -> None:
    """This will set, for each stop and lane, the shortest time from an entry to its value."""
    ride[:] = UNREACHED
    for stop in range(len(first) - 1):
        for entry in range(first[stop], first[stop + 1]):
            for lane in range(value.shape[1]):
                if value[entry, lane] < UNREACHED:
                    time = value[entry, lane] - ready[entry]
                    ride[stop, lane] = min(ride[stop, lane], time)


@compiled
def answer(
    since: int,
    direct: Ints,
    door: DoorArrays,
    pairs: Pairs,
    entries: Entries,
    cost: Ints,
    via: Ints,
) -> None:
    """This will fill, for who leaves at `since`, `cost` [rows, lanes] until served, and `via`: the
    stop first boarded at, -1 for none."""
    for row in range(direct.shape[0]):
        for lane in range(direct.shape[1]):
            at = served_after(lane, since, direct[row, lane], door)
            cost[row, lane] = at - since if at < UNREACHED else UNREACHED
            via[row, lane] = -1
        _ride(row, since, pairs, entries, cost[row], via[row])


@compiled
def _ride(row: int, since: int, pairs: Pairs, entries: Entries, cost: Ints, via: Ints) -> None:
    """Tries the stops of a row in order until none can serve sooner."""
    first, stops, walk, floor = pairs
    bounds, ready, value = entries
    for pair in range(first[row], first[row + 1]):
        if floor[pair] >= cost.max():
            return
        stop = stops[pair]
        entry = first_ready(ready, bounds[stop], bounds[stop + 1], since + walk[pair])
        if entry < bounds[stop + 1]:
            for lane in range(len(cost)):
                served = value[entry, lane]
                if served < UNREACHED and served - since < cost[lane]:
                    cost[lane] = served - since
                    via[lane] = stop


def sorted_pairs(rows: int, row: Ints, stop: Ints, cost: Ints, floor: Ints) -> Pairs:
    """This will lay pairs out by row, those with the lowest floor first."""
    order = np.lexsort((stop, floor, row))
    first = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=rows)))).astype(np.int32)
    return first, stop[order], cost[order], floor[order]
