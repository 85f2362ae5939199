"""What the engine refuses: a sentence in plain Chinese that names the place and the way out."""

from __future__ import annotations


class CoverageError(ValueError):
    """The numbers contradict each other or cannot be measured."""
