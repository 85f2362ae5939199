"""A time that is given back: by its person, by an office, or because nobody came to receive."""

from __future__ import annotations

from datetime import datetime

from yike.rooms.booking import events, flow
from yike.rooms.booking.models import Booking
from yike.rooms.booking.names import facts_of
from yike.rooms.core.actor import Actor
from yike.rooms.trail import actions as trail_actions


def give_up(row: Booking, reason: str, now: datetime, actor: Actor) -> None:
    """This will write that a locked booking is given back; who may is asked before."""
    was = flow.STATES[row.state]
    row.state, row.reason, row.changed_at = flow.CANCELLED, reason, now
    row.remind_at, row.expires_at = None, None
    row.save(update_fields=["state", "reason", "changed_at", "remind_at", "expires_at"])
    cancelled = events.BookingCancelled(**facts_of(row), was=was)
    trail_actions.record(cancelled, actor=actor)
