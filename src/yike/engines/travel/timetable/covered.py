"""Crossings of the static network that a timetable knows better: found, named, taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from yike.engines.travel.arrays import Bools, Ints
from yike.engines.travel.gtfs.feed import Feed
from yike.engines.travel.measure import metres
from yike.engines.travel.network import Network, first_of

#: An end of a crossing belongs to a stop of the timetable within so many metres.
NEAR = 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A crossing of the network: its arcs, its ends on land, and what the timetable says to it.

    `stops`: the nearest stop of each end by name, "" where none is near. `scheduled`: every end is
    near a stop, and from each a trip goes to another: then the timetable alone carries people.
    """

    arcs: tuple[int, ...]
    ends: tuple[int, ...]
    stops: tuple[str, ...]
    scheduled: bool


def crossings(network: Network, feed: Feed, *, near: float = NEAR) -> tuple[Crossing, ...]:
    """This will find every crossing: ferry arcs that meet on the water, away from other roads.

    Two lines that meet on the water are one crossing: it is scheduled only when all its ends are.
    """
    tail = network.tails()
    land = _land(network, tail)
    found: dict[tuple[int, int], list[int]] = {}
    water = _Waters()
    sails = np.flatnonzero(network.ferry)
    for arc in sails:
        one, other = int(tail[arc]), int(network.head[arc])
        if not land[one] and not land[other]:
            water.join(one, other)
    for arc in sails:
        one, other = sorted((int(tail[arc]), int(network.head[arc])))
        afloat = next((node for node in (one, other) if not land[node]), None)
        key = (one, other) if afloat is None else (-1, water.head(afloat))
        found.setdefault(key, []).append(int(arc))
    calls = _trips_of_stops(feed)
    return tuple(_crossing(network, feed, tail, land, arcs, calls, near) for arcs in found.values())


def without_scheduled(network: Network, found: tuple[Crossing, ...]) -> Network:
    """This will return the network without the scheduled crossings, and without their nodes on the
    water; its hierarchy is dropped. The same network where none is scheduled."""
    arcs = [arc for crossing in found if crossing.scheduled for arc in crossing.arcs]
    if not arcs:
        return network
    kept = np.ones(network.arcs, np.bool_)
    kept[arcs] = False
    tail = network.tails()
    used = np.zeros(network.nodes, np.bool_)
    used[tail[kept]] = used[network.head[kept]] = True
    bare = np.zeros(network.nodes, np.bool_)
    bare[tail[~kept]] = bare[network.head[~kept]] = True
    return _part(network, kept, used | ~bare)


class _Waters:
    """Nodes on the water that belong together: a forest with halved paths."""

    def __init__(self) -> None:
        self._up: dict[int, int] = {}

    def head(self, node: int) -> int:
        up = self._up
        while up.setdefault(node, node) != node:
            up[node] = up[up[node]]
            node = up[node]
        return node

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        self._up[second] = first


def _land(network: Network, tail: Ints) -> Bools:
    """Nodes that a road touches, and the ends of a crossing that touches none."""
    land = np.zeros(network.nodes, np.bool_)
    roads = ~network.ferry
    land[tail[roads]] = land[network.head[roads]] = True
    pairs = np.stack((tail[network.ferry], network.head[network.ferry]))
    pairs = np.unique(np.sort(pairs, axis=0), axis=1)
    return land | np.equal(np.bincount(pairs.ravel(), minlength=network.nodes), 1)


def _trips_of_stops(feed: Feed) -> list[set[int]]:
    trips: list[set[int]] = [set() for _ in feed.stops.ids]
    trip = np.repeat(np.arange(len(feed.trips.ids)), np.diff(feed.calls.first))
    for stop, one in zip(feed.calls.stop.tolist(), trip.tolist(), strict=True):
        trips[stop].add(one)
    return trips


def _crossing(
    network: Network,
    feed: Feed,
    tail: Ints,
    land: Bools,
    arcs: list[int],
    calls: list[set[int]],
    near: float,
) -> Crossing:
    nodes = {int(node) for arc in arcs for node in (tail[arc], network.head[arc])}
    ends = tuple(sorted(node for node in nodes if land[node]))
    away = [metres(network.lon[n], network.lat[n], feed.stops.lon, feed.stops.lat) for n in ends]
    trips = [set[int]().union(*(calls[s] for s in np.flatnonzero(one <= near))) for one in away]
    linked = all(
        any(mine & other for there, other in enumerate(trips) if there != here)
        for here, mine in enumerate(trips)
    )
    return Crossing(
        arcs=tuple(arcs),
        ends=ends,
        stops=tuple(feed.stops.names[one.argmin()] if one.min() <= near else "" for one in away),
        scheduled=linked and len(ends) > 1,
    )


def _part(network: Network, arcs: Bools, nodes: Bools) -> Network:
    place = np.cumsum(nodes) - 1
    return replace(
        network,
        lon=network.lon[nodes],
        lat=network.lat[nodes],
        ids=network.ids[nodes],
        first=first_of(int(nodes.sum()), place[network.tails()[arcs]]),
        head=place[network.head[arcs]].astype(np.int32),
        cost=network.cost[arcs],
        ferry=network.ferry[arcs],
        joinable=network.joinable[arcs],
        hierarchy=None,
    )
