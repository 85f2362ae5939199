"""What can happen to an order on its way: returns, disputes, help, more time, review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.matters.events.matter import MatterEvent


@dataclass(frozen=True, kw_only=True)
class MatterAccepted(MatterEvent):
    """It was accepted with its points, and sent to its office."""

    org: UUID
    org_name: str
    points: int
    seq: int

    SENTENCE = "受理，诉求点{points}个，派给{org_name}"
    TOLD = "已受理，由{org_name}承办"


@dataclass(frozen=True, kw_only=True)
class ReturnDisputed(MatterEvent):
    """It was given back a second time: the county decides (退单争议)."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    seq: int

    SENTENCE = "{from_name}第二次退单，由{to_name}裁定承办单位"
    TOLD = "正在由{to_name}确定承办单位"


@dataclass(frozen=True, kw_only=True)
class ReturnRefused(MatterEvent):
    """The dispatcher did not agree to a giving back: the same office carries on."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    seq: int

    SENTENCE = "驳回退单，仍由{to_name}承办"
    TOLD = "由{to_name}承办，承诺时间不变"


@dataclass(frozen=True, kw_only=True)
class DisputeDecided(MatterEvent):
    """The county decided who carries it, and suggests a line for the routing table."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    seq: int
    suggestion_id: UUID

    SENTENCE = "县中心裁定由{to_name}承办，并建议写入派单规则"
    TOLD = "已确定由{to_name}承办，承诺时间不变"


@dataclass(frozen=True, kw_only=True)
class CountyOffered(MatterEvent):
    """It was offered to an office of another county; the sender holds it until they acknowledge."""

    org: UUID
    org_name: str
    to_org: UUID
    to_name: str
    county: str

    SENTENCE = "{org_name}拟跨县移送{to_name}，对方确认前仍由{org_name}负责"
    TOLD = "已商请{to_name}接收，对方确认前仍由{org_name}负责"


@dataclass(frozen=True, kw_only=True)
class CountyAcknowledged(MatterEvent):
    """The other county acknowledged: it holds the matter now."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    seq: int

    SENTENCE = "{to_name}确认接收{from_name}跨县移送的工单"
    TOLD = "{to_name}已确认接收，承诺时间不变"


@dataclass(frozen=True, kw_only=True)
class CountyRefused(MatterEvent):
    """The other county did not take it."""

    org: UUID
    org_name: str
    to_org: UUID
    to_name: str

    SENTENCE = "{to_name}没有接收，仍由{org_name}办理"
    TOLD = "{to_name}没有接收，仍由{org_name}办理"


@dataclass(frozen=True, kw_only=True)
class CountyRecalled(MatterEvent):
    """The offer to another county was taken back."""

    org: UUID
    org_name: str
    to_org: UUID
    to_name: str

    SENTENCE = "收回对{to_name}的跨县移送"
    TOLD = "仍由{org_name}办理"


@dataclass(frozen=True, kw_only=True)
class MatterReassigned(MatterEvent):
    """A dispatcher or director gave it to another office or person, with a reason."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    account: UUID | None
    seq: int

    SENTENCE = "改派：{from_name}改为{to_name}"
    TOLD = "已改派{to_name}办理，承诺时间不变"


@dataclass(frozen=True, kw_only=True)
class MatterTakenOver(MatterEvent):
    """Somebody above took it over."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    seq: int

    SENTENCE = "{to_name}接管{from_name}的工单"
    TOLD = "已由{to_name}接管办理，承诺时间不变"


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(MatterEvent):
    """An office asked to help gave its opinion."""

    org: UUID
    org_name: str

    SENTENCE = "{org_name}给出会办意见"


@dataclass(frozen=True, kw_only=True)
class JointEnded(MatterEvent):
    """The office that leads goes on without an opinion asked for."""

    org: UUID
    org_name: str

    SENTENCE = "结束{org_name}的会办"


@dataclass(frozen=True, kw_only=True)
class SubOrderSent(MatterEvent):
    """A part of the work was given to another office, under this order."""

    org: UUID
    org_name: str
    child_id: UUID
    child_reference: str

    SENTENCE = "派子工单 {child_reference} 给{org_name}"


@dataclass(frozen=True, kw_only=True)
class SubOrderOpened(MatterEvent):
    """A sub-order began."""

    org: UUID
    org_name: str
    parent_id: UUID
    parent_reference: str
    seq: int = 1

    SENTENCE = "作为 {parent_reference} 的子工单派给{org_name}"


@dataclass(frozen=True, kw_only=True)
class SubOrderReported(MatterEvent):
    """A sub-order is done; its answer goes to the office that leads."""

    org: UUID
    org_name: str
    result: str
    result_name: str

    SENTENCE = "{org_name}办结子工单，结果：{result_name}"


@dataclass(frozen=True, kw_only=True)
class SubOrderTakenBack(MatterEvent):
    """The office that leads took a sub-order back."""

    org: UUID
    org_name: str

    SENTENCE = "收回{org_name}的子工单"


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(MatterEvent):
    """More time was asked for, once, before the promise ended."""

    org: UUID
    org_name: str
    length: str

    SENTENCE = "{org_name}申请延期{length}"


@dataclass(frozen=True, kw_only=True)
class MatterExtended(MatterEvent):
    """More time was granted: an explicit recalculation of the promise."""

    length: str
    before_at: datetime
    due_at: datetime

    SENTENCE = "同意延期{length}：承诺时间由{before_at}改为{due_at}"
    TOLD = "经批准延期{length}，新的承诺时间为{due_at}"


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(MatterEvent):
    """More time was refused: the promise stays."""

    length: str

    SENTENCE = "不同意延期{length}，承诺时间不变"


@dataclass(frozen=True, kw_only=True)
class MatterSuspended(MatterEvent):
    """It stands still for a reason from the list, until a day."""

    org: UUID
    org_name: str
    cause: str
    cause_name: str
    until_on: date

    SENTENCE = "挂起：{cause_name}，预计{until_on}恢复，办理时限暂停"
    TOLD = "因{cause_name}暂停办理，预计{until_on}恢复，办理时限暂停计算"


@dataclass(frozen=True, kw_only=True)
class MatterResumed(MatterEvent):
    """It goes on. how: asked | due."""

    how: str
    due_at: datetime | None

    SENTENCE = "恢复办理，办理时限恢复"
    TOLD = "已恢复办理，办理时限恢复计算"


@dataclass(frozen=True, kw_only=True)
class ReplySubmitted(MatterEvent):
    """An answer was drafted and waits to be reviewed."""

    org: UUID
    org_name: str

    SENTENCE = "{org_name}答复送审"


@dataclass(frozen=True, kw_only=True)
class ReplyReturned(MatterEvent):
    """The draft of an answer was sent back."""

    org: UUID
    org_name: str

    SENTENCE = "答复稿退回{org_name}修改"
