"""How a contraction hierarchy is made: node by node, the least needed first, with shortcuts.

Geisberger, Sanders, Schultes and Delling 2008. A node is taken out of the graph; where a shortest
way may have led through it, a shortcut takes its place. A search for a witness that none is needed
is cut short, which costs arcs, never exactness. The layout of the result: layering.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Ints
from yike.engines.travel.heaps import pop, push

#: Nodes a witness search may settle: when only counting for the order, and when contracting.
_GLANCE, _LOOK = 20, 60
#: Entries of a witness search, and shortcuts of one node, to have memory for at first.
_SEARCH = 4096
#: Columns of an arc in a list: the next arc of the same node, the other node, the cost.
_NEXT, _NODE, _COST = 0, 1, 2


class Lists(NamedTuple):
    """The remaining graph: for each node a linked list of its arcs out, and one of those in."""

    out_at: Ints
    out: Ints
    into_at: Ints
    into: Ints


class Scratch(NamedTuple):
    """Memory of the searches: labels valid where `stamp` says so, a heap, neighbours, shortcuts."""

    label: Ints
    stamp: Ints
    heap_key: Ints
    heap_node: Ints
    near: Ints
    short: Ints


@compiled
def _lists(first: Ints, head: Ints, cost: Ints, room: int) -> Lists:
    nodes = len(first) - 1
    out_at, into_at = np.full(nodes, -1, np.int32), np.full(nodes, -1, np.int32)
    out, into = np.empty((room, 3), np.int32), np.empty((room, 3), np.int32)
    lists = Lists(out_at, out, into_at, into)
    for tail in range(nodes):
        for arc in range(first[tail], first[tail + 1]):
            _put(lists, arc, tail, head[arc], cost[arc])
    return lists


@compiled
def _put(lists: Lists, arc: int, tail: int, head: int, cost: int) -> None:
    lists.out[arc, _NEXT] = lists.out_at[tail]
    lists.out[arc, _NODE] = head
    lists.out[arc, _COST] = cost
    lists.out_at[tail] = arc
    lists.into[arc, _NEXT] = lists.into_at[head]
    lists.into[arc, _NODE] = tail
    lists.into[arc, _COST] = cost
    lists.into_at[head] = arc


@compiled
def _roomier(rows: Ints, room: int) -> Ints:
    larger = np.empty((room, rows.shape[1]), np.int32)
    larger[: len(rows)] = rows
    return larger


@compiled
def _with_room(lists: Lists, wanted: int) -> Lists:
    if wanted <= len(lists.out):
        return lists
    room = max(wanted, len(lists.out) + len(lists.out) // 2)
    return Lists(lists.out_at, _roomier(lists.out, room), lists.into_at, _roomier(lists.into, room))


@compiled
def _scratch(nodes: int, heap: int) -> Scratch:
    """Fresh memory with room for so many heap entries and shortcuts of one node."""
    return Scratch(
        np.empty(nodes, np.int32),
        np.zeros(nodes, np.int32),
        np.empty(heap, np.int32),
        np.empty(heap, np.int32),
        np.empty((nodes, 2), np.int32),
        np.empty((heap, 3), np.int32),
    )


@compiled
def _reach_on(
    node: int,
    time: int,
    skip: int,
    farthest: int,
    lists: Lists,
    work: Scratch,
    tick: int,
    size: int,
) -> int:
    """Labels the neighbours of a settled node; the new size of the heap, or -1 when it is full."""
    arc = lists.out_at[node]
    while arc >= 0:
        near = lists.out[arc, _NODE]
        there = time + lists.out[arc, _COST]
        arc = lists.out[arc, _NEXT]
        if near == skip or there > farthest:
            continue
        if work.stamp[near] != tick or there < work.label[near]:
            if size == len(work.heap_key):
                return -1
            work.label[near] = there
            work.stamp[near] = tick
            push(work.heap_key, work.heap_node, size, there, near)
            size += 1
    return size


@compiled
def _witness(
    start: int, skip: int, farthest: int, most: int, lists: Lists, work: Scratch, tick: int
) -> bool:
    """Labels what `start` reaches without `skip`; False when the heap is too small."""
    work.label[start] = 0
    work.stamp[start] = tick
    push(work.heap_key, work.heap_node, 0, 0, start)
    size, settled = 1, 0
    while size > 0 and settled < most:
        time, node = pop(work.heap_key, work.heap_node, size)
        size -= 1
        if time > work.label[node]:
            continue
        settled += 1
        size = _reach_on(node, time, skip, farthest, lists, work, tick, size)
        if size < 0:
            return False
    return True


@compiled
def _ahead(node: int, lists: Lists, work: Scratch) -> tuple[int, int]:
    """Gathers the heads of the node's arcs; how many, and the longest cost."""
    count, longest = 0, 0
    arc = lists.out_at[node]
    while arc >= 0:
        work.near[count, 0] = lists.out[arc, _NODE]
        work.near[count, 1] = lists.out[arc, _COST]
        longest = max(longest, lists.out[arc, _COST])
        count += 1
        arc = lists.out[arc, _NEXT]
    return count, longest


