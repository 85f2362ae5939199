"""The hierarchy laid out for sweeps: each node beside those above it, along the Hilbert curve.

Depth first through the ancestors, started in the order of the nodes: every arc then leads to an
earlier place nearby. Delling and others' PHAST (2011) sweeps level by level; that order took twice
the time here, for its labels lie apart in memory.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Ints
from yike.engines.travel.contraction import contract
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.network import Graph, Network, rows


@compiled
def _depth_first(first: Ints, above: Ints) -> Ints:
    """A place for each node after all nodes above it; its own stack, for chains are long."""
    nodes = len(first) - 1
    place, at = np.full(nodes, -1, np.int32), first[:-1].copy()
    stack = np.empty(nodes + 1, np.int32)
    placed = 0
    for start in range(nodes):
        stack[0] = start
        deep = 1 if place[start] < 0 else 0
        while deep > 0:
            node = stack[deep - 1]
            if at[node] < first[node + 1]:
                higher = above[at[node]]
                at[node] += 1
                if place[higher] < 0:
                    stack[deep] = higher
                    deep += 1
                continue
            deep -= 1
            if place[node] < 0:
                place[node] = placed
                placed += 1
    return place


def hierarchy_of(graph: Graph) -> Hierarchy:
    """This will make the hierarchy of a graph (first, head, cost) without parallel arcs.

    Give the reversed network for journeys to a station. A million nodes take some 20 s.
    """
    arcs = len(graph[1])
    rank, tail, head, cost = contract(*graph, arcs + arcs // 4 + 4096)
    nodes = len(rank)
    rising = rank[head] > rank[tail]
    low, high = np.where(rising, tail, head), np.where(rising, head, tail)
    first, above, _ = rows(nodes, low, -rank[high], cost)
    position = _depth_first(first, np.argsort(rank).astype(np.int32)[-above])
    tail, head = position[tail], position[head]
    falling = ~rising
    up = rows(nodes, tail[rising], head[rising], cost[rising])
    down = rows(nodes, head[falling], tail[falling], cost[falling])
    return Hierarchy(
        position=position,
        order=np.argsort(position).astype(np.int32),
        up_first=up[0],
        up_head=up[1],
        up_cost=up[2],
        down_first=down[0],
        down_head=down[1],
        down_cost=down[2],
    )


def prepared(network: Network) -> Network:
    """This will return the network with its hierarchy, for journeys from anywhere to stations."""
    return dataclasses.replace(network, hierarchy=hierarchy_of(network.reverse()))
