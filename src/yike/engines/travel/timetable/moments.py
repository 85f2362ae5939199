"""An instant asked of the hierarchy: nodes or cells, on foot and by every boat and bus of the day.

The stops of the timetable touch the network as stations and cells do: as seeds to be walked to, and
as ends to walk on from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from yike.engines.travel.arrays import UNREACHED, Ints
from yike.engines.travel.doors import Doors, Periods
from yike.engines.travel.gtfs.day import Connections
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.journeys import matrix, trees
from yike.engines.travel.lanes import LANES
from yike.engines.travel.points import Ends, Seeds
from yike.engines.travel.snapping import Joined, Snapper
from yike.engines.travel.timetable.plan import Plan, prepare


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quays:
    """The stops on the network: to be walked to (`seeds`), and from (`ends`, whose direct ways
    lead to other stops), and from there to the stations (`onward`, direct ways to stations).

    A stop that touches nothing has no seed and no end: its boats are ridden through only.
    """

    seeds: Seeds
    ends: Ends
    onward: Ends

    def between(self, hierarchy: Hierarchy) -> Ints:
        """This will return the times on foot from stop to stop, none to itself."""
        times = np.ascontiguousarray(matrix(hierarchy, self.seeds, self.ends).T)
        np.fill_diagonal(times, 0)
        return times


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Cells as rows: their ends with direct ways to the stations, and with those to the stops."""

    to_stations: Ends
    to_stops: Ends


def quays_of(snapper: Snapper, stops: Joined, stations: Joined) -> Quays:
    """This will hang the stops of a timetable on the network, as stations and cells are."""
    return Quays(
        seeds=snapper.seeds(stops),
        ends=snapper.ends(stops, stops),
        onward=snapper.ends(stops, stations),
    )


def rows_of(snapper: Snapper, cells: Joined, stations: Joined, stops: Joined) -> Rows:
    """This will hang cells on the network, on their way to stations and to stops."""
    return Rows(to_stations=snapper.ends(cells, stations), to_stops=snapper.ends(cells, stops))


def plan_of_nodes(
    hierarchy: Hierarchy,
    stations: Seeds,
    quays: Quays,
    rides: Connections,
    *,
    doors: Doors | None = None,
    change: int = 0,
) -> Plan:
    """This will prepare a day for all nodes of the network, a lane for each source of `stations`.

    Several stations may share a lane: see `lanes_by_hours`.
    """
    return prepare(
        rides,
        between=quays.between(hierarchy),
        onward=matrix(hierarchy, stations, quays.onward).T,
        direct=trees(hierarchy, stations).T,
        access=lambda stops: trees(hierarchy, chosen_seeds(quays.seeds, stops)),
        doors=doors,
        change=change,
    )


def plan_of_cells(
    hierarchy: Hierarchy,
    stations: Seeds,
    quays: Quays,
    rows: Rows,
    rides: Connections,
    *,
    doors: Doors | None = None,
    change: int = 0,
) -> Plan:
    """This will prepare a day for cells, a lane for each source of `stations`."""
    return prepare(
        rides,
        between=quays.between(hierarchy),
        onward=matrix(hierarchy, stations, quays.onward).T,
        direct=matrix(hierarchy, stations, rows.to_stations).T,
        access=lambda stops: matrix(
            hierarchy, chosen_seeds(quays.seeds, stops), chosen_ends(rows.to_stops, stops)
        ),
        doors=doors,
        change=change,
    )


