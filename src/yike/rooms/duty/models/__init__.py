"""Tables of this room: posts and what they need, people's terms, rosters and what changes them."""

from yike.rooms.duty.models.change import CallAsk, CallOut, Feed, ShiftChange
from yike.rooms.duty.models.checkin import (
    CheckIn,
    CheckKey,
    CheckMiss,
    CheckRule,
    MakeUp,
    PostCode,
)
from yike.rooms.duty.models.circuit import Circuit, CircuitStop, CircuitVisit
from yike.rooms.duty.models.person import DutyLimit, Leave, Wish
from yike.rooms.duty.models.post import Demand, FerryDay, Post
from yike.rooms.duty.models.roster import OF_OPEN_POSTS, Roster, Shift

__all__ = [
    "OF_OPEN_POSTS",
    "CallAsk",
    "CallOut",
    "CheckIn",
    "CheckKey",
    "CheckMiss",
    "CheckRule",
    "Circuit",
    "CircuitStop",
    "CircuitVisit",
    "Demand",
    "DutyLimit",
    "Feed",
    "FerryDay",
    "Leave",
    "MakeUp",
    "Post",
    "PostCode",
    "Roster",
    "Shift",
    "ShiftChange",
    "Wish",
]
