"""One's own booking, proved by reference and phone or by the browser that holds the place."""

from __future__ import annotations

from yike.rooms.booking import access, calendars, rowing
from yike.rooms.booking.faces import BookingFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed


def mine(actor: Actor) -> BookingFace:
    """This will return the booking this citizen claims. Refuses NotFound."""
    return rowing.whole(access.booking_for(actor, actor.claim_ref), actor, clock.now())


def mine_short(actor: Actor) -> BookingFace:
    """This will return the same without the place's address and the papers: for what is sent."""
    row = access.booking_for(actor, actor.claim_ref)
    return rowing.bookings([row], actor, clock.now())[0]


def mine_ics(actor: Actor) -> bytes:
    """This will return one's booking as a calendar file. Refuses one without a time."""
    face = mine(actor)
    if face.from_at is None or face.state in ("held", "lapsed"):
        raise NotAllowed("这个预约还没有确定时间", way_on="确认预约以后再加入日历。")
    return calendars.for_citizen(face, clock.now())


def papers_of(kind: str, item_code: str) -> tuple[str, ...]:
    """This will return what to bring for a kind of meeting and the item one comes for."""
    return rowing.papers(kind, item_code)
