"""What can happen to a callback. Ids, counts and names of offices only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class CallbackEvent(Event):
    """Base: about one callback."""

    callback_id: UUID
    rating_id: UUID
    region_code: str

    ABOUT = "callback"
    SUBJECT = "callback_id"


@dataclass(frozen=True, kw_only=True)
class CallbackOwed(CallbackEvent):
    """A bad rating was given: somebody else than those who served must call back."""

    owner: UUID | None
    due_at: datetime | None

    SENTENCE = "差评需要回访，{due_at} 前联系"


@dataclass(frozen=True, kw_only=True)
class CallbackAttempted(CallbackEvent):
    """One try to reach the citizen."""

    result: str
    result_name: str

    SENTENCE = "联系当事人：{result_name}"


@dataclass(frozen=True, kw_only=True)
class CallbackHanded(CallbackEvent):
    """Somebody else shall call back."""

    owner: UUID

    SENTENCE = "换人回访"


@dataclass(frozen=True, kw_only=True)
class CallbackRedone(CallbackEvent):
    """It ended in doing the matter once more."""

    matter_id: UUID

    SENTENCE = "退回重办"


@dataclass(frozen=True, kw_only=True)
class CallbackToMend(CallbackEvent):
    """It ended in a rectification."""

    rectification_id: UUID

    SENTENCE = "转整改"


@dataclass(frozen=True, kw_only=True)
class ExclusionAsked(CallbackEvent):
    """It is asked that the rating shall not count; a second person verifies."""

    ground: str
    ground_name: str

    SENTENCE = "提请不采纳：{ground_name}"


@dataclass(frozen=True, kw_only=True)
class ExclusionGranted(CallbackEvent):
    """A second person verified that the rating shall not count."""

    ground_name: str

    SENTENCE = "核实后不采纳：{ground_name}"


@dataclass(frozen=True, kw_only=True)
class ExclusionRefused(CallbackEvent):
    """A second person did not agree: the callback goes on."""

    SENTENCE = "不同意不采纳，继续回访"
