"""One way in: a question with its parameters in, an answer with bound and explanation out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np

from yike.engines.siting.answer import INFEASIBLE, Answer
from yike.engines.siting.center import center
from yike.engines.siting.cover import NUMBER, PRICE, cover
from yike.engines.siting.errors import BadProblemError
from yike.engines.siting.explain import attached, explain
from yike.engines.siting.mclp import mclp
from yike.engines.siting.pmedian import pmedian
from yike.engines.siting.problem import Problem, pose

QUESTIONS = ("pmedian", "mclp", "cover", "center")
#: seconds that the explanation of an impossible question may take on top
_WHY = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: `within` the cost bound of covers, `by` what a cover counts, time and seed."""

    question: str
    within: int | None = None
    quantile: Fraction = Fraction(1)
    by: str = NUMBER
    seconds: float = 60.0
    seed: int = 1


def solve(problem: Problem, asked: Asked) -> Answer:
    """This will answer the question, and explain it where there is no plan.

    Refuses with BadProblemError what lacks a parameter: covers need `within`, medians and centres
    need p or a budget.
    """
    _check(problem, asked)
    warm(asked.question)
    answer = _answered(problem, asked)
    if answer.status != INFEASIBLE:
        return answer
    why = explain(
        problem,
        asked.question,
        within=asked.within,
        quantile=asked.quantile,
        seconds=min(_WHY, asked.seconds),
    )
    return attached(answer, why)


@cache
def warm(question: str) -> None:
    """This will compile the searches of a question, or load them, by asking it of two villages.

    Done once before the first such question, so that its stated time is spent on the question.
    """
    small = pose(np.array([[0, 9], [9, 0], [4, 4]]), np.array([1, 2]), p=1)
    # a cover of both at once would end before the prices of maximal cover are asked for
    within = 3 if question == "mclp" else 5
    _answered(small, Asked(question=question, within=within, seconds=60.0))


def _answered(problem: Problem, asked: Asked) -> Answer:
    seconds, seed, within = asked.seconds, asked.seed, asked.within or 0
    if asked.question == "pmedian":
        return pmedian(problem, seconds=seconds, seed=seed)
    if asked.question == "mclp":
        return mclp(problem, within, seconds=seconds, seed=seed)
    if asked.question == "cover":
        return cover(problem, within, by=asked.by, seconds=seconds, seed=seed)
    return center(problem, quantile=asked.quantile, seconds=seconds, seed=seed)


def _check(problem: Problem, asked: Asked) -> None:
    if asked.question not in QUESTIONS:
        raise BadProblemError(f"没有“{asked.question}”这个问题，可选：{'、'.join(QUESTIONS)}。")
    if asked.by not in (NUMBER, PRICE):
        raise BadProblemError(f"全覆盖按 {NUMBER}（个数）或 {PRICE}（造价）计，没有“{asked.by}”。")
    if asked.seconds <= 0:
        raise BadProblemError("时间上限应当大于 0 秒。")
    if asked.question in ("mclp", "cover") and (asked.within is None or asked.within < 0):
        raise BadProblemError("覆盖问题要给出时限（不小于 0）。")
    if asked.question != "cover" and problem.p is None and problem.budget is None:
        raise BadProblemError("请给出要选的个数 p 或预算。")
