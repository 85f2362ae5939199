"""What can happen here. That a clock starts, rests or stops is told by its subject's own events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutAClock:
    """About the thing the promise was made for, so that it stands in that thing's history."""

    SUBJECT: ClassVar[str] = "subject_id"

    clock_id: UUID
    subject_kind: str
    subject_id: UUID
    region_code: str
    promise_code: str
    promise_name: str
    due_at: datetime

    @property
    def about(self) -> str:
        """The kind of the subject: the same promise is made for different things."""
        return self.subject_kind


@dataclass(frozen=True, kw_only=True)
class ClockNeared(_AboutAClock, Event):
    """The first warning of a promise: yellow, half of the time is used unless set otherwise."""

    SENTENCE: ClassVar[str] = "“{promise_name}”黄色预警，应于 {due_at} 前办结。"


@dataclass(frozen=True, kw_only=True)
class ClockWarned(_AboutAClock, Event):
    """A promise is about to be broken."""

    SENTENCE: ClassVar[str] = "“{promise_name}”临近时限，应于 {due_at} 前办结。"


@dataclass(frozen=True, kw_only=True)
class ClockBroken(_AboutAClock, Event):
    """A promise was broken: its due instant passed while the clock ran."""

    SENTENCE: ClassVar[str] = "“{promise_name}”已超时限，应于 {due_at} 前办结。"


@dataclass(frozen=True, kw_only=True)
class ClockMoved(_AboutAClock, Event):
    """A due instant beyond the known holidays moved when the holidays were announced."""

    SENTENCE: ClassVar[str] = (
        "放假安排公布，“{promise_name}”到期时间由 {former_due_at} 调整为 {due_at}。"
    )

    former_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """A calendar has a new version: a notice, a closure, new hours. Running clocks keep theirs."""

    ABOUT: ClassVar[str] = "calendar"
    SUBJECT: ClassVar[str] = "code"
    SENTENCE: ClassVar[str] = "工作日历“{name}”更新为第 {version} 版：{reason}。"

    code: str
    name: str
    version: int
    reason: str
    known_until: date | None


@dataclass(frozen=True, kw_only=True)
class PromiseChanged(Event):
    """A promise has a new version. Running clocks keep theirs."""

    ABOUT: ClassVar[str] = "promise"
    SUBJECT: ClassVar[str] = "code"
    SENTENCE: ClassVar[str] = "时限“{name}”更新为第 {version} 版，自 {active_from} 起执行。"

    code: str
    name: str
    version: int
    amount: int
    unit: str
    calendar_code: str
    statutory: bool
    active_from: date
