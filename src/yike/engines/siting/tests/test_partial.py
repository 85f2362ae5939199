"""A share of the people by the fewest: against every choice."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from yike.engines.siting import Problem
from yike.engines.siting.center import target_units
from yike.engines.siting.partial import partial
from yike.engines.siting.problem import changed
from yike.engines.siting.tests import plainly
from yike.engines.siting.tests.asking import DEAREST, problems
from yike.engines.siting.tests.test_exact import counted, some


@given(problems(shares=True), st.integers(0, DEAREST), st.sampled_from((50, 80, 100)))
@some(40)
def test_the_fewest_for_a_share_are_those_of_all_choices(
    problem: Problem, within: int, percent: int
) -> None:
    problem = changed(problem, p=None)
    quantile = Fraction(percent, 100)
    target = target_units(problem, quantile)
    sizes = [
        max(1, len(chosen))
        for chosen in plainly.choices(problem)
        if plainly.served(problem, chosen, within)[0] >= target
    ]
    answer = partial(problem, within, quantile, seconds=30)
    counted(problem, answer)
    if not sizes:
        assert answer.status == "infeasible"
        return
    assert (answer.status, answer.objective, answer.bound) == ("optimal", min(sizes), min(sizes))
    assert answer.covered >= target
