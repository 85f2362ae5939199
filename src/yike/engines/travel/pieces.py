"""Strongly connected pieces of a network: where everybody can reach everybody, there and back."""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Ints


@compiled
def _close(node: int, low: Ints, piece: Ints, path: Ints, state: Ints) -> None:
    """The piece whose root is `node` leaves the path."""
    while True:
        state[0] -= 1
        last = path[state[0]]
        piece[last] = state[1]
        if last == node:
            break
    state[1] += 1


@compiled
def _step_down(
    node: int, first: Ints, head: Ints, place: Ints, low: Ints, piece: Ints, at: Ints
) -> int:
    """The next neighbour not yet seen, or -1; neighbours on the path lower this node."""
    while at[node] < first[node + 1]:
        near = head[at[node]]
        at[node] += 1
        if place[near] < 0:
            return int(near)
        if piece[near] < 0:
            low[node] = min(low[node], place[near])
    return -1


@compiled
def _tarjan(first: Ints, head: Ints) -> tuple[Ints, int]:
    """Tarjan's algorithm with its own stack: a road of a million nodes would break recursion."""
    count = len(first) - 1
    place, low = np.full(count, -1, np.int32), np.zeros(count, np.int32)
    piece, at = np.full(count, -1, np.int32), first[:-1].copy()
    path, stack = np.empty(count, np.int32), np.empty(count + 1, np.int32)
    state = np.zeros(2, np.int32)
    seen = 0
    for start in range(count):
        node = start if place[start] < 0 else -1
        deep = 0
        while node >= 0:
            if place[node] < 0:
                place[node] = low[node] = seen
                seen += 1
                path[state[0]] = node
                state[0] += 1
            near = _step_down(node, first, head, place, low, piece, at)
            if near >= 0:
                stack[deep] = node
                deep += 1
                node = near
                continue
            node = _finish(node, deep, stack, place, low, piece, path, state)
            deep -= 1
    return piece, state[1]


@compiled
def _finish(
    node: int,
    deep: int,
    stack: Ints,
    place: Ints,
    low: Ints,
    piece: Ints,
    path: Ints,
    state: Ints,
) -> int:
    """A node without further neighbours: close its piece if it is a root, return its parent."""
    if low[node] == place[node]:
        _close(node, low, piece, path, state)
    if deep == 0:
        return -1
    parent = stack[deep - 1]
    low[parent] = min(low[parent], low[node])
    return int(parent)


def strong_pieces(first: Ints, head: Ints) -> Ints:
    """This will number the strongly connected pieces, the largest 0, ties by their first node.

    `first` int32[n+1], `head` int32[m]; returns int32[n].
    """
    piece, count = _tarjan(first, head)
    size = np.bincount(piece, minlength=count)
    _, earliest = np.unique(piece, return_index=True)
    rank = np.empty(count, np.int32)
    rank[np.lexsort((earliest, -size))] = np.arange(count, dtype=np.int32)
    return rank[piece]
