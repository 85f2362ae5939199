"""What happens about who takes an order, beside the assigning itself (MatterAssigned)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yike.rooms.core.event import Event
from yike.rooms.matters.events.matter import MatterEvent


@dataclass(frozen=True, kw_only=True)
class AssignmentPoolEmpty(MatterEvent):
    """Nobody could take an order: it went to the fallback, or waits for a dispatcher."""

    seq: int
    #: to whom it went meanwhile, "" when to nobody
    to_name: str
    #: why not: how many for each reason
    why: str

    SENTENCE = "没有可派的人员（{why}），{to_name}"


@dataclass(frozen=True, kw_only=True)
class SideNoted(MatterEvent):
    """The other side, or somebody accused in the same case, was noted; sealed, not named here."""

    side_id: UUID
    part_name: str

    SENTENCE = "登记{part_name}，用于利益冲突和回避审查"


@dataclass(frozen=True, kw_only=True)
class SideWithdrawn(MatterEvent):
    """What was noted of a side was withdrawn."""

    side_id: UUID
    part_name: str
    reason: str

    SENTENCE = "撤回登记的{part_name}：{reason}"


@dataclass(frozen=True, kw_only=True)
class AssignmentPolicySet(Event):
    """A county's rules for choosing who takes orders have a new version; shares begin anew."""

    county_code: str
    region_code: str
    version: int
    changes: str
    reason: str

    ABOUT = "assignment"
    SUBJECT = "county_code"
    SENTENCE = "指派规则更新为第 {version} 版：{changes}。原因：{reason}"


@dataclass(frozen=True, kw_only=True)
class AssignmentWeightSet(Event):
    """Somebody's share of the orders was changed for a while."""

    account_id: UUID
    percent: int
    reason: str

    ABOUT = "assignment_weight"
    SUBJECT = "account_id"
    SENTENCE = "派单份额改为平时的 {percent}%：{reason}"
