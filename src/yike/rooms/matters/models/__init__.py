"""Tables of matters: the matter, its custody, its thread, and what the office edits."""

from yike.rooms.matters.models.assigning import (
    AssignmentPolicy,
    AssignmentRecord,
    AssignmentShare,
    AssignmentWeight,
    Side,
)
from yike.rooms.matters.models.beside import Call, Escalation, LadderRule, Link
from yike.rooms.matters.models.course import (
    Extension,
    Joint,
    Redo,
    ReplyDraft,
    Return,
    Supervision,
    Suspension,
    TypeChange,
)
from yike.rooms.matters.models.custody import Participant, Step
from yike.rooms.matters.models.effort import Effort
from yike.rooms.matters.models.matter import Matter, Unsealed
from yike.rooms.matters.models.office import AlertRule, Draft, Route, VisitTicket
from yike.rooms.matters.models.policy import FlowPolicy, LineTable, RouteSuggestion
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
    "AssignmentPolicy",
    "AssignmentRecord",
    "AssignmentShare",
    "AssignmentWeight",
    "Attachment",
    "Call",
    "Draft",
    "Effort",
    "Escalation",
    "Extension",
    "Feedback",
    "FlowPolicy",
    "Joint",
    "LadderRule",
    "LineTable",
    "Link",
    "Matter",
    "Message",
    "Note",
    "Participant",
    "Point",
    "Redo",
    "Reply",
    "ReplyDraft",
    "Return",
    "Route",
    "RouteSuggestion",
    "Side",
    "Step",
    "Supervision",
    "Supplement",
    "Suspension",
    "TypeChange",
    "Unsealed",
    "VisitTicket",
]
