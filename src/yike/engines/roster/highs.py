"""HiGHS: solves a linear model within a time, tells how far it is, and how sure the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from yike.engines.roster.linear import Linear

#: one number for a whole process: HiGHS shares its threads among all models
THREADS = 2
#: seconds gone, best objective so far, bound, gap (0…1)
Progress = Callable[[float, float, float, float], None]


@dataclass(frozen=True)
class Answer:
    """The best found: values of the columns, objective, proven bound, gap, how it ended."""

    values: tuple[float, ...]
    objective: float
    bound: float
    gap: float
    status: str
    #: what another unit of each column would cost; of a relaxed answer only
    duals: tuple[float, ...] = ()


class NoAnswerError(Exception):
    """Nothing was found in time: the model always has an answer, so more time is needed."""


def solve(
    linear: Linear,
    *,
    seconds: float,
    gap: float = 0.0,
    start: Mapping[int, float] | None = None,
    relaxed: bool = False,
    effort: float = 0.05,
    progress: Progress | None = None,
) -> Answer:
    """This will solve the model; `relaxed` forgets whole numbers. Refuses with NoAnswerError.

    `effort`: the share of work spent on finding better plans rather than on proving.
    """
    if not linear.cost:
        return Answer((), linear.offset, linear.offset, 0.0, "optimal")
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("threads", THREADS)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_heuristic_effort", effort)
    solver.passModel(_model(linear, relaxed=relaxed))
    if start:
        places = np.array(list(start), dtype=np.int32)
        solver.setSolution(len(places), places, np.array(list(start.values())))
    if progress is not None and not relaxed:
        _listen(solver, progress)
    solver.run()
    return _answer(solver, relaxed=relaxed)


def _model(linear: Linear, *, relaxed: bool) -> Any:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(linear.cost), len(linear.row_low)
    model.col_cost_ = np.array(linear.cost)
    model.col_lower_, model.col_upper_ = np.array(linear.low), np.array(linear.high)
    model.row_lower_, model.row_upper_ = np.array(linear.row_low), np.array(linear.row_high)
    model.offset_ = linear.offset
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(linear.starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(linear.index, dtype=np.int32)
    model.a_matrix_.value_ = np.array(linear.value)
    if not relaxed:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in linear.whole]
    return model


def _listen(solver: Any, progress: Progress) -> None:
    def hear(event: Any) -> None:
        told = event.data_out
        progress(told.running_time, told.mip_primal_bound, told.mip_dual_bound, told.mip_gap)

    solver.cbMipImprovingSolution.subscribe(hear)
    solver.cbMipLogging.subscribe(hear)


def _answer(solver: Any, *, relaxed: bool) -> Answer:
    info, state = solver.getInfo(), solver.getModelStatus()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not found:
        raise NoAnswerError(solver.modelStatusToString(state))
    values = tuple(solver.getSolution().col_value)
    best = info.objective_function_value
    if relaxed:
        duals = tuple(solver.getSolution().col_dual)
        return Answer(values, best, best, 0.0, "optimal", duals)
    done = state == highspy.HighsModelStatus.kOptimal
    gap = min(max(float(info.mip_gap), 0.0), 1.0)
    status = ("optimal" if gap < 1e-6 else "within") if done else "time"
    bound = max(float(info.mip_dual_bound), -abs(best))  # nothing is proven yet: say so with 1.0
    return Answer(values, best, bound, gap, status)
