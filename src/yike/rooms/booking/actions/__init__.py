"""Every write of booking."""

from yike.rooms.booking.actions.attending import come, miss
from yike.rooms.booking.actions.feeds import make_feed, revoke_feed
from yike.rooms.booking.actions.following import follow_circuit, follow_missed
from yike.rooms.booking.actions.giving import PEER_SCOPE, book, cancel, confirm, hold, move, wait
from yike.rooms.booking.actions.joining import tell_joining
from yike.rooms.booking.actions.patterns import (
    close_days,
    end_pattern,
    lay_slots,
    set_pattern,
    set_rule,
)
from yike.rooms.booking.actions.telling import tell_of
from yike.rooms.booking.actions.ticking import tick

__all__ = [
    "PEER_SCOPE",
    "book",
    "cancel",
    "close_days",
    "come",
    "confirm",
    "end_pattern",
    "follow_circuit",
    "follow_missed",
    "hold",
    "lay_slots",
    "make_feed",
    "miss",
    "move",
    "revoke_feed",
    "set_pattern",
    "set_rule",
    "tell_joining",
    "tell_of",
    "tick",
    "wait",
]
