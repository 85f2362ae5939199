"""What happens beside a matter's state: broken promises told upwards, calls, ties, points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core.event import Event
from yike.rooms.matters.events.matter import MatterEvent


@dataclass(frozen=True, kw_only=True)
class PromisePressed(MatterEvent):
    """A broken promise reached a rung of its ladder (催办、督办、通报), at its own instant."""

    escalation_id: UUID
    clock_id: UUID
    promise_name: str
    rung: int
    rung_name: str
    due_at: datetime
    reached_at: datetime

    SENTENCE = "自动{rung_name}：“{promise_name}”应于 {due_at} 前完成，至 {reached_at} 仍未完成"


@dataclass(frozen=True, kw_only=True)
class SupervisionOpened(MatterEvent):
    """The ladder itself put it under supervision (督办): the rung's notice tells who reports."""

    escalation_id: UUID
    no: int
    org: UUID | None
    org_name: str
    due_on: date

    SENTENCE = "按督促阶梯第{no}次督办，要求{org_name}在{due_on}前反馈"


@dataclass(frozen=True, kw_only=True)
class PromiseRecalculated(MatterEvent):
    """The promise to the citizen was reckoned again, as an explicit deed."""

    promise_name: str
    former_due_at: datetime
    due_at: datetime

    SENTENCE = "按现行时限和日历重算“{promise_name}”，到期时间由 {former_due_at} 调整为 {due_at}"
    TOLD = "承诺时间由 {former_due_at} 调整为 {due_at}"


@dataclass(frozen=True, kw_only=True)
class LadderSet(Event):
    """Who is told of broken promises has a new version."""

    ABOUT = "ladder"
    SUBJECT = "promise_code"
    SENTENCE = "督促阶梯更新为第 {version} 版：{reason}"

    promise_code: str
    version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CitizenCalled(MatterEvent):
    """Somebody called the citizen, or tried to."""

    outcome: str
    outcome_name: str

    SENTENCE = "电话联系当事人：{outcome_name}"


@dataclass(frozen=True, kw_only=True)
class CallTransferred(MatterEvent):
    """A call was passed on to another line, with what became of it."""

    to_line: str
    transfer: str
    transfer_name: str
    outcome: str
    outcome_name: str
    call_by: datetime | None = None

    SENTENCE = "{transfer_name}到 {to_line}：{outcome_name}"


@dataclass(frozen=True, kw_only=True)
class MatterLinked(MatterEvent):
    """It was tied to another matter like it; both go on."""

    other_id: UUID
    other_reference: str
    tie: str
    tie_name: str

    SENTENCE = "与 {other_reference} 关联（{tie_name}）"


@dataclass(frozen=True, kw_only=True)
class PointsSet(MatterEvent):
    """The points to be answered were corrected."""

    before: int
    count: int

    SENTENCE = "核对诉求点：由 {before} 个改为 {count} 个"
