"""What can happen to a rating. Ids, counts and names of offices only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class RatingInvited(Event):
    """A matter was answered: whoever asked may rate it, once."""

    matter_id: UUID
    region_code: str
    expires_at: datetime

    ABOUT = "matter"
    SUBJECT = "matter_id"
    SENTENCE = "邀请当事人评价，{expires_at} 前有效"


@dataclass(frozen=True, kw_only=True)
class RatingEvent(Event):
    """Base: about one rating."""

    rating_id: UUID
    matter_id: UUID
    region_code: str

    ABOUT = "rating"
    SUBJECT = "rating_id"


@dataclass(frozen=True, kw_only=True)
class RatingGiven(RatingEvent):
    """A matter was rated. again: after it was done once more."""

    level: int
    level_name: str
    channel: str
    channel_name: str
    bad: bool
    again: bool = False
    demo: bool = False

    SENTENCE = "{channel_name}评价：{level_name}"


@dataclass(frozen=True, kw_only=True)
class RatingRefused(Event):
    """Somebody who served tried to rate their own work."""

    matter_id: UUID
    region_code: str
    why: str

    ABOUT = "matter"
    SUBJECT = "matter_id"
    SENTENCE = "拒绝评价：{why}"


@dataclass(frozen=True, kw_only=True)
class RatingFlagged(RatingEvent):
    """A rating looks odd: it does not count until somebody has checked it."""

    flags: str

    SENTENCE = "评价有疑点，暂不计入：{flags}"


@dataclass(frozen=True, kw_only=True)
class RatingChecked(RatingEvent):
    """Somebody checked a flagged rating."""

    standing: str
    standing_name: str

    SENTENCE = "核实评价：{standing_name}"


@dataclass(frozen=True, kw_only=True)
class RatingReplied(RatingEvent):
    """The rated side said something to it, once."""

    appeals: bool

    SENTENCE = "被评人作了说明（申请核实：{appeals}）"
