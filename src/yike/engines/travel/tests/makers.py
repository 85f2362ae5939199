"""Networks for the tests, and the textbook answer to compare with: Dijkstra with a heap."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from yike.engines.travel.arrays import UNREACHED, Ints, ints
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.points import Ends, Seeds, ends_of

Graph = tuple[Ints, Ints, Ints]


def textbook(graph: Graph, seeds: Iterable[tuple[int, int]]) -> Ints:
    """This will return the times from (node, cost) seeds over a CSR graph: Dijkstra 1959."""
    first, head, cost = (column.tolist() for column in graph)
    times = [UNREACHED] * (len(first) - 1)
    queue = []
    for node, spent in seeds:
        times[node] = min(times[node], spent)
        queue.append((spent, node))
    heapq.heapify(queue)
    while queue:
        time, node = heapq.heappop(queue)
        if time > times[node]:
            continue
        for arc in range(first[node], first[node + 1]):
            there = time + cost[arc]
            if there < times[head[arc]]:
                times[head[arc]] = there
                heapq.heappush(queue, (there, head[arc]))
    return np.array(times, np.int32)


def scattered(rng: np.random.Generator, *, longest: int = 500) -> Network:
    """This will make a small tangle: several pieces, zero costs, parallel arcs, one-way ends."""
    nodes, arcs = int(rng.integers(1, 60)), int(rng.integers(0, 160))
    return prepared(
        network_from_arcs(
            lon=120 + rng.random(nodes) / 100,
            lat=30 + rng.random(nodes) / 100,
            tail=rng.integers(0, nodes, arcs),
            head=rng.integers(0, nodes, arcs),
            cost=rng.integers(0, longest, arcs),
            mode="walk",
        )
    )


def stations(rng: np.random.Generator, network: Network, *, most: int = 40) -> Seeds:
    """This will scatter stations with two seeds each, some far from their nodes."""
    count = int(rng.integers(1, most))
    return Seeds(
        node=ints(rng.integers(0, network.nodes, 2 * count)),
        cost=ints(rng.integers(0, 900, 2 * count)),
        source=ints(np.repeat(np.arange(count), 2)),
        sources=count,
    )


def cells(rng: np.random.Generator, network: Network, sources: int) -> Ends:
    """This will scatter cells with none, one or two ends, some with a direct way."""
    count, direct = int(rng.integers(1, 40)), int(rng.integers(0, 6))
    node = rng.integers(-1, network.nodes, (count, 2))
    ways = (
        rng.integers(0, count, direct),
        rng.integers(0, sources, direct),
        rng.integers(0, 900, direct),
    )
    return ends_of(node, rng.integers(0, 500, (count, 2)), direct=ways)


def tree_table(network: Network, seeds: Seeds) -> Ints:
    """This will return the time from every node to every station by the textbook."""
    back = network.reverse()
    rows = [
        textbook(back, zip(seeds.node[mine].tolist(), seeds.cost[mine].tolist(), strict=True))
        for mine in (seeds.source == station for station in range(seeds.sources))
    ]
    return np.array(rows, np.int32).reshape(seeds.sources, network.nodes)


def cell_table(network: Network, seeds: Seeds, ends: Ends) -> Ints:
    """This will return the time from every cell to every station by the textbook."""
    trees = tree_table(network, seeds).astype(np.int64)
    table = np.full((seeds.sources, ends.cells), UNREACHED, np.int64)
    for cell, (nodes, costs) in enumerate(zip(ends.node, ends.cost, strict=True)):
        for node, cost in zip(nodes, costs, strict=True):
            if node >= 0:
                table[:, cell] = np.minimum(table[:, cell], trees[:, node] + cost)
        for at in range(ends.direct_first[cell], ends.direct_first[cell + 1]):
            station = ends.direct_source[at]
            table[station, cell] = min(table[station, cell], ends.direct_cost[at])
    return table.astype(np.int32)


def best_of(table: Ints, k: int) -> tuple[Ints, Ints]:
    """This will return the k smallest of each column with their rows, ties to the lower row."""
    padded = np.full((max(k, len(table)), table.shape[1]), UNREACHED, np.int64)
    padded[: len(table)] = table
    order = np.argsort(padded, axis=0, kind="stable")[:k]
    times = np.take_along_axis(padded, order, axis=0)
    return times.T.astype(np.int32), np.where(times < UNREACHED, order, -1).T.astype(np.int32)


def road_like(side: int, seed: int = 1) -> Network:
    """This will make a jittered grid of side² crossings with gaps, four ranks, an island, a ferry.

    Costs in deciseconds by car; every fiftieth link is one-way. The nodes are as the grid has them.
    """
    rng = np.random.default_rng(seed)
    row, column = np.divmod(np.arange(side * side), side)
    x = column * 60 + rng.normal(0, 13, side * side)
    y = row * 60 + rng.normal(0, 13, side * side)
    right, up = np.flatnonzero(column < side - 1), np.flatnonzero(row < side - 1)
    tail, head = np.concatenate((right, up)), np.concatenate((right + 1, up + side))
    line = np.concatenate((row[right], column[up]))
    rank = np.select([line % 64 == 0, line % 16 == 0, line % 4 == 0], [3, 2, 1], 0)
    island = (row / side - 0.85) ** 2 + (column / side - 0.2) ** 2 < 0.006
    kept = (rng.random(len(tail)) > np.array([0.35, 0.1, 0.01, 0.01])[rank]) & (
        island[tail] == island[head]
    )
    tail, head, rank = tail[kept], head[kept], rank[kept]
    length = np.hypot(x[tail] - x[head], y[tail] - y[head]) * rng.uniform(1, 1.35, len(tail))
    cost = np.rint(length / (np.array([20, 30, 45, 70])[rank] / 3.6) * 10)
    two_way = rng.random(len(tail)) > 0.02
    quay = [int(np.flatnonzero(island)[0]), 0]
    return network_from_arcs(
        lon=122 + x / 96_000,
        lat=29 + y / 111_000,
        tail=np.concatenate((tail, head[two_way], quay)),
        head=np.concatenate((head, tail[two_way], quay[::-1])),
        cost=np.concatenate((cost, cost[two_way], [18_000, 18_000])),
        ferry=np.concatenate((np.zeros(len(tail) + two_way.sum(), bool), [True, True])),
        mode="car",
    )


def write_osm(
    path: Path,
    nodes: Mapping[int, Sequence[Any]],
    ways: Sequence[tuple[Sequence[int], Mapping[str, str]]],
) -> Path:
    """This will write a small OpenStreetMap file; a node is (lon, lat) or (lon, lat, tags)."""
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (lon, lat, *tags) in sorted(nodes.items()):
            node = osmium.osm.mutable.Node(
                id=number, location=(lon, lat), tags=tags[0] if tags else {}, version=1
            )
            writer.add_node(node)
        for number, (refs, tags_of_way) in enumerate(ways, 1):
            way = osmium.osm.mutable.Way(id=number, nodes=refs, tags=tags_of_way, version=1)
            writer.add_way(way)
    return path
