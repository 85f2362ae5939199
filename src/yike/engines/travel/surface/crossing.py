"""The compiled search over the cells of a surface, and the burning of roads into it."""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Floats, Ints
from yike.engines.travel.buckets import buckets_for, pull, push


def search(half: Ints, row: Ints, column: Ints, bound: int) -> tuple[Ints, Ints]:
    """This will return milliseconds and source number of all cells, from some cells.

    half: int32[rows, columns], see Surface; unreached within `bound`: (UNREACHED, -1).
    """
    longest = 3 * int(half.max())
    label = np.full(half.size, UNREACHED, np.int32)
    owner = np.full(half.size, -1, np.int32)
    begin = (row.astype(np.int64) * half.shape[1] + column).astype(np.int32)
    pool = np.empty((max(1024, half.size // 4), 3), np.int32)
    while not _search(half, begin, bound, label, owner, _heads(longest), pool, _state()):
        label[:] = UNREACHED
        owner[:] = -1
        pool = np.empty((2 * len(pool), 3), np.int32)
    return label.reshape(half.shape), owner.reshape(half.shape)


def _heads(longest: int) -> Ints:
    return np.full(buckets_for(longest), -1, np.int32)


def _state() -> Ints:
    state = np.zeros(4, np.int32)
    state[0] = -1
    return state


@compiled
def _search(
    half: Ints,
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
            half, cell, time, bound, label, owner, heads, pool, state
        ):
            return False
    return True


@compiled
def _spread(
    half: Ints,
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
    rows, columns = half.shape
    row, column = cell // columns, cell % columns
    for up in range(max(0, row - 1), min(rows, row + 2)):
        for right in range(max(0, column - 1), min(columns, column + 2)):
            if half[up, right] == 0 or (up == row and right == column):
                continue
            step = half[row, column] + half[up, right]
            if up != row and right != column:
                if half[up, column] == 0 and half[row, right] == 0:
                    continue
                step = step * 1414 // 1000
            there = time + step
            if there <= bound and not _reach(
                up * columns + right, there, owner[cell], label, owner, heads, pool, state
            ):
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
