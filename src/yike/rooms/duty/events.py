"""What can happen in duty. Names of posts are public; of persons only ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfPost:
    ABOUT: ClassVar[str] = "post"
    SUBJECT: ClassVar[str] = "post_id"

    post_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class PostRegistered(_OfPost, Event):
    """A post entered the register."""

    SENTENCE: ClassVar[str] = "设立岗位 {name}"


@dataclass(frozen=True, kw_only=True)
class PostRevised(_OfPost, Event):
    """Facts of a post were corrected."""

    SENTENCE: ClassVar[str] = "变更岗位 {name} 的 {changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class PostEnded(_OfPost, Event):
    """A post is no longer manned."""

    SENTENCE: ClassVar[str] = "停用岗位 {name}：{reason}"

    ended_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class DemandSet(_OfPost, Event):
    """When a post must be manned was set anew."""

    SENTENCE: ClassVar[str] = "调整岗位 {name} 的排班需求：{said}"

    said: str


@dataclass(frozen=True, kw_only=True)
class FerrySet(Event):
    """The ferry to an island runs, or does not, on one day."""

    ABOUT: ClassVar[str] = "ferry"
    SUBJECT: ClassVar[str] = "ferry_id"
    SENTENCE: ClassVar[str] = "{island} {day} 通航改为 {said}"

    ferry_id: UUID
    island: str
    day: date
    said: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class _OfPerson:
    ABOUT: ClassVar[str] = "duty_person"
    SUBJECT: ClassVar[str] = "practitioner_id"

    practitioner_id: UUID
    region_code: str


@dataclass(frozen=True, kw_only=True)
class LeaveAsked(_OfPerson, Event):
    """Somebody asked to be away; the reason is not told here."""

    SENTENCE: ClassVar[str] = "申请请假 {from_on} 至 {until_on}（不含）"

    leave_id: UUID
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class LeaveDecided(_OfPerson, Event):
    """A leave was granted, refused or withdrawn."""

    SENTENCE: ClassVar[str] = "请假{said}：{from_on} 至 {until_on}（不含）"

    leave_id: UUID
    from_on: date
    until_on: date
    state: str
    said: str


@dataclass(frozen=True, kw_only=True)
class WishMade(_OfPerson, Event):
    """Somebody said when or where they like to stand, or took it back."""

    SENTENCE: ClassVar[str] = "值班愿望：{said}"

    said: str


@dataclass(frozen=True, kw_only=True)
class LimitSet(_OfPerson, Event):
    """How many shifts one person stands at most was set."""

    SENTENCE: ClassVar[str] = "值班上限改为每周 {per_week} 班、每月 {per_month} 班"

    per_week: int
    per_month: int


@dataclass(frozen=True, kw_only=True)
class _OfRoster:
    ABOUT: ClassVar[str] = "roster"
    SUBJECT: ClassVar[str] = "roster_id"

    roster_id: UUID
    region_code: str
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class RosterBegun(_OfRoster, Event):
    """A draft was begun."""

    SENTENCE: ClassVar[str] = "编排值班表 {from_on} 至 {until_on}（不含）"


@dataclass(frozen=True, kw_only=True)
class RosterSolved(_OfRoster, Event):
    """The solver filled a draft."""

    SENTENCE: ClassVar[str] = "值班表算好：{shifts} 班，{uncovered} 班无人可排"

    shifts: int
    uncovered: int
    status: str


@dataclass(frozen=True, kw_only=True)
class RosterFailed(_OfRoster, Event):
    """The solver did not come to an end."""

    SENTENCE: ClassVar[str] = "值班表没有算完：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class RosterRepaired(_OfRoster, Event):
    """A roster was planned again with few moves."""

    SENTENCE: ClassVar[str] = "值班表重新调整，改动 {moves} 班"

    moves: int


@dataclass(frozen=True, kw_only=True)
class RosterPublished(_OfRoster, Event):
    """A roster is in force, and anybody may know who stands where."""

    SENTENCE: ClassVar[str] = "发布值班表 {from_on} 至 {until_on}（不含），共 {shifts} 班"

    shifts: int


@dataclass(frozen=True, kw_only=True)
class RosterEnded(_OfRoster, Event):
    """A draft was thrown away, or the rest of a roster is no longer in force."""

    SENTENCE: ClassVar[str] = "停用值班表：{reason}"

    reason: str


@dataclass(frozen=True, kw_only=True)
class _OfShift:
    ABOUT: ClassVar[str] = "shift"
    SUBJECT: ClassVar[str] = "shift_id"

    shift_id: UUID
    post_id: UUID
    post_name: str
    region_code: str
    from_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShiftPlaced(_OfShift, Event):
    """A shift was given to somebody by hand, or to nobody."""

    SENTENCE: ClassVar[str] = "人工调整 {post_name} 的班次"

    practitioner_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ChangeAsked(_OfShift, Event):
    """Somebody asks another to swap or to stand in."""

    SENTENCE: ClassVar[str] = "申请{said} {post_name}"

    change_id: UUID
    said: str


@dataclass(frozen=True, kw_only=True)
class ChangeAnswered(_OfShift, Event):
    """Who was asked agreed, or did not; or the asker took it back."""

    SENTENCE: ClassVar[str] = "{said} {post_name}"

    change_id: UUID
    said: str
    state: str


@dataclass(frozen=True, kw_only=True)
class ShiftSwapped(_OfShift, Event):
    """A swap or a substitute was approved and is in force."""

    SENTENCE: ClassVar[str] = "{said}生效 {post_name}"

    change_id: UUID
    said: str


@dataclass(frozen=True, kw_only=True)
class DutyAbsent(_OfShift, Event):
    """Whoever should stand does not."""

    SENTENCE: ClassVar[str] = "缺勤 {post_name}"

    practitioner_id: UUID


@dataclass(frozen=True, kw_only=True)
class SubstituteCalled(_OfShift, Event):
    """A substitute is looked for."""

    SENTENCE: ClassVar[str] = "征集替班 {post_name}，可询问 {candidates} 人"

    call_id: UUID
    candidates: int


@dataclass(frozen=True, kw_only=True)
class SubstituteAnswered(_OfShift, Event):
    """Somebody who was asked cannot come."""

    SENTENCE: ClassVar[str] = "不能替班 {post_name}"

    call_id: UUID
    practitioner_id: UUID


@dataclass(frozen=True, kw_only=True)
class SubstituteTook(_OfShift, Event):
    """Somebody stands in."""

    SENTENCE: ClassVar[str] = "接下替班 {post_name}"

    call_id: UUID
    practitioner_id: UUID


@dataclass(frozen=True, kw_only=True)
class SubstituteMissing(_OfShift, Event):
    """Nobody can stand in: the county must act."""

    SENTENCE: ClassVar[str] = "没有人能替班 {post_name}"

    call_id: UUID


@dataclass(frozen=True, kw_only=True)
class FeedMade(Event):
    """Somebody made a secret calendar address, or revoked it."""

    ABOUT: ClassVar[str] = "feed"
    SUBJECT: ClassVar[str] = "feed_id"
    SENTENCE: ClassVar[str] = "日历订阅地址{said}"

    feed_id: UUID
    said: str
