"""Points join the network: on the nearest stretch of road, with the walk to it counted.

The walk is straight and at a stated pace; along the stretch time runs evenly. One-way stretches
are entered and left only in their direction. Points too far away are kept and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from yike.engines.travel.arrays import UNITS, Bools, Floats, Ints, Longs, floats
from yike.engines.travel.measure import metres
from yike.engines.travel.network import Network, first_of
from yike.engines.travel.pieces import strong_pieces
from yike.engines.travel.points import Ends, Seeds, ends_of

#: Metres beyond which a point is not joined, unless another distance is stated.
FARTHEST = 500.0
#: Metres a second on the way to the road: 4.5 km/h, as on the road.
PACE = 1.25
#: A stretch of a network of fewer nodes, cut off from all others, is a driveway behind a gate or
#: a slip of the map: a road of a larger one is taken, if it is no more than so many metres further.
_FRAGMENT, _DETOUR = 20, 100.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joined:
    """Where points join: each on stretch `stretch` (-1: too far), `along` it from its first node.

    `along` float64 from 0 to 1; `walk` int32, deciseconds to the road; `metres` float64 to the
    nearest road looked at, inf where there is none within the distance.
    """

    stretch: Ints
    along: Floats
    walk: Ints
    metres: Floats

    def unreached(self) -> Longs:
        """This will list the points that join nothing, by index."""
        return np.flatnonzero(self.stretch < 0)


class Snapper:
    """The stretches of a network in a tree, ready to be joined by any number of points.

    A stretch is an unordered pair of nodes with an arc at least one way. Distances are judged in a
    plane touching the network's middle: true within one in a hundred for a county.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self.low, self.high, self._there, self._back = _stretches(network)
        self._middle = float(network.lat.min() + network.lat.max()) / 2
        whole = _part_of_whole(network)[self.low]
        self._trees = [_Tree(self, which) for which in (whole, ~whole)]

    def join(self, lon: Any, lat: Any, *, farthest: float = FARTHEST, pace: float = PACE) -> Joined:
        """This will join points (WGS84 degrees) no more than `farthest` metres from a road.

        `pace` in metres a second. Of stretches equally near, the first.
        """
        x, y = floats(lon), floats(lat)
        main, other = (tree.nearest(x, y, farthest) for tree in self._trees)
        better = other[1] + _DETOUR < main[1]
        stretch = np.where(better, other[0], main[0]).astype(np.int32)
        along, away = self._foot(x, y, stretch)
        stretch[away > farthest] = -1
        walk = np.where(stretch < 0, 0.0, np.minimum(away, farthest) / pace * UNITS)
        return Joined(
            stretch=stretch, along=along, walk=np.rint(walk).astype(np.int32), metres=away
        )

    def plane(self, lon: Floats, lat: Floats) -> Floats:
        """This will project degrees to metres east and north: float64[..., 2]."""
        scale = metres(0.0, 0.0, 0.0, 1.0)
        narrow = np.cos(np.radians(self._middle))
        return np.stack((lon * scale * narrow, lat * scale), axis=-1)

    def lines(self, chosen: Longs) -> Any:
        """This will return stretches as lines in the plane."""
        return shapely.linestrings(np.stack(self._ends_of(chosen), axis=1))

    def nodes_of(self, stretch: Ints) -> tuple[Ints, Ints]:
        """This will name the first and the second node of stretches."""
        return self.low[stretch], self.high[stretch]

    def _ends_of(self, stretch: Any) -> tuple[Floats, Floats]:
        lon, lat = self._network.lon, self._network.lat
        low, high = self.low[stretch], self.high[stretch]
        return self.plane(lon[low], lat[low]), self.plane(lon[high], lat[high])

    def _foot(self, lon: Floats, lat: Floats, stretch: Ints) -> tuple[Floats, Floats]:
        """How far along its stretch each point joins, and how many metres away that is."""
        if not len(self.low):
            return np.zeros(len(lon)), np.full(len(lon), np.inf)
        a, b = self._ends_of(stretch)
        here = self.plane(lon, lat)
        course = b - a
        square = np.maximum((course**2).sum(axis=1), 1e-12)
        along = np.clip(((here - a) * course).sum(axis=1) / square, 0.0, 1.0)
        away = np.hypot(*(here - a - along[:, None] * course).T)
        return along, np.where(stretch < 0, np.inf, away)

    def seeds(self, joined: Joined) -> Seeds:
        """This will return where journeys to these points end: the nodes before each of them."""
        node, cost = self._sides(joined, toward=True)
        source, side = np.nonzero(node >= 0)
        return Seeds(
            node=node[source, side],
            cost=cost[source, side],
            source=source.astype(np.int32),
            sources=len(node),
        )

    def ends(self, joined: Joined, stations: Joined) -> Ends:
        """This will return where journeys from these points set out, on the way to `stations`."""
        node, cost = self._sides(joined, toward=False)
        return ends_of(node, cost, direct=self._direct(joined, stations))

    def _sides(self, joined: Joined, *, toward: bool) -> tuple[Ints, Ints]:
        """For the first and the second node of the stretch: the node or -1, and the time."""
        stretch, along = joined.stretch, joined.along
        there = _cost(self._network, self._there, stretch)
        back = _cost(self._network, self._back, stretch)
        near_low, near_high = along <= 0.0, along >= 1.0
        past, left = _share(there, along), back - _share(back, along)
        if not toward:
            past, left = _share(back, along), there - _share(there, along)
        opens_low, opens_high = (there, back) if toward else (back, there)
        low = (near_low | (opens_low > 0)) & ~near_high
        high = (near_high | (opens_high > 0)) & ~near_low
        node = np.stack([_at(side, stretch) for side in (self.low, self.high)], axis=1)
        node[~(np.stack((low, high), axis=1) & (stretch >= 0)[:, None])] = -1
        spent = np.stack((np.where(near_low, 0, past), np.where(near_high, 0, left)), axis=1)
        return node.astype(np.int32), (spent + joined.walk[:, None]).astype(np.int32)

    def _direct(self, cells: Joined, stations: Joined) -> tuple[Any, Any, Any]:
        """(cell, station, cost) wherever both join the same stretch and may pass along it."""
        cell, station = _on_the_same(cells.stretch, stations.stretch)
        stretch, walk = cells.stretch[cell], cells.walk[cell] + stations.walk[station]
        a, b = cells.along[cell], stations.along[station]
        there = _cost(self._network, self._there, stretch)
        back = _cost(self._network, self._back, stretch)
        onward = _share(there, b) - _share(there, a)
        return_way = _share(back, a) - _share(back, b)
        goes, comes = (there > 0) & (a <= b), (back > 0) & (a >= b)
        never = np.iinfo(np.int64).max
        cost = np.minimum(np.where(goes, onward, never), np.where(comes, return_way, never))
        kept = goes | comes
        return cell[kept], station[kept], (cost[kept] + walk[kept])


