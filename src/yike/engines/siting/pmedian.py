"""The p-median: the fewest units × cost, every demand served by its nearest chosen candidate."""

from __future__ import annotations

import numpy as np

from yike.engines.siting import flows, highs, lagrange, radius, swapping
from yike.engines.siting.answer import Answer, Stopwatch, impossible, serve, state, unreachable
from yike.engines.siting.near import Near, near
from yike.engines.siting.problem import UNREACHED, Ints, Problem

QUESTION = "pmedian"
#: so many near pairs are looked at by the wandering, which sets the number of its kicks
_LOOKS = 5 * 10**7
_FEWEST_ROUNDS, _MOST_ROUNDS = 40, 2000
_STEPS = 1500


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
    chosen, value, bound = _proven(bench, chosen, value, watch)
    return _answer(problem, places[chosen], (value, bound, first), first_seconds, watch)


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
        radius.frame_rows(bench),
        whole=a,
        seconds=watch.left(),
    )
    if told.values is None:
        return told.infeasible
    start = np.flatnonzero(told.values > 0.5)
    return swapping.search(bench, seed=seed, rounds=rounds, watch=watch, start=start)


def _everybody(bench: Near, chosen: Ints) -> bool:
    return bool((bench.cost[chosen].min(axis=0)[bench.weight > 0] < UNREACHED).all())


def _proven(bench: Near, chosen: Ints, value: int, watch: Stopwatch) -> tuple[Ints, int, int]:
    """Choice, total and bound: prices first, then cuts, then branching, until they meet."""
    if not len(chosen):
        return chosen, value, value
    scale = lagrange.scale_of(bench)
    prices = _first_prices(bench, chosen, scale)
    bound = lagrange.ascend(bench, prices, scale, value, steps=_STEPS, watch=watch)
    if bound.whole >= value or watch.over():
        return chosen, value, min(value, bound.whole)
    never, always = lagrange.settled(bench, bound, value)
    never[chosen] = False
    small = radius.subset(bench, ~never)
    kept_places = np.flatnonzero(~never)
    grown = radius.cutter(small, always[~never], radius.first_radii(small, bound), watch)
    relaxed = radius.relax(grown, value, watch)
    if relaxed is None:
        return chosen, value, bound.whole
    if not len(relaxed):
        return chosen, value, value
    better = lagrange.evaluate(bench, scale, grown.prices(scale))
    proven = max(bound.whole, better.whole)
    if proven >= value:
        return chosen, value, value
    inside = np.searchsorted(kept_places, chosen)
    other, value, claimed = radius.prove(grown, inside, watch)
    if claimed is not None:
        proven = max(proven, min(value, claimed))
    return kept_places[other], value, proven


def _first_prices(bench: Near, chosen: Ints, scale: int) -> Ints:
    """Halfway between the costs to the nearest and the second nearest chosen."""
    costs = np.where(bench.cost[chosen] < UNREACHED, bench.cost[chosen], 0).astype(np.int64)
    costs = np.sort(costs, axis=0)
    both = costs[0] + costs[min(1, len(chosen) - 1)]
    prices: Ints = np.minimum(bench.weight * scale * both // 2, lagrange.ceiling(bench, scale))
    return prices


def _answer(
    problem: Problem,
    chosen: Ints,
    values: tuple[int, int, int],
    first_seconds: float,
    watch: Stopwatch,
) -> Answer:
    value, bound, first = values
    picked = tuple(int(i) for i in np.sort(chosen))
    service = serve(problem, picked)
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
