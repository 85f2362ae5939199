"""What can happen to a complaint. Ids, counts and names of offices only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class ComplaintEvent(Event):
    """Base: about one complaint."""

    complaint_id: UUID
    reference: str
    region_code: str

    ABOUT = "complaint"
    SUBJECT = "complaint_id"


@dataclass(frozen=True, kw_only=True)
class ComplaintMade(ComplaintEvent):
    """Somebody complained about service."""

    kind_code: str
    kind_name: str
    channel: str
    letter_due_at: datetime
    due_at: datetime
    demo: bool = False

    SENTENCE = "收到投诉（{kind_name}），{letter_due_at} 前告知受理，{due_at} 前答复"


@dataclass(frozen=True, kw_only=True)
class ComplaintHeld(ComplaintEvent):
    """The holding letter was sent."""

    SENTENCE = "告知投诉人已受理"


@dataclass(frozen=True, kw_only=True)
class ComplaintAnswered(ComplaintEvent):
    """The complaint was answered."""

    upheld: bool
    upheld_name: str

    SENTENCE = "答复投诉：{upheld_name}"


@dataclass(frozen=True, kw_only=True)
class ComplaintHanded(ComplaintEvent):
    """Another office deals with it; the promises stay."""

    to_org: UUID
    to_name: str

    SENTENCE = "交{to_name}处理"


@dataclass(frozen=True, kw_only=True)
class ComplaintAppealed(ComplaintEvent):
    """The answer is taken to the upper level, once."""

    due_at: datetime

    SENTENCE = "投诉人申请上级复核，{due_at} 前答复"


@dataclass(frozen=True, kw_only=True)
class ComplaintDecided(ComplaintEvent):
    """The upper level decided: it is closed."""

    upheld: bool
    upheld_name: str

    SENTENCE = "上级复核：{upheld_name}，办结"


@dataclass(frozen=True, kw_only=True)
class ComplaintWithdrawn(ComplaintEvent):
    """Whoever complained took it back."""

    SENTENCE = "投诉人撤回投诉"


@dataclass(frozen=True, kw_only=True)
class ComplaintSettled(ComplaintEvent):
    """Nobody appealed in time: it is closed."""

    SENTENCE = "没有申请复核，到期办结"
