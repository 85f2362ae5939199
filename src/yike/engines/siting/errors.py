"""What the engine refuses, in sentences for the planner.

SitingError
├── BadProblemError   the inputs contradict themselves: lengths, negative numbers, p too large
├── BadFileError      a file that is cut off, foreign or of another problem
└── TooLargeError     a model with more pairs than this engine hands to its solver
"""

from __future__ import annotations


class SitingError(ValueError):
    """Base of everything this engine refuses; the message is a sentence in plain Chinese."""


class BadProblemError(SitingError):
    """The inputs contradict themselves; the sentence says where and the way out."""


class BadFileError(SitingError):
    """A file that cannot be read as what it should be."""


class TooLargeError(SitingError):
    """More pairs of candidate and demand than a model with capacities may hold."""
