"""`./yike reach WORD ...`: travel times, cover and access from files. Each word has its module."""

from __future__ import annotations

from collections.abc import Sequence

from yike.engines.coverage.errors import CoverageError
from yike.engines.travel.errors import TravelError
from yike.house.planner import words
from yike.house.planner.tables import TableError

WORDS = {
    name: f"yike.house.planner.{name}"
    for name in ("build", "nearest", "cover", "isochrone", "e2sfca")
}


def needs_database(argv: Sequence[str]) -> bool:
    """This will say that no word of this command asks for the database."""
    return False


def main(argv: Sequence[str]) -> int:
    """This will run one word; 0 done, 1 refused with a sentence on stderr, 2 not understood."""
    return words.stoppable(lambda: _answer(argv))


def _answer(argv: Sequence[str]) -> int:
    try:
        return words.run("reach", WORDS, argv)
    except (TravelError, CoverageError, TableError, OSError) as why:
        return words.refused(why)
