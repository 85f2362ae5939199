"""What can happen to a matter. Ids and plain values only; free text stays in the matter's tables.

`SENTENCE` is for staff, `TOLD` for the citizen ("" = not shown to citizens). `seq` names the
custody step whose reason belongs to the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class MatterEvent(Event):
    """Base: about one matter."""

    matter_id: UUID
    reference: str
    region_code: str
    #: the matter's version after this deed: each deed has its own
    version: int
    demo: bool = False
    #: the county's own words for the citizen at this deed; "" = the house's
    told: str = ""

    ABOUT = "matter"
    SUBJECT = "matter_id"
    TOLD: ClassVar[str] = ""


@dataclass(frozen=True, kw_only=True)
class MatterOpened(MatterEvent):
    """A demand became an order and found its office."""

    order_no: str
    door: str
    channel: str
    category: str
    demand_type: str
    urgency: int
    holder_org: UUID
    holder_name: str
    due_at: datetime | None
    seq: int = 1

    SENTENCE = "形成工单 {order_no}，派给{holder_name}"
    TOLD = "已受理，由{holder_name}承办"


@dataclass(frozen=True, kw_only=True)
class MatterUnrouted(MatterEvent):
    """A demand became an order that no office could take: the county pool holds it. An alarm."""

    order_no: str
    door: str
    channel: str
    category: str
    demand_type: str
    urgency: int
    holder_org: UUID
    holder_name: str
    due_at: datetime | None
    seq: int = 1

    SENTENCE = "形成工单 {order_no}，没有找到能承办的单位，由{holder_name}兜底派单"
    TOLD = "已受理，由{holder_name}安排承办单位"


@dataclass(frozen=True, kw_only=True)
class MatterAnsweredOnSpot(MatterEvent):
    """A demand was answered where it was told (即时办结)."""

    door: str
    channel: str
    category: str
    result: str
    org: UUID
    org_name: str
    minutes: int | None

    SENTENCE = "{org_name}当场答复，即时办结"
    TOLD = "{org_name}当场答复，即时办结"


@dataclass(frozen=True, kw_only=True)
class MatterSigned(MatterEvent):
    """The office signed for it."""

    org: UUID
    org_name: str
    seq: int

    SENTENCE = "{org_name}签收"
    TOLD = "{org_name}已签收，正在办理"


@dataclass(frozen=True, kw_only=True)
class MatterLooked(MatterEvent):
    """Somebody looked at a confidential or private matter."""

    level: int
    level_name: str

    SENTENCE = "查看了这件诉求（{level_name}）"


@dataclass(frozen=True, kw_only=True)
class MatterGivenBack(MatterEvent):
    """The office gave it back with a reason."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    seq: int

    SENTENCE = "{from_name}退单，由{to_name}审核"
    TOLD = "正在由{to_name}重新确定承办单位"


@dataclass(frozen=True, kw_only=True)
class MatterTransferred(MatterEvent):
    """It went up, down or across. way: up, down, across, dispatch."""

    from_org: UUID
    from_name: str
    to_org: UUID
    to_name: str
    way: str
    way_name: str
    seq: int

    SENTENCE = "{from_name}{way_name}，转{to_name}"
    TOLD = "已转{to_name}办理，承诺时间不变"


@dataclass(frozen=True, kw_only=True)
class MatterAssigned(MatterEvent):
    """A named person of the office shall handle it."""

    org: UUID
    account: UUID
    account_name: str
    seq: int

    SENTENCE = "指定{account_name}承办"


@dataclass(frozen=True, kw_only=True)
class OfficeInvited(MatterEvent):
    """Another office was asked to help (会办)."""

    org: UUID
    org_name: str

    SENTENCE = "请{org_name}会办"


@dataclass(frozen=True, kw_only=True)
class PapersAsked(MatterEvent):
    """Missing papers were asked for, once; the promise waits."""

    org: UUID
    org_name: str
    papers: int

    SENTENCE = "{org_name}一次性告知补正材料{papers}项，办理时限暂停"
    TOLD = "{org_name}请您补充{papers}项材料，办理时限暂停计算"


@dataclass(frozen=True, kw_only=True)
class PapersBrought(MatterEvent):
    """The papers came; the promise runs again."""

    files: int
    due_at: datetime | None

    SENTENCE = "收到补正材料，文件{files}份，办理时限恢复"
    TOLD = "已收到补充材料，办理时限恢复计算"


