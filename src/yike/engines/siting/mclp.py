"""Maximal cover: the most people within the stated minutes, with at most p or within a budget."""

from __future__ import annotations

import numpy as np

from yike.engines.siting import covering, coverprices, flows, highs
from yike.engines.siting.answer import Answer, Stopwatch, answered, impossible, serve
from yike.engines.siting.covers import (
    Covers,
    choice_rows,
    cover_rows,
    covers,
    feasible,
    units,
    without,
)
from yike.engines.siting.highs import Floats
from yike.engines.siting.near import ENDLESS
from yike.engines.siting.problem import Ints, Problem

QUESTION = "mclp"
#: so many pairs of candidate and class are looked at by the stirring, which sets its rounds
_LOOKS = 10**8
_FEWEST_ROUNDS, _MOST_ROUNDS = 60, 400
_STEPS = 1000


def mclp(
    problem: Problem, within: int, *, seconds: float = 60.0, seed: int = 1, merged: bool = True
) -> Answer:
    """This will choose the candidates that cover the most units at a cost of at most `within`.

    The objective is units (people × full); a class served by several shares counts their sum, at
    most `full`. With capacities a flow model decides.
    """
    watch = Stopwatch(seconds)
    if int(problem.kept.sum()) > problem.most:
        return impossible(QUESTION, problem, watch)
    if problem.bounded:
        return flows.mclp(problem, within, watch, seed=seed)
    made = covers(problem, within, merged=merged)
    rounds = min(_MOST_ROUNDS, max(_FEWEST_ROUNDS, _LOOKS // max(1, len(made.classes))))
    goal = int(made.weight.sum()) * made.full
    chosen, value, first = covering.search(made, seed=seed, rounds=rounds, watch=watch, goal=goal)
    early = first, watch.gone()
    chosen, value, bound = prove(made, chosen, value, watch, seed=seed)
    picked = made.places[chosen]
    service = serve(problem, picked, within)
    return answered(QUESTION, picked, (value, bound), service, watch, first=early)


def prove(
    made: Covers, chosen: Ints, value: int, watch: Stopwatch, *, seed: int
) -> tuple[Ints, int, int]:
    """This will return the best choice, its units and their proven bound: prices, then HiGHS.

    Prices leave out most candidates, and demands that are then covered alike become one: HiGHS
    takes a tenth of the time for what is left. With a budget it decides alone.
    """
    most = int(made.weight.sum()) * made.full
    if value >= most or watch.over():
        return chosen, value, most
    if made.budget < ENDLESS:
        return _branched(made, chosen, value, most, watch, seed)
    priced = coverprices.priced(made, chosen, value, steps=_STEPS, watch=watch)
    chosen, value, bound = priced.chosen, priced.value, min(most, priced.bound)
    if bound <= value or watch.over():
        return chosen, value, max(bound, value)
    small = without(made, priced.never, priced.always)
    stay = np.flatnonzero(~priced.never)
    inside = np.searchsorted(stay, np.sort(chosen))
    other, value, bound = _branched(small, inside, value, bound, watch, seed)
    return stay[other], value, bound


def _branched(
    made: Covers, chosen: Ints, value: int, most: int, watch: Stopwatch, seed: int
) -> tuple[Ints, int, int]:
    """What HiGHS says, which may know of no better choice; `most` is a bound known before."""
    a = len(made.price)
    kept = made.kept.astype(np.float64)
    told = highs.solve(
        np.concatenate([np.zeros(a), -(made.weight * made.full).astype(np.float64)]),
        np.concatenate([kept, np.zeros(len(made.weight))]),
        np.ones(a + len(made.weight)),
        highs.stack([choice_rows(made), cover_rows(made, low=0.0, slack=True)]),
        whole=a,
        seconds=watch.left(),
        start=_start(made, chosen),
        apart=0.999,
        # what a restart would fix, prices have fixed: with it the hardest took thrice as long
        restart=False,
        seed=seed,
    )
    if not told.done:
        watch.stop()
    claimed = highs.claimed(told.bound)
    bound = most if claimed is None else min(most, -claimed)
    if told.values is not None:
        other = np.flatnonzero(told.values[:a] > 0.5)
        if feasible(made, other) and units(made, other) > value:
            chosen, value = other, units(made, other)
    return chosen, value, max(bound, value)


def _start(made: Covers, chosen: Ints) -> Floats:
    open_now = np.zeros(len(made.price))
    open_now[chosen] = 1.0
    got = (open_now * made.share) @ made.table
    return np.concatenate([open_now, np.minimum(1.0, got / made.full)])
