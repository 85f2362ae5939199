"""One sweep up the hierarchy and one down: the nearest station, or the k nearest, of every node.

A label packs time and station into one int64, time above: the smaller label is the quicker one,
and of equal times the lower station. That order is exact, for whoever is nearest at a node, and
lowest among equals, is so on the whole way there.
"""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Ints, Longs
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.points import Ends, Seeds

_SHIFT = 32
_STATION = (1 << _SHIFT) - 1
#: The label of a node without station: later than every other, its station number no station's.
_NONE = (UNREACHED << _SHIFT) | _STATION


@compiled
def _rise(first: Ints, head: Ints, cost: Ints, label: Longs) -> None:
    for place in range(len(label) - 1, -1, -1):
        mine = label[place]
        if mine == _NONE:
            continue
        for arc in range(first[place], first[place + 1]):
            there = mine + (np.int64(cost[arc]) << _SHIFT)
            label[head[arc]] = min(label[head[arc]], there)


@compiled
def _descend(first: Ints, head: Ints, cost: Ints, label: Longs) -> None:
    for place in range(len(label)):
        best = label[place]
        for arc in range(first[place], first[place + 1]):
            best = min(best, label[head[arc]] + (np.int64(cost[arc]) << _SHIFT))
        label[place] = best


@compiled
def _seed(position: Ints, node: Ints, cost: Ints, source: Ints, label: Longs) -> None:
    label[:] = _NONE
    for at in range(len(node)):
        place = position[node[at]]
        label[place] = min(label[place], (np.int64(cost[at]) << _SHIFT) | source[at])


@compiled
def _unpack(label: Longs, position: Ints) -> tuple[Ints, Ints]:
    """Time and station by node, (UNREACHED, -1) where there is none."""
    time, station = np.empty(len(position), np.int32), np.empty(len(position), np.int32)
    for node in range(len(position)):
        mine = label[position[node]]
        time[node] = mine >> _SHIFT
        station[node] = mine & _STATION
    return time, station


def nearest(hierarchy: Hierarchy, seeds: Seeds) -> tuple[Ints, Ints]:
    """This will find for every node its nearest station: (time int32[n], station int32[n]).

    Deciseconds from the node to the station; of equally near ones the lowest number; (UNREACHED,
    -1) where no station is reached.
    """
    label = np.empty(hierarchy.nodes, np.int64)
    _seed(hierarchy.position, seeds.node, seeds.cost, seeds.source, label)
    _rise(hierarchy.up_first, hierarchy.up_head, hierarchy.up_cost, label)
    _descend(hierarchy.down_first, hierarchy.down_head, hierarchy.down_cost, label)
    return _unpack(label, hierarchy.position)


@compiled
def _insert(lists: Longs, place: int, label: int) -> bool:
    """Puts a label into the sorted list of a place, where each station stands once.

    False when it is no better than the last, nor would any later one be.
    """
    last = lists.shape[1] - 1
    if label >= lists[place, last]:
        return False
    station = label & _STATION
    at = 0
    while lists[place, at] < label:
        if lists[place, at] & _STATION == station:
            return True
        at += 1
    end = at
    while end < last and lists[place, end] & _STATION != station:
        end += 1
    for slot in range(end, at, -1):
        lists[place, slot] = lists[place, slot - 1]
    lists[place, at] = label
    return True


@compiled
def _offer(lists: Longs, giver: int, taker: int, cost: int) -> None:
    longer = np.int64(cost) << _SHIFT
    for at in range(lists.shape[1]):
        label = lists[giver, at]
        if label == _NONE or not _insert(lists, taker, label + longer):
            break


@compiled
def _rise_lists(first: Ints, head: Ints, cost: Ints, lists: Longs) -> None:
    for place in range(len(lists) - 1, -1, -1):
        if lists[place, 0] != _NONE:
            for arc in range(first[place], first[place + 1]):
                _offer(lists, place, head[arc], cost[arc])


@compiled
def _descend_lists(first: Ints, head: Ints, cost: Ints, lists: Longs) -> None:
    for place in range(len(lists)):
        for arc in range(first[place], first[place + 1]):
            _offer(lists, head[arc], place, cost[arc])


@compiled
def _seed_lists(position: Ints, node: Ints, cost: Ints, source: Ints, lists: Longs) -> None:
    lists[:] = _NONE
    for at in range(len(node)):
        _insert(lists, position[node[at]], (np.int64(cost[at]) << _SHIFT) | source[at])


def _labels(hierarchy: Hierarchy, seeds: Seeds, k: int) -> Longs:
    """The k best labels of every place, sorted: int64[n, k]."""
    lists = np.empty((hierarchy.nodes, k), np.int64)
    _seed_lists(hierarchy.position, seeds.node, seeds.cost, seeds.source, lists)
    _rise_lists(hierarchy.up_first, hierarchy.up_head, hierarchy.up_cost, lists)
    _descend_lists(hierarchy.down_first, hierarchy.down_head, hierarchy.down_cost, lists)
    return lists


@compiled
def _unpack_lists(lists: Longs, place: Ints) -> tuple[Ints, Ints]:
    shape = len(place), lists.shape[1]
    time, station = np.empty(shape, np.int32), np.empty(shape, np.int32)
    for row in range(shape[0]):
        for at in range(shape[1]):
            time[row, at] = lists[place[row], at] >> _SHIFT
            station[row, at] = lists[place[row], at] & _STATION
    return time, station


def k_nearest(hierarchy: Hierarchy, seeds: Seeds, k: int) -> tuple[Ints, Ints]:
    """This will find for every node its k nearest stations: (time, station), int32[n, k] each.

    Sorted by time, then by station number; the rest of a row is (UNREACHED, -1).
    """
    return _unpack_lists(_labels(hierarchy, seeds, k), hierarchy.position)


@compiled
def _gather(
    lists: Longs,
    position: Ints,
    node: Ints,
    cost: Ints,
    direct_first: Ints,
    direct_source: Ints,
    direct_cost: Ints,
) -> Longs:
    """The k best labels of every cell, over its ends and its direct ways."""
    cells = np.full((len(node), lists.shape[1]), _NONE, np.int64)
    for cell in range(len(node)):
        for end in range(2):
            if node[cell, end] < 0:
                continue
            for at in range(lists.shape[1]):
                label = lists[position[node[cell, end]], at]
                if label == _NONE:
                    break
                _insert(cells, cell, label + (np.int64(cost[cell, end]) << _SHIFT))
        for at in range(direct_first[cell], direct_first[cell + 1]):
            _insert(cells, cell, (np.int64(direct_cost[at]) << _SHIFT) | direct_source[at])
    return cells


def nearest_of_cells(
    hierarchy: Hierarchy, seeds: Seeds, ends: Ends, k: int = 1
) -> tuple[Ints, Ints]:
    """This will find the k nearest stations of cells: (time, station), int32[p, k] each.

    As `k_nearest`, with the way from the cell to the network and the direct ways counted in.
    """
    labels = _gather(
        _labels(hierarchy, seeds, k),
        hierarchy.position,
        ends.node,
        ends.cost,
        ends.direct_first,
        ends.direct_source,
        ends.direct_cost,
    )
    return _unpack_lists(labels, np.arange(ends.cells, dtype=np.int32))
