"""The candidates of every demand, nearest first: what all searches for medians read.

A pass over the near ones alone touches some sixty of a thousand candidates instead of all.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yike.engines.siting.problem import UNREACHED, Costs, Flags, Ints, Problem

#: rows sorted at a time: the keys of 64 bits would otherwise double the memory
_SLAB = 1024
#: no stated budget
ENDLESS = 2**60


class Near(NamedTuple):
    """The allowed candidates alone, as flat arrays that compiled functions take.

    `cost` int32[a, n]; `order`, `ranked` int32[n, a]: candidates and costs, nearest first (ties by
    index); `weight` int64[n] units; `price` int64[a]; `clash` bool[a, a]; `kept` bool[a].
    """

    cost: Costs
    order: Costs
    ranked: Costs
    weight: Ints
    price: Ints
    clash: Flags
    kept: Flags
    budget: int
    most: int


def near(problem: Problem, places: Ints) -> Near:
    """This will sort the candidates at `places` by cost, for every demand.

    Where a penalty is stated, the unreached stand in the table at that cost.
    """
    cost = problem.cost[places]
    if problem.penalty is not None:
        cost = np.minimum(cost, np.int32(problem.penalty))
    order, ranked = _sorted(cost)
    return Near(
        cost=cost,
        order=order,
        ranked=ranked,
        weight=problem.units,
        price=problem.new_price[places],
        clash=clashes(problem)[np.ix_(places, places)],
        kept=problem.kept[places],
        budget=ENDLESS if problem.budget is None else problem.budget,
        most=problem.most,
    )


def clashes(problem: Problem) -> Flags:
    """This will return which two candidates stand in one exclusive group, bool[m, m]."""
    m, _ = problem.size
    table = np.zeros((m, m), np.bool_)
    for group in problem.groups:
        table[np.ix_(group, group)] = True
    np.fill_diagonal(table, False)
    return table


def _sorted(cost: Costs) -> tuple[Costs, Costs]:
    a, n = cost.shape
    order, ranked = np.empty((n, a), np.int32), np.empty((n, a), np.int32)
    places: npt.NDArray[np.int64] = np.arange(a, dtype=np.int64)
    for first in range(0, n, _SLAB):
        slab = cost[:, first : first + _SLAB].T.astype(np.int64)
        keys = np.sort((slab << 24) | places, axis=1)
        order[first : first + _SLAB] = keys & 0xFFFFFF
        ranked[first : first + _SLAB] = keys >> 24
    return order, ranked


def fewer(near: Near, keep: Flags) -> Near:
    """This will return the same question of fewer candidates."""
    places = np.flatnonzero(keep)
    back = np.cumsum(keep) - 1
    chosen = keep[near.order]
    n = near.order.shape[0]
    return near._replace(
        cost=np.ascontiguousarray(near.cost[places]),
        order=back[near.order[chosen]].reshape(n, len(places)).astype(np.int32),
        ranked=near.ranked[chosen].reshape(n, len(places)),
        price=near.price[places],
        clash=near.clash[np.ix_(places, places)],
        kept=near.kept[places],
    )


def worth(near: Near, chosen: Ints) -> int:
    """This will return Σ units × cost of the nearest of these candidates, exactly."""
    if not len(chosen):
        return int(near.weight.sum()) * UNREACHED
    return int((near.weight * near.cost[chosen].min(axis=0).astype(np.int64)).sum())
