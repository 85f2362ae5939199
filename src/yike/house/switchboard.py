"""Who hears what: the causality of the house on one page.

`now` handlers run in the same transaction as the deed (three at most), `later` are jobs that exist
if and only if the deed is committed. Every event is wired here or listed as unheard.
"""

from __future__ import annotations

from yike.rooms.core.event import Event
from yike.rooms.guard import events as guard

#: Events that nobody needs to hear; they are history only.
UNHEARD: list[type[Event]] = [
    guard.SteppedOutside,
]


def wire() -> None:
    """This will connect every event to its hearers. Called once, at start."""
