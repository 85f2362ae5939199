"""Any instant asked: of every row the walk to a station, or to a stop and the best ride from it."""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Bools, Ints
from yike.engines.travel.doors import DoorArrays, served_after
from yike.engines.travel.timetable.scan import first_ready

#: rows, first, stop, cost, floor: the rows that have stops to walk to; the stops of rows[i] at
#: first[i]:first[i + 1], those that may serve soonest first
Pairs = tuple[Ints, Ints, Ints, Ints, Ints]
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
def walk_in(since: int, direct: Ints, door: DoorArrays, cost: Ints) -> None:
    """This will fill `cost` [rows, lanes] with the time until served of who sets out on foot.

    Most arrive in the period that is open, or the next to open: it is looked up once a lane.
    """
    lanes = direct.shape[1]
    opens_in, open_for = np.empty(lanes, np.int32), np.empty(lanes, np.int32)
    for lane in range(lanes):
        opens_in[lane], open_for[lane] = _period(lane, since, door)
    for row in range(direct.shape[0]):
        for lane in range(lanes):
            travel = direct[row, lane]
            if opens_in[lane] <= travel <= open_for[lane]:
                cost[row, lane] = travel
            else:
                at = served_after(lane, since, travel, door)
                cost[row, lane] = at - since if at < UNREACHED else UNREACHED


@compiled
def _period(lane: int, since: int, door: DoorArrays) -> tuple[int, int]:
    """How long until the next period that can be used begins and ends; (0, -1) when none."""
    first, opens, last, _ = door
    for at in range(first[lane], first[lane + 1]):
        if last[at] >= since:
            return int(opens[at]) - since, min(int(last[at]) - since, UNREACHED - 1)
    return 0, -1


@compiled
def ride_in(since: int, pairs: Pairs, entries: Entries, cost: Ints, via: Ints) -> None:
    """This will lower `cost` where a ride serves sooner, and set `via` to the stop boarded at."""
    rows, first, stops, walk, floor = pairs
    for at in range(len(rows)):
        row = rows[at]
        longest = _longest(row, cost)
        for pair in range(first[at], first[at + 1]):
            if floor[pair] >= longest:
                break
            if _board(row, since, stops[pair], since + walk[pair], entries, cost, via):
                longest = _longest(row, cost)


@compiled
def _longest(row: int, cost: Ints) -> int:
    longest = cost[row, 0]
    for lane in range(1, cost.shape[1]):
        longest = max(longest, cost[row, lane])
    return int(longest)


@compiled
def _board(
    row: int, since: int, stop: int, now: int, entries: Entries, cost: Ints, via: Ints
) -> bool:
    """Takes the next ride of a stop where it serves sooner; False when it does in no lane."""
    bounds, ready, value = entries
    entry = first_ready(ready, bounds[stop], bounds[stop + 1], now)
    if entry == bounds[stop + 1]:
        return False
    sooner = False
    for lane in range(cost.shape[1]):
        served = value[entry, lane]
        if served < UNREACHED and served - since < cost[row, lane]:
            cost[row, lane] = served - since
            via[row, lane] = stop
            sooner = True
    return sooner


def sorted_pairs(row: Ints, stop: Ints, cost: Ints, floor: Ints) -> Pairs:
    """This will lay pairs out by row, those with the lowest floor first."""
    order = np.lexsort((stop, floor, row))
    rows, begins = np.unique(row[order], return_index=True)
    first = np.append(begins, len(order)).astype(np.int32)
    return rows, first, stop[order], cost[order], floor[order]
