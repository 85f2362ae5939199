"""What can go wrong with a sealed thing.

SealError
├── BadKeyRingError   the text of a key ring is damaged or not one
├── UnknownKeyError   sealed under a version that this ring does not hold
└── BadTokenError     not a sealed thing at all: too short, unknown format
    └── TamperedError a bit was changed, a piece is missing, or the wrong context was given
"""

from __future__ import annotations


class SealError(Exception):
    """Base of everything this engine refuses."""


class BadKeyRingError(SealError):
    """The text of a key ring is damaged, or is not a key ring."""


class UnknownKeyError(SealError):
    """Sealed under a key version that this ring does not hold."""


class BadTokenError(SealError):
    """The bytes are not a sealed thing: too short, or of an unknown format."""


class TamperedError(BadTokenError):
    """Authentication failed: changed, cut, reordered, or opened with another purpose or context."""
