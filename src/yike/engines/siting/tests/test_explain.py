"""Why there is no plan: every repair works and nothing smaller does, by looking at all."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from yike.engines.siting import UNREACHED, Asked, Problem, changed, pose, solve
from yike.engines.siting.tests import plainly
from yike.engines.siting.tests.asking import problems
from yike.engines.siting.tests.test_exact import some

COAST = np.array([[5, 9, 40, UNREACHED], [30, 8, 12, UNREACHED], [9, 9, 9, 9]])


def test_a_village_out_of_reach_is_named_with_what_it_lacks() -> None:
    problem = pose(COAST[:2], np.array([10, 20, 30, 4]), demands=["东村", "西村", "山村", "岛村"])
    answer = solve(problem, Asked(question="cover", within=10))
    assert answer.explanation is not None
    assert [(s.demand, s.units, s.by, s.nearest) for s in answer.explanation.shorts] == [
        (2, 30, 2, 1),
        (3, 4, None, None),
    ]
    assert answer.explanation.repairs == ()
    assert (answer.covered, answer.uncovered) == (0, 64)


def test_an_excluded_candidate_is_the_repair() -> None:
    problem = pose(COAST, np.array([10, 20, 30, 4]), excluded=[2])
    answer = solve(problem, Asked(question="cover", within=10))
    assert answer.explanation is not None
    assert [(r.kind, r.candidates) for r in answer.explanation.repairs] == [("candidate", (2,))]


def test_a_centre_tells_the_share_that_can_be_reached() -> None:
    problem = pose(COAST[:2], np.array([10, 20, 30, 4]), p=1)
    answer = solve(problem, Asked(question="center", quantile=Fraction(19, 20)))
    assert answer.explanation is not None
    (repair,) = answer.explanation.repairs
    assert (repair.kind, repair.to) == ("quantile", 60 / 64)
    assert solve(problem, Asked(question="center", quantile=Fraction(60, 64))).status == "optimal"


def test_more_kept_than_may_be_chosen() -> None:
    problem = pose(COAST, np.array([10, 20, 30, 4]), kept=[0, 1], p=1)
    for question in ("pmedian", "mclp", "cover", "center"):
        answer = solve(problem, Asked(question=question, within=10))
        assert answer.explanation is not None
        assert [(r.kind, r.to, r.by) for r in answer.explanation.repairs] == [("p", 2, 1)]


@some(25)
@given(problems(), st.integers(0, 9))
def test_every_repair_of_a_cover_is_the_least_that_works(problem: Problem, within: int) -> None:
    answer = solve(problem, Asked(question="cover", within=within))
    if answer.explanation is None or answer.explanation.reason == "kept":
        return
    if answer.explanation.reason == "reach":
        _reaches(problem, within, answer.explanation.shorts)
        return
    total = int(problem.units.sum())
    repairs = {repair.kind: int(repair.to) for repair in answer.explanation.repairs}
    assert all(repair.proven for repair in answer.explanation.repairs)
    if problem.p is not None:
        free = changed(problem, p=None)
        assert repairs.get("p") == plainly.cover(free, within, by="number")
    if problem.budget is not None:
        free = changed(problem, budget=None)
        assert repairs.get("budget") == plainly.cover(free, within, by="price")
    assert repairs.get("minutes") == plainly.center(problem, total)


def _reaches(problem: Problem, within: int, shorts: tuple[object, ...]) -> None:
    """The shorts are exactly those whom no allowed candidate covers."""
    allowed = [i for i in range(problem.size[0]) if not problem.excluded[i]]
    alone = [
        j
        for j in range(problem.size[1])
        if problem.weight[j] and all(problem.cost[i, j] > within for i in allowed)
    ]
    assert [short.demand for short in shorts] == alone  # type: ignore[attr-defined]


@some(15)
@given(problems())
def test_a_median_without_a_plan_tells_how_many_it_takes(problem: Problem) -> None:
    answer = solve(problem, Asked(question="pmedian"))
    if answer.explanation is None or answer.explanation.reason != "limits":
        return
    repairs = {repair.kind: int(repair.to) for repair in answer.explanation.repairs}
    for kind in ("p", "budget"):
        if kind in repairs:
            assert plainly.pmedian(changed(problem, **{kind: repairs[kind]})) is not None
            assert plainly.pmedian(changed(problem, **{kind: repairs[kind] - 1})) is None
    bound = solve(problem, Asked(question="pmedian", within=1)).explanation
    assert bound == answer.explanation, "a bound that a median does not know explains nothing"
    stated = changed(problem, penalty=max(int(repairs["penalty"]), 1))
    assert solve(stated, Asked(question="pmedian")).status == "optimal"
