"""Times between every station and every node or cell: trees, matrices, pairs within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Ints, ints
from yike.engines.travel.balls import ball_pairs
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.lanes import Batch, Sweeper, Times
from yike.engines.travel.points import Ends, Seeds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Stations and cells within a bound of each other: `station`, `cell`, `cost`, int32[q] each.

    The order is that of the search: the same for the same input, else unspecified.
    """

    station: Ints
    cell: Ints
    cost: Ints


class Cells(NamedTuple):
    """Ends as a batch reads them: by place instead of node, and in the order of their places.

    `order` int32[p]: the cell that each row of the others belongs to. Read in this order the rows
    of a `Sweeper` lie one after the other; cells in their own order took half as long again.
    """

    order: Ints
    place: Ints
    cost: Ints
    direct_first: Ints
    direct_source: Ints
    direct_cost: Ints


@compiled
def _by_later_place(place: Ints, nodes: int) -> Ints:
    """The cells sorted by the later of their places (counted, not compared); placeless first."""
    begin = np.zeros(nodes + 2, np.int32)
    for cell in range(len(place)):
        begin[max(place[cell, 0], place[cell, 1]) + 2] += 1
    for at in range(nodes + 1):
        begin[at + 1] += begin[at]
    order = np.empty(len(place), np.int32)
    for cell in range(len(place)):
        bin_of = max(place[cell, 0], place[cell, 1]) + 1
        order[begin[bin_of]] = cell
        begin[bin_of] += 1
    return order


def laid_out(hierarchy: Hierarchy, ends: Ends) -> Cells:
    """This will translate ends for the rows of a `Sweeper` of this hierarchy."""
    place = np.where(ends.node < 0, np.int32(-1), hierarchy.position[ends.node])
    order = _by_later_place(place, hierarchy.nodes)
    many = np.diff(ends.direct_first)[order]
    first = ints(np.concatenate([[0], np.cumsum(many)]))
    direct = np.repeat(ends.direct_first[order] - first[:-1], many) + np.arange(first[-1])
    return Cells(
        order,
        np.take(place, order, axis=0),
        np.take(ends.cost, order, axis=0),
        first,
        ends.direct_source[direct],
        ends.direct_cost[direct],
    )


@compiled
def _write_trees(position: Ints, batch: Batch, out: Ints) -> None:
    for node in range(len(position)):
        place = position[node]
        for lane in range(len(batch.chosen)):
            time = batch.rows[place, lane] if batch.live[place] else UNREACHED
            out[batch.chosen[lane], node] = min(time, UNREACHED)


def trees(hierarchy: Hierarchy, seeds: Seeds) -> Ints:
    """This will return the time from every node to every station: int32[stations, n].

    Four bytes each: a thousand stations over a million nodes take 4 GB; see `Sweeper.batches`.
    """
    out = np.empty((seeds.sources, hierarchy.nodes), np.int32)
    for batch in Sweeper(hierarchy).batches(seeds):
        _write_trees(hierarchy.position, batch, out)
    return out


@compiled
def cell_row(at: int, cells: Cells, batch: Batch, row: Times) -> bool:
    """This will write the times of a row of `cells`, over its two ends and its direct ways.

    A direct way leads to a station on the cell's own stretch of road. False when none is within
    the bound: then `row` means nothing. Times above the bound are upper ones only.
    """
    rows, kind, found = batch.rows, row.dtype.type, False
    for end in range(2):
        place = cells.place[at, end]
        if place < 0 or not batch.live[place] or cells.cost[at, end] > batch.bound:
            continue
        extra = kind(cells.cost[at, end])
        if found:
            for lane in range(rows.shape[1]):
                row[lane] = min(row[lane], kind(rows[place, lane] + extra))
        else:
            found = True
            for lane in range(rows.shape[1]):
                row[lane] = kind(rows[place, lane] + extra)
    for way in range(cells.direct_first[at], cells.direct_first[at + 1]):
        lane = batch.lane_of[cells.direct_source[way]]
        if lane >= 0 and cells.direct_cost[way] <= batch.bound:
            if not found:
                found = True
                row[:] = batch.none
            row[lane] = min(row[lane], kind(cells.direct_cost[way]))
    return found


