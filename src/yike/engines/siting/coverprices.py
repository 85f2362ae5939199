"""Maximal cover bounded by prices: an upper bound in whole numbers, and who need not be asked.

Every class of demand gets a price for being covered, at most its people. Paid are then the people
less their price for all classes, and the p candidates whose classes' prices are worth most: no
choice covers more, whatever the prices (Lagrangian relaxation; Galvão and ReVelle 1996). Prices
fall where a class is covered twice and rise where it is not, until the bound falls no further.

A candidate that would bring the bound down to what is already covered, were it chosen, is left out;
one that would, were it not chosen, is chosen. Prices are whole numbers of `SCALE` to a person, so
nothing is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.covers import Covers, feasible, units
from yike.engines.siting.problem import Flags, Ints

#: prices of so many parts of a unit
SCALE = 1024
_STRIDE = 25
_PATIENCE = 120
_SHORTEST = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Priced:
    """The best bound found, in units and in parts of units, with what each candidate is worth in
    it; `never` and `always`: no choice that covers more than `value` units has, or lacks, them."""

    bound: int
    worth: Ints
    chosen: Ints
    value: int
    never: Flags
    always: Flags


@compiled
def _value_all(made: Covers, price: Ints, worth: Ints) -> None:
    for i in range(len(worth)):
        total = 0
        for e in range(made.class_at[i], made.class_at[i + 1]):
            total += price[made.classes[e]]
        worth[i] = made.share[i] * total


@compiled
def _by_worth(made: Covers, worth: Ints) -> Ints:
    """The candidates, the kept first, then those worth most."""
    keys = np.empty(len(worth), np.int64)
    for i in range(len(worth)):
        keys[i] = -worth[i] - (np.int64(1) << 61) * made.kept[i]
    return np.argsort(keys, kind="mergesort")


@compiled
def _paid(made: Covers, price: Ints, worth: Ints, order: Ints, most: int) -> int:
    """The bound in parts of units."""
    total = 0
    for c in range(len(price)):
        total += (made.weight[c] * SCALE - price[c]) * made.full
    for at in range(most):
        total += worth[order[at]]
    return total


@compiled
def _covered(made: Covers, order: Ints, most: int, got: Ints) -> int:
    """Units that the best candidates cover; `got` is filled with the service of each class."""
    got[:] = 0
    for at in range(most):
        i = order[at]
        for e in range(made.class_at[i], made.class_at[i + 1]):
            got[made.classes[e]] += made.share[i]
    total = 0
    for c in range(len(got)):
        total += made.weight[c] * min(made.full, got[c])
    return total


@compiled
def _move(made: Covers, price: Ints, got: Ints, over: float) -> bool:
    """Moves every price against its slope; False where nothing slopes."""
    steep = 0.0
    for c in range(len(price)):
        slope = got[c] - made.full
        if (slope < 0 and price[c] < made.weight[c] * SCALE) or (slope > 0 and price[c] > 0):
            steep += float(slope) * slope
    if steep == 0.0:
        return False
    for c in range(len(price)):
        moved = price[c] - int(np.rint(over / steep * (got[c] - made.full)))
        price[c] = min(made.weight[c] * SCALE, max(0, moved))
    return True


@compiled
def _descend(
    made: Covers, price: Ints, best: Ints, best_order: Ints, state: Ints, reach: float, rounds: int
) -> float:
    """Some rounds; `best` keeps the prices of the least bound, `best_order` the best choice.

    `state`: least bound, most units, rounds without a lesser bound, rounds done.
    """
    most = min(made.most, len(made.share))
    worth, got = np.empty(len(made.share), np.int64), np.empty(len(price), np.int64)
    for _ in range(rounds):
        _value_all(made, price, worth)
        order = _by_worth(made, worth)
        bound = _paid(made, price, worth, order, most)
        value = _covered(made, order, most, got)
        state[2] += 1
        if bound < state[0]:
            state[0] = bound
            best[:] = price
            state[2] = 0
        if value > state[1]:
            state[1] = value
            best_order[:] = order
        if state[2] >= _PATIENCE:
            reach *= 0.5
            price[:] = best
            state[2] = 0
        state[3] += 1
        if not _move(made, price, got, reach * (bound - state[1] * SCALE)):
            return 0.0
    return reach


def priced(made: Covers, chosen: Ints, value: int, *, steps: int, watch: Stopwatch) -> Priced:
    """This will look for prices of a low bound, and for a better choice on the way.

    For problems without a budget: a stated budget makes the bound no lower.
    """
    price = made.weight * SCALE // 2
    best, order = price.copy(), np.arange(len(made.share), dtype=np.int64)
    state = np.array([np.iinfo(np.int64).max, value, 0, 0], np.int64)
    reach = 1.5
    while reach > _SHORTEST and state[3] < steps and not watch.over():
        reach = _descend(made, price, best, order, state, reach, _STRIDE)
    found = order[: min(made.most, len(order))]
    if state[1] > value and feasible(made, found):
        chosen, value = found, units(made, found)
    return _settled(made, best, chosen, value)


def _settled(made: Covers, price: Ints, chosen: Ints, value: int) -> Priced:
    worth = np.empty(len(made.share), np.int64)
    _value_all(made, price, worth)
    order = _by_worth(made, worth)
    most = min(made.most, len(order))
    bound = int(_paid(made, price, worth, order, most))
    inside = np.zeros(len(worth), np.bool_)
    inside[order[:most]] = True
    free = ~made.kept
    lowest_in = int(worth[order[most - 1]]) if most else 0
    highest_out = int(worth[order[most]]) if most < len(order) else 0
    never = free & ~inside & ((bound - lowest_in + worth) // SCALE <= value)
    always = free & inside & ((bound - worth + highest_out) // SCALE <= value)
    never[chosen] = False
    taken = np.zeros(len(worth), np.bool_)
    taken[chosen] = True
    return Priced(
        bound=max(value, bound // SCALE),
        worth=worth,
        chosen=chosen,
        value=value,
        never=never,
        always=always & taken,
    )
