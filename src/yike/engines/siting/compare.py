"""Several plans side by side: who gains or loses how much, at what price, which are dominated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from yike.engines.siting.errors import BadProblemError
from yike.engines.siting.problem import UNREACHED, Costs, Ints, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A plan against the first one.

    `covered` units within the bound (people × full), `newly` and `lost` units against the first;
    `price` of its new candidates, `price_per_newly` what one unit more in all costs beyond the
    first plan (None where it covers no more). `steps` counts people by the change of their nearest
    cost: (from, to, people), negative is nearer; `reached`, `unreached` people who gain or lose
    any way at all, who stand in no step. `pareto`: no other plan covers as much for less, or more
    for as much.
    """

    chosen: tuple[int, ...]
    price: int
    covered: int
    uncovered: int
    newly: int
    lost: int
    price_per_newly: Fraction | None
    steps: tuple[tuple[int, int, int], ...]
    unchanged: int
    reached: int
    unreached: int
    never: int
    pareto: bool


def compare(
    problem: Problem, plans: Sequence[tuple[int, ...]], *, within: int, step: int
) -> tuple[Change, ...]:
    """This will hold every plan (chosen candidates) against the first one.

    `step` is the width of the histogram in units of cost. People are conserved: Σ steps +
    unchanged + reached + unreached + never = all people.
    """
    if not plans:
        raise BadProblemError("至少要有一个方案才能比较。")
    if step < 1:
        raise BadProblemError("分组的宽度应当至少为 1。")
    first = nearest(problem, plans[0])
    base = _covered(problem, plans[0], within)
    totals = [int(_covered(problem, plan, within).sum()) for plan in plans]
    prices = [int(problem.new_price[list(plan)].sum()) for plan in plans]
    return tuple(
        _change(problem, plan, (first, base, prices[0]), within, step, _best(place, prices, totals))
        for place, plan in enumerate(plans)
    )


def _change(
    problem: Problem,
    plan: tuple[int, ...],
    before: tuple[Costs, Ints, int],
    within: int,
    step: int,
    pareto: bool,
) -> Change:
    first, base, paid = before
    now, covered = nearest(problem, plan), _covered(problem, plan, within)
    was, here = first < UNREACHED, now < UNREACHED
    both = was & here
    moved = np.where(both, now.astype(np.int64) - first, 0)
    more = covered - base
    price, gained = int(problem.new_price[list(plan)].sum()), int(more.sum())
    return Change(
        chosen=plan,
        price=price,
        covered=int(covered.sum()),
        uncovered=int((problem.units - covered).sum()),
        newly=int(more[more > 0].sum()),
        lost=int(-more[more < 0].sum()),
        price_per_newly=Fraction(price - paid, gained) if gained > 0 else None,
        steps=_histogram(moved, problem.weight, step),
        unchanged=int(problem.weight[both & (moved == 0)].sum()),
        reached=int(problem.weight[~was & here].sum()),
        unreached=int(problem.weight[was & ~here].sum()),
        never=int(problem.weight[~was & ~here].sum()),
        pareto=pareto,
    )


def nearest(problem: Problem, plan: tuple[int, ...]) -> Costs:
    """This will return the cost to the nearest chosen candidate, UNREACHED where there is none."""
    if not plan:
        return np.full(len(problem.demands), UNREACHED, np.int32)
    best: Costs = problem.cost[list(plan)].min(axis=0)
    return best


def _covered(problem: Problem, plan: tuple[int, ...], within: int) -> Ints:
    near = problem.cost[list(plan)] <= min(within, UNREACHED - 1)
    share = problem.share[list(plan)] @ near.astype(np.int64)
    return np.minimum(problem.full, share) * problem.weight


def _histogram(moved: Ints, weight: Ints, step: int) -> tuple[tuple[int, int, int], ...]:
    """People by classes [from, to) of the change; whoever does not change stands apart."""
    places = np.flatnonzero((moved != 0) & (weight > 0))
    classes = moved[places] // step
    return tuple(
        (int(one) * step, int(one + 1) * step, int(weight[places[classes == one]].sum()))
        for one in np.unique(classes)
    )


def _best(place: int, prices: list[int], totals: list[int]) -> bool:
    return not any(
        price <= prices[place]
        and total >= totals[place]
        and (price, total) != (prices[place], totals[place])
        for price, total in zip(prices, totals, strict=True)
    )