@compiled
def _shortcuts(
    node: int, most: int, lists: Lists, work: Scratch, tick: int
) -> tuple[int, int, int]:
    """The shortcuts that would replace a node: (how many, arcs it has, tick); -1 when no room."""
    ahead, longest = _ahead(node, lists, work)
    found, behind = 0, 0
    arc = lists.into_at[node]
    while arc >= 0:
        start, spent = lists.into[arc, _NODE], lists.into[arc, _COST]
        arc = lists.into[arc, _NEXT]
        behind += 1
        tick += 1
        if ahead == 0 or (ahead == 1 and work.near[0, 0] == start):
            continue
        if not _witness(start, node, spent + longest, most, lists, work, tick):
            return -1, 0, tick
        for at in range(ahead):
            end, whole = work.near[at, 0], spent + work.near[at, 1]
            if end == start or (work.stamp[end] == tick and work.label[end] <= whole):
                continue
            if found == len(work.short):
                return -1, 0, tick
            work.short[found, 0] = start
            work.short[found, 1] = end
            work.short[found, 2] = whole
            found += 1
    return found, ahead + behind, tick


@compiled
def _add(lists: Lists, arcs: int, tail: int, head: int, cost: int) -> int:
    """Adds a shortcut or shortens the arc that is there; the new number of arcs."""
    arc = lists.out_at[tail]
    while arc >= 0:
        if lists.out[arc, _NODE] == head:
            if cost < lists.out[arc, _COST]:
                lists.out[arc, _COST] = cost
                lists.into[arc, _COST] = cost
            return arcs
        arc = lists.out[arc, _NEXT]
    _put(lists, arcs, tail, head, cost)
    return arcs + 1


@compiled
def _forget(node: int, arc: int, rows: Ints, at: Ints, others: Ints, depth: Ints) -> None:
    """Takes a contracted node out of the lists of its neighbours, and lets these lie higher."""
    while arc >= 0:
        near = rows[arc, _NODE]
        depth[near] = max(depth[near], depth[node] + 1)
        before, link = -1, at[near]
        while others[link, _NODE] != node:
            before, link = link, others[link, _NEXT]
        if before < 0:
            at[near] = others[link, _NEXT]
        else:
            others[before, _NEXT] = others[link, _NEXT]
        arc = rows[arc, _NEXT]


@compiled
def _weighed(
    node: int, most: int, lists: Lists, work: Scratch, tick: int
) -> tuple[int, int, int, Scratch]:
    """(shortcuts found, edge difference, tick, the memory, larger where it had been too small)."""
    while True:
        found, arcs, tick = _shortcuts(node, most, lists, work, tick)
        if found >= 0:
            return found, 4 * found - 2 * arcs, tick, work
        work = _scratch(len(work.label), 4 * len(work.heap_key))


@compiled
def contract(first: Ints, head: Ints, cost: Ints, room: int) -> tuple[Ints, Ints, Ints, Ints]:
    """This will contract a graph: (rank int32[n], and of all arcs tail, head, cost).

    The arcs are those given and the shortcuts; a shortest way of any pair first rises in rank and
    then falls. `first`, `head`, `cost`: CSR without parallel arcs, costs at least 1.
    `room`: how many shortcuts to have memory for at first; it grows when they are more.
    """
    nodes, arcs, tick = len(first) - 1, len(head), 0
    lists = _lists(first, head, cost, arcs + room)
    work = _scratch(nodes, min(room, _SEARCH))
    depth, rank = np.zeros(nodes, np.int32), np.empty(nodes, np.int32)
    keys, queue = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    for node in range(nodes):
        _, weight, tick, work = _weighed(node, _GLANCE, lists, work, tick)
        push(keys, queue, node, weight, node)
    waiting = nodes
    while waiting > 0:
        _, node = pop(keys, queue, waiting)
        waiting -= 1
        found, weight, tick, work = _weighed(node, _LOOK, lists, work, tick)
        weight += depth[node]
        if waiting > 0 and weight > keys[0]:
            push(keys, queue, waiting, weight, node)
            waiting += 1
            continue
        rank[node] = nodes - 1 - waiting
        lists = _with_room(lists, arcs + found)
        _forget(node, lists.out_at[node], lists.out, lists.into_at, lists.into, depth)
        _forget(node, lists.into_at[node], lists.into, lists.out_at, lists.out, depth)
        for at in range(found):
            tail, end, whole = work.short[at]
            arcs = _add(lists, arcs, tail, end, whole)
    into, out = lists.into[:arcs], lists.out[:arcs]
    return rank, into[:, _NODE].copy(), out[:, _NODE].copy(), out[:, _COST].copy()
