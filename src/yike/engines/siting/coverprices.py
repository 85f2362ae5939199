"""Maximal cover bounded by prices: an upper bound in whole numbers, and who need not be asked.

Every class of demand gets a price for being covered, at most its people. Paid are then the people
less their price for all classes, and the p candidates whose classes' prices are worth most: no
choice covers more, whatever the prices (Lagrangian relaxation; Galvão and ReVelle 1996). Prices
fall where a class is covered twice and rise where it is not, until the bound falls no further; what
they would choose, filled up and exchanged, is on the way the better choice more often than kicks.

A candidate that would bring the bound down to what is already covered, were it chosen, is left out;
one that would, were it not chosen, is chosen. Prices are whole numbers of `SCALE` to a person, so
nothing is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting import covering
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.covers import Covers
from yike.engines.siting.highs import Floats
from yike.engines.siting.problem import Flags, Ints

#: prices of so many parts of a unit
SCALE = 1024
_STRIDE = 25
#: the volume algorithm as for medians (`ascent`): width of the first step and of the last
_WIDTH, _NARROWEST, _NARROWER, _PATIENCE = 0.1, 1e-4, 0.66, 5
_WIDER, _WIDEST = 1.1, 2.0
_MOST_NEW, _LEAST_NEW = 0.2, 0.02


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


class Climb(NamedTuple):
    """Where the descent stands, written in place.

    `price`, `best` int64[c]: the newest prices and those of the least bound; `drift` float64[c] the
    average slope; `worth`, `order` int64[a], `got` int64[c]: what the newest would choose, and
    bring; `state` = [least bound in parts, rounds in vain]; `pace` = [width of a step].
    """

    price: Ints
    best: Ints
    drift: Floats
    worth: Ints
    order: Ints
    got: Ints
    state: Ints
    pace: Floats


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
def _cover(made: Covers, order: Ints, most: int, got: Ints) -> None:
    """Fill `got` with the service that the best candidates bring to each class."""
    got[:] = 0
    for at in range(most):
        i = order[at]
        for e in range(made.class_at[i], made.class_at[i + 1]):
            got[made.classes[e]] += made.share[i]


@compiled
def _move(made: Covers, climb: Climb, far: float) -> None:
    """Go from the best prices against the average slope; classes of more people move further."""
    for c in range(len(climb.price)):
        step = np.rint(far * climb.drift[c] * made.weight[c])
        climb.price[c] = min(made.weight[c] * SCALE, max(0, climb.best[c] - int(step)))


@compiled
def _average(made: Covers, climb: Climb) -> float:
    """Take the newest slope into the average; positive where the two agreed."""
    apart, along, agreed = 0.0, 0.0, 0.0
    for c in range(len(climb.price)):
        turn = climb.got[c] - made.full - climb.drift[c]
        apart += turn * turn * made.weight[c]
        along += turn * climb.drift[c] * made.weight[c]
        agreed += (turn + climb.drift[c]) * climb.drift[c] * made.weight[c]
    new = _MOST_NEW
    if apart > 0.0:
        new = min(max(-along / apart, _LEAST_NEW), _MOST_NEW)
    for c in range(len(climb.price)):
        climb.drift[c] += new * (climb.got[c] - made.full - climb.drift[c])
    return agreed


@compiled
def _try(made: Covers, climb: Climb) -> int:
    """The bound of the present prices; `order` and `got` are what they would choose."""
    most = min(made.most, len(climb.worth))
    _value_all(made, climb.price, climb.worth)
    climb.order[:] = _by_worth(made, climb.worth)
    bound = _paid(made, climb.price, climb.worth, climb.order, most)
    _cover(made, climb.order, most, climb.got)
    return bound


@compiled
def _descend(made: Covers, climb: Climb, value: int, rounds: int) -> bool:
    """Some rounds; False where the bound falls no further."""
    for _ in range(rounds):
        length = 0.0
        for c in range(len(climb.drift)):
            length += climb.drift[c] * climb.drift[c] * made.weight[c]
        ahead = climb.state[0] - value * SCALE
        if ahead < SCALE or length < 1e-12 or climb.pace[0] < _NARROWEST:
            return False
        _move(made, climb, climb.pace[0] * ahead / length)
        bound = _try(made, climb)
        agreed = _average(made, climb)
        climb.state[1] += 1
        if bound < climb.state[0]:
            climb.state[0], climb.state[1] = bound, 0
            climb.best[:] = climb.price
            if agreed > 0.0:
                climb.pace[0] = min(_WIDEST, climb.pace[0] * _WIDER)
        elif climb.state[1] >= _PATIENCE:
            climb.pace[0] *= _NARROWER
            climb.state[1] = 0
    return True


def _climb(made: Covers) -> Climb:
    a, c = made.table.shape
    price = made.weight * SCALE // 2
    climb = Climb(
        price=price,
        best=price.copy(),
        drift=np.zeros(c),
        worth=np.empty(a, np.int64),
        order=np.empty(a, np.int64),
        got=np.empty(c, np.int64),
        state=np.zeros(2, np.int64),
        pace=np.array([_WIDTH]),
    )
    climb.state[0] = _try(made, climb)
    climb.drift[:] = climb.got - made.full
    return climb


def priced(made: Covers, chosen: Ints, value: int, *, steps: int, watch: Stopwatch) -> Priced:
    """This will look for prices of a low bound, and for a better choice on the way.

    For problems without a budget: a stated budget makes the bound no lower.
    """
    climb = _climb(made)
    for _ in range(0, steps, _STRIDE):
        more = _descend(made, climb, value, _STRIDE)
        other, units = covering.improved(made, climb.order)
        if units > value:
            chosen, value = other, units
        if not more or watch.over():
            break
    return _settled(made, climb.best, chosen, value)


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
