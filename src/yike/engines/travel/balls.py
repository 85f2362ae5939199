"""Pairs of stations and cells by one bounded search a station: best where the balls are small."""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Ints
from yike.engines.travel.buckets import buckets_for, clean, settle
from yike.engines.travel.network import Graph, first_of
from yike.engines.travel.points import Ends, Seeds


@compiled
def _meet(cell: int, time: int, best: Ints, met: Ints, count: int) -> int:
    """Notes a time of a cell; the number of cells met so far."""
    if best[cell] == UNREACHED:
        met[count] = cell
        count += 1
    best[cell] = min(best[cell], time)
    return count


@compiled
def _meet_all(
    touched: Ints,
    reached: int,
    label: Ints,
    at_node: Ints,
    cell: Ints,
    extra: Ints,
    bound: int,
    best: Ints,
    met: Ints,
) -> int:
    count = 0
    for at in range(reached):
        node = touched[at]
        for end in range(at_node[node], at_node[node + 1]):
            time = label[node] + extra[end]
            if time <= bound:
                count = _meet(cell[end], time, best, met, count)
    return count


@compiled
def _hand_over(station: int, met: Ints, count: int, best: Ints, out: Ints, filled: int) -> int:
    for at in range(count):
        cell = met[at]
        out[0, filled], out[1, filled], out[2, filled] = station, cell, best[cell]
        best[cell] = UNREACHED
        filled += 1
    return filled


@compiled
def _search(
    graph: Graph,
    seeds: Graph,
    ends: Graph,
    direct: Graph,
    bound: int,
    start: int,
    scratch: Graph,
    pool: Ints,
    heads: Ints,
    best: Ints,
    met: Ints,
    out: Ints,
) -> tuple[int, int, bool]:
    """Stations from `start` on, until done or memory lacks: (next one, pairs, pool too small)."""
    label, owner, touched = scratch
    seed_at, seed_node, seed_cost = seeds
    state = np.zeros(4, np.int32)
    filled = 0
    for station in range(start, len(seed_at) - 1):
        if filled + len(best) > out.shape[1]:
            return station, filled, False
        state[:] = 0
        state[0] = -1
        low, high = seed_at[station], seed_at[station + 1]
        whole = settle(
            *graph,
            seed_node[low:high],
            seed_cost[low:high],
            seed_node[low:high],
            bound,
            label,
            owner,
            touched,
            heads,
            pool,
            state,
        )
        if not whole:
            clean(label, touched, state)
            heads[:] = -1
            return station, filled, True
        count = _meet_all(touched, state[3], label, *ends, bound, best, met)
        clean(label, touched, state)
        for at in range(direct[0][station], direct[0][station + 1]):
            if direct[2][at] <= bound:
                count = _meet(direct[1][at], direct[2][at], best, met, count)
        filled = _hand_over(station, met, count, best, out, filled)
    return len(seed_at) - 1, filled, False


def _by(count: int, key: Ints, one: Ints, two: Ints) -> Graph:
    order = np.argsort(key, kind="stable")
    return first_of(count, key), one[order], two[order]


def _ends_by_node(nodes: int, ends: Ends) -> Graph:
    cell = np.repeat(np.arange(ends.cells, dtype=np.int32), 2)
    node, cost = ends.node.ravel(), ends.cost.ravel()
    there = node >= 0
    return _by(nodes, node[there], cell[there], cost[there])


def ball_pairs(
    graph: Graph, seeds: Seeds, ends: Ends, bound: int, *, room: int = 4096
) -> list[Ints]:
    """This will find all (station, cell, time) within `bound`, in blocks int32[3, q].

    `graph`: the reversed network. Sorted by station; a cell's place inside is that of discovery.
    `room`: entries to wait in memory at first; it grows when they are more.
    """
    nodes = len(graph[0]) - 1
    cells = np.repeat(np.arange(ends.cells, dtype=np.int32), np.diff(ends.direct_first))
    by_station = _by(seeds.sources, seeds.source, seeds.node, seeds.cost)
    direct = _by(seeds.sources, ends.direct_source, cells, ends.direct_cost)
    here = _ends_by_node(nodes, ends)
    scratch = (
        np.full(nodes, UNREACHED, np.int32),
        np.empty(nodes, np.int32),
        np.empty(nodes, np.int32),
    )
    best, met = np.full(ends.cells, UNREACHED, np.int32), np.empty(ends.cells, np.int32)
    longest = max(int(graph[2].max(initial=1)), int(seeds.cost.max(initial=0)))
    heads = np.full(buckets_for(min(longest, max(bound, 1))), -1, np.int32)
    pool, out = np.empty((room, 3), np.int32), np.empty((3, max(1 << 16, 2 * ends.cells)), np.int32)
    blocks, station = [], 0
    while station < seeds.sources:
        station, filled, small = _search(
            graph, by_station, here, direct, bound, station, scratch, pool, heads, best, met, out
        )
        blocks.append(out[:, :filled].copy())
        if small:
            pool = np.empty((2 * len(pool), 3), np.int32)
    return blocks