class _Tree:
    """Some of the stretches, searched by distance."""

    def __init__(self, snapper: Snapper, which: Bools) -> None:
        self._numbers = np.flatnonzero(which)
        self._snapper = snapper
        self._tree = shapely.STRtree(snapper.lines(self._numbers)) if len(self._numbers) else None

    def nearest(self, lon: Floats, lat: Floats, farthest: float) -> tuple[Ints, Floats]:
        """The nearest stretch of each point and its distance; (-1, inf) where none is near."""
        stretch, away = np.full(len(lon), -1, np.int32), np.full(len(lon), np.inf)
        if self._tree is None or not len(lon):
            return stretch, away
        points = shapely.points(self._snapper.plane(lon, lat))
        (point, line), far = self._tree.query_nearest(
            points, max_distance=farthest, return_distance=True
        )
        order = np.lexsort((line, far, point))
        point, line, far = point[order], self._numbers[line[order]], far[order]
        first = np.ones(len(point), bool)
        first[1:] = point[1:] != point[:-1]
        stretch[point[first]], away[point[first]] = line[first], far[first]
        return stretch, away


def _stretches(network: Network) -> tuple[Ints, Ints, Ints, Ints]:
    """The joinable stretches: (low node, high node, arc low → high or -1, arc high → low or -1)."""
    tail, head = network.tails(), network.head
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    key = low.astype(np.int64) << 32 | high
    keys = np.unique(key)
    number = np.searchsorted(keys, key)
    there, back = np.full(len(keys), -1, np.int32), np.full(len(keys), -1, np.int32)
    rises = tail < head
    arcs = np.arange(network.arcs, dtype=np.int32)
    there[number[rises]], back[number[~rises]] = arcs[rises], arcs[~rises]
    open_side = np.zeros(len(keys), bool)
    open_side[number[network.joinable]] = True
    kept = keys[open_side]
    ends = (kept >> 32).astype(np.int32), (kept & 0xFFFFFFFF).astype(np.int32)
    return *ends, there[open_side], back[open_side]


def _part_of_whole(network: Network) -> Bools:
    """Whether each node belongs to a network of twenty nodes and more, one-ways counted both ways.

    Where all are smaller, the largest counts.
    """
    tail, head = network.tails(), network.head
    there, back = np.concatenate((tail, head)), np.concatenate((head, tail))
    near = np.sort(there.astype(np.int64) << 32 | back) & 0xFFFFFFFF
    piece = strong_pieces(first_of(network.nodes, there), near.astype(np.int32))
    sizes = np.bincount(piece)
    return (sizes >= min(_FRAGMENT, int(sizes.max())))[piece]


def _cost(network: Network, arcs: Ints, stretch: Ints) -> Longs:
    """The cost of an arc of each stretch, -1 where there is no such arc."""
    if not len(arcs):
        return np.full(len(stretch), -1, np.int64)
    arc = np.where(stretch < 0, -1, arcs[stretch])
    return np.where(arc < 0, -1, network.cost[arc]).astype(np.int64)


def _at(nodes: Ints, stretch: Ints) -> Ints:
    return nodes[stretch] if len(nodes) else np.full(len(stretch), -1, np.int32)


def _share(cost: Longs, along: Floats) -> Longs:
    """The part of a cost up to a point: whole deciseconds, so that both parts give the whole."""
    share: Longs = np.rint(cost * along).astype(np.int64)
    return share


def _on_the_same(cells: Ints, stations: Ints) -> tuple[Longs, Longs]:
    """All pairs (cell, station) that join the same stretch."""
    order = np.argsort(stations, kind="stable")
    ranked = stations[order]
    begin = np.searchsorted(ranked, cells, "left")
    count = np.where(cells < 0, 0, np.searchsorted(ranked, cells, "right") - begin)
    cell = np.repeat(np.arange(len(cells)), count)
    offset = np.arange(len(cell)) - np.repeat(np.cumsum(count) - count, count)
    return cell, order[begin[cell] + offset]
