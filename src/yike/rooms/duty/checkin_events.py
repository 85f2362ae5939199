"""What can happen when people check in. No distance, no position; persons by id only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfCheckIn:
    ABOUT: ClassVar[str] = "checkin"
    SUBJECT: ClassVar[str] = "checkin_id"

    checkin_id: UUID
    shift_id: UUID
    post_name: str
    region_code: str
    practitioner_id: UUID
    direction: str


@dataclass(frozen=True, kw_only=True)
class CheckedIn(_OfCheckIn, Event):
    """Somebody checked in or out."""

    SENTENCE: ClassVar[str] = "{post_name} {said}"

    said: str
    at: datetime
    way: str


@dataclass(frozen=True, kw_only=True)
class CheckInDoubted(_OfCheckIn, Event):
    """Somebody checked in or out in a way that another must confirm."""

    SENTENCE: ClassVar[str] = "{post_name} {said}，等待核验"

    said: str
    at: datetime
    way: str


@dataclass(frozen=True, kw_only=True)
class CheckInRefused(_OfCheckIn, Event):
    """Somebody tried to check in or out and was not let."""

    SENTENCE: ClassVar[str] = "{post_name} {said}"

    said: str


@dataclass(frozen=True, kw_only=True)
class CheckInDecided(_OfCheckIn, Event):
    """Somebody who answers for the post confirmed a doubtful check-in, or did not."""

    SENTENCE: ClassVar[str] = "{post_name} 的签到{said}"

    said: str
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class FixOpened(_OfCheckIn, Event):
    """Somebody looked at the raw position of a check-in, with a reason."""

    SENTENCE: ClassVar[str] = "查看 {post_name} 签到的原始定位：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class _OfMiss:
    ABOUT: ClassVar[str] = "shift"
    SUBJECT: ClassVar[str] = "shift_id"

    shift_id: UUID
    post_name: str
    region_code: str
    practitioner_id: UUID
    from_at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckInReminded(_OfMiss, Event):
    """A shift has begun and whoever stands has not checked in."""

    SENTENCE: ClassVar[str] = "{post_name} 开班后还没有签到，已提醒本人"


@dataclass(frozen=True, kw_only=True)
class CheckInMissed(_OfMiss, Event):
    """Whoever stands did not check in in time."""

    SENTENCE: ClassVar[str] = "{post_name} 逾时没有签到"


@dataclass(frozen=True, kw_only=True)
class CameAfterAll(_OfMiss, Event):
    """Somebody who counted as absent came, before another stood in."""

    SENTENCE: ClassVar[str] = "{post_name} 原值班人已到岗，取消缺勤"


@dataclass(frozen=True, kw_only=True)
class _OfMakeUp:
    ABOUT: ClassVar[str] = "makeup"
    SUBJECT: ClassVar[str] = "make_up_id"

    make_up_id: UUID
    shift_id: UUID
    post_name: str
    region_code: str
    practitioner_id: UUID


@dataclass(frozen=True, kw_only=True)
class MakeUpAsked(_OfMakeUp, Event):
    """Somebody who was there without checking in asks that it be counted."""

    SENTENCE: ClassVar[str] = "申请补签 {post_name}，附材料 {files} 份"

    files: int


@dataclass(frozen=True, kw_only=True)
class MakeUpDecided(_OfMakeUp, Event):
    """A make-up request was granted, refused or withdrawn."""

    SENTENCE: ClassVar[str] = "补签申请{said} {post_name}"

    said: str
    state: str


@dataclass(frozen=True, kw_only=True)
class CheckRulesSet(Event):
    """The rules of check-in of a county were set from a day on."""

    ABOUT: ClassVar[str] = "checkrule"
    SUBJECT: ClassVar[str] = "rule_id"
    SENTENCE: ClassVar[str] = "签到规则自 {active_from} 起调整：{said}"

    rule_id: UUID
    region_code: str
    active_from: date
    said: str


@dataclass(frozen=True, kw_only=True)
class CheckCodeRenewed(Event):
    """The secret from which a post's codes are made was made anew."""

    ABOUT: ClassVar[str] = "post"
    SUBJECT: ClassVar[str] = "post_id"
    SENTENCE: ClassVar[str] = "更换岗位 {name} 的签到码"

    post_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class FixesSwept(Event):
    """Raw positions whose days were over were deleted."""

    SENTENCE: ClassVar[str] = "清除到期的原始定位 {count} 条"

    region_code: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RotationExported(Event):
    """The attendance of a month, place by place, left the house as a file."""

    SENTENCE: ClassVar[str] = "导出 {month} 轮值考勤共 {rows} 行（{purpose}）：{reason}"

    region_code: str
    month: str
    rows: int
    purpose: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FiguresExported(Event):
    """The figures of a period left the house as a file."""

    SENTENCE: ClassVar[str] = "导出值班统计 {since} 至 {last} 共 {rows} 行（{purpose}）：{reason}"

    region_code: str
    since: date
    last: date
    rows: int
    purpose: str
    reason: str
