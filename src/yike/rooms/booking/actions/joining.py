"""How one joins a remote talk, as the expert's office tells it."""

from __future__ import annotations

from django.db import transaction

from yike.rooms.booking import access, events, flow, kinds
from yike.rooms.booking.names import facts_of
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import clean
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def tell_joining(*, reference: str, words: str, actor: Actor) -> None:
    """This will keep a link or the number of a room for both sides; told again, it is replaced.

    By the expert's office or whoever answers for its region; nothing is made up here.
    """
    row, now = access.booking_for(actor, reference, lock=True), clock.now()
    flow.refuse("join", row.state, access.standing_of(row, actor), access.facts_of(row, now))
    if not kinds.KINDS[row.kind].remote:
        raise BadInput("只有视频咨询要会议号", way_on="当面的预约不用填。", field="words")
    row.joining = clean.text(words, field="words", most=200, least=2)
    row.changed_at = now
    row.save(update_fields=["joining", "changed_at"])
    trail_actions.record(events.JoiningTold(**facts_of(row)), actor=actor)
