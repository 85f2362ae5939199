"""Tables of matters: the matter, its custody, its thread, and what the office edits."""

from yike.rooms.matters.models.custody import Participant, Step
from yike.rooms.matters.models.matter import Matter, Unsealed
from yike.rooms.matters.models.office import AlertRule, Draft, Route, VisitTicket
from yike.rooms.matters.models.thread import (
    Attachment,
    Feedback,
    Message,
    Note,
    Point,
    Reply,
    Supplement,
)

__all__ = [
    "AlertRule",
    "Attachment",
    "Draft",
    "Feedback",
    "Matter",
    "Message",
    "Note",
    "Participant",
    "Point",
    "Reply",
    "Route",
    "Step",
    "Supplement",
    "Unsealed",
    "VisitTicket",
]
