"""What can happen in booking. No name and no telephone of anybody is ever in an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfBooking(Event):
    booking_id: UUID
    reference: str
    region_code: str
    kind_name: str
    ABOUT = "booking"
    SUBJECT = "booking_id"


@dataclass(frozen=True, kw_only=True)
class PlaceHeld(_OfBooking):
    """A place was held for somebody who fills in."""

    from_at: datetime
    SENTENCE = "为预约 {reference}（{kind_name}，{from_at}）占位"


@dataclass(frozen=True, kw_only=True)
class BookingConfirmed(_OfBooking):
    """Somebody has a time."""

    from_at: datetime
    SENTENCE = "预约 {reference} 已确认：{kind_name}，{from_at}"


@dataclass(frozen=True, kw_only=True)
class JoiningTold(_OfBooking):
    """The expert's office told how one joins a remote talk; the words themselves stay out."""

    SENTENCE = "预约 {reference} 已告知会议号或链接"


@dataclass(frozen=True, kw_only=True)
class BookingMoved(_OfBooking):
    """A booking was moved to another time."""

    from_at: datetime
    to_at: datetime
    SENTENCE = "预约 {reference} 由 {from_at} 改到 {to_at}"


@dataclass(frozen=True, kw_only=True)
class BookingCancelled(_OfBooking):
    """A booking was given back."""

    was: str
    SENTENCE = "预约 {reference} 已取消（原为{was}）"


@dataclass(frozen=True, kw_only=True)
class BookingCame(_OfBooking):
    """The person came."""

    SENTENCE = "预约 {reference} 已到场"


@dataclass(frozen=True, kw_only=True)
class BookingMissed(_OfBooking):
    """The person did not come."""

    SENTENCE = "预约 {reference} 未到场"


@dataclass(frozen=True, kw_only=True)
class WaitingJoined(_OfBooking):
    """Somebody waits for a place to fall free."""

    day: date
    SENTENCE = "{reference} 候补 {day} 的{kind_name}"


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(_OfBooking):
    """A place that fell free was offered to the first in line."""

    from_at: datetime
    until_at: datetime
    SENTENCE = "空出的 {from_at} 留给候补的 {reference}，保留到 {until_at}"


@dataclass(frozen=True, kw_only=True)
class PlaceLapsed(_OfBooking):
    """A held place, or a day waited for, passed by."""

    was: str
    SENTENCE = "预约 {reference} 过期（原为{was}）"


@dataclass(frozen=True, kw_only=True)
class BookingReminded(_OfBooking):
    """The person was reminded."""

    from_at: datetime
    SENTENCE = "已提醒预约 {reference}（{from_at}）"


@dataclass(frozen=True, kw_only=True)
class PatternSet(Event):
    """An office said when it can be booked."""

    pattern_id: UUID
    org: UUID
    region_code: str
    kind_name: str
    said: str
    ABOUT = "pattern"
    SUBJECT = "pattern_id"
    SENTENCE = "设置预约时段：{kind_name}，{said}"


@dataclass(frozen=True, kw_only=True)
class PatternEnded(Event):
    """An opening pattern ends."""

    pattern_id: UUID
    region_code: str
    until_on: date
    ABOUT = "pattern"
    SUBJECT = "pattern_id"
    SENTENCE = "预约时段自 {until_on} 起停用"


@dataclass(frozen=True, kw_only=True)
class DaysClosed(Event):
    """An office takes nobody on some days."""

    closure_id: UUID
    org: UUID
    region_code: str
    from_on: date
    until_on: date
    SENTENCE = "{from_on} 至 {until_on} 停止预约"


@dataclass(frozen=True, kw_only=True)
class SlotsLaid(Event):
    """Slots were made, widened or closed from hours and rosters."""

    made: int
    closed: int
    SENTENCE = "生成预约时段 {made} 个，停用 {closed} 个"


@dataclass(frozen=True, kw_only=True)
class RuleSet(Event):
    """A county changed how it gives out times."""

    region_code: str
    version: int
    no_shows: int
    within_days: int
    SENTENCE = (
        "预约规则改为第 {version} 版：{within_days} 天内 {no_shows} 次未到，改为电话或窗口预约"
    )


@dataclass(frozen=True, kw_only=True)
class CalendarFed(Event):
    """Somebody's bookings can be subscribed to by calendar, or no longer."""

    feed_id: UUID
    said: str
    SENTENCE = "预约日历订阅地址：{said}"
