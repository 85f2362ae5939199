"""Searches by a bucket queue: nearest source for all nodes, and balls around a few of them.

A bucket holds one span of times; inside it labels may still be corrected (Dial 1969; Meyer and
Sanders 2003, in one thread). Exact for every span. Among sources equally near, the lowest number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Ints, ints

#: A bucket spans 2**5 deciseconds: measured best between 2**3 and 2**7 on foot and by car.
_SPAN = 5
_FREE, _TOP, _WAITING, _TOUCHED = range(4)


@compiled
def push(node: int, time: int, heads: Ints, pool: Ints, state: Ints) -> bool:
    """This will queue a node; False when the pool is full: nothing is dropped silently."""
    slot = state[_FREE]
    if slot >= 0:
        state[_FREE] = pool[slot, 2]
    else:
        slot = state[_TOP]
        if slot == len(pool):
            return False
        state[_TOP] = slot + 1
    bucket = (time >> _SPAN) & (len(heads) - 1)
    pool[slot, 0] = node
    pool[slot, 1] = time
    pool[slot, 2] = heads[bucket]
    heads[bucket] = slot
    state[_WAITING] += 1
    return True


@compiled
def pull(now: int, heads: Ints, pool: Ints, state: Ints) -> int:
    """This will take an entry of the bucket `now` and return its slot, or -1 when it is empty."""
    bucket = now & (len(heads) - 1)
    slot = heads[bucket]
    if slot >= 0:
        heads[bucket] = pool[slot, 2]
        pool[slot, 2] = state[_FREE]
        state[_FREE] = slot
        state[_WAITING] -= 1
    return int(slot)


@compiled
def _improve(
    node: int,
    time: int,
    source: int,
    label: Ints,
    owner: Ints,
    touched: Ints,
    heads: Ints,
    pool: Ints,
    state: Ints,
) -> bool:
    """Takes the label if it is better, or as good from a lower source; False when full."""
    old = label[node]
    if time > old or (time == old and source >= owner[node]):
        return True
    if old == UNREACHED:
        touched[state[_TOUCHED]] = node
        state[_TOUCHED] += 1
    label[node] = time
    owner[node] = source
    return push(node, time, heads, pool, state)


@compiled
def settle(
    first: Ints,
    head: Ints,
    cost: Ints,
    seed_node: Ints,
    seed_cost: Ints,
    seed_source: Ints,
    bound: int,
    label: Ints,
    owner: Ints,
    touched: Ints,
    heads: Ints,
    pool: Ints,
    state: Ints,
) -> bool:
    """This will search from the seeds; False when the pool is too small: start again, larger.

    `label` comes with UNREACHED wherever a node may be touched; `state` (-1, 0, 0, 0).
    """
    for at in range(len(seed_node)):
        if seed_cost[at] <= bound and not _improve(
            seed_node[at], seed_cost[at], seed_source[at], label, owner, touched, heads, pool, state
        ):
            return False
    now = 0
    while state[_WAITING] > 0:
        slot = pull(now, heads, pool, state)
        if slot < 0:
            now += 1
            continue
        node, time = pool[slot, 0], pool[slot, 1]
        if time != label[node]:
            continue
        source = owner[node]
        for arc in range(first[node], first[node + 1]):
            there = time + cost[arc]
            if there <= bound and not _improve(
                head[arc], there, source, label, owner, touched, heads, pool, state
            ):
                return False
    return True


@compiled
def clean(label: Ints, touched: Ints, state: Ints) -> None:
    """This will set the labels of touched nodes back to UNREACHED."""
    for at in range(state[_TOUCHED]):
        label[touched[at]] = UNREACHED


def buckets_for(longest: int) -> int:
    """This will return how many buckets hold all waiting labels, none further on than `longest`."""
    return 1 << ((longest >> _SPAN) + 2).bit_length()


class BucketSearch:
    """A graph with the memory a search needs, kept from one search to the next.

    `first` int32[n+1], `head`, `cost` int32[m], costs at least 1. For journeys *to* a station give
    the reversed graph. `room`: entries to wait in memory at first; it grows when they are more.
    One search at a time: not for use by two threads.
    """

    def __init__(self, first: Ints, head: Ints, cost: Ints, *, room: int = 1024) -> None:
        self._graph = (ints(first), ints(head), ints(cost))
        nodes = len(first) - 1
        self._longest = int(cost.max()) if len(cost) else 1
        self._label = np.full(nodes, UNREACHED, np.int32)
        self._owner = np.full(nodes, -1, np.int32)
        self._touched = np.empty(nodes, np.int32)
        self._pool = np.empty((room, 3), np.int32)
        self._state = np.zeros(4, np.int32)

    def nearest(
        self, node: Any, cost: Any = None, source: Any = None, *, bound: int = UNREACHED - 1
    ) -> tuple[Ints, Ints]:
        """This will return for all nodes the time from the nearest seed and that seed's source.

        Seeds: `node` int32[s], `cost` already spent there (0 by default), `source` number (the
        index by default). Unreached within `bound` deciseconds: (UNREACHED, -1).
        """
        self._run(node, cost, source, bound)
        reached = self._label < UNREACHED
        answer = self._label.copy(), np.where(reached, self._owner, -1).astype(np.int32)
        clean(self._label, self._touched, self._state)
        return answer

    def ball(self, node: Any, bound: int, *, cost: Any = None) -> tuple[Ints, Ints]:
        """This will return the nodes within `bound` of one node, or of several, and their times.

        (nodes int32[b], times int32[b]), in the order of discovery.
        """
        self._run(np.atleast_1d(node), cost, None, bound)
        nodes = self._touched[: self._state[_TOUCHED]].copy()
        times = self._label[nodes]
        clean(self._label, self._touched, self._state)
        return nodes, times

    @property
    def graph(self) -> tuple[Ints, Ints, Ints]:
        """This will return the graph searched: (first, head, cost)."""
        return self._graph

    def _run(self, node: Any, cost: Any, source: Any, bound: int) -> None:
        nodes = ints(node)
        costs = np.zeros(len(nodes), np.int32) if cost is None else ints(np.atleast_1d(cost))
        sources = np.arange(len(nodes), dtype=np.int32) if source is None else ints(source)
        longest = min(max(self._longest, int(costs.max(initial=0))), max(bound, 1))
        buckets = buckets_for(longest)
        scratch = self._label, self._owner, self._touched
        while True:
            self._state[:] = (-1, 0, 0, 0)
            heads = np.full(buckets, -1, np.int32)
            if settle(
                *self._graph, nodes, costs, sources, bound, *scratch, heads, self._pool, self._state
            ):
                return
            clean(self._label, self._touched, self._state)
            self._pool = np.empty((2 * len(self._pool), 3), np.int32)
