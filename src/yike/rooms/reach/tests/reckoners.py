"""A reckoner for tests: the real listener in a thread, shared by the tests of a module."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yike.rooms.reach.reckoning.serving import Listener, Reckoner


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
