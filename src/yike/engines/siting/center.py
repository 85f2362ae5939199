"""The centre: the least cost within which a stated share of all people finds a chosen candidate.

The share is of all people: the unreachable stay in the denominator. With the share 1 this is the
p-center; one unreachable village then makes it impossible, hence the quantile.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from yike.engines.siting import covering, highs
from yike.engines.siting.answer import Answer, Stopwatch, answered, impossible, serve
from yike.engines.siting.cover import least
from yike.engines.siting.covers import Covers, choice_rows, cover_rows, covers, feasible, units
from yike.engines.siting.errors import BadProblemError
from yike.engines.siting.highs import Rows
from yike.engines.siting.problem import UNREACHED, Ints, Problem

QUESTION = "center"
_ROUNDS = 20
#: of the time left, what one undecided step may take
_STEP = 0.25


@dataclass(slots=True)
class _Search:
    """What is known: plans at a cost, costs proven too small, and the costs in question."""

    problem: Problem
    target: int
    values: Ints
    seed: int
    watch: Stopwatch
    chosen: Ints | None = None


def target_units(problem: Problem, quantile: Fraction) -> int:
    """This will return the units that must be served: the share of all, rounded up."""
    if not 0 < quantile <= 1:
        raise BadProblemError("分位数应当大于 0、不超过 1，例如 0.95。")
    return -(-int(problem.units.sum()) * quantile.numerator // quantile.denominator)


def center(
    problem: Problem,
    *,
    quantile: Fraction = Fraction(1),
    seconds: float = 60.0,
    seed: int = 1,
) -> Answer:
    """This will choose so that `quantile` of all people are served at the least cost.

    The objective is that cost, the bound the least cost not proven too small. Refuses capacities.
    """
    if problem.bounded:
        raise BadProblemError("中心问题不支持容量：请改用 mclp 或 pmedian，或去掉容量。")
    watch = Stopwatch(seconds)
    near = problem.cost[problem.allowed]
    lived = near[:, problem.weight > 0]
    values = np.unique(lived[lived < UNREACHED]).astype(np.int64)
    asked = _Search(problem, target_units(problem, quantile), values, seed, watch)
    if int(problem.kept.sum()) > problem.most or not len(values):
        return impossible(QUESTION, problem, watch)
    low = _lowest(asked)
    if low >= len(values):
        return impossible(QUESTION, problem, watch)
    proven, best = _bisect(asked, low)
    if asked.chosen is None:
        return impossible(QUESTION, problem, watch, proven=proven >= len(values))
    return _answer(asked, int(values[best]), int(values[min(proven, best)]))


def _lowest(asked: _Search) -> int:
    """The first value at which all allowed together serve enough; their number where none does."""
    low, high = 0, len(asked.values)
    while low < high:
        middle = (low + high) // 2
        made = covers(asked.problem, int(asked.values[middle]))
        if units(made, np.arange(len(made.price))) >= asked.target:
            high = middle
        else:
            low = middle + 1
    return low


def _bisect(asked: _Search, low: int) -> tuple[int, int]:
    """The first value not proven too small, and the value of the best plan."""
    high = _quick(asked, low)
    proven = doubted = _relaxed(asked, low, min(high, len(asked.values) - 1))
    while doubted < high:
        middle = (doubted + high) // 2
        verdict = _decide(asked, int(asked.values[middle]))
        if verdict:
            high = middle
        else:
            doubted = middle + 1
            if verdict is False and proven <= middle:
                proven = middle + 1
        if asked.watch.over():
            break
    return proven, min(high, len(asked.values) - 1)


def _quick(asked: _Search, low: int) -> int:
    """By greedy and exchange alone: a value that can be had, or the number of values."""
    high, best = len(asked.values), len(asked.values)
    while low < high and not asked.watch.over():
        middle = (low + high) // 2
        made = covers(asked.problem, int(asked.values[middle]))
        if _tried(asked, made, rounds=0):
            high = best = middle
        else:
            low = middle + 1
    return best


def _relaxed(asked: _Search, low: int, high: int) -> int:
    """Raise the first value not proven too small by models that forget whole numbers."""
    while low < high and not asked.watch.over():
        middle = (low + high) // 2
        made = covers(asked.problem, int(asked.values[middle]))
        if _model(asked, made, asked.watch.part(_STEP), whole=False).infeasible:
            low = middle + 1
        else:
            high = middle
    return low


def _tried(asked: _Search, made: Covers, *, rounds: int) -> bool:
    chosen, value, _ = covering.search(
        made, seed=asked.seed, rounds=rounds, watch=asked.watch, goal=asked.target
    )
    if value >= asked.target:
        asked.chosen = made.places[chosen]
    return value >= asked.target


def _decide(asked: _Search, within: int) -> bool | None:
    """Whether enough can be served at this cost; None where the time of the step is up."""
    problem, watch = asked.problem, asked.watch.part(_STEP)
    made = covers(problem, within)
    if _tried(asked, made, rounds=_ROUNDS):
        return True
    if asked.target == int(problem.units.sum()):
        ones = np.ones(len(made.price), np.int64)
        found = least(problem, made, ones, watch, seed=asked.seed, enough=made.most)
        if found.chosen is not None and feasible(made, found.chosen):
            asked.chosen = made.places[found.chosen]
            return True
        return False if found.none or found.bound > made.most else None
    return _reached(asked, made, watch)


def _reached(asked: _Search, made: Covers, watch: Stopwatch) -> bool | None:
    """HiGHS: at least the target, or nothing."""
    told = _model(asked, made, watch, whole=True)
    if told.infeasible:
        return False
    if told.values is not None:
        chosen = np.flatnonzero(told.values[: len(made.price)] > 0.5)
        if feasible(made, chosen) and units(made, chosen) >= asked.target:
            asked.chosen = made.places[chosen]
            return True
    watch.stop()
    return None


def _model(asked: _Search, made: Covers, watch: Stopwatch, *, whole: bool) -> highs.Found:
    a, c = len(made.price), len(made.weight)
    worth = (made.weight * made.full).astype(np.float64)
    enough: Rows = highs.row(a + np.arange(c), worth, asked.target - 0.5, highs.INFINITY)
    rows = [choice_rows(made), cover_rows(made, low=0.0, slack=True), enough]
    return highs.solve(
        np.concatenate([np.zeros(a), -worth]),
        np.concatenate([made.kept.astype(np.float64), np.zeros(c)]),
        np.ones(a + c),
        highs.stack(rows),
        whole=a if whole else 0,
        seconds=watch.left(),
        target=float(-asked.target),
        seed=asked.seed,
    )


def _answer(asked: _Search, value: int, bound: int) -> Answer:
    assert asked.chosen is not None
    service = serve(asked.problem, asked.chosen, value)
    return answered(QUESTION, asked.chosen, (value, bound), service, asked.watch)
