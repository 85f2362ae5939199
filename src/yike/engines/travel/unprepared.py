"""The nearest station of cells by one search, on a network that has no hierarchy.

A hierarchy is made in seconds and then answers in milliseconds; a single question is answered
sooner without. The answers are the same to the digit.
"""

from __future__ import annotations

import numpy as np

from yike.engines.travel.arrays import UNREACHED, Ints, Longs
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.network import Graph
from yike.engines.travel.points import Ends, Seeds

_SHIFT = 32
_STATION = (1 << _SHIFT) - 1
#: The label of a cell without station, as in `sweeps`: later than every other.
_NONE = (UNREACHED << _SHIFT) | _STATION


def nearest_of_cells(graph: Graph, seeds: Seeds, ends: Ends) -> tuple[Ints, Ints]:
    """This will find the nearest station of cells: (time, station), int32[p, 1] each.

    graph: the reversed network. As `sweeps.nearest_of_cells` for one station: of equally near ones
    the lowest number, (UNREACHED, -1) where none is reached.
    """
    time, station = BucketSearch(*graph).nearest(seeds.node, seeds.cost, seeds.source)
    best = np.full(ends.cells, _NONE, np.int64)
    for end in range(2):
        there = np.flatnonzero((ends.node[:, end] >= 0) & (time[ends.node[:, end]] < UNREACHED))
        node = ends.node[there, end]
        spent = time[node].astype(np.int64) + ends.cost[there, end]
        best[there] = np.minimum(best[there], _label(spent, station[node]))
    cell = np.repeat(np.arange(ends.cells), np.diff(ends.direct_first))
    np.minimum.at(best, cell, _label(ends.direct_cost.astype(np.int64), ends.direct_source))
    found = (best >> _SHIFT).astype(np.int32), (best & _STATION).astype(np.int32)
    return found[0][:, None], found[1][:, None]


def _label(time: Longs, station: Ints) -> Longs:
    labels: Longs = time << _SHIFT | station
    return labels