def k_soonest(
    hierarchy: Hierarchy,
    stations: Seeds,
    quays: Quays,
    rows: Rows,
    rides: Connections,
    *,
    since: int,
    k: int,
    doors: Doors,
    change: int = 0,
) -> tuple[Ints, Ints, Ints]:
    """This will find for cells the k stations where they are served soonest who leave at `since`.

    Returns (time, station, via), int32[cells, k] each: deciseconds until served and the stop first
    boarded at or -1; of equal times the lower station first; (UNREACHED, -1, -1) for the rest.
    """
    cells = rows.to_stations.cells
    best = np.full((cells, k), UNREACHED, np.int32)
    station, via = np.full((cells, k), -1, np.int32), np.full((cells, k), -1, np.int32)
    for lanes in _groups(stations.sources):
        here = replace(quays, onward=chosen_ends(quays.onward, lanes))
        plan = plan_of_cells(
            hierarchy, chosen_seeds(stations, lanes), here,
            replace(rows, to_stations=chosen_ends(rows.to_stations, lanes)), rides,
            doors=doors.of(lanes), change=change,
        )  # fmt: skip
        cost, boarded = plan.costs_at(since)
        best, station, via = _merged(
            (best, station, via), (cost, np.broadcast_to(lanes, cost.shape), boarded)
        )
    return best, np.where(best < UNREACHED, station, -1).astype(np.int32), via


def lanes_by_hours(periods: Sequence[Periods | None]) -> tuple[Ints, list[Periods | None]]:
    """This will let stations that keep the same hours share a lane: the lane of each, int32[s],
    and the periods of each lane. See `shared_seeds` and `shared_ends`.

    For doors before which one may wait: there the nearest of a lane serves first. Not for doors
    that are shut to early comers: there a farther one may serve who comes too early at the nearest.
    """
    lane_of: dict[object, int] = {}
    found: list[Periods | None] = []
    lanes = np.empty(len(periods), np.int32)
    for at, one in enumerate(periods):
        lanes[at] = lane_of.setdefault(None if one is None else tuple(one), len(found))
        if lanes[at] == len(found):
            found.append(one)
    return lanes, found


def shared_seeds(seeds: Seeds, lanes: Ints) -> Seeds:
    """This will number the sources by their lane: of several in one the nearest counts."""
    return replace(seeds, source=lanes[seeds.source], sources=int(lanes.max(initial=-1)) + 1)


def shared_ends(ends: Ends, lanes: Ints) -> Ends:
    """This will number the stations of the direct ways by their lane."""
    return replace(ends, direct_source=lanes[ends.direct_source])


def chosen_seeds(seeds: Seeds, chosen: Ints) -> Seeds:
    """This will keep the seeds of some sources, numbered anew in the order given."""
    place = np.full(seeds.sources, -1, np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    source = place[seeds.source]
    kept = source >= 0
    return Seeds(
        node=seeds.node[kept], cost=seeds.cost[kept], source=source[kept], sources=len(chosen)
    )


def chosen_ends(ends: Ends, chosen: Ints) -> Ends:
    """This will keep the direct ways to some sources, numbered anew in the order given."""
    highest = max(int(ends.direct_source.max(initial=-1)), int(chosen.max(initial=-1)))
    place = np.full(highest + 1, -1, np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
    source = place[ends.direct_source]
    kept = source >= 0
    cell = np.repeat(np.arange(ends.cells), np.diff(ends.direct_first))[kept]
    return replace(
        ends,
        direct_first=np.searchsorted(cell, np.arange(ends.cells + 1)).astype(np.int32),
        direct_source=source[kept],
        direct_cost=ends.direct_cost[kept],
    )


def _groups(stations: int) -> Iterator[Ints]:
    for at in range(0, stations, LANES):
        yield np.arange(at, min(at + LANES, stations), dtype=np.int32)


Triple = tuple[Ints, Ints, Ints]


def _merged(best: Triple, more: Triple) -> Triple:
    """The k best of both: a stable sort, so that of equal times the lower station stays first."""
    k = best[0].shape[1]
    time, station, via = (np.concatenate(pair, axis=1) for pair in zip(best, more, strict=True))
    order = np.argsort(time, axis=1, kind="stable")[:, :k]
    found = (np.take_along_axis(column, order, axis=1) for column in (time, station, via))
    first, second, third = found
    return first, second, third
