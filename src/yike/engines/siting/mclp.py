"""Maximal cover: the most people within the stated minutes, with at most p or within a budget."""

from __future__ import annotations

import numpy as np

from yike.engines.siting import covering, flows, highs
from yike.engines.siting.answer import Answer, Stopwatch, impossible, serve, state
from yike.engines.siting.covers import Covers, choice_rows, cover_rows, covers, feasible, units
from yike.engines.siting.highs import Floats
from yike.engines.siting.problem import Ints, Problem

QUESTION = "mclp"
_ROUNDS = 60


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
    chosen, value, first = covering.search(made, seed=seed, rounds=_ROUNDS, watch=watch, goal=2**62)
    first_seconds = watch.gone()
    chosen, value, bound = prove(made, chosen, value, watch, seed=seed)
    picked = tuple(int(i) for i in np.sort(made.places[chosen]))
    service = serve(problem, picked, within)
    status, gap = state(value, bound, cut=watch.cut)
    return Answer(
        question=QUESTION,
        status=status,
        chosen=picked,
        objective=value,
        bound=bound,
        gap=gap,
        seconds=watch.gone(),
        first=first,
        first_seconds=first_seconds,
        service=service,
        covered=int(service.units.sum()),
        uncovered=int(service.left.sum()),
        cut_short=watch.cut,
    )


def prove(
    made: Covers, chosen: Ints, value: int, watch: Stopwatch, *, seed: int
) -> tuple[Ints, int, int]:
    """This will return the best choice, its units and the bound that HiGHS proves."""
    most = int(made.weight.sum()) * made.full
    if value >= most or watch.over():
        return chosen, value, most
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
