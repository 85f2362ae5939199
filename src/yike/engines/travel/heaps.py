"""A binary heap in two arrays: the smallest key first, the order of equal keys always the same."""

from __future__ import annotations

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Ints


@compiled
def push(keys: Ints, values: Ints, size: int, key: int, value: int) -> None:
    """This will add one entry to a heap of `size`; the arrays must have room for it."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at] = keys[above]
        values[at] = values[above]
        at = above
    keys[at] = key
    values[at] = value


@compiled
def pop(keys: Ints, values: Ints, size: int) -> tuple[int, int]:
    """This will take the smallest (key, value) from a heap of `size` entries."""
    key, value = keys[0], values[0]
    last = size - 1
    moved, its = keys[last], values[last]
    at = 0
    while 2 * at + 1 < last:
        below = 2 * at + 1
        if below + 1 < last and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= moved:
            break
        keys[at] = keys[below]
        values[at] = values[below]
        at = below
    keys[at] = moved
    values[at] = its
    return key, value
