"""The compiled search over the cells of a surface, and the burning of roads into it."""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Floats, Ints, ints
from yike.engines.travel.buckets import buckets_for, pull, push


def search(half: Ints, row: Ints, column: Ints, bound: int) -> tuple[Ints, Ints]:
    """This will return milliseconds and source number of all cells, from some cells.

    half: int32[rows, columns], see Surface; unreached within `bound`: (UNREACHED, -1).
    """
    longest = 3 * int(half.max())
    # A border nobody passes spares every step the question whether it leaves the surface.
    walled = np.pad(half, 1)
    label = np.full(walled.size, UNREACHED, np.int32)
    owner = np.full(walled.size, -1, np.int32)
    width = walled.shape[1]
    begin = ((row.astype(np.int64) + 1) * width + column + 1).astype(np.int32)
    pool = np.empty((max(1024, half.size // 4), 3), np.int32)
    flat = (walled.ravel(), width, begin, bound, label, owner)
    while not _search(*flat, _heads(longest), pool, _state()):
        label[:] = UNREACHED
        owner[:] = -1
        pool = np.empty((2 * len(pool), 3), np.int32)
    inside = np.s_[1:-1, 1:-1]
    label, owner = label.reshape(walled.shape)[inside], owner.reshape(walled.shape)[inside]
    return ints(label), ints(owner)


def _heads(longest: int) -> Ints:
    return np.full(buckets_for(longest), -1, np.int32)


def _state() -> Ints:
    state = np.zeros(4, np.int32)
    state[0] = -1
    return state


@compiled
def _search(
    half: Ints,
    width: int,
    begin: Ints,
    bound: int,
    label: Ints,
    owner: Ints,
    heads: Ints,
    pool: Ints,
    state: Ints,
) -> bool:
    for source in range(len(begin)):
        if not _reach(begin[source], 0, source, label, owner, heads, pool, state):
            return False
    now = 0
    while state[2] > 0:
        slot = pull(now, heads, pool, state)
        if slot < 0:
            now += 1
            continue
        cell, time = pool[slot, 0], pool[slot, 1]
        if time == label[cell] and not _spread(
            half, width, cell, time, bound, label, owner, heads, pool, state
        ):
            return False
    return True


@compiled
def _spread(
    half: Ints,
    width: int,
    cell: int,
    time: int,
    bound: int,
    label: Ints,
    owner: Ints,
    heads: Ints,
    pool: Ints,
    state: Ints,
) -> bool:
    """To the eight neighbours; False when the pool is full."""
    for up in (-width, 0, width):
        for right in (-1, 0, 1):
            near = cell + up + right
            if half[near] == 0 or near == cell:
                continue
            step = half[cell] + half[near]
            if up != 0 and right != 0:
                if half[cell + up] == 0 and half[cell + right] == 0:
                    continue
                step = step * 1414 // 1000
            there = time + step
            # Most steps lead nowhere new: told here, before eight arrays are handed on.
            if there > bound or there > label[near]:
                continue
            if not _reach(near, there, owner[cell], label, owner, heads, pool, state):
                return False
    return True


@compiled
def _reach(
    cell: int,
    time: int,
    source: int,
    label: Ints,
    owner: Ints,
    heads: Ints,
    pool: Ints,
    state: Ints,
) -> bool:
    """Takes a better time, or the same from a source of lower number; False when full."""
    if time > label[cell] or (time == label[cell] and source >= owner[cell]):
        return True
    label[cell] = time
    owner[cell] = source
    return push(cell, time, heads, pool, state)


@compiled
def burn(x: Floats, y: Floats, tail: Ints, head: Ints, half: Ints, burnt: Ints) -> None:
    """This will write each arc's `half` into the cells it runs through, where it is better.

    x, y: nodes in cells from the corner. Cells of an arc share sides, so that it can be followed
    across water, where nobody passes a corner.
    """
    for arc in range(len(tail)):
        dx = x[head[arc]] - x[tail[arc]]
        dy = y[head[arc]] - y[tail[arc]]
        steps = int(4 * np.sqrt(dx * dx + dy * dy)) + 1
        row = int(np.floor(y[tail[arc]]))
        for step in range(steps + 1):
            column = int(np.floor(x[tail[arc]] + dx * step / steps))
            _touch(burnt, row, column, half[arc])
            row = int(np.floor(y[tail[arc]] + dy * step / steps))
            _touch(burnt, row, column, half[arc])


@compiled
def _touch(burnt: Ints, row: int, column: int, half: int) -> None:
    if 0 <= row < burnt.shape[0] and 0 <= column < burnt.shape[1]:
        before = burnt[row, column]
        if before == 0 or half < before:
            burnt[row, column] = half
