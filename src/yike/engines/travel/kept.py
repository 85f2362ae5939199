"""Pairs of stations and cells kept in memory: two bytes each, and a bit for each that might be.

Stations are swept 32 at a time, so one word says for a cell which of them are within the bound;
their times follow in that order. Three columns of whole numbers would take twelve bytes a pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Bools, Ints
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.journeys import Pairs, apply_direct, cell_row, laid_out, lanes_of
from yike.engines.travel.lanes import LANES, Sweeper, batches
from yike.engines.travel.points import Ends, Seeds

Words = NDArray[np.uint32]
#: Times up to so many deciseconds (109 minutes) take two bytes, later ones four.
_SHORT = 2**16 - 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kept:
    """All pairs within a bound.

    `order` int32[p]: the cell of each column of `near`; `stations`: those of each lane, by batch;
    `near` uint32[batches, p]: bit i is set where the station of lane i is within the bound;
    `costs`: their times, batch by batch from `begin`, cell by cell, lane by lane.
    """

    order: Ints
    stations: list[Ints]
    near: Words
    begin: list[int]
    costs: NDArray[Any]

    def __len__(self) -> int:
        """This will count the pairs."""
        return len(self.costs)

    def batches(self) -> Iterator[Pairs]:
        """This will give the pairs back, 32 stations at a time."""
        for at, chosen in enumerate(self.stations):
            costs = self.costs[self.begin[at] : self.begin[at + 1]]
            station, cell = _unpacked(self.order, chosen, self.near[at], len(costs))
            yield Pairs(station=station, cell=cell, cost=costs.astype(np.int32))


def kept_pairs(hierarchy: Hierarchy, seeds: Seeds, ends: Ends, bound: int) -> Kept:
    """This will find all pairs within `bound` deciseconds on the way from cell to station.

    Room is taken for as many batches like those seen; what is not written takes no memory.
    """
    sweeper, cells, stations = Sweeper(hierarchy, bound), laid_out(hierarchy, ends), batches(seeds)
    near = np.empty((len(stations), ends.cells), np.uint32)
    most, begin = LANES * ends.cells + 1, [0]
    costs = np.empty(most, np.uint16 if bound <= _SHORT else np.int32)
    for at, chosen in enumerate(stations):
        filled = begin[-1]
        if filled + most > len(costs):
            costs = _roomier(costs, filled, filled * len(stations) // at * 5 // 4 + most)
        sweeper.sweep(seeds, chosen)
        rows = (cells.place, cells.cost, sweeper.rows, sweeper.live, bound)
        direct = (cells.direct_first, cells.direct_source, cells.direct_cost)
        lanes = lanes_of(seeds, chosen)
        begin.append(_keep(*rows, *direct, lanes, len(chosen), near[at], costs, filled))
    return Kept(
        order=cells.order, stations=stations, near=near, begin=begin, costs=costs[: begin[-1]]
    )


def _roomier(costs: NDArray[Any], filled: int, room: int) -> NDArray[Any]:
    larger = np.empty(room, costs.dtype)
    larger[:filled] = costs[:filled]
    return larger


@compiled
def _keep(
    place: Ints,
    cost: Ints,
    rows: Ints,
    live: Bools,
    bound: int,
    direct_first: Ints,
    direct_source: Ints,
    direct_cost: Ints,
    lane_of: Ints,
    lanes: int,
    near: Words,
    costs: NDArray[Any],
    filled: int,
) -> int:
    row = np.empty(LANES, np.int32)
    for at in range(len(place)):
        near[at] = 0
        found = cell_row(at, place, cost, rows, live, row)
        begin, end = direct_first[at], direct_first[at + 1]
        if begin < end:
            found = apply_direct(begin, end, direct_source, direct_cost, lane_of, row, found)
        if found:
            filled = _keep_row(row, bound, lanes, near, at, costs, filled)
    return filled


@compiled
def _keep_row(
    row: Ints, bound: int, lanes: int, near: Words, at: int, costs: NDArray[Any], filled: int
) -> int:
    """Appends the lanes within the bound. It writes first and keeps after: no branch to guess."""
    word = np.uint32(0)
    for lane in range(lanes):
        costs[filled] = row[lane]
        within = row[lane] <= bound
        filled += within
        word |= np.uint32(within) << np.uint32(lane)
    near[at] = word
    return filled


@compiled
def _unpacked(order: Ints, chosen: Ints, near: Words, count: int) -> tuple[Ints, Ints]:
    station, cell = np.empty(count + 1, np.int32), np.empty(count + 1, np.int32)
    filled = 0
    for at in range(len(order)):
        word = near[at]
        for lane in range(len(chosen)):
            station[filled] = chosen[lane]
            cell[filled] = order[at]
            filled += int((word >> np.uint32(lane)) & np.uint32(1))
    return station[:count], cell[:count]
