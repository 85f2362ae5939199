"""What became of a booking on its day."""

from __future__ import annotations

from django.db import transaction

from yike.rooms.booking import access, events, flow
from yike.rooms.booking.models import Booking
from yike.rooms.booking.names import facts_of
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def come(*, reference: str, actor: Actor) -> None:
    """This will note that somebody came, also late after they were noted as missing."""
    row = _set("come", reference, actor)
    trail_actions.record(events.BookingCame(**facts_of(row)), actor=actor)


@transaction.atomic
def miss(*, reference: str, actor: Actor) -> None:
    """This will note that somebody did not come; it counts against booking on the net."""
    row = _set("miss", reference, actor)
    trail_actions.record(events.BookingMissed(**facts_of(row)), actor=actor)


def _set(verb: str, reference: str, actor: Actor) -> Booking:
    row, now = access.booking_for(actor, reference, lock=True), clock.now()
    facts = access.facts_of(row, now)
    row.state = flow.refuse(verb, row.state, access.standing_of(row, actor), facts).to
    row.changed_at, row.remind_at = now, None
    row.save(update_fields=["state", "changed_at", "remind_at"])
    return row
