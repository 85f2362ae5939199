"""What must not change, and what can only improve, however the problem is turned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yike.engines.siting import UNREACHED, Answer, Asked, Problem, changed, pose, solve
from yike.engines.siting.tests.asking import problems
from yike.engines.siting.tests.test_exact import some

QUESTIONS = ("pmedian", "mclp", "cover", "center")


def ask(problem: Problem, question: str) -> Answer:
    """One question with a bound of five, where it takes one."""
    return solve(problem, Asked(question=question, within=5))


def worth(answer: Answer) -> float:
    """Higher is better, and no plan at all is worst."""
    if answer.status == "infeasible":
        return float("-inf")
    return answer.objective if answer.question == "mclp" else -answer.objective


def turned(problem: Problem, who: list[int], whom: list[int]) -> Problem:
    """Candidates and villages in another order (a village may stand twice)."""
    back = {old: new for new, old in enumerate(who)}
    return pose(
        problem.cost[np.ix_(who, whom)],
        problem.weight[whom],
        price=problem.price[who],
        capacity=problem.capacity[who],
        share=problem.share[who],
        full=problem.full,
        kept=[k for k, i in enumerate(who) if problem.kept[i]],
        excluded=[k for k, i in enumerate(who) if problem.excluded[i]],
        groups=[[back[i] for i in group if i in back] for group in problem.groups],
        p=problem.p,
        budget=problem.budget,
        penalty=problem.penalty,
    )


@pytest.mark.parametrize("question", QUESTIONS)
@some(10)
@given(problems(), st.randoms(use_true_random=False))
def test_another_order_changes_nothing(question: str, problem: Problem, luck: object) -> None:
    m, n = problem.size
    who, whom = list(range(m)), list(range(n))
    luck.shuffle(who)  # type: ignore[attr-defined]
    luck.shuffle(whom)  # type: ignore[attr-defined]
    assert worth(ask(turned(problem, who, whom), question)) == worth(ask(problem, question))


@pytest.mark.parametrize("question", QUESTIONS)
@some(10)
@given(problems(), st.integers(0, 5), st.integers(0, 9))
def test_a_village_in_two_parts_counts_the_same(
    question: str, problem: Problem, place: int, part: int
) -> None:
    n = len(problem.demands)
    place %= n
    twice = turned(problem, list(range(problem.size[0])), [*range(n), place])
    weight = twice.weight.copy()
    weight[n] = min(part, int(problem.weight[place]))
    weight[place] -= weight[n]
    split = changed(twice, weight=weight)
    assert worth(ask(split, question)) == worth(ask(problem, question))


@pytest.mark.parametrize("question", QUESTIONS)
@some(10)
@given(problems())
def test_one_candidate_more_never_worsens(question: str, problem: Problem) -> None:
    m, n = problem.size
    if not problem.kept[m - 1] and m > 1:
        fewer = changed(
            turned(problem, list(range(m)), list(range(n))),
            excluded=problem.excluded | (np.arange(m) == m - 1),
        )
        if question != "pmedian" or fewer_reached(fewer) == fewer_reached(problem):
            assert worth(ask(fewer, question)) <= worth(ask(problem, question))


def fewer_reached(problem: Problem) -> int:
    """Villages that some allowed candidate reaches: a median sums over these."""
    return int((problem.cost[problem.allowed] < UNREACHED).any(axis=0).sum())


@pytest.mark.parametrize("question", QUESTIONS)
@some(10)
@given(problems())
def test_one_more_to_choose_never_worsens(question: str, problem: Problem) -> None:
    if problem.p is not None and problem.p < problem.size[0]:
        more = changed(problem, p=problem.p + 1)
        assert worth(ask(problem, question)) <= worth(ask(more, question))


def county(m: int, n: int, seed: int) -> Problem:
    """Villages around a few towns, whole costs, people by a long tail."""
    rng = np.random.default_rng(seed)
    sites, towns = rng.uniform(0, 100, (m, 2)), rng.uniform(5, 95, (8, 2))
    homes = rng.normal(0, 6, (n, 2)) + towns[rng.integers(0, 8, n)]
    cost = np.rint(np.hypot(*(sites[:, None] - homes[None]).transpose(2, 0, 1)) * 100)
    return pose(cost.astype(np.int64), rng.gamma(0.7, 40, n).astype(np.int64) + 1, p=6)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_twice_is_answered_the_same(question: str) -> None:
    problem = county(60, 300, 3)
    if question == "cover":
        problem = changed(problem, p=None)
    one, other = (solve(problem, Asked(question=question, within=2500, seed=7)) for _ in range(2))
    assert (one.status, one.chosen, one.objective, one.bound, one.first) == (
        other.status,
        other.chosen,
        other.objective,
        other.bound,
        other.first,
    )
    assert not one.cut_short


def test_a_run_cut_short_claims_no_more_than_it_knows() -> None:
    problem = county(80, 300, 5)
    for question in ("pmedian", "mclp"):
        best = solve(problem, Asked(question=question, within=2000))
        assert best.status == "optimal"
        short = solve(problem, Asked(question=question, within=2000, seconds=0.001))
        low, high = sorted((short.objective, short.bound))
        assert low <= best.objective <= high
        assert short.status == ("optimal" if low == high else "time")
        assert short.cut_short
