"""Cover of a share: the fewest candidates that serve so many of all people within the minutes.

A share is of all people, the unreachable in the denominator. Found by asking for the most people
that 1, 2, 4 … candidates cover, each answer with its proven bound, until the least number is known.
"""

from __future__ import annotations

from fractions import Fraction

from yike.engines.siting.answer import Answer, Stopwatch, impossible, state
from yike.engines.siting.center import target_units
from yike.engines.siting.mclp import mclp
from yike.engines.siting.problem import Problem, changed

QUESTION = "share"
#: of the time left, what one number may take
_STEP = 0.4


def partial(
    problem: Problem, within: int, quantile: Fraction, *, seconds: float = 60.0, seed: int = 1
) -> Answer:
    """This will choose the fewest candidates that serve `quantile` of all people within the cost.

    The objective is their number, the bound the least number not proven too small.
    """
    watch = Stopwatch(seconds)
    target = target_units(problem, quantile)
    low, high = max(1, int(problem.kept.sum())), problem.most
    if low > high:
        return impossible(QUESTION, problem, watch)
    best = _most(problem, within, high, watch, seed)
    if best.covered < target:
        return impossible(QUESTION, problem, watch, proven=best.bound < target)
    least = low
    while low < high:
        middle = (low + high) // 2
        found = _most(problem, within, middle, watch, seed)
        if found.covered >= target:
            best, high = found, middle
        else:
            least = middle + 1 if found.bound < target and least == low else least
            low = middle + 1
    return _answer(best, high, least, watch)


def _most(problem: Problem, within: int, number: int, watch: Stopwatch, seed: int) -> Answer:
    part = watch.part(_STEP)
    return mclp(changed(problem, p=number), within, seconds=max(0.5, part.seconds), seed=seed)


def _answer(best: Answer, number: int, least: int, watch: Stopwatch) -> Answer:
    cut = best.cut_short or least < number
    status, gap = state(number, least, cut=cut)
    fields = {name: getattr(best, name) for name in Answer.__slots__}
    told = {
        "question": QUESTION, "status": status, "objective": number, "bound": least, "gap": gap,
        "seconds": watch.gone(), "cut_short": cut, "first": None,
    }  # fmt: skip
    return Answer(**{**fields, **told})
