"""What can happen to alerts and rectifications. Ids, counts and names of offices only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class RectificationEvent(Event):
    """Base: about one rectification."""

    rectification_id: UUID
    region_code: str
    owner_org: UUID | None
    owner_name: str

    ABOUT = "rectification"
    SUBJECT = "rectification_id"


@dataclass(frozen=True, kw_only=True)
class RectificationAssigned(RectificationEvent):
    """Somebody owes a rectification until a day (派发); `source` as in codes.SOURCES."""

    source: str
    source_name: str
    due_at: datetime | None

    SENTENCE = "{source_name}转整改，由{owner_name}在 {due_at} 前完成"


@dataclass(frozen=True, kw_only=True)
class RectificationReported(RectificationEvent):
    """The owner says that it is mended, with evidence (整改)."""

    files: int

    SENTENCE = "{owner_name}报告整改完成，材料{files}份"


@dataclass(frozen=True, kw_only=True)
class RectificationPassed(RectificationEvent):
    """Somebody else verified it (核验)."""

    SENTENCE = "核验通过"


@dataclass(frozen=True, kw_only=True)
class RectificationFailed(RectificationEvent):
    """Somebody else found it not mended: it goes on."""

    returns: int
    due_at: datetime | None

    SENTENCE = "核验不通过（第{returns}次），{due_at} 前继续整改"


@dataclass(frozen=True, kw_only=True)
class RectificationClosed(RectificationEvent):
    """What was learnt is written down: the loop is closed (复盘)."""

    days: int
    told: bool

    SENTENCE = "复盘闭环，历时{days}天"


@dataclass(frozen=True, kw_only=True)
class RectificationEased(RectificationEvent):
    """It was found to be hard and has more time."""

    due_at: datetime | None

    SENTENCE = "认定疑难，期限延长到 {due_at}"


@dataclass(frozen=True, kw_only=True)
class RectificationHanded(RectificationEvent):
    """Another office owes it; the due instant stays."""

    SENTENCE = "改由{owner_name}整改"


@dataclass(frozen=True, kw_only=True)
class AlertEvent(Event):
    """Base: about one alert."""

    alert_id: UUID
    rule: str
    rule_name: str
    region_code: str

    ABOUT = "alert"
    SUBJECT = "alert_id"


@dataclass(frozen=True, kw_only=True)
class AlertRaised(AlertEvent):
    """A rule found something (发现)."""

    subject_kind: str
    subject: str
    owner: UUID | None
    due_at: datetime | None

    SENTENCE = "{rule_name}预警"


@dataclass(frozen=True, kw_only=True)
class AlertAssigned(AlertEvent):
    """It was given to an office to mend."""

    rectification_id: UUID

    SENTENCE = "{rule_name}预警转整改"


@dataclass(frozen=True, kw_only=True)
class DismissalAsked(AlertEvent):
    """It is asked that the alert be called a false one."""

    SENTENCE = "提请认定误报"


@dataclass(frozen=True, kw_only=True)
class AlertDismissed(AlertEvent):
    """A second person verified that it was false."""

    SENTENCE = "核实为误报"


@dataclass(frozen=True, kw_only=True)
class DismissalRefused(AlertEvent):
    """A second person did not agree: it stands."""

    SENTENCE = "不是误报，继续处理"


@dataclass(frozen=True, kw_only=True)
class AlertEnded(AlertEvent):
    """What it led to was mended, verified and reviewed."""

    SENTENCE = "{rule_name}预警闭环"


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(Event):
    """Something was overdue: it was brought to a leader."""

    case_kind: str
    case_id: UUID
    region_code: str
    promise_name: str
    leader: UUID | None

    SUBJECT = "case_id"
    SENTENCE = "“{promise_name}”超期，升级给分管领导"

    @property
    def about(self) -> str:
        """The kind of case it is about."""
        return self.case_kind
