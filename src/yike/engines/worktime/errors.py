"""What the engine refuses.

WorktimeError
├── BadCalendarError     periods overlap, a day is both holiday and make-up day, and the like
├── BadInstantError      an instant without zone: it is nobody's instant
└── NoWorkingTimeError   the calendar never works, or not within forty years
"""

from __future__ import annotations


class WorktimeError(ValueError):
    """Base of everything this engine refuses."""


class BadCalendarError(WorktimeError):
    """The calendar contradicts itself; the sentence says where."""


class BadInstantError(WorktimeError):
    """An instant without a zone was given."""


class NoWorkingTimeError(WorktimeError):
    """No working time lies ahead within the years this engine looks at, or none that far."""
