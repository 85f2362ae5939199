"""Runs the roster engine in a process of its own, with limits of time and memory.

Called by a job of the worker, never by the web process. What is written goes through actions, each
in a transaction of its own, so that a killed worker leaves a draft that says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from yike.engines import roster as engine
from yike.engines.roster import plain
from yike.rooms.core import actor as actors
from yike.rooms.duty import actions
from yike.rooms.guard.acting import acting

#: how long weeks may take, and planning again; then the best found is used
SECONDS, AGAIN_SECONDS = 60.0, 8.0
#: what the process may use, in megabytes of address space
MEGABYTES = 3072
#: beyond its time the process is killed after so many seconds: building the model comes on top
GRACE = 60.0


class SolverError(Exception):
    """The process did not bring a plan: out of time, out of memory, or killed."""


def carry(roster_id: UUID, *, seconds: float = SECONDS) -> None:
    """This will fill a draft, or say in it why that did not come to an end."""
    house = actors.system("duty.solve")
    with acting(house):
        problem = actions.begin_solving(roster_id=roster_id, actor=house)
    if problem is None:
        return
    try:
        plan = solve(problem, seconds=seconds, progress=lambda said: _note(roster_id, said))
    except SolverError as fault:
        with acting(house):
            actions.fail_solving(roster_id=roster_id, reason=str(fault), actor=house)
        return
    with acting(house):
        actions.settle_solved(roster_id=roster_id, plan=plan, actor=house)


def carry_again(roster_id: UUID) -> None:
    """This will plan the rest of a roster again with the fewest moves."""
    house = actors.system("duty.repair")
    with acting(house):
        asked = actions.begin_repair(roster_id=roster_id, actor=house)
    if asked is None:
        return
    try:
        plan = solve(asked[0], before=asked[1], seconds=AGAIN_SECONDS)
    except SolverError as fault:
        with acting(house):
            actions.fail_solving(roster_id=roster_id, reason=str(fault), actor=house)
        return
    with acting(house):
        actions.settle_repair(roster_id=roster_id, plan=plan, actor=house)


def solve(
    problem: engine.Problem,
    *,
    seconds: float,
    before: Iterable[tuple[str, str]] | None = None,
    progress: Callable[[str], None] | None = None,
    megabytes: int = MEGABYTES,
) -> engine.Plan:
    """This will return a plan made in another process. Refuses with SolverError."""
    asked = {
        "problem": plain.problem_to_plain(problem),
        "before": None if before is None else [list(one) for one in before],
        "seconds": seconds,
        "megabytes": megabytes,
    }
    paths = os.pathsep.join(path for path in sys.path if path)
    child = subprocess.Popen(
        [sys.executable, "-m", "yike.engines.roster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "2"},
        text=True,
    )
    timer = threading.Timer(seconds + GRACE, child.kill)
    timer.start()
    try:
        return _listen(child, json.dumps(asked), progress)
    finally:
        timer.cancel()
        child.kill()
        with contextlib.suppress(BrokenPipeError), child:
            pass


def _listen(
    child: subprocess.Popen[str], asked: str, progress: Callable[[str], None] | None
) -> engine.Plan:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(asked)
        child.stdin.close()
    except BrokenPipeError as broken:
        raise SolverError("计算程序没有启动") from broken
    for line in child.stdout:
        told: dict[str, Any] = json.loads(line)
        if "plan" in told:
            return plain.plan_from_plain(told["plan"])
        if "fault" in told:
            raise SolverError(_fault(told["fault"]))
        if progress is not None:
            progress(_progress(told["progress"]))
    raise SolverError("计算程序被中止（超时、内存不足或者被结束）")


def _fault(fault: str) -> str:
    return "内存不够用" if fault == "memory" else "规定时间内没有算出方案"


def _progress(told: list[float | None]) -> str:
    seconds, best, _, gap = told
    if best is None or gap is None:
        return f"已用 {seconds or 0:.0f} 秒，正在找第一个方案"
    return f"已用 {seconds or 0:.0f} 秒，离最好的方案不超过 {min(gap, 9.99):.1%}"


def _note(roster_id: UUID, said: str) -> None:
    house = actors.system("duty.solve")
    with acting(house):
        actions.note_progress(roster_id=roster_id, said=said, actor=house)
