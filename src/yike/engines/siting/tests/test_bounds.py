"""Bounds from any prices, at any moment, stay on their side of the best of all choices."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from yike.engines.siting import Problem, dominance, highs, lagrange, setcover
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.near import near
from yike.engines.siting.tests import plainly
from yike.engines.siting.tests.asking import problems
from yike.engines.siting.tests.test_exact import some


@some(100)
@given(problems(penalties=True), st.lists(st.integers(0, 300), min_size=7, max_size=7))
def test_no_prices_prove_more_than_the_best_median(problem: Problem, prices: list[int]) -> None:
    best = plainly.pmedian(problem)
    places = np.flatnonzero(problem.allowed)
    choices = [chosen for chosen in plainly.choices(problem) if chosen]
    if best is None or not choices:
        return
    bench = near(problem, places)
    scale, told = lagrange.scale_of(bench), lagrange.untold(bench)
    room = lagrange.Room(
        np.where(bench.kept, lagrange.CHOSEN, lagrange.OPEN).astype(np.int8),
        bench.most - int(bench.kept.sum()),
        min(bench.budget, int(bench.price.sum())),
    )
    paid = np.array(prices[: len(problem.demands)] + prices[-1:], dtype=np.int64) * scale // 7
    lagrange.tell(bench, room, scale, np.minimum(paid, lagrange.ceiling(bench, scale)), told)
    assert lagrange.whole(int(told.exact[0]), scale) <= best
    marks = lagrange.settled(room, told, scale * best - int(told.exact[0]))
    for chosen in choices:
        units, cost = plainly.served(problem, chosen, 2**30)
        missing = int(problem.units.sum()) - units
        if cost + missing * (problem.penalty or 0) <= best:
            inside = np.isin(places, chosen)
            assert not (inside & (marks == lagrange.BARRED)).any()
            assert (inside | (marks != lagrange.CHOSEN)).all()


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Who covers whom (everybody is covered), and prices."""
    a, c = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    rows = draw(st.lists(st.lists(st.booleans(), min_size=c, max_size=c), min_size=a, max_size=a))
    table = np.array(rows)
    table[0] |= ~table.any(axis=0)
    return table, np.array(draw(st.lists(st.integers(0, 4), min_size=a, max_size=a)))


def cheapest(table: np.ndarray, prices: np.ndarray) -> int:
    """The price of the cheapest cover, by looking at all."""
    a = len(prices)
    return min(
        int(prices[list(chosen)].sum())
        for size in range(1, a + 1)
        for chosen in combinations(range(a), size)
        if table[list(chosen)].any(axis=0).all()
    )


@some(100)
@given(tables())
def test_a_cover_and_its_bound_hold_the_best_between_them(
    given_table: tuple[np.ndarray, np.ndarray],
) -> None:
    table, prices = given_table
    best = cheapest(table, prices)
    found = setcover.bounded(table, prices, Stopwatch(10.0))
    assert found.bound <= best <= found.price
    assert table[found.chosen].any(axis=0).all()
    needed = ~found.never(best + 1)
    assert cheapest(table[needed], prices[needed]) == best


@some(100)
@given(tables())
def test_what_dominance_leaves_is_as_cheap(given_table: tuple[np.ndarray, np.ndarray]) -> None:
    table, prices = given_table
    free = np.zeros(len(prices), np.bool_)
    rows, columns = dominance.reduce(table, prices, prices, free)
    small = table[np.ix_(np.flatnonzero(rows), np.flatnonzero(columns))]
    assert small.any(axis=0).all()
    assert cheapest(small, prices[rows]) == cheapest(table, prices)


def test_doubles_claim_only_what_they_surely_prove() -> None:
    assert highs.claimed(10.0000005) == 10
    assert highs.claimed(10.01) == 11
    assert highs.claimed(-7.3) == -7
    assert highs.claimed(1e10 + 3) == 10**10 - 7
    assert highs.claimed(float("-inf")) is None
