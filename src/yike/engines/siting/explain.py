"""Why there is no plan, and the cheapest ways out: each computed by solving the question again.

Nothing is guessed: the least p, the least budget and the least cost come from the engine's own
solvers without that limit, and say whether a smaller one is proven not to do.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from yike.engines.siting.answer import (
    INFEASIBLE,
    Answer,
    Explanation,
    Repair,
    Short,
    Stopwatch,
    nearest_allowed,
)
from yike.engines.siting.center import center, target_units
from yike.engines.siting.cover import NUMBER, PRICE, cover
from yike.engines.siting.problem import UNREACHED, Ints, Problem, changed

KEPT, REACH, LIMITS, CAPACITY = "kept", "reach", "limits", "capacity"


def explain(
    problem: Problem,
    question: str,
    *,
    within: int | None,
    quantile: Fraction,
    seconds: float,
) -> Explanation:
    """This will say why `question` has no plan, who stands in the way, and what would repair it.

    `within` is the cost bound of a cover; medians and centres have none, whatever is told.
    """
    within = None if question in ("pmedian", "center") else within
    watch = Stopwatch(seconds)
    kept = int(problem.kept.sum())
    if problem.p is not None and kept > problem.p:
        by = kept - problem.p
        said = f"要保留的有 {kept} 个，p 至少提高到 {kept}。"
        repair = Repair(kind="p", to=kept, by=by, proven=True, sentence=said)
        return Explanation(reason=KEPT, shorts=(), repairs=(repair,))
    shorts = _shorts(problem, UNREACHED - 1 if within is None else within)
    if question == "center":
        return Explanation(
            reason=REACH, shorts=shorts, repairs=_quantiles(problem, quantile, shorts)
        )
    if question == "cover" and shorts:
        return Explanation(reason=REACH, shorts=shorts, repairs=_reach(problem, within, shorts))
    reason = CAPACITY if problem.bounded else LIMITS
    aside = _without_unreachable(problem) if question == "pmedian" else problem
    if aside is None:
        return Explanation(reason=REACH, shorts=shorts, repairs=())
    bound = UNREACHED - 1 if within is None else within
    repairs = [
        *_more(aside, bound, watch),
        *_dearer(aside, bound, watch),
        *_longer(aside, bound, watch),
    ]
    if question == "pmedian":
        repairs.append(_penalty(problem))
    return Explanation(reason=reason, shorts=(), repairs=tuple(repairs))


def _shorts(problem: Problem, within: int) -> tuple[Short, ...]:
    """The demands whose nearest allowed candidate is farther than the bound."""
    best = nearest_allowed(problem)
    far = np.flatnonzero((best > within) & (problem.weight > 0))
    return tuple(_short(problem, int(place), int(best[place]), within) for place in far)


def _short(problem: Problem, place: int, best: int, within: int) -> Short:
    reached = best < UNREACHED
    column = np.where(problem.allowed, problem.cost[:, place], UNREACHED)
    return Short(
        demand=place,
        units=int(problem.units[place]),
        by=best - within if reached else None,
        nearest=int(np.argmin(column)) if reached else None,
    )


def _reach(problem: Problem, within: int | None, shorts: tuple[Short, ...]) -> tuple[Repair, ...]:
    """Candidates now excluded that would cover, and the minutes at which the allowed ones do."""
    assert within is not None
    repairs = []
    places = np.array([short.demand for short in shorts], dtype=np.int64)
    barred = np.flatnonzero(problem.excluded)
    helping = problem.cost[np.ix_(barred, places)] <= within
    if len(barred) and helping.any(axis=0).all():
        only = changed(
            problem,
            weight=_only(problem, places),
            excluded=problem.allowed,
            kept=np.zeros_like(problem.kept),
            p=None,
            budget=None,
        )
        fewest = cover(only, within, by=NUMBER)
        names = "、".join(problem.candidates[i] for i in fewest.chosen)
        repairs.append(
            Repair(
                kind="candidate",
                to=len(fewest.chosen),
                by=len(fewest.chosen),
                proven=fewest.status == "optimal",
                candidates=fewest.chosen,
                sentence=f"放开被排除的候选点 {names}。",
            )
        )
    if all(short.by is not None for short in shorts):
        by = max(short.by or 0 for short in shorts)
        said = f"时限延长到 {within + by}（多 {by}），最远的点才有候选点可及。"
        repairs.append(Repair(kind="minutes", to=within + by, by=by, proven=True, sentence=said))
    return tuple(repairs)


def _only(problem: Problem, places: Ints) -> Ints:
    weight = np.zeros_like(problem.weight)
    weight[places] = problem.weight[places]
    return weight


def _more(problem: Problem, within: int, watch: Stopwatch) -> list[Repair]:
    """The least p that does, all else as it is."""
    if problem.p is None:
        return []
    least = cover(changed(problem, p=None), within, by=NUMBER, seconds=watch.part(0.4).left())
    if not least.chosen:
        return []
    by = least.objective - problem.p
    said = f"p 提高到 {least.objective}（多选 {by} 个）。"
    proven = least.status == "optimal"
    return [Repair(kind="p", to=least.objective, by=by, proven=proven, sentence=said)]


def _dearer(problem: Problem, within: int, watch: Stopwatch) -> list[Repair]:
    """The least budget that does, all else as it is."""
    if problem.budget is None:
        return []
    least = cover(changed(problem, budget=None), within, by=PRICE, seconds=watch.part(0.6).left())
    if not least.chosen:
        return []
    by = least.objective - problem.budget
    said = f"预算提高到 {least.objective}（增加 {by}）。"
    proven = least.status == "optimal"
    return [Repair(kind="budget", to=least.objective, by=by, proven=proven, sentence=said)]


def _longer(problem: Problem, within: int, watch: Stopwatch) -> list[Repair]:
    """The least cost bound at which the same limits do."""
    if problem.bounded or within >= UNREACHED - 1:
        return []
    least = center(problem, seconds=max(1.0, watch.left()))
    if least.status == INFEASIBLE or not least.chosen:
        return []
    by = least.objective - within
    said = f"时限延长到 {least.objective}（多 {by}），数量和预算不变。"
    proven = least.status == "optimal"
    return [Repair(kind="minutes", to=least.objective, by=by, proven=proven, sentence=said)]


def _quantiles(
    problem: Problem, quantile: Fraction, shorts: tuple[Short, ...]
) -> tuple[Repair, ...]:
    """The largest share of people that the allowed candidates can reach at all."""
    total = int(problem.units.sum())
    reached = total - sum(short.units for short in shorts)
    if not 0 < reached < target_units(problem, quantile):
        return ()
    share = reached / total
    said = f"分位数降到 {share:.6f} 以下：其余的人没有任何候选点可及。"
    by = float(quantile) - share
    return (Repair(kind="quantile", to=share, by=by, proven=True, sentence=said),)


def _without_unreachable(problem: Problem) -> Problem | None:
    """The same question of those somebody can reach, None where nobody can be reached."""
    reached = nearest_allowed(problem) < UNREACHED
    weight = np.where(reached, problem.weight, 0)
    return changed(problem, weight=weight) if weight.any() else None


def _penalty(problem: Problem) -> Repair:
    """A stated cost for whoever is not reached makes every choice possible."""
    least = int(problem.cost[problem.cost < UNREACHED].max())
    said = f"为到不了的人约定一个罚值（不小于 {least}），就总有方案。"
    return Repair(kind="penalty", to=least, by=least, proven=True, sentence=said)


def attached(answer: Answer, why: Explanation) -> Answer:
    """This will return the answer with its explanation."""
    fields = {name: getattr(answer, name) for name in Answer.__slots__}
    return Answer(**{**fields, "explanation": why})
