"""The reverse scan: for every stop, which instants to be there by, and when one is served then.

A connection scan (Dibbelt, Pajor, Strasser, Wagner 2013) from the stations backwards, over walks of
any length between stops. One lane a station, or one for all: its width is the width of `onward`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Bools, Ints
from yike.engines.travel.doors import DoorArrays, Doors, served_after
from yike.engines.travel.gtfs.day import NEVER, Connections

Walks = tuple[Ints, Ints, Ints]
#: start, end, arrive, board_by, may_leave, stay: what the scan needs of the connections
Rides = tuple[Ints, Ints, Ints, Ints, Bools, Ints]
#: low, high, ready, value: the lists of the stops while they grow downwards
Lists = tuple[Ints, Ints, Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boardings:
    """Of stop q the entries first[q]:first[q + 1], by time: who stands there at `ready` at the
    latest is served at `value` [entries, lanes], by this or any later departure."""

    first: Ints
    ready: Ints
    value: Ints


def boardings(
    rides: Connections, between: Ints, onward: Ints, doors: Doors, *, change: int
) -> Boardings:
    """This will scan the connections of one day.

    `between` int32[stops, stops]: times on foot from stop to stop, UNREACHED where there is no way,
    0 to itself. `onward` int32[stops, lanes]: from stop to station. `change`: deciseconds that
    changing from one run to another takes at least, besides the walk; staying on board takes none.
    """
    stops, lanes = onward.shape
    can = rides.board_by != NEVER
    first = np.concatenate(([0], np.cumsum(np.bincount(rides.start[can], minlength=stops))))
    high = first[1:].astype(np.int32)
    low, entries = high.copy(), int(first[-1])
    ready, value = np.empty(entries, np.int32), np.empty((entries, lanes), np.int32)
    _scan(
        _order(rides),
        (rides.start, rides.end, rides.arrive, rides.board_by, rides.may_leave, _stay(rides)),
        walks(between),
        change,
        onward,
        doors.arrays,
        (low, high, ready, value),
    )
    return _kept(low, high, ready, value)


def walks(between: Ints) -> Walks:
    """This will list of each stop those within reach, the nearest first: (first, stop, time)."""
    order = np.argsort(between, axis=1, kind="stable").astype(np.int32)
    cost = np.take_along_axis(between, order, axis=1)
    reached = cost < UNREACHED
    first = np.concatenate(([0], np.cumsum(reached.sum(axis=1)))).astype(np.int32)
    return first, order[reached], np.ascontiguousarray(cost[reached])


def _order(rides: Connections) -> Ints:
    """Latest first, by the instant to be on board by; of one run that wait is the same throughout,
    and every ride takes time, so that what follows a connection always comes before it."""
    wait = np.where(rides.board_by == NEVER, 0, rides.depart - rides.board_by)
    by_run = np.zeros(len(rides.trip), np.int32)
    np.maximum.at(by_run, rides.run, wait)
    return np.argsort(by_run[rides.run] - rides.depart, kind="stable").astype(np.int32)


def _stay(rides: Connections) -> Ints:
    """The connection on which one stays on board, -1 after the last of a run."""
    following = np.arange(1, len(rides.run) + 1, dtype=np.int32)
    last = np.append(rides.run[1:] != rides.run[:-1], True)[: len(following)]
    return np.where(last, -1, following).astype(np.int32)


def _kept(low: Ints, high: Ints, ready: Ints, value: Ints) -> Boardings:
    rows = np.zeros(len(ready) + 1, np.int32)
    np.add.at(rows, low, 1)
    np.add.at(rows, high, -1)
    kept = np.cumsum(rows)[:-1] > 0
    first = np.concatenate(([0], np.cumsum(high - low))).astype(np.int32)
    return Boardings(first=first, ready=ready[kept], value=np.ascontiguousarray(value[kept]))


@compiled
def _scan(
    order: Ints,
    rides: Rides,
    walk: Walks,
    change: int,
    onward: Ints,
    door: DoorArrays,
    lists: Lists,
) -> None:
    start, end, arrive, board_by, may_leave, stay = rides
    lanes = onward.shape[1]
    best = np.empty((len(order), lanes), np.int32)
    for ride in order:
        row = best[ride]
        row[:] = UNREACHED
        if stay[ride] >= 0:
            row[:] = best[stay[ride]]
        if may_leave[ride]:
            _leave(end[ride], arrive[ride], onward, door, row)
            _change(end[ride], arrive[ride] + change, walk, lists, row)
        if board_by[ride] != NEVER:
            _enter(start[ride], board_by[ride], row, lists)


@compiled
def _leave(stop: int, now: int, onward: Ints, door: DoorArrays, row: Ints) -> None:
    """Goes on to the stations without another ride."""
    for lane in range(len(row)):
        row[lane] = min(row[lane], served_after(lane, now, onward[stop, lane], door))


@compiled
def _change(stop: int, now: int, walk: Walks, lists: Lists, row: Ints) -> None:
    """Walks to every stop from which a later ride may still be better: none arrives before it is
    boarded, so that the first one too far away ends the search."""
    first, there, cost = walk
    low, high, ready, value = lists
    for at in range(first[stop], first[stop + 1]):
        since = now + cost[at]
        if since >= row.max():
            return
        entry = first_ready(ready, low[there[at]], high[there[at]], since)
        if entry < high[there[at]]:
            for lane in range(len(row)):
                row[lane] = min(row[lane], value[entry, lane])


@compiled
def first_ready(ready: Ints, low: int, high: int, since: int) -> int:
    """This will return the first entry that is not before `since`, `high` when there is none."""
    while low < high:
        middle = (low + high) >> 1
        if ready[middle] < since:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _enter(stop: int, by: int, row: Ints, lists: Lists) -> None:
    """Puts the ride before the later ones of its stop, if it is better than they in any lane."""
    low, high, ready, value = lists
    entry = low[stop] - 1
    later = low[stop] < high[stop]
    if not _is_better(row, value, low[stop], later):
        return
    for lane in range(len(row)):
        value[entry, lane] = min(row[lane], value[entry + 1, lane]) if later else row[lane]
    ready[entry] = by
    low[stop] = entry


@compiled
def _is_better(row: Ints, value: Ints, entry: int, later: bool) -> bool:
    for lane in range(len(row)):
        if row[lane] < UNREACHED and (not later or row[lane] < value[entry, lane]):
            return True
    return False
