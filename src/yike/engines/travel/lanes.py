"""Sweeps for 32 stations at once: a row of 32 times for every place, so that one arc serves all.

The loops over the lanes stand where they are used, and read their number from the array: as a
function of their own they stay a call for every arc, and told their number at compile time they are
unrolled before they become vectors. Either took two to ten times as long.

Beyond a bound a row is not computed: on a shortest way every earlier time is shorter, so nothing
within the bound is missed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Bools, Ints
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.points import Seeds

LANES = 32


@compiled
def _least(rows: Ints, place: int) -> int:
    least = rows[place, 0]
    for lane in range(rows.shape[1]):
        least = min(least, rows[place, lane])
    return int(least)


@compiled
def _seed(
    position: Ints, node: Ints, cost: Ints, lane: Ints, bound: int, rows: Ints, live: Bools
) -> int:
    """Only rows that are live hold times; returns the latest live place, or -1."""
    live[:] = False
    latest = -1
    for at in range(len(node)):
        if cost[at] > bound:
            continue
        place = position[node[at]]
        if not live[place]:
            live[place] = True
            rows[place, :] = UNREACHED
        rows[place, lane[at]] = min(rows[place, lane[at]], cost[at])
        latest = max(latest, place)
    return int(latest)


@compiled
def _rise(
    first: Ints, head: Ints, cost: Ints, bound: int, rows: Ints, live: Bools, latest: int
) -> None:
    for place in range(latest, -1, -1):
        if not live[place]:
            continue
        least = _least(rows, place)
        if least > bound:
            live[place] = False
            continue
        for arc in range(first[place], first[place + 1]):
            if least + cost[arc] <= bound:
                near, step = head[arc], cost[arc]
                if live[near]:
                    for lane in range(rows.shape[1]):
                        rows[near, lane] = min(rows[near, lane], rows[place, lane] + step)
                else:
                    live[near] = True
                    for lane in range(rows.shape[1]):
                        rows[near, lane] = rows[place, lane] + step


@compiled
def _descend(first: Ints, head: Ints, cost: Ints, bound: int, rows: Ints, live: Bools) -> None:
    for place in range(len(live)):
        alive = live[place]
        for arc in range(first[place], first[place + 1]):
            near, step = head[arc], cost[arc]
            if live[near] and alive:
                for lane in range(rows.shape[1]):
                    rows[place, lane] = min(rows[place, lane], rows[near, lane] + step)
            elif live[near]:
                alive = True
                for lane in range(rows.shape[1]):
                    rows[place, lane] = rows[near, lane] + step
        live[place] = alive and _least(rows, place) <= bound


class Sweeper:
    """A hierarchy with the memory of a batch, kept from one batch to the next: n x 32 x 4 bytes.

    `rows` int32[n, 32] by place, valid where `live`: elsewhere no lane is within the bound. A time
    above the bound is an upper one only. One batch at a time: not for use by two threads.
    """

    def __init__(self, hierarchy: Hierarchy, bound: int = UNREACHED - 1) -> None:
        self.hierarchy = hierarchy
        self.bound = bound
        self.rows = np.empty((hierarchy.nodes, LANES), np.int32)
        self.live = np.empty(hierarchy.nodes, np.bool_)

    def sweep(self, seeds: Seeds, chosen: Ints) -> None:
        """This will fill the rows for at most 32 stations, `chosen[lane]` in each lane."""
        lane_of = np.full(seeds.sources, -1, np.int32)
        lane_of[chosen] = np.arange(len(chosen), dtype=np.int32)
        kept = lane_of[seeds.source] >= 0
        node, cost = seeds.node[kept], seeds.cost[kept]
        layers, bound = self.hierarchy, self.bound
        latest = _seed(
            layers.position,
            node,
            cost,
            lane_of[seeds.source[kept]],
            bound,
            self.rows,
            self.live,
        )
        up = layers.up_first, layers.up_head, layers.up_cost
        down = layers.down_first, layers.down_head, layers.down_cost
        _rise(*up, bound, self.rows, self.live, latest)
        _descend(*down, bound, self.rows, self.live)

    def batches(self, seeds: Seeds) -> Iterator[Ints]:
        """This will sweep all stations, neighbours together, and yield the stations of each lane.

        Between two steps `rows` and `live` belong to the stations just yielded.
        """
        for chosen in batches(seeds):
            self.sweep(seeds, chosen)
            yield chosen


def batches(seeds: Seeds) -> list[Ints]:
    """This will part the stations into groups of at most 32 that stand near each other.

    By the number of their first node: a network laid along the curve has neighbours side by side.
    """
    first = np.full(seeds.sources, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(first, seeds.source, seeds.node)
    order = np.argsort(first, kind="stable").astype(np.int32)
    return [order[at : at + LANES] for at in range(0, len(order), LANES)]
