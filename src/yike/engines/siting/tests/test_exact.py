"""Every question against every choice: the same objective and bound, and a true count."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yike.engines.siting import UNREACHED, Answer, Asked, Problem, solve
from yike.engines.siting.center import target_units
from yike.engines.siting.tests import plainly
from yike.engines.siting.tests.asking import problems


def some(number: int) -> settings:
    """So many examples, the same at every run."""
    return settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


def agrees(problem: Problem, answer: Answer, best: int | None) -> None:
    """The answer is the best of all choices and obeys every limit, or says that there is none."""
    counted(problem, answer)
    if best is None:
        assert answer.status == "infeasible"
        assert answer.explanation is not None
        return
    assert (answer.status, answer.objective, answer.bound) == ("optimal", best, best)
    assert answer.gap == 0
    assert answer.chosen in set(plainly.choices(problem))


def counted(problem: Problem, answer: Answer) -> None:
    """People are conserved, village by village and in all."""
    service, total = answer.service, int(problem.units.sum())
    left = list(problem.units)
    for demand, candidate, units in zip(
        service.demand, service.candidate, service.units, strict=True
    ):
        assert units > 0 or problem.weight[demand] == 0
        assert candidate in answer.chosen
        assert problem.cost[candidate, demand] < UNREACHED
        assert units <= problem.share[candidate] * problem.weight[demand]
        left[demand] -= units
    assert left == list(service.left)
    assert answer.covered + answer.uncovered == total
    assert answer.uncovered == sum(left)
    for i in answer.chosen:
        load = int(service.units[service.candidate == i].sum())
        assert load <= problem.capacity[i] * problem.full


@some(30)
@given(problems(), st.integers(0, 9))
def test_maximal_cover(problem: Problem, within: int) -> None:
    answer = solve(problem, Asked(question="mclp", within=within))
    agrees(problem, answer, plainly.mclp(problem, within))
    assert answer.covered == answer.objective


@some(30)
@given(problems(), st.integers(0, 9), st.sampled_from(("number", "price")))
def test_set_cover(problem: Problem, within: int, by: str) -> None:
    answer = solve(problem, Asked(question="cover", within=within, by=by))
    agrees(problem, answer, plainly.cover(problem, within, by=by))


@some(50)
@given(problems())
def test_median(problem: Problem) -> None:
    answer = solve(problem, Asked(question="pmedian"))
    agrees(problem, answer, plainly.pmedian(problem))
    service = answer.service
    if answer.status != "infeasible":
        costs = problem.cost[service.candidate, service.demand]
        assert int((costs * service.units).sum()) == answer.objective


@some(30)
@given(problems(penalties=True))
def test_median_with_a_penalty(problem: Problem) -> None:
    agrees(problem, solve(problem, Asked(question="pmedian")), plainly.pmedian(problem))


@some(30)
@given(problems(), st.sampled_from(("1", "0.95", "0.5")))
def test_center(problem: Problem, share: str) -> None:
    quantile = Fraction(share)
    answer = solve(problem, Asked(question="center", quantile=quantile))
    agrees(problem, answer, plainly.center(problem, target_units(problem, quantile)))


@pytest.mark.parametrize("question", ["mclp", "cover", "center", "pmedian"])
@some(12)
@given(problems(shares=True), st.integers(0, 9))
def test_shares_of_service(question: str, problem: Problem, within: int) -> None:
    answer = solve(problem, Asked(question=question, within=within))
    best = {
        "mclp": lambda: plainly.mclp(problem, within),
        "cover": lambda: plainly.cover(problem, within, by="number"),
        "center": lambda: plainly.center(problem, int(problem.units.sum())),
        "pmedian": lambda: plainly.pmedian(problem),
    }[question]()
    agrees(problem, answer, best)


@pytest.mark.parametrize("question", ["mclp", "cover", "pmedian"])
@some(10)
@given(problems(capacities=True), st.integers(0, 9))
def test_capacities(question: str, problem: Problem, within: int) -> None:
    answer = solve(problem, Asked(question=question, within=within))
    best = {
        "mclp": lambda: plainly.mclp(problem, within),
        "cover": lambda: plainly.cover(problem, within, by="number"),
        "pmedian": lambda: plainly.pmedian(problem),
    }[question]()
    agrees(problem, answer, best)
