"""Solves one problem in a process of its own: JSON in, lines of JSON out.

In: {"problem": …, "before": [[need, person], …] or null, "seconds": …, "megabytes": …}.
Out: {"progress": [seconds, best, bound, gap]} now and then, at last {"plan": …} or {"fault": …}.
Who started it may kill it at any time; nothing is left behind.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any


def main() -> int:
    """This will solve what stands on the standard input; 0 done, 1 no plan, 3 out of memory."""
    asked = json.load(sys.stdin)
    most = int(asked["megabytes"]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        return _solve(asked)
    except MemoryError:
        _say({"fault": "memory"})
        return 3


def _solve(asked: dict[str, Any]) -> int:
    from yike.engines.roster import plain, solve
    from yike.engines.roster.highs import NoAnswerError

    problem = plain.problem_from_plain(asked["problem"])
    told: dict[str, Any] = {"seconds": asked["seconds"]}
    try:
        if asked["before"] is None:
            plan = solve.plan(problem, progress=_progress, **told)
        else:
            plan = solve.replan(problem, [(one, who) for one, who in asked["before"]], **told)
    except NoAnswerError as none:
        _say({"fault": f"time: {none}"})
        return 1
    _say({"plan": plain.plan_to_plain(plan)})
    return 0


def _progress(seconds: float, best: float, bound: float, gap: float) -> None:
    known = [value if abs(value) < 1e12 else None for value in (seconds, best, bound, gap)]
    _say({"progress": known})


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
