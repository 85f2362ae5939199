"""An independent judge of timetables: a textbook time-dependent Dijkstra, and all ways in full."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yike.engines.travel.gtfs.day import NEVER, Connections

Arcs = Mapping[int, Sequence[tuple[int, int]]]
Periods = Sequence[tuple[int, int]] | None


@dataclass(frozen=True)
class World:
    """Nodes with arcs on foot; stop s hangs on `node[s]` by a walk of `walk[s]` both ways."""

    nodes: int
    arcs: Arcs
    node: Sequence[int]
    walk: Sequence[int]
    feet: dict[int, dict[int, int]] = field(default_factory=dict)

    def around(self, place: int) -> list[tuple[int, int]]:
        """This will name the places next to one; stop s is place nodes + s."""
        if place >= self.nodes:
            stop = place - self.nodes
            return [(self.node[stop], self.walk[stop])] if self.node[stop] >= 0 else []
        hung = [(self.nodes + s, self.walk[s]) for s, node in enumerate(self.node) if node == place]
        return [*self.arcs.get(place, ()), *hung]


def on_foot(world: World, place: int) -> dict[int, int]:
    """This will return the time on foot from a place to every place reached."""
    if place in world.feet:
        return world.feet[place]
    done: dict[int, int] = {}
    heap = [(0, place)]
    while heap:
        time, here = heapq.heappop(heap)
        if here not in done:
            done[here] = time
            for there, cost in world.around(here):
                heapq.heappush(heap, (time + cost, there))
    world.feet[place] = done
    return done


def soonest(
    world: World,
    rides: Connections,
    place: int,
    since: int,
    stations: Mapping[int, Periods],
    *,
    change: int = 0,
    waits: bool = True,
    early: int = 1,
) -> int | None:
    """This will return how soon one is served who sets out from a place, None when never.

    Every ride that can be caught is ridden, every station reached from each of its ends: no way is
    given up because another is sooner, so that a door still shut deceives nobody.
    """
    caught = _caught(world, rides, place, since, change)
    starts = [(place, since)]
    starts += [(world.nodes + int(rides.end[n]), int(rides.arrive[n])) for n in caught]
    found = [
        served
        for here, time in starts
        for there, cost in on_foot(world, here).items()
        if there in stations
        and (served := _served(time + cost, stations[there], waits, early)) is not None
    ]
    return min(found) - since if found else None


def _served(arrive: int, periods: Periods, waits: bool, early: int) -> int | None:
    if periods is None:
        return arrive
    for opens, closes in periods:
        if opens <= arrive <= closes - early:
            return arrive
        if waits and arrive < opens <= closes - early:
            return opens
    return None


def _caught(world: World, rides: Connections, place: int, since: int, change: int) -> list[int]:
    """The connections one may leave at their end, by a Dijkstra over (place, ridden) and runs."""
    leaving = _leaving(rides)
    done: set[tuple[str, int, bool]] = set()
    heap: list[tuple[int, str, int, bool]] = [(since, "place", place, False)]
    while heap:
        time, kind, what, ridden = heapq.heappop(heap)
        if (kind, what, ridden) in done:
            continue
        done.add((kind, what, ridden))
        if kind == "ride":
            arrive = int(rides.arrive[what])
            if rides.may_leave[what]:
                heapq.heappush(heap, (arrive, "place", world.nodes + int(rides.end[what]), True))
            if what + 1 < len(rides.run) and rides.run[what + 1] == rides.run[what]:
                heapq.heappush(heap, (int(rides.depart[what + 1]), "ride", what + 1, True))
            continue
        for there, cost in world.around(what):
            heapq.heappush(heap, (time + cost, "place", there, ridden))
        for n in leaving.get(what - world.nodes, ()):
            if time + change * ridden <= rides.board_by[n]:
                heapq.heappush(heap, (int(rides.depart[n]), "ride", n, True))
    return [what for kind, what, _ in done if kind == "ride" and rides.may_leave[what]]


def _leaving(rides: Connections) -> dict[int, list[int]]:
    """The connections that may be boarded, by their stop."""
    leaving: dict[int, list[int]] = {}
    for n in range(len(rides.run)):
        if rides.board_by[n] != NEVER:
            leaving.setdefault(int(rides.start[n]), []).append(n)
    return leaving
