"""Plans weeks at once, and plans again with few moves after something fell out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from yike.engines.roster import greedy, highs, rules
from yike.engines.roster.facts import Plan, Prices, Problem
from yike.engines.roster.highs import Progress
from yike.engines.roster.linear import Linear
from yike.engines.roster.model import Model, build, hours
from yike.engines.roster.reasons import uncovered
from yike.engines.roster.settled import without_fixed

#: a plan this close to the proven bound is good enough to stop
GAP = 0.01
#: what the fair targets, and the search among likely columns, may cost of the time
_TARGET_SHARE, _LIKELY_SHARE = 0.3, 0.35
#: planning again: nothing empty first, then the fewest moves, then all else
_MOVING = Prices(uncovered=100_000.0, uncovered_backup=50_000.0, move=5_000.0)
#: so many people at least stay likely for each need
_LIKELY = 10


def plan(
    problem: Problem,
    *,
    seconds: float = 60.0,
    gap: float = GAP,
    progress: Progress | None = None,
) -> Plan:
    """This will fill every need it can by the hard rules, fairly and by the wishes.

    What cannot be filled is told with the reason and the cheapest repair. At most `seconds`: some
    for the fair targets, some for a good plan among likely columns, the rest to better and prove.
    """
    began = time.monotonic()
    left = without_fixed(problem)
    targets = fair_targets(left, seconds=seconds * _TARGET_SHARE)
    model = build(left, targets=targets)
    start = _likely(model, first(model, left, targets), seconds * _LIKELY_SHARE, progress)
    answer = _best(
        model,
        start,
        seconds=max(seconds - (time.monotonic() - began) - 0.5, 1.0),
        gap=gap,
        effort=0.02,
        progress=progress,
    )
    return _told(problem, model, answer, began, before=frozenset())


def replan(
    problem: Problem,
    before: Iterable[tuple[str, str]],
    *,
    seconds: float = 3.0,
) -> Plan:
    """This will plan again with the fewest moves: `before` is who filled what until now.

    What of `before` no longer obeys the rules falls out. First only the days around are moved; if
    something stays uncovered, all days are.
    """
    began = time.monotonic()
    known = _still(problem, before)
    near = _around(problem, known)
    made = _replan(problem, known, near, seconds, began)
    if made.uncovered and near is not None:
        spent = time.monotonic() - began
        wide = _replan(problem, known, None, max(seconds - spent, 0.5), began)
        made = min(wide, made, key=_emptiness)
    return made


def fair_targets(problem: Problem, *, seconds: float) -> dict[str, float]:
    """This will say what load everybody would have if shifts could be divided at will."""
    model = build(problem)
    try:
        answer = highs.solve(model.linear, seconds=seconds, relaxed=True)
    except highs.NoAnswerError:
        mean = _mean(problem, frozenset()) + hours(problem) / max(len(problem.people), 1)
        return {person.id: max(person.load, mean * person.share) for person in problem.people}
    weights = {need.id: need.weight for need in problem.needs}
    load = {person.id: person.load for person in problem.people}
    for (need, person), column in model.picks.items():
        load[person] += weights[need] * answer.values[column]
    return load


def first(model: Model, problem: Problem, targets: Mapping[str, float]) -> dict[int, float]:
    """This will return the columns of a quick plan, for the solver to begin from."""
    picked = {model.picks[one] for one in greedy.start(problem, targets)}
    return {column: float(column in picked) for column in model.picks.values()}


def _likely(
    model: Model,
    start: dict[int, float],
    seconds: float,
    progress: Progress | None,
) -> dict[int, float]:
    """A good plan among the columns that the divided plan uses or nearly uses."""
    try:
        loose = highs.solve(model.linear, seconds=seconds, relaxed=True)
    except highs.NoAnswerError:
        return start
    by_need: dict[str, list[int]] = {}
    for (need, _), column in model.picks.items():
        by_need.setdefault(need, []).append(column)
    kept = {column for column, value in start.items() if value}
    for columns in by_need.values():
        columns.sort(key=lambda one: (-loose.values[one], loose.duals[one]))
        kept.update(columns[:_LIKELY], (one for one in columns if loose.values[one] > 1e-6))
    high = list(model.linear.high)
    for column in model.picks.values():
        high[column] = 1.0 if column in kept else 0.0
    near = replace(model.linear, high=high)
    try:
        found = highs.solve(near, seconds=seconds, gap=GAP / 2, start=start, progress=progress)
    except highs.NoAnswerError:
        return start
    return {column: float(found.values[column] > 0.5) for column in model.picks.values()}


def _best(
    model: Model,
    start: dict[int, float],
    *,
    seconds: float,
    gap: float = 0.0,
    effort: float = 0.05,
    progress: Progress | None = None,
) -> highs.Answer:
    """The best plan found in time; on a machine too slow for any, the plan it began from."""
    try:
        return highs.solve(
            model.linear, seconds=seconds, gap=gap, start=start, effort=effort, progress=progress
        )
    except highs.NoAnswerError:
        low, high = list(model.linear.low), list(model.linear.high)
        for column, value in start.items():
            low[column] = high[column] = value
        only = replace(model.linear, low=low, high=high)
        found = highs.solve(only, seconds=60.0, relaxed=True)
        return replace(found, bound=-found.objective, gap=1.0, status="time")


def _still(problem: Problem, before: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    fits = rules.candidates(problem)
    may = {(need.id, person) for person, needs in fits.items() for need in needs}
    fixed = set(problem.fixed)
    return frozenset(one for one in before if one in may and one not in fixed)


def _around(problem: Problem, known: frozenset[tuple[str, str]]) -> Problem | None:
    """The problem with everything far from what fell out settled; None when nothing did."""
    filled: dict[str, int] = {}
    for need_id, _ in (*known, *problem.fixed):
        filled[need_id] = filled.get(need_id, 0) + 1
    free = [need for need in problem.needs if filled.get(need.id, 0) < need.count]
    if not free:
        return None
    span = timedelta(days=2)
    near = {
        need.id for need in problem.needs if any(abs(need.day - one.day) <= span for one in free)
    }
    far = tuple(one for one in sorted(known) if one[0] not in near)
    idle = {need.id for need in free} - near
    needs = tuple(need for need in problem.needs if need.id not in idle)
    return replace(problem, needs=needs, fixed=(*problem.fixed, *far))


def _replan(
    problem: Problem,
    known: frozenset[tuple[str, str]],
    near: Problem | None,
    seconds: float,
    began: float,
) -> Plan:
    shown = near or problem
    left = replace(without_fixed(shown), prices=_MOVING)
    targets = {person.id: person.load for person in left.people}
    inside = frozenset(one for one in known if one not in set(shown.fixed))
    mean = _mean(left, inside)
    model = build(
        left, targets={one: max(load, mean) for one, load in targets.items()}, before=inside
    )
    start = {column: float(one in inside) for one, column in model.picks.items()}
    answer = _best(model, start, seconds=seconds)
    return _told(shown, model, answer, began, before=inside)


def _emptiness(plan: Plan) -> tuple[int, int]:
    return sum(one.missing for one in plan.uncovered), plan.moves


def _mean(problem: Problem, inside: frozenset[tuple[str, str]]) -> float:
    weights = {need.id: need.weight for need in problem.needs}
    total = sum(person.load for person in problem.people)
    total += sum(weights[need] for need, _ in inside)
    return total / max(len(problem.people), 1)


def _told(
    problem: Problem,
    model: Model,
    answer: highs.Answer,
    began: float,
    before: frozenset[tuple[str, str]],
) -> Plan:
    picked = tuple(one for one, column in model.picks.items() if answer.values[column] > 0.5)
    assignments = (*problem.fixed, *picked)
    return Plan(
        assignments=tuple(sorted(assignments)),
        uncovered=uncovered(problem, assignments),
        parts=_parts(model, answer.values),
        objective=round(answer.objective, 3),
        bound=round(answer.bound, 3),
        gap=round(answer.gap, 6),
        seconds=round(time.monotonic() - began, 3),
        status=answer.status,
        moves=sum(1 for one in picked if one not in before) if before else 0,
    )


def _parts(model: Model, values: tuple[float, ...]) -> Mapping[str, float]:
    return {
        part: round(sum(cost * values[column] for column, cost in costs.items()), 3)
        for part, costs in model.parts.items()
    }


def size(linear: Linear) -> tuple[int, int, int]:
    """This will return columns, rows and entries of a model."""
    return len(linear.cost), len(linear.row_low), len(linear.index)
