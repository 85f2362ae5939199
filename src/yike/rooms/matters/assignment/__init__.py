"""Who takes an order: candidates ranked by a county's weights, each with its reasons. Pure.

Facts are gathered elsewhere (queries); nothing here asks a database or a clock.
"""

from yike.rooms.matters.assignment.policy import (
    CRITERIA,
    HOUSE,
    LIMITS,
    MUSTS,
    WEIGHT_MOST,
    Policy,
    changes,
    faults,
    of_plain,
)
from yike.rooms.matters.assignment.ranking import Ranking, explain, rank, shares
from yike.rooms.matters.assignment.words import (
    EXCLUSIONS,
    HARD,
    Candidate,
    Case,
    Ranked,
    Reason,
)

__all__ = [
    "CRITERIA",
    "EXCLUSIONS",
    "HARD",
    "HOUSE",
    "LIMITS",
    "MUSTS",
    "WEIGHT_MOST",
    "Candidate",
    "Case",
    "Policy",
    "Ranked",
    "Ranking",
    "Reason",
    "changes",
    "explain",
    "faults",
    "of_plain",
    "rank",
    "shares",
]
