"""What if a station opened, closed or moved: only the nodes it concerns are searched again.

One more: a search from it, which turns back wherever the present station is as good. One fewer:
the nodes it owned, filled again from the border around them. Both exact; each step can be undone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Ints, ints
from yike.engines.travel.buckets import buckets_for, clean, pull, push, settle
from yike.engines.travel.errors import PointsError
from yike.engines.travel.network import Graph, Network
from yike.engines.travel.points import Seeds


class Change(NamedTuple):
    """The nodes that changed, and their time and station before: int32[c] each."""

    node: Ints
    time: Ints
    station: Ints


@compiled
def _claim(
    node: int,
    time: int,
    station: int,
    label: Ints,
    owner: Ints,
    own: Ints,
    touched: Ints,
    heads: Ints,
    pool: Ints,
    state: Ints,
) -> bool:
    """The new station takes a node if it is nearer than all others; False when the pool is full."""
    if time > label[node] or (time == label[node] and station >= owner[node]) or time >= own[node]:
        return True
    if own[node] == UNREACHED:
        touched[state[3]] = node
        state[3] += 1
    own[node] = time
    return push(node, time, heads, pool, state)


@compiled
def _spread(
    graph: Graph,
    seed_node: Ints,
    seed_cost: Ints,
    station: int,
    label: Ints,
    owner: Ints,
    own: Ints,
    touched: Ints,
    heads: Ints,
    pool: Ints,
    state: Ints,
) -> bool:
    first, head, cost = graph
    for at in range(len(seed_node)):
        if not _claim(
            seed_node[at], seed_cost[at], station, label, owner, own, touched, heads, pool, state
        ):
            return False
    now = 0
    while state[2] > 0:
        slot = pull(now, heads, pool, state)
        if slot < 0:
            now += 1
            continue
        node, time = pool[slot, 0], pool[slot, 1]
        if time != own[node]:
            continue
        for arc in range(first[node], first[node + 1]):
            if not _claim(
                head[arc], time + cost[arc], station, label, owner, own, touched, heads, pool, state
            ):
                return False
    return True


@compiled
def _owned(graph: Graph, starts: Ints, station: int, owner: Ints, found: Ints) -> int:
    """Lists the nodes a station owns, from its seeds on (its ways run through its own nodes).

    They are marked by owner -1 as they are found.
    """
    first, head, _ = graph
    count = 0
    for node in starts:
        if owner[node] == station:
            owner[node] = -1
            found[count] = node
            count += 1
    at = 0
    while at < count:
        node = found[at]
        at += 1
        for arc in range(first[node], first[node + 1]):
            if owner[head[arc]] == station:
                owner[head[arc]] = -1
                found[count] = head[arc]
                count += 1
    return count


@compiled
def _border(ahead: Graph, lost: Ints, label: Ints, owner: Ints) -> tuple[Ints, Ints, Ints]:
    """For each lost node its best neighbour that is not lost: (node, time, station)."""
    first, head, cost = ahead
    time, station = np.full(len(lost), UNREACHED, np.int32), np.full(len(lost), -1, np.int32)
    for at in range(len(lost)):
        for arc in range(first[lost[at]], first[lost[at] + 1]):
            near = head[arc]
            there = label[near] + cost[arc]
            if owner[near] < 0 or there > time[at]:
                continue
            if there < time[at] or owner[near] < station[at]:
                time[at] = there
                station[at] = owner[near]
    kept = np.flatnonzero(station >= 0)
    return lost[kept], time[kept], station[kept]


class WhatIf:
    """The nearest station of every node, kept exact while stations come, go and move.

    `time`, `station` int32[n] as `sweeps.nearest` gives them (read only). Stations are numbers; a
    new one may take any number not in use. For one thread.
    """

    def __init__(
        self, network: Network, time: Ints, station: Ints, seeds: Seeds, *, room: int = 1024
    ) -> None:
        self.time, self.station = time.copy(), station.copy()
        self._back, self._ahead = network.reverse(), (network.first, network.head, network.cost)
        self._seeds = seeds.node, seeds.cost, seeds.source
        self._done: list[tuple[Graph, Change]] = []
        self._own = np.full(network.nodes, UNREACHED, np.int32)
        self._touched = np.empty(network.nodes, np.int32)
        self._pool = np.empty((room, 3), np.int32)
        self._state = np.zeros(4, np.int32)
        self._longest = int(network.cost.max(initial=1))

    def add(self, number: int, node: Any, cost: Any = None) -> Change:
        """This will open a station at a node, or at several with the time to each of them."""
        self._check(number, there=False)
        before = self._seeds
        change = self._open(number, node, cost)
        self._done.append((before, change))
        return change

    def remove(self, number: int) -> Change:
        """This will close a station."""
        self._check(number, there=True)
        before = self._seeds
        change = self._close(number)
        self._done.append((before, change))
        return change

    def move(self, number: int, node: Any, cost: Any = None) -> Change:
        """This will move a station; nodes touched by leaving and by arriving are in the change."""
        self._check(number, there=True)
        before = self._seeds
        left, joined = self._close(number), self._open(number, node, cost)
        fresh = ~np.isin(joined.node, left.node)
        change = Change(*(np.concatenate((a, b[fresh])) for a, b in zip(left, joined, strict=True)))
        self._done.append((before, change))
        return change

    def undo(self) -> Change:
        """This will take back the last step that is not yet taken back; returns its change."""
        self._seeds, change = self._done.pop()
        self.time[change.node], self.station[change.node] = change.time, change.station
        return change

    def _check(self, number: int, *, there: bool) -> None:
        if bool((self._seeds[2] == number).any()) != there:
            said = "没有接入路网，不能撤销或移动" if there else "已在图上，请换一个编号"
            raise PointsError(f"第 {number + 1} 个站点{said}。")

    def _open(self, number: int, node: Any, cost: Any) -> Change:
        nodes = ints(np.atleast_1d(node))
        costs = np.zeros(len(nodes), np.int32) if cost is None else ints(np.atleast_1d(cost))
        numbers = np.full(len(nodes), number, np.int32)
        self._seeds = _joined(self._seeds, (nodes, costs, numbers))
        labels = self.time, self.station, self._own
        while not _spread(self._back, nodes, costs, number, *labels, *self._memory(costs)):
            self._grow(self._own)
        found = self._touched[: self._state[3]].copy()
        change = Change(found, self.time[found], self.station[found])
        self.time[found], self.station[found] = self._own[found], number
        clean(self._own, self._touched, self._state)
        return change

    def _close(self, number: int) -> Change:
        kept = self._seeds[2] != number
        starts = self._seeds[0][~kept]
        self._seeds = _chosen(self._seeds, kept)
        found = _owned(self._back, starts, number, self.station, self._touched)
        lost = self._touched[:found].copy()
        change = Change(lost, self.time[lost], np.full(found, number, np.int32))
        self.time[lost] = UNREACHED
        inside = _chosen(self._seeds, self.station[self._seeds[0]] < 0)
        seeds = _joined(_border(self._ahead, lost, self.time, self.station), inside)
        labels = self.time, self.station
        while not settle(*self._back, *seeds, UNREACHED - 1, *labels, *self._memory(seeds[1])):
            self._grow(self.time)
            self.station[lost] = -1
        return change

    def _memory(self, costs: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Fresh buckets; a border's labels lie apart by more than an arc, so its span counts."""
        self._state[:] = (-1, 0, 0, 0)
        span = max(self._longest, int(costs.max(initial=0)))
        heads = np.full(buckets_for(span), -1, np.int32)
        return self._touched, heads, self._pool, self._state

    def _grow(self, label: Ints) -> None:
        clean(label, self._touched, self._state)
        self._pool = np.empty((2 * len(self._pool), 3), np.int32)


def _joined(some: Graph, more: Graph) -> Graph:
    a, b, c = (np.concatenate(both) for both in zip(some, more, strict=True))
    return a, b, c


def _chosen(some: Graph, kept: Any) -> Graph:
    a, b, c = (column[kept] for column in some)
    return a, b, c
