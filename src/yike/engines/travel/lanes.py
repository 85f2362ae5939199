"""Sweeps for many stations at once: a row of their times for every place, so one arc serves all.

A row is two lines of the processor's memory: 64 times of two bytes where the bound is short, or 32
of four. The loops over the lanes stand where they are used, and read their number from the array:
as a function of their own they stay a call for every arc, and told their number at compile time
they are unrolled before they become vectors. Either took two to ten times as long.

Beyond a bound a row is not computed: on a shortest way every earlier time is shorter, so nothing
within the bound is missed. Arcs longer than the bound are left out for the same reason: so the sum
of a time and an arc, neither above `none`, stays inside two bytes as inside four.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Bools, Ints
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.points import Seeds

LANES = 32
#: Twice this and twice as many are inside 16 bits: bounds below it (50 minutes) take two bytes.
SHORT = 30_000
_ROW_BYTES = 128
#: A row of times: uint16 where the bound is below `SHORT`, else int32.
Times = NDArray[Any]


@compiled
def _least(rows: Times, place: int) -> int:
    least = rows[place, 0]
    for lane in range(rows.shape[1]):
        least = min(least, rows[place, lane])
    return int(least)


@compiled
def _seed(
    position: Ints,
    node: Ints,
    cost: Ints,
    lane: Ints,
    bound: int,
    rows: Times,
    live: Bools,
    none: int,
) -> int:
    """Only rows that are live hold times; returns the latest live place, or -1."""
    kind = rows.dtype.type
    live[:] = False
    latest = -1
    for at in range(len(node)):
        if cost[at] > bound:
            continue
        place = position[node[at]]
        if not live[place]:
            live[place] = True
            rows[place, :] = none
        rows[place, lane[at]] = min(rows[place, lane[at]], kind(cost[at]))
        latest = max(latest, place)
    return int(latest)


@compiled
def _rise(
    first: Ints,
    head: Ints,
    cost: Ints,
    bound: int,
    rows: Times,
    live: Bools,
    none: int,
    latest: int,
) -> None:
    kind = rows.dtype.type
    for place in range(latest, -1, -1):
        if not live[place]:
            continue
        least = _least(rows, place)
        if least > bound:
            live[place] = False
            continue
        for arc in range(first[place], first[place + 1]):
            if least + cost[arc] <= bound:
                near, step = head[arc], kind(cost[arc])
                if live[near]:
                    for lane in range(rows.shape[1]):
                        rows[near, lane] = min(rows[near, lane], kind(rows[place, lane] + step))
                else:
                    live[near] = True
                    for lane in range(rows.shape[1]):
                        rows[near, lane] = min(none, kind(rows[place, lane] + step))


@compiled
def _descend(
    first: Ints, head: Ints, cost: Ints, bound: int, rows: Times, live: Bools, none: int
) -> None:
    kind = rows.dtype.type
    for place in range(len(live)):
        alive = live[place]
        for arc in range(first[place], first[place + 1]):
            near = head[arc]
            if not live[near] or cost[arc] > bound:
                continue
            step = kind(cost[arc])
            if alive:
                for lane in range(rows.shape[1]):
                    rows[place, lane] = min(rows[place, lane], kind(rows[near, lane] + step))
            else:
                alive = True
                for lane in range(rows.shape[1]):
                    rows[place, lane] = min(none, kind(rows[near, lane] + step))
        live[place] = alive and _least(rows, place) <= bound


class Batch(NamedTuple):
    """What a sweep has found, valid until the next: the stations `chosen` int32 of its lanes.

    `rows` [n, lanes] by place, valid where `live`; a time above `bound` is an upper one only, and
    `none` where there is none. `lane_of` int32[stations]: -1 for those of other batches.
    """

    rows: Times
    live: Bools
    none: Any
    bound: int
    chosen: Ints
    lane_of: Ints


class Sweeper:
    """A hierarchy with the memory of a batch, kept from one batch to the next: n x 128 bytes.

    Not for use by two threads. Fewer `lanes` take less memory and more time.
    """

    def __init__(
        self, hierarchy: Hierarchy, bound: int = UNREACHED - 1, lanes: int | None = None
    ) -> None:
        self.hierarchy = hierarchy
        self.bound = bound
        kind: Any = np.uint16 if bound < SHORT else np.int32
        self.none = kind(SHORT if bound < SHORT else UNREACHED)
        self.lanes = lanes or _ROW_BYTES // self.none.itemsize
        self.rows: Times = np.empty((hierarchy.nodes, self.lanes), kind)
        self.live = np.empty(hierarchy.nodes, np.bool_)

    def sweep(self, seeds: Seeds, chosen: Ints) -> Batch:
        """This will find the times to at most as many stations as there are lanes."""
        lane_of = np.full(seeds.sources, -1, np.int32)
        lane_of[chosen] = np.arange(len(chosen), dtype=np.int32)
        kept = lane_of[seeds.source] >= 0
        node, cost, lane = seeds.node[kept], seeds.cost[kept], lane_of[seeds.source[kept]]
        layers, shared = self.hierarchy, (self.bound, self.rows, self.live, self.none)
        latest = _seed(layers.position, node, cost, lane, *shared)
        _rise(layers.up_first, layers.up_head, layers.up_cost, *shared, latest)
        _descend(layers.down_first, layers.down_head, layers.down_cost, *shared)
        return Batch(self.rows, self.live, self.none, self.bound, chosen, lane_of)

    def batches(self, seeds: Seeds) -> Iterator[Batch]:
        """This will sweep all stations, neighbours together."""
        for chosen in self.groups(seeds):
            yield self.sweep(seeds, chosen)

    def groups(self, seeds: Seeds) -> list[Ints]:
        """This will part the stations into groups, one a batch, that stand near each other.

        By the number of their first node: a network laid along the curve has neighbours side by
        side.
        """
        first = np.full(seeds.sources, np.iinfo(np.int32).max, np.int32)
        np.minimum.at(first, seeds.source, seeds.node)
        order = np.argsort(first, kind="stable").astype(np.int32)
        return [order[at : at + self.lanes] for at in range(0, len(order), self.lanes)]