@dataclass(frozen=True, kw_only=True)
class WaitingStopped(MatterEvent):
    """The office goes on without the missing papers."""

    due_at: datetime | None

    SENTENCE = "不再等待补正，按现有材料办理，办理时限恢复"
    TOLD = "按现有材料继续办理，办理时限恢复计算"


@dataclass(frozen=True, kw_only=True)
class MessageSent(MatterEvent):
    """A message between citizen and office. side: citizen | office."""

    side: str
    side_name: str
    files: int

    SENTENCE = "{side_name}留言，附件{files}份"
    TOLD = "{side_name}留言"


@dataclass(frozen=True, kw_only=True)
class NoteAdded(MatterEvent):
    """An internal opinion was written."""

    level: int

    SENTENCE = "写下内部意见"


@dataclass(frozen=True, kw_only=True)
class PointAdded(MatterEvent):
    """One more question was noted."""

    no: int

    SENTENCE = "增加第{no}个诉求点"


@dataclass(frozen=True, kw_only=True)
class PointAnswered(MatterEvent):
    """One question was answered."""

    no: int

    SENTENCE = "答复第{no}个诉求点"


@dataclass(frozen=True, kw_only=True)
class MatterRecategorised(MatterEvent):
    """Its category, item or demand type was corrected."""

    category_before: str
    category: str
    category_name: str
    item_code: str
    demand_type: str

    SENTENCE = "修改分类为{category_name}"


@dataclass(frozen=True, kw_only=True)
class UrgencySet(MatterEvent):
    """Its urgency was changed; the promise stays as it was given."""

    before: int
    urgency: int
    urgency_name: str

    SENTENCE = "紧急程度调整为{urgency_name}"


@dataclass(frozen=True, kw_only=True)
class LevelSet(MatterEvent):
    """Who may see it was changed."""

    before: int
    level: int
    level_name: str
    #: papers carried along
    files: int = 0

    SENTENCE = "密级调整为{level_name}"


@dataclass(frozen=True, kw_only=True)
class MatterAnswered(MatterEvent):
    """The office answered; the citizen may say whether it helped."""

    org: UUID
    org_name: str
    result: str
    result_name: str
    late: bool

    SENTENCE = "{org_name}答复办结，结果：{result_name}"
    TOLD = "{org_name}已答复"


@dataclass(frozen=True, kw_only=True)
class MatterDeclined(MatterEvent):
    """It is not for this house; the reason and another way were told."""

    org: UUID
    org_name: str

    SENTENCE = "{org_name}不予受理"
    TOLD = "{org_name}不予受理，原因见答复"


@dataclass(frozen=True, kw_only=True)
class MatterWithdrawn(MatterEvent):
    """Whoever brought it took it back."""

    by: str

    SENTENCE = "{by}撤销诉求"
    TOLD = "已撤销"


@dataclass(frozen=True, kw_only=True)
class MatterRated(MatterEvent):
    """The citizen said whether it helped; it is closed."""

    helped: bool
    helped_name: str

    SENTENCE = "当事人评价：{helped_name}，办结"
    TOLD = "您的评价：{helped_name}，已办结"


@dataclass(frozen=True, kw_only=True)
class MatterReopened(MatterEvent):
    """The citizen said it did not help; the office does it once more."""

    org: UUID
    org_name: str
    due_at: datetime | None

    SENTENCE = "当事人反映没有解决，{org_name}重新办理"
    TOLD = "您反映没有解决，{org_name}重新办理"


@dataclass(frozen=True, kw_only=True)
class MatterSettled(MatterEvent):
    """Nobody objected to the answer in time; it is closed."""

    days: int

    SENTENCE = "答复后{days}天没有新的意见，自动办结"
    TOLD = "答复后{days}天没有新的意见，自动办结"


@dataclass(frozen=True, kw_only=True)
class MatterContinued(MatterEvent):
    """It goes on as another service, without retyping: `next_reference` follows it."""

    next_id: UUID
    next_reference: str
    item_code: str

    SENTENCE = "转为新的服务，编号{next_reference}"
    TOLD = "已为您转为新的服务，编号{next_reference}"
