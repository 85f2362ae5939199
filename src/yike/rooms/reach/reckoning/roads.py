"""A loaded network with everything that questions need again, each part made when first asked."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel import storage
from yike.engines.travel.arrays import UNREACHED, Ints
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.gtfs.feed import Feed
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.isochrone import Areas, ground_of
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Graph, Network, rows
from yike.engines.travel.points import Ends, Seeds
from yike.engines.travel.snapping import Joined, Snapper
from yike.engines.travel.timetable.attached import feed_of

#: So many bytes a stretch takes in the tree of lines, as measured.
_STRETCH = 400


class Roads:
    """One network of the shelf."""

    def __init__(self, path: Path) -> None:
        network = storage.load(path)
        self.network: Network = network if network.hierarchy else prepared(network)
        self.snapper = Snapper(self.network)
        self.joined: dict[str, Joined] = {}

    @property
    def hierarchy(self) -> Hierarchy:
        """This will return the layers of the network."""
        assert self.network.hierarchy is not None
        return self.network.hierarchy

    @cached_property
    def feed(self) -> Feed | None:
        """The timetable laid into this network, None where there is none."""
        return feed_of(self.network)

    @cached_property
    def onward(self) -> Times:
        """Searches from a point outward, by road and by crossing."""
        return Times((self.network.first, self.network.head, self.network.cost))

    @cached_property
    def dry(self) -> Times | None:
        """The same without crossings; None where the network has none."""
        network = self.network
        if not network.ferry.any():
            return None
        kept = ~network.ferry
        tails = network.tails()[kept]
        return Times(rows(network.nodes, tails, network.head[kept], network.cost[kept]))

    @cached_property
    def toward(self) -> Areas:
        """Areas from which a point is reached."""
        return Areas(ground_of(self.network, toward=True))

    @cached_property
    def backward(self) -> BucketSearch:
        """Searches of all that lead to a point."""
        return BucketSearch(*self.network.reverse())

    def join(self, places: Any, farthest: float) -> Joined:
        """This will join points [n, 2]; those of the last few sets of stations are remembered."""
        table = np.asarray(places, np.float64).reshape(-1, 2)
        key = f"{farthest}:{hash(table.tobytes())}"
        if key not in self.joined:
            if len(self.joined) >= 8:
                self.joined.clear()
            self.joined[key] = self.snapper.join(table[:, 0], table[:, 1], farthest=farthest)
        return self.joined[key]

    def size(self) -> int:
        """This will return the bytes held, roughly."""
        whole = _bytes(self.network) + _bytes(self.hierarchy) + len(self.snapper.low) * _STRETCH
        graph = self.network.arcs * 8 + self.network.nodes * 16
        parts = ("onward", "dry", "backward", "toward")
        return whole + sum(graph for name in parts if name in self.__dict__)


class Times:
    """A search from one point to all others, its labels kept from one question to the next."""

    def __init__(self, graph: Graph) -> None:
        self._search = BucketSearch(*graph)
        self._labels = np.full(len(graph[0]) - 1, UNREACHED, np.int32)

    def to(self, start: Ends, many: tuple[Seeds, Ends], bound: int) -> Ints:
        """This will return the time from the one start to each of many seeds: int32[sources].

        `many`: where they are entered, and the start's ends with the direct ways to them.
        """
        seeds, ends = many
        here = start.node[0] >= 0
        found = np.full(seeds.sources, UNREACHED, np.int64)
        if here.any():
            reached, times = self._search.ball(start.node[0][here], bound, cost=start.cost[0][here])
            self._labels[reached] = times
            spent = self._labels[seeds.node].astype(np.int64) + seeds.cost
            np.minimum.at(found, seeds.source, spent)
            self._labels[reached] = UNREACHED
        np.minimum.at(found, ends.direct_source, ends.direct_cost.astype(np.int64))
        return np.minimum(found, UNREACHED).astype(np.int32)


def _bytes(told: Any) -> int:
    values = (getattr(told, one.name) for one in dataclasses.fields(told))
    return sum(one.nbytes for one in values if isinstance(one, np.ndarray))
