"""Where to put the next station: covers, medians, centres, always with a proven gap. Pure."""

from yike.engines.siting.answer import Answer, Explanation, Repair, Service, Short
from yike.engines.siting.errors import (
    BadFileError,
    BadProblemError,
    SitingError,
    TooLargeError,
)
from yike.engines.siting.problem import UNLIMITED, UNREACHED, Problem, changed, pose
from yike.engines.siting.solve import QUESTIONS, Asked, solve

__all__ = [
    "QUESTIONS",
    "UNLIMITED",
    "UNREACHED",
    "Answer",
    "Asked",
    "BadFileError",
    "BadProblemError",
    "Explanation",
    "Problem",
    "Repair",
    "Service",
    "Short",
    "SitingError",
    "TooLargeError",
    "changed",
    "pose",
    "solve",
]
