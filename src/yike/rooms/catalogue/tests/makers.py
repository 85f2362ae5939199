"""The catalogue for tests: what ships."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from yike.rooms.catalogue import reference
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.regions.tests.makers import HOUSE


@contextmanager
def shelves() -> Iterator[Actor]:
    """The house acts, with everything that ships."""
    with acting(HOUSE):
        reference.load_reference(actor=HOUSE)
        yield HOUSE
