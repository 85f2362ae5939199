"""Small networks drawn in metres around a point of the coast, and the brute force for areas."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from yike.engines.travel.arrays import Bools, Floats, Ints, Mode
from yike.engines.travel.isochrone import Ground, LastLeg
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.plane import Plane

PLANE = Plane(lon=121.87, lat=29.48)
#: (from, to, kilometres an hour, both ways, kind): kind "road", "ferry" or "motorway".
Line = tuple[int, int, float, bool, str]


def network_of(points: Sequence[tuple[float, float]], lines: Sequence[Line]) -> Network:
    """This will make a network on foot of straight lines between points given in metres."""
    place = np.asarray(points, np.float64)
    lon, lat = PLANE.degrees(place[:, 0], place[:, 1])
    arcs = [(a, b, kmh, kind) for a, b, kmh, _, kind in lines]
    arcs += [(b, a, kmh, kind) for a, b, kmh, both, kind in lines if both]
    tail = np.array([arc[0] for arc in arcs])
    head = np.array([arc[1] for arc in arcs])
    length = np.hypot(*(place[head] - place[tail]).T)
    cost = np.rint(length * 36 / np.array([arc[2] for arc in arcs])).astype(np.int64)
    mode: Mode = "walk"
    return network_from_arcs(
        lon=lon,
        lat=lat,
        tail=tail,
        head=head,
        cost=cost,
        ferry=np.array([arc[3] == "ferry" for arc in arcs]),
        joinable=np.array([arc[3] == "road" for arc in arcs]),
        mode=mode,
    )


def road(*nodes: int, kmh: float = 4.5, both: bool = True, kind: str = "road") -> list[Line]:
    """This will line up a road through the nodes."""
    return [(a, b, kmh, both, kind) for a, b in itertools.pairwise(nodes)]


def grid(side: int, spacing: float) -> Network:
    """This will make side x side crossings of streets on foot."""
    points = [(column * spacing, row * spacing) for row in range(side) for column in range(side)]
    lines: list[Line] = []
    for k in range(side):
        lines += road(*range(k * side, (k + 1) * side)) + road(*range(k, side * side, side))
    return network_of(points, lines)


def banks() -> Network:
    """This will make two roads along a river 200 m wide, joined by one bridge at the west end.

    Nodes 0-4 on the south bank (y = 0), 5-9 on the north bank (y = 400), 250 m from one another.
    """
    points = [(column * 250.0, y) for y in (0.0, 400.0) for column in range(5)]
    return network_of(points, road(*range(5)) + road(*range(5, 10)) + road(0, 5))


def island() -> Network:
    """This will make a coast road (0-2), a ferry of 3 km from 2 by 3 to 4, and island roads (4-6).

    The ferry sails at 30 km/h: six minutes.
    """
    points = [(-600.0, 0.0), (-300.0, 0.0), (0.0, 0.0), (1500.0, 500.0), (3000.0, 0.0)]
    points += [(3300.0, 200.0), (3300.0, -300.0)]
    ferry = road(2, 3, 4, kmh=30, kind="ferry")
    return network_of(points, road(0, 1, 2) + ferry + road(4, 5) + road(4, 6))


def ring(radius: float = 500.0, corners: int = 24) -> Network:
    """This will make a ring road with nothing in the middle."""
    turns = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    points = [(radius * float(np.cos(t)), radius * float(np.sin(t))) for t in turns]
    return network_of(points, road(*range(corners), 0, kmh=9))


def textbook_labels(ground: Ground, node: int, bound: int) -> dict[int, int]:
    """This will search by a heap, arc by arc, up to the bound."""
    settled: dict[int, int] = {}
    heap = [(0, node)]
    while heap:
        time, here = heapq.heappop(heap)
        if here in settled:
            continue
        settled[here] = time
        for arc in range(ground.first[here], ground.first[here + 1]):
            there = time + int(ground.cost[arc])
            if there <= bound:
                heapq.heappush(heap, (there, int(ground.head[arc])))
    return settled


def road_samples(ground: Ground, node: int, bound: int) -> Floats:
    """This will sample every reached metre of open road: float64[k, 3] of x, y, time."""
    samples = [np.array([[ground.x[node], ground.y[node], 0.0]])]
    for here, time in textbook_labels(ground, node, bound).items():
        if ground.open_node[here]:
            samples.append(np.array([[ground.x[here], ground.y[here], float(time)]]))
        arcs = range(ground.first[here], ground.first[here + 1])
        samples += [_along(ground, here, arc, time) for arc in arcs if not ground.closed[arc]]
    every = np.concatenate(samples)
    return every[every[:, 2] <= bound]


def _along(ground: Ground, here: int, arc: int, time: int) -> Floats:
    there = ground.head[arc]
    dx, dy = ground.x[there] - ground.x[here], ground.y[there] - ground.y[here]
    share = np.linspace(0.0, 1.0, int(np.hypot(dx, dy)) + 2)
    return np.column_stack(
        [ground.x[here] + share * dx, ground.y[here] + share * dy, time + share * ground.cost[arc]]
    )


def brute_force(samples: Floats, points: Floats, bound: int, leg: LastLeg) -> Bools:
    """This will say of each point whether it is within the last leg of some sample."""
    radius = np.minimum(leg.metres, (bound - samples[:, 2]) / leg.pace)
    inside = [
        bool((np.hypot(samples[:, 0] - x, samples[:, 1] - y) <= radius).any()) for x, y in points
    ]
    return np.array(inside)


def points_around(samples: Floats, reach: float, count: int, seed: int) -> Floats:
    """This will scatter points over the box of the samples."""
    low, high = samples[:, :2].min(axis=0) - reach, samples[:, :2].max(axis=0) + reach
    points: Floats = np.random.default_rng(seed).uniform(low, high, (count, 2))
    return points


def at(x: float, y: float) -> Any:
    """This will return the place as a point of the map."""
    import shapely

    lon, lat = PLANE.degrees(np.array([x]), np.array([y]))
    return shapely.Point(lon[0], lat[0])


def index(*nodes: int) -> Ints:
    """This will return node numbers as the engine takes them."""
    return np.array(nodes, np.int32)
