"""A run laid out on its loaded roads, so that a station more or fewer is reckoned at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNREACHED, Bools, Ints, Longs
from yike.engines.travel.journeys import matrix
from yike.engines.travel.points import Ends
from yike.engines.travel.snapping import Joined
from yike.engines.travel.sweeps import nearest
from yike.engines.travel.whatif import WhatIf
from yike.rooms.reach.reckoning.comparing import ground_of
from yike.rooms.reach.reckoning.measuring import cells_of_mode, open_on_arrival
from yike.rooms.reach.reckoning.moments import Timed
from yike.rooms.reach.reckoning.roads import Roads
from yike.rooms.reach.reckoning.shelf import Shelf

#: The column of cells that belong to nobody's mode stays at this.
NEVER = UNREACHED


@dataclass(slots=True, kw_only=True, eq=False)
class Layer:
    """One mode of a run: its cells, how they and the stations join, and the nearest of each node.

    `start`, `extra` [cells, 2]: the nodes of each cell and the time to them; `direct`: (cell,
    station, time) of the ways that pass no node. `times` [stations, cells] by road where hours are
    asked; `served` the same through open doors, by the `timed` boats and buses of the day too.
    `base`, `owner`: time of each cell to the nearest that serves it, and which that is.
    """

    roads: Roads
    cells: Longs
    homes: Joined
    doors: Joined
    start: Ints
    extra: Longs
    direct: tuple[Longs, Ints, Longs]
    whatif: WhatIf
    times: Ints | None = None
    timed: Timed | None = None
    served: Ints | None = None
    owner: Ints | None = None
    base: Longs = field(default_factory=lambda: np.zeros(0, np.int64))

    def nearest(self, closed: Bools, more: list[tuple[Longs, Longs]]) -> Longs:
        """This will return the time of each cell to the nearest station that is open.

        `closed` by number of the run's stations; `more`: (cells, times) of direct ways to others.
        """
        label = self.whatif.time
        found: Longs = (label[self.start].astype(np.int64) + self.extra).min(axis=1)
        cell, station, time = self.direct
        kept = ~closed[station]
        np.minimum.at(found, cell[kept], time[kept])
        for cells, times in more:
            np.minimum.at(found, cells, times)
        return np.minimum(found, NEVER)

    def beside(self, joined: Joined) -> tuple[Longs, Longs]:
        """This will return the cells that share a stretch of road with a point, and their times."""
        same = np.flatnonzero((self.homes.stretch == joined.stretch[0]) & (joined.stretch[0] >= 0))
        ends = self.roads.snapper.ends(part(self.homes, same), joined)
        at = np.repeat(np.arange(len(same)), np.diff(ends.direct_first))
        return same[at], ends.direct_cost.astype(np.int64)

    def column(self, joined: Joined) -> Longs:
        """This will return the time of each cell to one point, by a search of its own."""
        seeds = self.roads.snapper.seeds(joined)
        found: Longs = np.full(len(self.cells), NEVER, np.int64)
        if len(seeds.node):
            label, _ = nearest(self.roads.hierarchy, seeds)
            found = (label[self.start].astype(np.int64) + self.extra).min(axis=1)
        cells, times = self.beside(joined)
        np.minimum.at(found, cells, times)
        return np.minimum(found, NEVER)

    def size(self) -> int:
        """This will return the bytes held, roughly."""
        nodes = self.roads.network.nodes * 32 + self.roads.network.arcs * 8
        more = (one.nbytes for one in (self.times, self.served) if one is not None)
        timed = self.timed.size() if self.timed else 0
        return nodes + 60 * len(self.cells) + sum(more) + timed


class RunGround:
    """A run with its cells and stations; asked is what a run is reckoned from."""

    def __init__(self, asked: dict[str, Any], shelf: Shelf) -> None:
        self.asked = {key: asked[key] for key in ("stations", "since", "farthest")}
        self.at, timed = asked.get("at"), asked.get("timed") or {}
        self.cells = ground_of(asked["cells"], asked["target"], asked["names"])
        self.layers = [
            self._layer(timed.get(mode), path, cells_of_mode(asked["modes"], mode), shelf)
            for mode, path in sorted(asked["networks"].items())
        ]

    def _layer(self, timed: str | None, path: str, here: Longs, shelf: Shelf) -> Layer:
        path = timed or path
        roads = shelf.take(("roads", path), lambda: Roads(Path(path)))
        farthest = float(self.asked["farthest"])
        doors = roads.join([(one["lon"], one["lat"]) for one in self.asked["stations"]], farthest)
        homes = roads.snapper.join(self.cells.lon[here], self.cells.lat[here], farthest=farthest)
        seeds, ends = roads.snapper.seeds(doors), roads.snapper.ends(homes, doors)
        start, extra = _starts(ends)
        made = Layer(
            roads=roads, cells=here, homes=homes, doors=doors, start=start, extra=extra,
            direct=_direct(ends),
            whatif=WhatIf(roads.network, *nearest(roads.hierarchy, seeds), seeds),
        )  # fmt: skip
        if self.asked["since"] is not None:
            made.times = matrix(roads.hierarchy, seeds, ends)
            if timed:
                day = Timed(roads, homes, datetime.fromisoformat(str(self.at)), farthest)
                stations = self.asked["stations"]
                made.timed = day
                served, _ = day.served(doors, made.times, stations, day.since)
                made.served = served.astype(np.int32)
            else:
                made.served = self._opened(made.times)
            made.owner = made.served.argmin(axis=0).astype(np.int32)
            made.base = made.served.min(axis=0).astype(np.int64)
        else:
            made.base = made.nearest(np.zeros(len(self.asked["stations"]), bool), [])
        return made

    def _opened(self, times: Ints) -> Ints:
        """The times through doors that are open; a row after the other, for their width."""
        made = times.copy()
        for at, one in enumerate(self.asked["stations"]):
            made[at] = through_door(times[at], one, self.asked["since"])
        return made

    def size(self) -> int:
        """This will return the bytes held, roughly; the roads lie on the shelf by themselves."""
        return 200 * len(self.cells.ids) + sum(one.size() for one in self.layers)


def through_door(times: Any, station: dict[str, Any], since: int) -> Longs:
    """This will return the times of each cell to one station, never where its door is shut."""
    row: Longs = times.astype(np.int64)
    open_on_arrival(row[None, :], [station], since)
    return row


def _starts(ends: Ends) -> tuple[Ints, Longs]:
    """Nodes and times with no -1 among them: where there is no end, the time is never."""
    there = ends.node >= 0
    node = np.where(there, ends.node, 0).astype(np.int32)
    return node, np.where(there, ends.cost.astype(np.int64), NEVER)


def _direct(ends: Ends) -> tuple[Longs, Ints, Longs]:
    cell = np.repeat(np.arange(ends.cells), np.diff(ends.direct_first))
    return cell, ends.direct_source, ends.direct_cost.astype(np.int64)


def part(joined: Joined, chosen: Longs) -> Joined:
    """This will return some of the points that were joined."""
    return Joined(
        stretch=joined.stretch[chosen],
        along=joined.along[chosen],
        walk=joined.walk[chosen],
        metres=joined.metres[chosen],
    )
