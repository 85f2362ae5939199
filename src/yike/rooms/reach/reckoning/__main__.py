"""Does one piece of work asked on the standard input and says the answer in one line.

In: {"word": …, "megabytes": …, "seconds": …, …}. Out: what the word returns, or {"fault": …}.
Who started it may kill it at any time; what it was writing has another name until it is whole.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from typing import Any

WORDS = {
    "build": "yike.rooms.reach.reckoning.building",
    "schedule": "yike.rooms.reach.reckoning.scheduling",
    "place": "yike.rooms.reach.reckoning.placing",
    "measure": "yike.rooms.reach.reckoning.measuring",
    "site": "yike.rooms.reach.reckoning.siting",
}


def main() -> int:
    """This will do the work; 0 done, 1 refused with a sentence, 3 out of memory.

    With `serve SOCKET` it answers many questions instead: see `serving`.
    """
    if sys.argv[1:2] == ["serve"]:
        from yike.rooms.reach.reckoning import serving

        return serving.main(sys.argv[2:])
    asked = json.load(sys.stdin)
    _limit(resource.RLIMIT_AS, int(asked["megabytes"]) * 1024 * 1024)
    _limit(resource.RLIMIT_CPU, int(asked["seconds"]))
    try:
        return _work(asked)
    except MemoryError:
        _say({"fault": "内存不够用，请缩小数据范围（只留本县和周边）后再试。"})
        return 3


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def _work(asked: dict[str, Any]) -> int:
    from yike.engines.coordinates.errors import CoordinateError
    from yike.engines.coverage.errors import CoverageError
    from yike.engines.siting.errors import SitingError
    from yike.engines.travel.errors import TravelError

    try:
        _say(importlib.import_module(WORDS[asked["word"]]).run(asked))
    except (TravelError, CoverageError, CoordinateError, SitingError) as no:
        _say({"fault": str(no)})
        return 1
    return 0


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
