"""Set cover in whole numbers: a Lagrangian bound that is never false, and choices found on the way.

Every class c has a price λ ≥ 0 in units of 1/scale; Σλ + Σ min(0, priceᵢ - Σλ of what i covers) is
below every cover. Source: A. Caprara, M. Fischetti, P. Toth, A heuristic method for the set
covering problem, Operations Research 47 (1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.highs import Floats
from yike.engines.siting.problem import Flags, Ints

_SCALE = 2**20
_STEPS = 800


@compiled
def _reduce(table: Flags, prices: Ints, duals: Ints, reduced: Ints) -> None:
    for i in range(len(prices)):
        left = prices[i]
        for c in range(len(duals)):
            if table[i, c]:
                left -= duals[c]
        reduced[i] = left


@compiled
def _cheapest(scores: Ints, fresh: Ints) -> int:
    """The candidate of the best score for each class newly covered."""
    best, who = 0.0, -1
    for i in range(len(scores)):
        if fresh[i] == 0:
            continue
        each = scores[i] / fresh[i] if scores[i] > 0 else float(scores[i]) * fresh[i]
        if who < 0 or each < best:
            best, who = each, i
    return who


@compiled
def _greedy(
    table: Flags, prices: Ints, scores: Ints, fresh: Ints, open_now: Flags, got: Ints
) -> None:
    """Cover everything by the best score; then drop the needless. `fresh`: classes of each."""
    a, n = table.shape
    left = n
    while left > 0:
        who = _cheapest(scores, fresh)
        open_now[who] = True
        for c in range(n):
            if table[who, c]:
                got[c] += 1
                if got[c] == 1:
                    left -= 1
                    for i in range(a):
                        fresh[i] -= table[i, c]
    _drop(table, prices, open_now, got)


@compiled
def _drop(table: Flags, prices: Ints, open_now: Flags, got: Ints) -> None:
    """Drop what is not needed, the dearest first."""
    a, n = table.shape
    for _ in range(a):
        worst, who = -1, -1
        for i in range(a):
            if not open_now[i] or prices[i] <= worst:
                continue
            needed = False
            for c in range(n):
                if table[i, c] and got[c] == 1:
                    needed = True
                    break
            if not needed:
                worst, who = prices[i], i
        if who < 0:
            return
        open_now[who] = False
        for c in range(n):
            got[c] -= table[who, c]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bounded:
    """A cover of all classes, its price, the bound.

    `reduced` int64[a] in 1/scale belongs to the bound `exact` in 1/scale.
    """

    chosen: Ints
    price: int
    bound: int
    exact: int
    reduced: Ints

    def never(self, below: int) -> Flags:
        """This will return the candidates that no cover cheaper than `below` chooses."""
        return self.reduced > _SCALE * (below - 1) - self.exact


def bounded(table: Flags, prices: Ints, watch: Stopwatch) -> Bounded:
    """This will return a cover and a bound; some row of bool[a, c] covers each column."""
    scaled = prices * _SCALE
    state = _Ascent(table, scaled)
    state.cover(scaled)
    width, bad = 1.0, 0
    for step in range(_STEPS):
        if -(-state.exact // _SCALE) * _SCALE >= state.price or width < 1e-3 or watch.over():
            break
        better = state.step(width)
        if step % 8 == 0 or better:
            state.cover(state.now)
        bad = 0 if better else bad + 1
        if bad >= 12:
            state.back()
            width, bad = width * 0.7, 0
    chosen = np.flatnonzero(state.best_open)
    whole = -(-state.exact // _SCALE)
    return Bounded(
        chosen=chosen,
        price=int(prices[chosen].sum()),
        bound=whole,
        exact=state.exact,
        reduced=state.best_reduced,
    )


class _Ascent:
    """The moving parts of a subgradient ascent; all sums in whole numbers of 1/scale."""

    def __init__(self, table: Flags, scaled: Ints) -> None:
        self.table, self.scaled = table, scaled
        each = np.maximum(1, table.sum(axis=1))
        self.duals = np.where(table, (scaled // each)[:, None], 2**50).min(axis=0).astype(np.int64)
        self.now = np.empty(len(scaled), np.int64)
        self.best_open = np.ones(len(scaled), np.bool_)
        self.price = int(scaled.sum())
        self.exact = self._worth(self.duals)
        self.best, self.best_reduced = self.duals.copy(), self.now.copy()
        self.value = self.exact

    def _worth(self, duals: Ints) -> int:
        _reduce(self.table, self.scaled, duals, self.now)
        return int(duals.sum()) + int(np.minimum(self.now, 0).sum())

    def step(self, width: float) -> bool:
        """This will take one step; True where the bound rose."""
        missed: Floats = 1.0 - self.table[self.now < 0].sum(axis=0)
        missed[(missed < 0) & (self.duals == 0)] = 0.0
        length = float(missed @ missed)
        if length:
            far = width * max(1.0, 1.02 * self.price - self.value) / length
            self.duals = np.maximum(0, self.duals + np.rint(far * missed).astype(np.int64))
        self.value = self._worth(self.duals)
        if self.value <= self.exact:
            return False
        self.exact = self.value
        self.best, self.best_reduced = self.duals.copy(), self.now.copy()
        return True

    def back(self) -> None:
        """This will return to the prices of the best bound."""
        self.duals = self.best.copy()
        self.value = self._worth(self.duals)

    def cover(self, scores: Ints) -> None:
        """This will build a cover by these scores and keep it where it is cheaper."""
        open_now = np.zeros(len(scores), np.bool_)
        fresh, got = self.table.sum(axis=1), np.zeros(self.table.shape[1], np.int64)
        _greedy(self.table, self.scaled, scores, fresh, open_now, got)
        price = int(self.scaled[open_now].sum())
        if price < self.price:
            self.price, self.best_open = price, open_now
