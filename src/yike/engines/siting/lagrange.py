"""A lower bound for medians in whole numbers, hence never a false one.

Every demand u is given a price λᵤ ≥ 0; then Σλ + min over choices of Σr is below every plan's
total, where rᵢ = Σ min(0, wᵤcᵢᵤ - λᵤ). λ is kept as a whole number of 1/scale, so that the sum is
exact whatever the path that led to it. Source: G. Cornuéjols, M. Fisher, G. Nemhauser, Location of
bank accounts to optimize float, Management Science 23 (1977).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.highs import Floats
from yike.engines.siting.near import ENDLESS, Near
from yike.engines.siting.problem import UNREACHED, Flags, Ints

_LARGEST = 2**60
_FINEST = 2**20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bound:
    """A proven bound: `exact` in units of 1/scale with its prices and reduced costs.

    `reduced` int64[a] is r of every candidate with the budget's price added.
    """

    exact: int
    scale: int
    prices: Ints
    reduced: Ints
    picked: Ints

    @property
    def whole(self) -> int:
        """This will return the bound as a whole number: no plan is below."""
        return -(-self.exact // self.scale)


def scale_of(near: Near) -> int:
    """This will return how fine prices may be, so that no sum passes 2⁶⁰."""
    finite = near.ranked[near.ranked < UNREACHED]
    dearest = int(finite.max()) if finite.size else 0
    scale = _FINEST
    while scale > 1 and int(near.weight.sum()) * dearest * scale > _LARGEST:
        scale //= 2
    return scale


@compiled
def _reduce(near: Near, scale: int, prices: Ints, reduced: Ints) -> None:
    """r of every candidate."""
    reduced[:] = 0
    for u in range(len(prices)):
        for k in range(near.order.shape[1]):
            d = near.ranked[u, k]
            if d >= UNREACHED:
                break
            left = scale * near.weight[u] * d - prices[u]
            if left >= 0:
                break
            reduced[near.order[u, k]] += left


@compiled
def _missed(near: Near, scale: int, prices: Ints, open_now: Flags, missed: Floats) -> None:
    """The direction of ascent: 1 - how many of the picked serve a demand below its price."""
    for u in range(len(prices)):
        missed[u] = 1.0
        for k in range(near.order.shape[1]):
            d = near.ranked[u, k]
            if d >= UNREACHED or scale * near.weight[u] * d >= prices[u]:
                break
            if open_now[near.order[u, k]]:
                missed[u] -= 1.0


def evaluate(near: Near, scale: int, prices: Ints) -> Bound:
    """This will return the bound that these prices prove."""
    reduced = np.empty(len(near.price), np.int64)
    _reduce(near, scale, prices, reduced)
    best: Bound | None = None
    for dual in _duals(near, reduced):
        priced = reduced + dual * near.price
        picked = _pick(near, priced)
        exact = int(prices.sum()) + int(priced[picked].sum())
        if dual:
            exact -= dual * near.budget
        if best is None or exact > best.exact:
            best = Bound(exact=exact, scale=scale, prices=prices, reduced=priced, picked=picked)
    assert best is not None
    return best


def _pick(near: Near, priced: Ints) -> Ints:
    """The choice of least Σr: the kept, then the most negative while one more may be chosen."""
    kept, free = np.flatnonzero(near.kept), np.flatnonzero(~near.kept)
    room = near.most - len(kept)
    order = free[np.argsort(priced[free], kind="stable")][:room]
    return np.concatenate([kept, order[priced[order] < 0]])


def _duals(near: Near, reduced: Ints) -> tuple[int, ...]:
    """What one unit of budget may be worth: nothing, or what the last one affordable brings."""
    if near.budget >= ENDLESS:
        return (0,)
    worth = np.where(near.kept, 0, -reduced // np.maximum(1, near.price))
    order = np.argsort(-worth, kind="stable")
    spent = np.cumsum(near.price[order])
    last = int(np.searchsorted(spent, near.budget, side="right"))
    return (0, int(worth[order[min(last, len(order) - 1)]]))


def ascend(
    near: Near, prices: Ints, scale: int, goal: int, *, steps: int, watch: Stopwatch
) -> Bound:
    """This will raise the bound by subgradient steps toward `goal`, the best total known.

    Ends after `steps`, when the bound proves the goal, when steps have become too small, or when
    the time is up.
    """
    best = evaluate(near, scale, prices)
    now, width, bad = best, 1.0, 0
    direction, top = np.zeros(len(prices)), ceiling(near, scale)
    missed = np.empty(len(prices))
    for _ in range(steps):
        if best.whole >= goal or width < 1e-4 or watch.over():
            break
        open_now = np.zeros(len(near.price), np.bool_)
        open_now[now.picked] = True
        _missed(near, scale, now.prices, open_now, missed)
        direction = 0.7 * missed + 0.3 * direction
        length = float(direction @ direction)
        if length == 0.0:
            break
        step = width * max(1.0, 1.01 * goal * scale - now.exact) / length
        moved = np.maximum(now.prices + np.rint(step * direction), 0).astype(np.int64)
        now = evaluate(near, scale, np.minimum(moved, top))
        if now.exact > best.exact:
            best, bad = now, 0
        else:
            bad += 1
            if bad >= 15:
                now, width, bad = best, width * 0.7, 0
                direction[:] = 0.0
    return best


def ceiling(near: Near, scale: int) -> Ints:
    """This will return the dearest price of each demand that can still matter: its farthest."""
    farthest = np.where(near.ranked < UNREACHED, near.ranked, 0).max(axis=1).astype(np.int64)
    most: Ints = farthest * near.weight * scale + 1
    return most


def settled(near: Near, bound: Bound, goal: int) -> tuple[Flags, Flags]:
    """This will return which candidates no plan below `goal` chooses, and which each one does.

    From reduced costs: choosing one more of a high r instead of the last picked one would lift the
    bound to `goal`; leaving out one of a low r likewise.
    """
    room = near.most - int(near.kept.sum())
    free = np.flatnonzero(~near.kept)
    ranked = np.sort(np.minimum(bound.reduced[free], 0))
    last = int(ranked[room - 1]) if 0 < room <= len(ranked) else 0
    after = int(ranked[room]) if room < len(ranked) else 0
    slack = bound.scale * (goal - 1) - bound.exact
    never = ~near.kept & (bound.reduced - last > slack)
    always = ~near.kept & (after - bound.reduced > slack)
    return never, always & ~never
