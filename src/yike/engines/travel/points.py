"""Where journeys end and begin: seeds of stations, ends of cells. Indexes and deciseconds only.

A point beside a road touches the network at one or two nodes, with the time to get there. A cell
and a station on the same stretch of road also meet directly, without passing a node.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from yike.engines.travel.arrays import Ints, ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seeds:
    """Where stations are entered: seed i is at `node[i]`, `cost[i]` away from station `source[i]`.

    All int32[s]. `sources` stations in all, numbered from 0; one that touches nothing has no seed.
    """

    node: Ints
    cost: Ints
    source: Ints
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ends:
    """Where cells set out: cell i reaches node `node[i, e]` after `cost[i, e]`; node -1: no end.

    `node`, `cost` int32[p, 2]. Ways that pass no node: those of cell i are at `direct_first[i]` to
    `direct_first[i + 1]`, station `direct_source` in `direct_cost`.
    """

    node: Ints
    cost: Ints
    direct_first: Ints
    direct_source: Ints
    direct_cost: Ints

    @property
    def cells(self) -> int:
        """This will count the cells."""
        return len(self.node)


def seeds_at(nodes: Any) -> Seeds:
    """This will take station i to stand at node `nodes[i]`."""
    node = ints(nodes)
    numbers = np.arange(len(node), dtype=np.int32)
    return Seeds(node=node, cost=np.zeros(len(node), np.int32), source=numbers, sources=len(node))


def ends_at(nodes: Any) -> Ends:
    """This will take cell i to lie at node `nodes[i]`."""
    node = np.full((len(nodes), 2), -1, np.int32)
    node[:, 0] = nodes
    return ends_of(node, np.zeros_like(node))


def ends_of(node: Any, cost: Any, *, direct: tuple[Any, Any, Any] | None = None) -> Ends:
    """This will gather ends; `direct`: (cell, station, cost) of the ways that pass no node."""
    cell, source, spent = (ints(column) for column in direct or ((), (), ()))
    order = np.lexsort((source, cell))
    first = np.zeros(len(node) + 1, np.int32)
    np.cumsum(np.bincount(cell, minlength=len(node)), out=first[1:])
    return Ends(
        node=ints(node),
        cost=ints(cost),
        direct_first=first,
        direct_source=source[order],
        direct_cost=spent[order],
    )
