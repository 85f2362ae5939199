"""Branching ends at the best of all choices, from the worst start, under every limit.

Without the choices that exchanges find on the way: they would hide a branch that was lost.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from yike.engines.siting import UNREACHED, ascent, branch, lagrange, pose
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.near import Near, near, worth

CANDIDATES, VILLAGES = 18, 60


def scattered(seed: int) -> Near:
    """Costs without any geography, where prices alone prove little; each seed adds a limit."""
    rng = np.random.default_rng(seed)
    cost = rng.integers(10, 100, (CANDIDATES, VILLAGES))
    if seed % 4 == 3:
        cost[rng.random(cost.shape) < 0.3] = UNREACHED
        cost[:3] = np.minimum(cost[:3], 150)
    problem = pose(
        cost,
        rng.integers(1, 9, VILLAGES),
        price=rng.integers(1, 6, CANDIDATES),
        kept=[0] if seed % 2 else (),
        groups=[[1, 2, 3], [4, 5]] if seed % 3 == 1 else (),
        p=4,
        budget=9 if seed % 3 == 2 else None,
    )
    return near(problem, np.arange(CANDIDATES))


def choices(bench: Near) -> dict[tuple[int, ...], int]:
    """Every choice that obeys the limits, with its total."""
    found = {}
    for size in range(1, bench.most + 1):
        for chosen in combinations(range(CANDIDATES), size):
            picked = np.array(chosen)
            if (
                bench.clash[np.ix_(picked, picked)].any()
                or bench.price[picked].sum() > bench.budget
            ):
                continue
            if set(np.flatnonzero(bench.kept)) <= set(chosen):
                found[chosen] = worth(bench, picked)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_branching_alone_finds_the_best_of_all_choices(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch.Tree, "offer", lambda *_: None)
    bench = scattered(seed)
    known = {chosen: total for chosen, total in choices(bench).items() if total < UNREACHED}
    worst = max(known, key=lambda chosen: known[chosen])
    chosen, value, bound = branch.prove(bench, np.array(worst), known[worst], Stopwatch(60.0))
    assert value == bound == min(known.values())
    assert known[tuple(int(i) for i in chosen)] == value


@pytest.mark.parametrize("seed", range(4))
def test_what_the_clock_cuts_short_proves_no_more_than_is_true(seed: int) -> None:
    bench = scattered(seed)
    known = choices(bench)
    worst = max(known, key=lambda chosen: known[chosen])
    _, value, bound = branch.prove(bench, np.array(worst), known[worst], Stopwatch(0.0))
    assert bound <= min(known.values()) <= value


def test_the_largest_numbers_that_a_problem_takes_prove_nothing_false() -> None:
    rng = np.random.default_rng(8)
    cost = rng.integers(1, 2**30 - 1, (CANDIDATES, VILLAGES))
    problem = pose(cost, np.full(VILLAGES, 2**32 // VILLAGES - 1), p=CANDIDATES - 1)
    bench = near(problem, np.arange(CANDIDATES))
    ground = ascent.field(bench, lagrange.scale_of(bench))
    told = lagrange.untold(bench)
    for number in range(1, CANDIDATES):
        room = lagrange.Room(np.zeros(CANDIDATES, np.int8), number, int(bench.price.sum()))
        for part in (1, 2, 3, 5, 9):
            lagrange.tell(bench, room, ground.scale, ground.top // part, told)
            some_plan = worth(bench, np.arange(number))
            assert lagrange.whole(int(told.exact[0]), ground.scale) <= some_plan
