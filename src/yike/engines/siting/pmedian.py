"""The p-median: the fewest units × cost, every demand served by its nearest chosen candidate."""

from __future__ import annotations

import numpy as np

from yike.engines.siting import branch, flows, highs, swapping
from yike.engines.siting.answer import Answer, Stopwatch, answered, impossible, serve, unreachable
from yike.engines.siting.highs import INFINITY, Rows
from yike.engines.siting.near import ENDLESS, Near, near
from yike.engines.siting.problem import UNREACHED, Ints, Problem

QUESTION = "pmedian"
#: so many near pairs are looked at by the wandering, which sets the number of its kicks
_LOOKS = 2 * 10**7
_FEWEST_ROUNDS, _MOST_ROUNDS = 20, 400


def pmedian(problem: Problem, *, seconds: float = 60.0, seed: int = 1) -> Answer:
    """This will choose at most p (within the budget) of least Σ units × cost, with its bound.

    Demands that no allowed candidate reaches are set aside and listed; all others must be reached,
    unless the problem states a penalty. With capacities or shares a flow model decides.
    """
    watch = Stopwatch(seconds)
    if problem.bounded or not problem.whole:
        return flows.pmedian(problem, watch, seed=seed)
    places = np.flatnonzero(problem.allowed)
    apart = unreachable(problem) if problem.penalty is None else ()
    if len(apart) == len(problem.demands) or int(problem.kept.sum()) > problem.most:
        return impossible(QUESTION, problem, watch)
    bench = near(problem, places)
    bench.weight[list(apart)] = 0
    if not bench.weight.any():
        return impossible(QUESTION, problem, watch)
    found = _found(bench, problem.penalty, watch, seed)
    first_seconds = watch.gone()
    if isinstance(found, bool):
        return impossible(QUESTION, problem, watch, proven=found)
    chosen, value, first = found
    bound = value
    if len(chosen):
        chosen, value, bound = branch.prove(bench, chosen, value, watch)
    picked = places[chosen]
    service = serve(problem, picked)
    return answered(QUESTION, picked, (value, bound), service, watch, first=(first, first_seconds))


def _found(
    bench: Near, penalty: int | None, watch: Stopwatch, seed: int
) -> tuple[Ints, int, int] | bool:
    """The best of the quick searches; where it reaches not everybody, from a cover by HiGHS.

    Where nothing at all may be chosen, everybody is unreached at the penalty. Without any choice
    that reaches everybody: whether it is proven that there is none.
    """
    a, n = bench.cost.shape
    rounds = min(_MOST_ROUNDS, max(_FEWEST_ROUNDS, _LOOKS * bench.most // max(1, a * n)))
    quick = watch.part(0.4)
    found = swapping.search(bench, seed=seed, rounds=rounds, watch=quick)
    if penalty is not None and not len(found[0]):
        nothing = penalty * int(bench.weight.sum())
        return found[0], nothing, nothing
    if len(found[0]) and _everybody(bench, found[0]):
        return found
    told = highs.solve(
        np.ones(a),
        bench.kept.astype(np.float64),
        np.ones(a),
        _frame_rows(bench),
        whole=a,
        seconds=watch.left(),
    )
    if told.values is None:
        return told.infeasible
    start = np.flatnonzero(told.values > 0.5)
    return swapping.search(bench, seed=seed, rounds=rounds, watch=watch, start=start)


def _everybody(bench: Near, chosen: Ints) -> bool:
    return bool((bench.cost[chosen].min(axis=0)[bench.weight > 0] < UNREACHED).all())


def _frame_rows(near: Near) -> Rows:
    """The rows on the choice alone: number, budget, groups, everybody reached."""
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
