"""What the engine refuses: a sentence in plain Chinese that names the row and the way out."""

from __future__ import annotations


class CoordinateError(ValueError):
    """Numbers that are no place in the system they are said to be in."""
