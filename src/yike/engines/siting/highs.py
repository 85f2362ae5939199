"""HiGHS: hands a model over within a stated time, and cuts its bound to what doubles can claim.

Two threads, the number the roster uses as well: HiGHS keeps one pool of threads for a whole process
and refuses a model that asks for another number, and one worker plans rosters and stations alike.
Engines do not know each other, so the number stands in both; whoever changes one changes both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

THREADS = 2
INFINITY = highspy.kHighsInf
WHOLE = highspy.HighsVarType.kInteger
Floats = npt.NDArray[np.float64]
#: HiGHS meets rows to 1e-6 and duals to 1e-7: a bound is lowered by this before it is claimed
_ABSOLUTE, _RELATIVE = 1e-6, 1e-9


@dataclass(slots=True, eq=False)
class Rows:
    """Rows of a model as flat arrays: row k holds index[start[k]:start[k+1]]."""

    low: Floats
    high: Floats
    start: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]
    value: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """What HiGHS says: values (None where none), its objective, bound, whether it is done."""

    values: Floats | None
    objective: float
    bound: float
    done: bool
    infeasible: bool


def stack(parts: list[Rows]) -> Rows:
    """This will put rows below rows."""
    starts, offset = [np.zeros(1, np.int64)], 0
    for part in parts:
        starts.append(part.start[1:].astype(np.int64) + offset)
        offset += len(part.index)
    return Rows(
        np.concatenate([part.low for part in parts]),
        np.concatenate([part.high for part in parts]),
        np.concatenate(starts).astype(np.int32),
        np.concatenate([part.index for part in parts]).astype(np.int32),
        np.concatenate([part.value for part in parts]),
    )


def row(index: npt.ArrayLike, value: npt.ArrayLike, low: float, high: float) -> Rows:
    """This will return one row."""
    places = np.asarray(index, dtype=np.int32)
    return Rows(
        np.array([low], dtype=np.float64),
        np.array([high], dtype=np.float64),
        np.array([0, len(places)], dtype=np.int32),
        places,
        np.broadcast_to(np.asarray(value, dtype=np.float64), places.shape).copy(),
    )


def solver(seconds: float, *, seed: int = 1) -> Any:
    """This will return a silent solver of one process-wide number of threads."""
    made: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    made.setOptionValue("output_flag", False)
    made.setOptionValue("threads", THREADS)
    made.setOptionValue("random_seed", seed)
    made.setOptionValue("time_limit", max(0.01, seconds))
    made.setOptionValue("mip_rel_gap", 0.0)
    made.setOptionValue("mip_abs_gap", 0.0)
    return made


def solve(
    cost: Floats,
    low: Floats,
    high: Floats,
    rows: Rows,
    *,
    whole: int,
    seconds: float,
    start: Floats | None = None,
    apart: float = 0.0,
    target: float | None = None,
    restart: bool = True,
    seed: int = 1,
) -> Found:
    """This will minimise cost·x; the first `whole` columns take whole numbers.

    `apart`: the search may stop when bound and objective are nearer than this (0.999 where every
    objective is a whole number); `target`: any plan this cheap will do; `restart`: whether it may
    begin again with what it could fix at the root.
    """
    made = solver(seconds, seed=seed)
    made.setOptionValue("mip_abs_gap", apart)
    made.setOptionValue("mip_allow_restart", restart)
    if target is not None:
        made.setOptionValue("objective_target", target)
    made.passModel(model(cost, low, high, rows, whole))
    if start is not None:
        made.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    made.run()
    return found(made)


def model(cost: Floats, low: Floats, high: Floats, rows: Rows, whole: int) -> Any:
    """This will return HiGHS's own model; the first `whole` columns take whole numbers."""
    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = len(cost), len(rows.low)
    made.col_cost_, made.col_lower_, made.col_upper_ = cost, low, high
    made.row_lower_, made.row_upper_ = rows.low, rows.high
    made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    made.a_matrix_.start_ = rows.start
    made.a_matrix_.index_ = rows.index
    made.a_matrix_.value_ = rows.value
    kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
    if whole:
        made.integrality_ = [kinds[place >= whole] for place in range(len(cost))]
    return made


def found(made: Any) -> Found:
    """This will read what a solver that has run has to say."""
    info, state = made.getInfo(), made.getModelStatus()
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    infeasible = state == highspy.HighsModelStatus.kInfeasible
    bound = float(info.mip_dual_bound)
    return Found(
        values=np.array(made.getSolution().col_value) if feasible else None,
        objective=float(info.objective_function_value),
        bound=bound if math.isfinite(bound) else -math.inf,
        done=state == highspy.HighsModelStatus.kOptimal,
        infeasible=infeasible,
    )


def claimed(bound: float) -> int | None:
    """This will return the whole number that a lower bound in doubles surely proves, or None."""
    if not math.isfinite(bound):
        return None
    return math.ceil(bound - _ABSOLUTE - _RELATIVE * abs(bound))