@compiled
def _write_matrix(cells: Cells, batch: Batch, out: Ints) -> None:
    row = np.empty_like(batch.rows[0])
    for at in range(len(cells.order)):
        found = cell_row(at, cells, batch, row)
        for lane in range(len(batch.chosen)):
            time = min(row[lane], UNREACHED) if found else UNREACHED
            out[batch.chosen[lane], cells.order[at]] = time


def matrix(hierarchy: Hierarchy, seeds: Seeds, ends: Ends) -> Ints:
    """This will return the time from every cell to every station: int32[stations, cells]."""
    out = np.empty((seeds.sources, ends.cells), np.int32)
    cells = laid_out(hierarchy, ends)
    for batch in Sweeper(hierarchy).batches(seeds):
        _write_matrix(cells, batch, out)
    return out


@compiled
def _collect(cells: Cells, batch: Batch, out: Ints, filled: int) -> int:
    """Appends what is within the bound. It writes first and keeps after: no branch to guess."""
    row = np.empty_like(batch.rows[0])
    for at in range(len(cells.order)):
        if not cell_row(at, cells, batch, row):
            continue
        for lane in range(len(batch.chosen)):
            out[0, filled] = batch.chosen[lane]
            out[1, filled] = cells.order[at]
            out[2, filled] = row[lane]
            filled += row[lane] <= batch.bound
    return filled


def pair_batches(hierarchy: Hierarchy, seeds: Seeds, ends: Ends, bound: int) -> Iterator[Pairs]:
    """This will yield all pairs within `bound` deciseconds, some stations at a time.

    The arrays of a batch are written anew by the next: copy what is to stay.
    """
    sweeper, cells = Sweeper(hierarchy, bound), laid_out(hierarchy, ends)
    out = np.empty((3, sweeper.lanes * ends.cells + 1), np.int32)
    for batch in sweeper.batches(seeds):
        filled = _collect(cells, batch, out, 0)
        yield Pairs(station=out[0, :filled], cell=out[1, :filled], cost=out[2, :filled])


def _swept_pairs(hierarchy: Hierarchy, seeds: Seeds, ends: Ends, bound: int) -> Ints:
    """All pairs of `pair_batches`, written where they stay: int32[3, q].

    Room is taken for as many batches like those seen; what is not written takes no memory.
    """
    sweeper, cells = Sweeper(hierarchy, bound), laid_out(hierarchy, ends)
    most, filled, seen = sweeper.lanes * ends.cells + 1, 0, 0
    out = np.empty((3, most), np.int32)
    for batch in sweeper.batches(seeds):
        if filled + most > out.shape[1]:
            wanted = filled * seeds.sources // seen * 5 // 4
            larger = np.empty((3, max(wanted, filled) + most), np.int32)
            larger[:, :filled] = out[:, :filled]
            out = larger
        filled = _collect(cells, batch, out, filled)
        seen += len(batch.chosen)
    return out[:, :filled]


#: Up to so many nodes a ball, one search a station is quicker than a sweep for 32.
_SMALL_BALL = 2_000
#: A ball of a quarter of the bound stands for the whole: it has about a sixteenth of its nodes.
_NEARER = 4
_PROBES = 8


def pairs(
    hierarchy: Hierarchy, search: BucketSearch, seeds: Seeds, ends: Ends, bound: int
) -> Pairs:
    """This will find all pairs within `bound` deciseconds on the way from cell to station.

    `search`: over the reversed network. A few balls are measured to choose the quicker kernel.
    """
    if _balls_are_small(search, seeds, bound):
        blocks = [*ball_pairs(search.graph, seeds, ends, bound), np.empty((3, 0), np.int32)]
        station, cell, cost = np.concatenate(blocks, axis=1)
    else:
        station, cell, cost = _swept_pairs(hierarchy, seeds, ends, bound)
    return Pairs(station=station, cell=cell, cost=cost)


def _balls_are_small(search: BucketSearch, seeds: Seeds, bound: int) -> bool:
    step = max(1, len(seeds.node) // _PROBES)
    probes, reached = range(0, len(seeds.node), step), 0
    for at in probes:
        nodes, _ = search.ball(seeds.node[at], bound // _NEARER, cost=seeds.cost[at])
        reached += len(nodes) * _NEARER**2
        if reached > _SMALL_BALL * len(probes):
            return False  # one large ball is enough, and costs as much as a sweep
    return True
