"""Runs the engines in a process of its own, with limits of time and memory.

Called by a job of the worker, never by the web process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

#: word → (seconds, megabytes of address space)
LIMITS = {
    "build": (900, 8192),
    "schedule": (600, 8192),
    "place": (120, 3072),
    "measure": (300, 6144),
    "site": (420, 6144),
}
#: Beyond its seconds of work a process is given so many to start and to write.
GRACE = 60


class ChildError(Exception):
    """The process brought no answer; the sentence is for people."""


def ask(word: str, **asked: Any) -> dict[str, Any]:
    """This will return what the process answers. Refuses with ChildError."""
    seconds, megabytes = LIMITS[word]
    told = {"word": word, "seconds": seconds, "megabytes": megabytes} | asked
    try:
        done = subprocess.run(
            [sys.executable, "-m", "yike.rooms.reach.reckoning"],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds + GRACE,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise ChildError("规定时间内没有算完，请缩小数据范围后再试。") from None
    return _answer(done.stdout)


def _answer(said: str) -> dict[str, Any]:
    lines = said.splitlines()
    if not lines:
        raise ChildError("计算程序被中止（超时、内存不足或者被结束），请稍后再试。")
    found: dict[str, Any] = json.loads(lines[-1])
    if "fault" in found:
        raise ChildError(found["fault"])
    return found


def _environment() -> dict[str, str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **single, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"}
