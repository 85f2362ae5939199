"""The four questions answered by looking at every choice: shares nothing with the engine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from yike.engines.siting import UNREACHED, Problem


def choices(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every choice that keeps the kept, and obeys exclusion, number, budget and groups."""
    m = len(problem.candidates)
    allowed = [i for i in range(m) if not problem.excluded[i]]
    for size in range(len(allowed) + 1):
        for chosen in combinations(allowed, size):
            new = sum(int(problem.price[i]) for i in chosen if not problem.kept[i])
            if (
                all(i in chosen for i in range(m) if problem.kept[i])
                and (problem.p is None or size <= problem.p)
                and (problem.budget is None or new <= problem.budget)
                and all(sum(i in chosen for i in group) <= 1 for group in problem.groups)
            ):
                yield chosen


def served(problem: Problem, chosen: tuple[int, ...], within: int) -> tuple[int, int]:
    """The most units these can serve at a cost of at most `within`, and the least cost of that."""
    if (problem.capacity < problem.weight.sum()).any():
        return _flowing(problem, chosen, within)
    units = cost = 0
    for place in range(len(problem.demands)):
        left = problem.full
        for i in sorted(chosen, key=lambda i: int(problem.cost[i, place])):
            each = int(problem.cost[i, place])
            if each <= within and each < UNREACHED:
                part = min(left, int(problem.share[i]))
                left -= part
                units += part * int(problem.weight[place])
                cost += part * int(problem.weight[place]) * each
    return units, cost


def _flowing(problem: Problem, chosen: tuple[int, ...], within: int) -> tuple[int, int]:
    n = len(problem.demands)
    pairs = [
        (k, j)
        for k, i in enumerate(chosen)
        for j in range(n)
        if problem.cost[i, j] <= within and problem.cost[i, j] < UNREACHED
    ]
    if not pairs:
        return 0, 0
    rows = np.zeros((len(chosen) + n, len(pairs)))
    for column, (k, j) in enumerate(pairs):
        rows[k, column] = rows[len(chosen) + j, column] = 1
    limits = [int(problem.capacity[i]) * problem.full for i in chosen]
    limits += [int(weight) * problem.full for weight in problem.weight]
    cost = np.array([int(problem.cost[chosen[k], j]) for k, j in pairs])
    most = [(0, int(problem.share[chosen[k]] * problem.weight[j])) for k, j in pairs]
    found = linprog(cost - 1000, A_ub=rows, b_ub=limits, bounds=most)
    flow = np.rint(found.x).astype(int)
    return int(flow.sum()), int((flow * cost).sum())


def mclp(problem: Problem, within: int) -> int | None:
    """The most units covered by any choice."""
    return max((served(problem, chosen, within)[0] for chosen in choices(problem)), default=None)


def cover(problem: Problem, within: int, *, by: str) -> int | None:
    """The fewest, or the cheapest, that cover everybody."""
    total = int(problem.units.sum())
    return min(
        (
            len(chosen)
            if by == "number"
            else sum(int(problem.price[i]) for i in chosen if not problem.kept[i])
            for chosen in choices(problem)
            if served(problem, chosen, within)[0] == total
        ),
        default=None,
    )


def center(problem: Problem, units: int) -> int | None:
    """The least cost within which some choice serves as many units."""
    found = [
        (within, chosen)
        for within in sorted({int(c) for c in problem.cost.ravel() if c < UNREACHED})
        for chosen in choices(problem)
        if served(problem, chosen, within)[0] >= units
    ]
    return min(found)[0] if found else None


def pmedian(problem: Problem) -> int | None:
    """The least Σ units × cost; whoever no allowed candidate reaches is set aside."""
    allowed = tuple(np.flatnonzero(problem.allowed))
    need = 0
    for place in range(len(problem.demands)):
        reach = [i for i in allowed if problem.cost[i, place] < UNREACHED]
        share = min(problem.full, sum(int(problem.share[i]) for i in reach))
        need += share * int(problem.weight[place])
    costs = []
    for chosen in choices(problem):
        units, cost = served(problem, chosen, UNREACHED)
        if problem.penalty is not None:
            costs.append(cost + (int(problem.units.sum()) - units) * problem.penalty)
        elif units == need:
            costs.append(cost)
    possible = need or problem.penalty is not None
    return min(costs) if costs and possible else None
