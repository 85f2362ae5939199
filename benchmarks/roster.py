"""Weeks of duty at once: HiGHS and CP-SAT on one model, and planning again after an absence.

60 people, 25 posts, four weeks, from seeds. Each solver runs in a process of its own, since both
bring the same library and cannot live in one. Pin it to two cores: `taskset -c 0,1`.
CP-SAT is no dependency: `uv pip install ortools==9.15.*` into a throw-away environment to compare.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.roster_instance import instance

HERE = ("-m", "benchmarks.roster")


def main() -> None:
    """This will measure every seed with each solver, then planning again, and print JSON lines."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--solvers", nargs="*", default=["highs", "cpsat", "replan"])
    asked.add_argument("--child", default="")
    asked.add_argument("--model", default="")
    given = asked.parse_args()
    if given.child:
        told = CHILDREN[given.child](given.seeds[0], given.seconds, given.model)
        print(json.dumps(told, ensure_ascii=False))
        return
    for seed in given.seeds:
        with tempfile.TemporaryDirectory() as folder:
            model = str(Path(folder) / "model.pickle")
            _child("dump", seed, given.seconds, model)
            for solver in given.solvers:
                print(json.dumps(_child(solver, seed, given.seconds, model), ensure_ascii=False))
                sys.stdout.flush()


def _child(solver: str, seed: int, seconds: float, model: str) -> dict[str, Any]:
    line = [
        sys.executable, *HERE, "--child", solver, "--seeds", str(seed), "--seconds", str(seconds),
        "--model", model,
    ]  # fmt: skip
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"solver": solver, "seed": seed, "fault": done.stderr.strip().splitlines()[-1:]}
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {"solver": solver, "seed": seed, **told}


def _dump(seed: int, seconds: float, file: str) -> dict[str, Any]:
    """The model with its fair targets, as HiGHS gets it: both solvers read the same numbers."""
    from yike.engines.roster import solve
    from yike.engines.roster.model import build

    problem = instance(seed)
    targets = solve.fair_targets(problem, seconds=seconds)
    model = build(problem, targets=targets)
    with open(file, "wb") as out:
        pickle.dump((model, solve.first(model, problem, targets)), out)
    return {}


def _highs(seed: int, seconds: float, file: str) -> dict[str, Any]:
    """What the house does, from the facts to the plan."""
    from yike.engines.roster import faults, solve

    del file
    problem = instance(seed)
    trace: list[tuple[float, float]] = []
    began = time.monotonic()

    def note(_s: float, _o: float, _b: float, gap: float) -> None:
        trace.append((round(time.monotonic() - began, 1), gap))

    plan = solve.plan(problem, seconds=seconds, progress=note)
    return {
        "shifts": sum(need.count for need in problem.needs),
        "objective": plan.objective, "bound": plan.bound, "gap": plan.gap, "status": plan.status,
        "seconds": plan.seconds, "cpu": _cpu(), "megabytes": _megabytes(),
        "under_two_percent_at": next((at for at, gap in trace if gap < 0.02), None),
        "empty": sum(one.missing for one in plan.uncovered),
        "faults": len(faults(problem, plan.assignments)),
        "parts": dict(plan.parts), "spread": _spread(problem, plan.assignments),
    }  # fmt: skip


def _cpsat(seed: int, seconds: float, file: str) -> dict[str, Any]:
    """CP-SAT on the same model, whole hundredths of an hour, with the same first plan as hint."""
    from benchmarks.roster_cpsat import solve

    del seed
    with open(file, "rb") as kept:
        model, hint = pickle.load(kept)
    began = time.monotonic()
    objective, bound, status = solve(model, hint, seconds=seconds)
    gap = (objective - bound) / max(abs(objective), 1e-9)
    return {
        "objective": round(objective, 1), "bound": round(bound, 1), "gap": round(gap, 4),
        "status": status, "seconds": round(time.monotonic() - began, 2), "cpu": _cpu(),
        "megabytes": _megabytes(),
    }  # fmt: skip


def _replan(seed: int, seconds: float, file: str) -> dict[str, Any]:
    """After one person's absence of one, three and seven days, at ten places of the plan."""
    from yike.engines.roster import faults, solve

    del file
    problem = instance(seed)
    base = solve.plan(problem, seconds=min(seconds, 20.0))
    days = {need.id: need.day for need in problem.needs}
    took, moves, lost, broken = [], 0, 0, 0
    for place in range(0, len(base.assignments), len(base.assignments) // 10):
        need, who = base.assignments[place]
        gone = {days[need] + timedelta(days=n): "leave" for n in range((1, 3, 7)[place % 3])}
        people = tuple(
            replace(one, away={**one.away, **gone}) if one.id == who else one
            for one in problem.people
        )
        after = replace(problem, people=people)
        again = solve.replan(after, base.assignments)
        took.append(again.seconds)
        moves += again.moves
        lost += sum(1 for one, person in base.assignments if person == who and days[one] in gone)
        broken += len(faults(after, again.assignments))
    return {
        "absences": len(took), "seconds_worst": max(took),
        "seconds_median": sorted(took)[len(took) // 2], "shifts_lost": lost, "moves": moves,
        "faults": broken,
    }  # fmt: skip


def _spread(problem: Any, assignments: Any) -> dict[str, float]:
    """How far the quarter's load of whole-time lawyers reaches, who can stand for one another."""
    weights = {need.id: need.weight for need in problem.needs}
    load: Counter[str] = Counter()
    for need, who in assignments:
        load[who] += weights[need]
    alike = [
        one.load + load[one.id]
        for one in problem.people
        if "kind:01" in one.skills and one.share == 1.0
    ]
    mean = sum(alike) / len(alike)
    return {
        "people": len(alike), "mean": round(mean, 1), "least": round(min(alike), 1),
        "most": round(max(alike), 1),
    }  # fmt: skip


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round(used.ru_utime + used.ru_stime, 1)


def _megabytes() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


CHILDREN = {"dump": _dump, "highs": _highs, "cpsat": _cpsat, "replan": _replan}

if __name__ == "__main__":
    main()
