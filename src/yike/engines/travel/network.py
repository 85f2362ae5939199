"""A road network of one mode: nodes with coordinates, arcs with their time.

Nodes and arcs are indexes here; the ids of the source stay beside them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import (
    LONGEST_ARC,
    MODES,
    Bools,
    Facts,
    Floats,
    Ints,
    Longs,
    Mode,
    floats,
)
from yike.engines.travel.errors import ArcsError
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.pieces import strong_pieces

Graph = tuple[Ints, Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """Nodes `lon`, `lat`, `ids` [n]; outgoing arcs as CSR `first` [n+1], `head`, `cost` [m].

    `cost` is in deciseconds, at least 1; no arc leads to its own node, none stands twice.
    `ferry` [m]: the arc is a crossing. `joinable` [m]: a point beside it may step onto it (not
    onto a ferry or a motorway). `facts`: plain JSON on origin and making. `timetable`: named
    arrays of scheduled services, kept as given. `hierarchy`: made by `layering.prepared`.
    """

    lon: Floats
    lat: Floats
    ids: Longs
    first: Ints
    head: Ints
    cost: Ints
    ferry: Bools
    joinable: Bools
    mode: Mode
    facts: Facts = field(default_factory=dict)
    timetable: dict[str, Any] = field(default_factory=dict)
    hierarchy: Hierarchy | None = None

    @property
    def nodes(self) -> int:
        """This will count the nodes."""
        return len(self.lon)

    @property
    def arcs(self) -> int:
        """This will count the arcs."""
        return len(self.head)

    def tails(self) -> Ints:
        """This will name the node each arc leaves: int32[m]."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.first))

    def reverse(self) -> Graph:
        """This will return (first, head, cost) of the network with every arc turned round."""
        return _turned(self.first, self.head, self.cost)

    def pieces(self) -> Ints:
        """This will number the strongly connected pieces: int32[n], 0 is the largest."""
        return strong_pieces(self.first, self.head)


@compiled
def _turned(first: Ints, head: Ints, cost: Ints) -> Graph:
    """Counts, then fills: the arcs come out sorted by their new tail, then by their new head."""
    nodes, arcs = len(first) - 1, len(head)
    begin = np.zeros(nodes + 1, np.int32)
    for arc in range(arcs):
        begin[head[arc] + 1] += 1
    for node in range(nodes):
        begin[node + 1] += begin[node]
    free = begin[:-1].copy()
    back, spent = np.empty(arcs, np.int32), np.empty(arcs, np.int32)
    for tail in range(nodes):
        for arc in range(first[tail], first[tail + 1]):
            slot = free[head[arc]]
            back[slot], spent[slot] = tail, cost[arc]
            free[head[arc]] = slot + 1
    return begin, back, spent


def rows(nodes: int, tail: Any, head: Any, cost: Any) -> Graph:
    """This will lay arcs out as CSR, by tail, then head: (first, head, cost), all int32."""
    order = np.lexsort((head, tail))
    return (
        first_of(nodes, np.asarray(tail)),
        np.asarray(head)[order].astype(np.int32),
        np.asarray(cost)[order].astype(np.int32),
    )


def first_of(nodes: int, tail: Any) -> Ints:
    """This will return where the arcs of each node begin: int32[n+1]."""
    first = np.zeros(nodes + 1, np.int32)
    np.cumsum(np.bincount(tail, minlength=nodes), out=first[1:])
    return first


def network_from_arcs(
    *,
    lon: Any,
    lat: Any,
    tail: Any,
    head: Any,
    cost: Any,
    mode: Mode,
    ferry: Any = None,
    joinable: Any = None,
    ids: Any = None,
    facts: Facts | None = None,
) -> Network:
    """This will make a network from directed arcs in any order; the nodes keep their numbers.

    `lon`, `lat` [n] in WGS84; `tail`, `head`, `cost` [m], cost in deciseconds (0 counts as 1). Of
    parallel arcs the quickest stays, arcs to themselves go. `ferry`, `joinable` bool[m], by
    default no ferry and everything but ferries joinable. `ids` int64[n], by default 0..n-1.
    Raises ArcsError.
    """
    tail, head = np.asarray(tail, np.int64), np.asarray(head, np.int64)
    cost = np.maximum(np.asarray(cost, np.int64), 1)
    sails = np.zeros(len(tail), bool) if ferry is None else np.asarray(ferry, bool)
    joins = ~sails if joinable is None else np.asarray(joinable, bool)
    places = floats(lon), floats(lat)
    numbers = np.arange(len(places[0])) if ids is None else np.asarray(ids)
    _check(*places, numbers, tail, head, cost, sails, joins, mode)
    kept = _quickest(tail, head, cost)
    return Network(
        lon=places[0],
        lat=places[1],
        ids=numbers.astype(np.int64),
        first=first_of(len(numbers), tail[kept]),
        head=head[kept].astype(np.int32),
        cost=cost[kept].astype(np.int32),
        ferry=sails[kept],
        joinable=joins[kept],
        mode=mode,
        facts=dict(facts or {}),
    )


def _quickest(tail: Longs, head: Longs, cost: Longs) -> Longs:
    """The arcs to keep, by tail and head: of parallel ones the quickest, of equal ones the first.

    Two stable sorts of one key cost a third of a sort by three columns.
    """
    by_cost = np.argsort(cost, kind="stable")
    key = (tail << 32 | head)[by_cost]
    order = np.argsort(key, kind="stable")
    key = key[order]
    kept = by_cost[order]
    fresh = np.ones(len(kept), bool)
    fresh[1:] = key[1:] != key[:-1]
    chosen: Longs = kept[fresh & (tail[kept] != head[kept])]
    return chosen


def _check(lon: Any, lat: Any, ids: Any, *arcs: Any) -> None:
    *columns, mode = arcs
    tail, head, cost = columns[:3]
    nodes = len(lon)
    if mode not in MODES:
        raise ArcsError(f"出行方式“{mode}”不认识，请用 walk、cycle 或 car。")
    if len(lat) != nodes or len(ids) != nodes or not nodes:
        raise ArcsError(f"经度、纬度、编号的个数不一致或为零：{nodes}、{len(lat)}、{len(ids)}。")
    if any(len(column) != len(tail) for column in columns):
        raise ArcsError("路段各列的个数不一致，请检查起点、终点、用时是否一一对应。")
    if len(tail) and (min(tail.min(), head.min()) < 0 or max(tail.max(), head.max()) >= nodes):
        raise ArcsError(f"有路段的起点或终点不在 0 到 {nodes - 1} 之间，请检查节点编号。")
    if len(tail) and cost.max() > LONGEST_ARC:
        longest = int(cost.argmax())
        raise ArcsError(f"第 {longest + 1} 个路段用时超过十天，请检查长度与速度的单位。")
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise ArcsError("有节点没有经纬度，请检查坐标。")


def renumbered(network: Network, order: Any) -> Network:
    """This will return the network with node `order[i]` as the new node i; ids go with them.

    Drops the hierarchy: it belongs to the old numbers.
    """
    order = np.asarray(order, np.int64)
    place = np.empty(network.nodes, np.int64)
    place[order] = np.arange(network.nodes)
    tail, head = place[network.tails()], place[network.head]
    arcs = np.lexsort((head, tail))
    return dataclasses.replace(
        network,
        lon=network.lon[order],
        lat=network.lat[order],
        ids=network.ids[order],
        first=first_of(network.nodes, tail),
        head=head[arcs].astype(np.int32),
        cost=network.cost[arcs],
        ferry=network.ferry[arcs],
        joinable=network.joinable[arcs],
        hierarchy=None,
    )
