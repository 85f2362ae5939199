"""A lower bound for medians in whole numbers, hence never a false one.

Every demand u is given a price λᵤ ≥ 0; then Σλ + min over choices of Σr is below every plan's
total, where rᵢ = Σ min(0, wᵤcᵢᵤ - λᵤ). A unit of budget has a price μ ≥ 0 too: rᵢ grows by μ for
each unit that i costs, and the bound falls by μ for each unit there is. Prices are whole numbers of
1/scale, so that the sum is exact whatever the path that led to them. Source: G. Cornuéjols,
M. Fisher, G. Nemhauser, Location of bank accounts to optimize float, Management Science 23 (1977).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yike.engines.compiled import compiled
from yike.engines.siting.highs import Floats
from yike.engines.siting.near import ENDLESS, Near
from yike.engines.siting.problem import UNREACHED, Ints

_LARGEST = 2**60
_FINEST = 2**20
#: a candidate that is chosen, that may be, and that may not
CHOSEN, OPEN, BARRED = 1, 0, -1
Marks = npt.NDArray[np.int8]


class Room(NamedTuple):
    """What is settled: `marks` int8[a] CHOSEN, OPEN or BARRED; how many open ones may be chosen
    on top; and what they may cost, at most all that they do cost."""

    marks: Marks
    number: int
    budget: int


class Told(NamedTuple):
    """What prices say, written in place.

    `reduced` int64[a] is r of every candidate; `picked` float64[a] is 1 for the cheapest choice;
    `missed` float64[n + 1] the direction of ascent; `reach` int64[n] how many candidates are below
    the price; `exact` = [bound in 1/scale, r that one more would replace, r of the next].
    """

    reduced: Ints
    picked: Floats
    missed: Floats
    reach: Ints
    exact: Ints


def scale_of(near: Near) -> int:
    """This will return how fine prices may be, so that all r of a choice add up to at most 2⁶⁰."""
    finite = near.ranked[near.ranked < UNREACHED]
    dearest = int(finite.max()) if finite.size else 0
    scale = _FINEST
    while scale > 1 and int(near.weight.sum()) * dearest * scale > _largest(near):
        scale //= 2
    return scale


def _largest(near: Near) -> int:
    """What all prices may come to: each of the chosen may have their sum as its r."""
    return _LARGEST // max(1, near.most)


def ceiling(near: Near, scale: int) -> Ints:
    """This will return the dearest price of each demand, then of a unit of budget, int64[n + 1].

    A demand's farthest candidate; more where some do not reach it at all, for nothing serves it
    then. Without a budget its unit costs nothing. Where people and costs are so many that a sum
    might pass 2⁶², all are lower: any prices prove a bound.
    """
    n = len(near.weight)
    reached = near.ranked < UNREACHED
    farthest = np.where(reached, near.ranked, 0).max(axis=1).astype(np.int64)
    most = np.zeros(n + 1, np.int64)
    most[:n] = farthest * near.weight * scale + 1
    partly = ~reached.all(axis=1) & (near.weight > 0)
    most[:n][partly] = np.maximum(most[:n][partly], _largest(near) // n)
    most //= max(1, int(most.sum()) // (4 * _largest(near)))
    if near.budget < ENDLESS:
        most[n] = _largest(near) // max(1, int(near.price.sum()))
    return most


def whole(exact: int, scale: int) -> int:
    """This will return an exact bound as a whole number: no plan is below."""
    return -(-exact // scale)


def untold(near: Near) -> Told:
    """This will return the arrays that `tell` fills."""
    a, n = near.cost.shape
    return Told(
        reduced=np.empty(a, np.int64),
        picked=np.empty(a),
        missed=np.empty(n + 1),
        reach=np.empty(n, np.int64),
        exact=np.zeros(3, np.int64),
    )


@compiled
def _reduce(near: Near, scale: int, prices: Ints, now: Told) -> None:
    """r of every candidate, and how far each price reaches."""
    n = len(near.weight)
    for i in range(len(now.reduced)):
        now.reduced[i] = prices[n] * near.price[i]
    for u in range(n):
        heavy, price, k = scale * near.weight[u], prices[u], 0
        while k < near.order.shape[1] and near.ranked[u, k] < UNREACHED:
            left = heavy * near.ranked[u, k] - price
            if left >= 0:
                break
            now.reduced[near.order[u, k]] += left
            k += 1
        now.reach[u] = k


@compiled
def _edges(room: Room, now: Told) -> int:
    """How many open ones are picked at most; the r of the last of them and of the next."""
    free, many = np.empty(len(room.marks), np.int64), 0
    for i in range(len(room.marks)):
        if room.marks[i] == 0:
            free[many] = now.reduced[i]
            many += 1
    now.exact[1] = now.exact[2] = 0
    ranked = np.sort(free[:many])
    if 0 < room.number <= many:
        now.exact[1] = min(0, ranked[room.number - 1])
    if room.number < many:
        now.exact[2] = min(0, ranked[room.number])
    return min(room.number, many)


@compiled
def _pick(room: Room, now: Told) -> int:
    """Mark the choice of least Σr and return that sum."""
    most, total, many = _edges(room, now), 0, 0
    for i in range(len(room.marks)):
        below = room.marks[i] == 0 and now.reduced[i] < now.exact[1]
        now.picked[i] = 1.0 if below or room.marks[i] == 1 else 0.0
        many += below
    for i in range(len(room.marks)):
        level = room.marks[i] == 0 and now.reduced[i] == now.exact[1] < 0
        if level and many < most:
            now.picked[i] = 1.0
            many += 1
        if now.picked[i] > 0.0:
            total += now.reduced[i]
    return total


@compiled
def _miss(near: Near, room: Room, now: Told) -> None:
    """The direction of ascent: 1 - how many of the picked serve a demand below its price."""
    n, spent = len(near.weight), 0
    for u in range(n):
        now.missed[u] = 1.0
        for k in range(now.reach[u]):
            now.missed[u] -= now.picked[near.order[u, k]]
    for i in range(len(room.marks)):
        if room.marks[i] == 0 and now.picked[i] > 0.0:
            spent += near.price[i]
    now.missed[n] = float(spent - room.budget)


@compiled
def tell(near: Near, room: Room, scale: int, prices: Ints, now: Told) -> None:
    """This will fill in what these prices say: the bound of all plans within this room."""
    _reduce(near, scale, prices, now)
    n, paid = len(near.weight), 0
    for i in range(len(room.marks)):
        if room.marks[i] == 1:
            now.reduced[i] -= prices[n] * near.price[i]
    for u in range(n):
        paid += prices[u]
    now.exact[0] = paid - prices[n] * room.budget + _pick(room, now)
    _miss(near, room, now)


def settled(room: Room, now: Told, slack: int) -> Marks:
    """This will return the marks that all plans share whose total exceeds the bound by ≤ `slack`.

    From reduced costs: choosing one of a high r in place of the last picked one would lift the
    bound by more; leaving out one of a low r likewise. `slack` in 1/scale.
    """
    marks = room.marks.copy()
    if room.number > 0:
        free = room.marks == OPEN
        marks[free & (now.exact[2] - now.reduced > slack)] = CHOSEN
        marks[free & (now.reduced - now.exact[1] > slack)] = BARRED
    return marks
