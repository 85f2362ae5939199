"""Duty plans: weeks of all posts and lines at once, by hard rules, fairly and by the wishes.

Pure: people, posts and needs come in as values. `python -m yike.engines.roster` solves in a process
of its own, with limits of time and memory.
"""

from yike.engines.roster.check import Fault, faults, obstacles
from yike.engines.roster.facts import (
    BACKUP,
    MAIN,
    Busy,
    Need,
    Obstacle,
    Person,
    Plan,
    Post,
    Prices,
    Problem,
    Relaxation,
    Uncovered,
    Wish,
)
from yike.engines.roster.rules import qualified

__all__ = [
    "BACKUP",
    "MAIN",
    "Busy",
    "Fault",
    "Need",
    "Obstacle",
    "Person",
    "Plan",
    "Post",
    "Prices",
    "Problem",
    "Relaxation",
    "Uncovered",
    "Wish",
    "faults",
    "obstacles",
    "qualified",
]
