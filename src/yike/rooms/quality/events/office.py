"""What can happen to daily checks, rewards and parameters. Ids and counts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class DailyChecksMade(Event):
    """The lists of the day were made for each keeper."""

    day: date
    orgs: int

    SENTENCE = "生成 {day} 的每天查看清单 {orgs} 份"


@dataclass(frozen=True, kw_only=True)
class DailyCheckSeen(Event):
    """A keeper or deputy looked at what waits."""

    check_id: UUID
    org: UUID
    org_name: str
    region_code: str
    day: date
    late: bool

    ABOUT = "dailycheck"
    SUBJECT = "check_id"
    SENTENCE = "{org_name}看过 {day} 的待办清单"


@dataclass(frozen=True, kw_only=True)
class DailyCheckMissed(Event):
    """Nobody looked by the hour: keeper, then deputy, are asked."""

    check_id: UUID
    org: UUID
    org_name: str
    region_code: str
    day: date
    asked: str

    ABOUT = "dailycheck"
    SUBJECT = "check_id"
    SENTENCE = "{org_name}还没有看 {day} 的待办清单，已提醒{asked}"


@dataclass(frozen=True, kw_only=True)
class RewardGiven(Event):
    """A reward or punishment was put on record, with what it does to the giving of orders."""

    reward_id: UUID
    region_code: str
    kind_name: str
    weight_percent: int
    active_from: date
    active_until: date | None

    ABOUT = "reward"
    SUBJECT = "reward_id"
    SENTENCE = "登记{kind_name}，派单权重 {weight_percent}%，{active_from} 起"


@dataclass(frozen=True, kw_only=True)
class RewardRevoked(Event):
    """A record was taken back; it stays readable."""

    reward_id: UUID
    region_code: str

    ABOUT = "reward"
    SUBJECT = "reward_id"
    SENTENCE = "撤销奖惩记录"


@dataclass(frozen=True, kw_only=True)
class PolicySet(Event):
    """A parameter of this room has another value."""

    code: str
    name: str
    before: int
    value: int

    ABOUT = "quality_policy"
    SUBJECT = "code"
    SENTENCE = "{name}由 {before} 改为 {value}"
