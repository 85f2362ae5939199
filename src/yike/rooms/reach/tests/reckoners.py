"""A reckoner for tests: the real listener in a thread, shared by the tests of a module.

And the work of the child process done beside the test: a process that loads the engines takes
longer than what it reckons here.
"""

from __future__ import annotations

import importlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yike.engines.coordinates.errors import CoordinateError
from yike.engines.coverage.errors import CoverageError
from yike.engines.travel.errors import TravelError
from yike.rooms.reach import child
from yike.rooms.reach.child import ChildError
from yike.rooms.reach.reckoning.__main__ import WORDS
from yike.rooms.reach.reckoning.serving import Listener, Reckoner

_apart = child.ask


@contextmanager
def listening(place: Path, *, megabytes: int = 256) -> Iterator[Listener]:
    """This will answer at `place` until the block ends."""
    listener = Listener(place, Reckoner(megabytes=megabytes))
    thread = threading.Thread(target=listener.serve, name="reckoner-of-tests")
    thread.start()
    try:
        yield listener
    finally:
        listener.end()
        thread.join(timeout=10)
        place.unlink(missing_ok=True)


def beside(word: str, **asked: Any) -> dict[str, Any]:
    """What `child.ask` does, in this process; what goes over the line is JSON here too.

    The solvers of siting do not get along with other rooms' in one process: they keep their own.
    """
    if word == "site":
        return _apart(word, **asked)
    try:
        found = importlib.import_module(WORDS[word]).run(json.loads(json.dumps(asked)))
    except (TravelError, CoverageError, CoordinateError) as no:
        raise ChildError(str(no)) from None
    told: dict[str, Any] = json.loads(json.dumps(found))
    return told
