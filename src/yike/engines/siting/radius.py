"""Medians proven in HiGHS: one column for each candidate, one for each demand's cost, and cuts.

θᵤ ≥ D - Σ (D - cᵢᵤ)⁺ xᵢ holds for every plan and every radius D; the radii that matter are found by
looking at the present solution. Source: C. Durán Mateluna, Z. Alès, S. Elloumi, An efficient
Benders decomposition for the p-median problem, European Journal of Operational Research 308 (2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting import highs, lagrange
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.highs import INFINITY, Floats, Rows
from yike.engines.siting.near import ENDLESS, Near
from yike.engines.siting.problem import UNREACHED, Flags, Ints

_ROUNDS_OF_CUTS = 200


@compiled
def _radii(near: Near, x: Floats, theta: Floats, radius: Ints) -> None:
    """The radius at which each demand's candidates add up to one, or -1 where no cut is broken."""
    for u in range(len(radius)):
        radius[u] = -1
        full, k, a = 0.0, 0, near.order.shape[1]
        while k < a and full < 1.0 - 1e-9 and near.ranked[u, k] < UNREACHED:
            full += x[near.order[u, k]]
            k += 1
        reach = np.int64(near.ranked[u, k - 1]) if k else 0
        value = float(reach)
        for q in range(k):
            value -= (reach - near.ranked[u, q]) * x[near.order[u, q]]
        if value > theta[u] + 1e-6 * max(1.0, theta[u]):
            radius[u] = reach


@compiled
def _count(near: Near, radius: Ints, sizes: Ints) -> None:
    for u in range(len(radius)):
        sizes[u] = 0
        while sizes[u] < near.order.shape[1] and near.ranked[u, sizes[u]] < radius[u]:
            sizes[u] += 1


@compiled
def _terms(near: Near, users: Ints, radius: Ints, sizes: Ints, index: Ints, value: Floats) -> None:
    at, a = 0, len(near.price)
    for cut in range(len(users)):
        u = users[cut]
        for k in range(sizes[u]):
            index[at] = near.order[u, k]
            value[at] = radius[u] - near.ranked[u, k]
            at += 1
        index[at], value[at] = a + u, 1.0
        at += 1


def cut_rows(near: Near, radius: Ints) -> tuple[Rows, Ints]:
    """This will return a cut for every demand whose radius is not negative, and those demands."""
    users = np.flatnonzero(radius >= 0)
    sizes = np.zeros(len(radius), np.int64)
    _count(near, radius, sizes)
    start = np.concatenate([[0], np.cumsum(sizes[users] + 1)])
    index, value = np.zeros(start[-1], np.int64), np.zeros(start[-1])
    _terms(near, users, radius, sizes, index, value)
    rows = Rows(
        radius[users].astype(np.float64),
        np.full(len(users), INFINITY),
        start.astype(np.int32),
        index.astype(np.int32),
        value,
    )
    return rows, users


def frame_rows(near: Near) -> Rows:
    """This will return the rows on the choice alone: number, budget, groups, everybody reached."""
    a = len(near.price)
    parts = [highs.row(np.arange(a), 1.0, -INFINITY, near.most)]
    if near.budget < ENDLESS:
        parts.append(highs.row(np.arange(a), near.price, -INFINITY, near.budget))
    for i, k in np.argwhere(np.triu(near.clash)):
        parts.append(highs.row([i, k], 1.0, -INFINITY, 1.0))
    reached = near.cost < UNREACHED
    partly = np.flatnonzero(~reached.all(axis=0) & (near.weight > 0))
    columns = np.unique(reached[:, partly], axis=1).T
    parts += [highs.row(np.flatnonzero(column), 1.0, 1.0, INFINITY) for column in columns]
    return highs.stack(parts)


def subset(near: Near, keep: Flags) -> Near:
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


@dataclass(slots=True, eq=False)
class Cutter:
    """One model in HiGHS that grows by cuts; columns: candidates, then one cost per demand."""

    near: Near
    made: Any
    duals_of: list[Ints]
    radii_of: list[Ints]

    def add(self, radius: Ints) -> int:
        """This will add the cuts of these radii and return how many."""
        rows, users = cut_rows(self.near, radius)
        if len(users):
            self.made.addRows(
                len(users),
                rows.low,
                rows.high,
                len(rows.index),
                rows.start[:-1],
                rows.index,
                rows.value,
            )
            self.duals_of.append(users)
            self.radii_of.append(radius[users])
        return len(users)

    def broken(self, values: Floats) -> int:
        """This will add the cuts that a solution breaks and return how many."""
        a = len(self.near.price)
        radius = np.zeros(self.near.order.shape[0], np.int64)
        _radii(self.near, np.clip(values[:a], 0.0, 1.0), values[a:], radius)
        radius[self.near.weight == 0] = -1
        return self.add(radius)

    def prices(self, scale: int) -> Ints:
        """This will turn the duals of the cuts into prices for the exact bound."""
        users, radii = np.concatenate(self.duals_of), np.concatenate(self.radii_of)
        duals = np.array(self.made.getSolution().row_dual)[-len(users) :]
        total = np.bincount(users, np.maximum(duals, 0.0) * radii, self.near.order.shape[0])
        return np.rint(total * scale).astype(np.int64)


