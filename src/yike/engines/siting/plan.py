"""A run as a file: what was asked, of which inputs, with what result; and asked again.

The file holds no matrix: `problem` is the sha256 of the inputs, and repeating wants the same ones.
A run that ended by its own steps gives the same answer again; one that the clock cut short says so.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import highspy
import numba
import numpy as np

from yike.engines.siting.answer import Answer
from yike.engines.siting.errors import BadFileError
from yike.engines.siting.problem import Problem
from yike.engines.siting.solve import Asked, solve

_FORMAT = "yike siting plan 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A run asked again: whether the answer is the same, and whether it had to be."""

    same: bool
    was_cut_short: bool
    same_versions: bool
    answer: Answer


def told(problem: Problem, answer: Answer) -> dict[str, Any]:
    """This will return the answer in plain values, candidates and demands by their names."""
    service = answer.service
    return {
        "question": answer.question,
        "status": answer.status,
        "objective": answer.objective,
        "bound": answer.bound,
        "gap": answer.gap,
        "seconds": round(answer.seconds, 3),
        "first": answer.first,
        "first_seconds": round(answer.first_seconds, 3),
        "cut_short": answer.cut_short,
        "chosen": [problem.candidates[i] for i in answer.chosen],
        "units_per_person": problem.full,
        "total": int(problem.units.sum()),
        "covered": answer.covered,
        "uncovered": answer.uncovered,
        "unreachable": [
            {"demand": problem.demands[j], "people": int(problem.weight[j])}
            for j in service.unreachable
        ],
        "not_covered": [
            {"demand": problem.demands[j], "units": int(service.left[j])}
            for j in np.flatnonzero(service.left)
        ],
        "assigned": [
            [problem.demands[j], problem.candidates[i], int(units)]
            for j, i, units in zip(service.demand, service.candidate, service.units, strict=True)
        ],
        "explanation": _explained(problem, answer),
    }


def _explained(problem: Problem, answer: Answer) -> dict[str, Any] | None:
    why = answer.explanation
    if why is None:
        return None
    return {
        "reason": why.reason,
        "shorts": [
            {
                "demand": problem.demands[short.demand],
                "units": short.units,
                "by": short.by,
                "nearest": None if short.nearest is None else problem.candidates[short.nearest],
            }
            for short in why.shorts
        ],
        "repairs": [
            {**asdict(repair), "candidates": [problem.candidates[i] for i in repair.candidates]}
            for repair in why.repairs
        ],
    }


def save(path: Path, problem: Problem, asked: Asked, answer: Answer) -> None:
    """This will write the run; nothing half-written stays."""
    run = {
        "format": _FORMAT,
        "problem": problem.digest(),
        "asked": {**asdict(asked), "quantile": str(asked.quantile)},
        "versions": versions(),
        "result": told(problem, answer),
    }
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def versions() -> dict[str, str]:
    """This will return the versions on which an answer may depend."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    return {"highs": solver.version(), "numba": numba.__version__, "numpy": np.__version__}


def load(path: Path) -> dict[str, Any]:
    """This will read a run; refuses with BadFileError what is none, or is cut off."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadFileError(f"方案文件 {path.name} 读不出来，可能被截断。") from None
    if not isinstance(run, dict) or run.get("format") != _FORMAT:
        raise BadFileError(f"{path.name} 不是选址方案文件。")
    return run


def repeat(path: Path, problem: Problem) -> Repeated:
    """This will ask the file's question again; refuses with BadFileError other inputs than its own.

    The answer is the same unless the clock had cut it short or the versions are others.
    """
    run = load(path)
    if run["problem"] != problem.digest():
        raise BadFileError(f"{path.name} 是另一份数据的方案：成本、人数、候选点或限制有改动。")
    asked = Asked(**{**run["asked"], "quantile": Fraction(run["asked"]["quantile"])})
    answer = solve(problem, asked)
    before, after = run["result"], told(problem, answer)
    kept = ("status", "objective", "bound", "chosen", "covered", "assigned")
    return Repeated(
        same=all(before[name] == after[name] for name in kept),
        was_cut_short=bool(before["cut_short"]),
        same_versions=run["versions"] == versions(),
        answer=answer,
    )
