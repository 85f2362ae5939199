"""Pairs of stations and cells kept in memory: two bytes each, and a bit for each that might be.

Stations are swept 16 at a time, so one word says for a cell which of them are within the bound;
their times follow in that order. More at a time would be quicker, in rows of twice the memory.
Three columns of whole numbers would take twelve bytes a pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Ints
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.journeys import Cells, Pairs, cell_row, laid_out
from yike.engines.travel.lanes import Batch, Sweeper
from yike.engines.travel.points import Ends, Seeds

Words = NDArray[np.uint16]
#: Times up to so many deciseconds (109 minutes) take two bytes, later ones four.
_SHORT = 2**16 - 1
#: stations of a sweep: one bit each in a word of `near`
_TOGETHER = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kept:
    """All pairs within a bound.

    `order` int32[p]: the cell of each column of `near`; `stations`: those of each lane, by batch;
    `near` uint16[batches, p]: bit i is set where the station of lane i is within the bound;
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
        """This will give the pairs back, 16 stations at a time."""
        for at, chosen in enumerate(self.stations):
            costs = self.costs[self.begin[at] : self.begin[at + 1]]
            station, cell = _unpacked(self.order, chosen, self.near[at], len(costs))
            yield Pairs(station=station, cell=cell, cost=costs.astype(np.int32))


def kept_pairs(
    hierarchy: Hierarchy, seeds: Seeds, ends: Ends, bound: int, *, numbered: bool = False
) -> Kept:
    """This will find all pairs within `bound` deciseconds on the way from cell to station.

    `numbered`: batches hold the stations by number, not those that stand near each other, so that
    the batches of two networks with the same stations belong together; it takes somewhat longer.
    Room is taken for as many batches like those seen; what is not written takes no memory.
    """
    sweeper, cells = Sweeper(hierarchy, bound, _TOGETHER), laid_out(hierarchy, ends)
    stations = _by_number(seeds.sources) if numbered else sweeper.groups(seeds)
    near = np.empty((len(stations), ends.cells), np.uint16)
    most, begin = _TOGETHER * ends.cells + 1, [0]
    costs = np.empty(most, np.uint16 if bound <= _SHORT else np.int32)
    for at, chosen in enumerate(stations):
        filled = begin[-1]
        if filled + most > len(costs):
            costs = _roomier(costs, filled, filled * len(stations) // at * 5 // 4 + most)
        batch = sweeper.sweep(seeds, chosen)
        begin.append(_keep(cells, batch, near[at], costs, filled))
    return Kept(
        order=cells.order, stations=stations, near=near, begin=begin, costs=costs[: begin[-1]]
    )


def _by_number(stations: int) -> list[Ints]:
    number = np.arange(stations, dtype=np.int32)
    return [number[at : at + _TOGETHER] for at in range(0, stations, _TOGETHER)]


def _roomier(costs: NDArray[Any], filled: int, room: int) -> NDArray[Any]:
    larger = np.empty(room, costs.dtype)
    larger[:filled] = costs[:filled]
    return larger


@compiled
def _keep(cells: Cells, batch: Batch, near: Words, costs: NDArray[Any], filled: int) -> int:
    """Appends what is within the bound. It writes first and keeps after: no branch to guess."""
    row = np.empty_like(batch.rows[0])
    for at in range(len(cells.order)):
        word = np.uint32(0)
        if cell_row(at, cells, batch, row):
            for lane in range(len(batch.chosen)):
                costs[filled] = row[lane]
                within = row[lane] <= batch.bound
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
            filled += int((np.uint32(word) >> np.uint32(lane)) & np.uint32(1))
    return station[:count], cell[:count]