def cutter(near: Near, always: Flags, radii: list[Ints], watch: Stopwatch) -> Cutter:
    """This will return the relaxed model with the first cuts in it."""
    a, n = near.cost.shape
    made = highs.solver(watch.left())
    low = np.concatenate([(near.kept | always).astype(np.float64), np.zeros(n)])
    high = np.concatenate([np.ones(a), np.full(n, INFINITY)])
    cost = np.concatenate([np.zeros(a), near.weight.astype(np.float64)])
    frame = frame_rows(near)
    made.passModel(highs.model(cost, low, high, frame, 0))
    grown = Cutter(near, made, [], [])
    for radius in radii:
        grown.add(radius)
    return grown


def relax(grown: Cutter, goal: int, watch: Stopwatch) -> Floats | None:
    """This will cut until nothing is broken or the goal is proven.

    Returns the values; none at all (an empty array) where what is settled leaves no plan below the
    goal; None where the time is up.
    """
    values: Floats | None = None
    for left in reversed(range(_ROUNDS_OF_CUTS)):
        if watch.over():
            return None
        grown.made.setOptionValue("time_limit", grown.made.getRunTime() + max(0.01, watch.left()))
        grown.made.run()
        told = highs.found(grown.made)
        if told.infeasible:
            return np.zeros(0)
        if not told.done or told.values is None:
            watch.stop()
            return None
        values = told.values
        if not left or told.objective > goal - 1 + 1e-3 or not grown.broken(values):
            break
    return values


def prove(grown: Cutter, chosen: Ints, watch: Stopwatch) -> tuple[Ints, int, int | None]:
    """This will branch, cutting every whole solution that a cut breaks, from a known choice.

    Returns the best choice, its total, and the bound (or None) of the plans in this model.
    """
    near, made = grown.near, grown.made
    a = len(near.price)
    kinds = np.array([highs.WHOLE] * a)
    made.changeColsIntegrality(a, np.arange(a, dtype=np.int32), kinds)
    made.setOptionValue("mip_abs_gap", 0.999)
    value, bound = worth(near, chosen), None
    while not watch.over():
        made.setOptionValue("time_limit", made.getRunTime() + max(0.01, watch.left()))
        start = _start(near, chosen)
        made.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
        made.run()
        told = highs.found(made)
        if told.infeasible:
            return chosen, value, value
        bound = _higher(bound, highs.claimed(told.bound))
        if told.values is not None:
            other = np.flatnonzero(told.values[:a] > 0.5)
            if worth(near, other) < value:
                chosen, value = other, worth(near, other)
        if told.values is None or not told.done:
            watch.stop()
            break
        if (bound is not None and bound >= value) or not grown.broken(_rounded(told.values, a)):
            break
    return chosen, value, bound


def _higher(one: int | None, other: int | None) -> int | None:
    known = [bound for bound in (one, other) if bound is not None]
    return max(known, default=None)


def _start(near: Near, chosen: Ints) -> Floats:
    open_now = np.zeros(len(near.price))
    open_now[chosen] = 1.0
    return np.concatenate([open_now, near.cost[chosen].min(axis=0).astype(np.float64)])


def _rounded(values: Floats, a: int) -> Floats:
    return np.concatenate([np.rint(values[:a]), values[a:]])


def worth(near: Near, chosen: Ints) -> int:
    """This will return Σ units × cost of the nearest of these candidates, exactly."""
    if not len(chosen):
        return int(near.weight.sum()) * UNREACHED
    return int((near.weight * near.cost[chosen].min(axis=0).astype(np.int64)).sum())


def first_radii(near: Near, bound: lagrange.Bound) -> list[Ints]:
    """This will return the two ranks around each demand's price: their cuts prove the bound."""
    reach = bound.prices / np.maximum(1, near.weight * bound.scale)
    below = (near.ranked < reach[:, None]).sum(axis=1)
    rows, last = np.arange(len(reach)), near.order.shape[1] - 1
    ranks = (np.maximum(below - 1, 0), np.minimum(below, last))
    both = [near.ranked[rows, rank].astype(np.int64) for rank in ranks]
    return [np.where((radius < UNREACHED) & (near.weight > 0), radius, -1) for radius in both]
