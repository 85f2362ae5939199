"""What can happen to an order from outside: done again, called back, hurried, watched, merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.matters.events.matter import MatterEvent


@dataclass(frozen=True, kw_only=True)
class RedoOrdered(MatterEvent):
    """It shall be done again; the first order and answer stay linked."""

    org: UUID
    org_name: str
    no: int
    order_no: str
    due_at: datetime | None
    seq: int

    SENTENCE = "第{no}次退回重办，由{org_name}办理，重办工单 {order_no}"
    TOLD = "经审核需要重新办理，已退回{org_name}"


@dataclass(frozen=True, kw_only=True)
class MatterCalledBack(MatterEvent):
    """Somebody called the citizen after the answer."""

    called: str
    called_name: str

    SENTENCE = "回访：{called_name}"
    TOLD = "电话回访：{called_name}"


@dataclass(frozen=True, kw_only=True)
class MatterArchived(MatterEvent):
    """It was put away."""

    SENTENCE = "归档"


@dataclass(frozen=True, kw_only=True)
class MatterHurried(MatterEvent):
    """Somebody asked to get on with it (催办). by: party, front, dispatcher …"""

    by: str
    by_name: str
    times: int

    SENTENCE = "{by_name}催办（第{times}次）"
    TOLD = "已催办，承办单位已收到提醒"


@dataclass(frozen=True, kw_only=True)
class MatterSupervised(MatterEvent):
    """A director or dispatcher watches it and wants a report by a day (督办)."""

    no: int
    org: UUID
    org_name: str
    due_on: date

    SENTENCE = "第{no}次督办，要求{org_name}在{due_on}前反馈"


@dataclass(frozen=True, kw_only=True)
class SupervisionReported(MatterEvent):
    """The office reported on a supervision."""

    no: int
    org: UUID
    org_name: str

    SENTENCE = "{org_name}反馈第{no}次督办"


@dataclass(frozen=True, kw_only=True)
class MatterMerged(MatterEvent):
    """It goes on in another demand about the same; its reference stays."""

    main_id: UUID
    main_reference: str
    same_person: bool

    SENTENCE = "并入 {main_reference}，由主件一并办理"
    TOLD = "已和同一问题的另一件合并办理，凭本编号仍可查进度"


@dataclass(frozen=True, kw_only=True)
class MatterAbsorbed(MatterEvent):
    """Another demand was merged into this one."""

    merged_id: UUID
    merged_reference: str
    same_person: bool

    SENTENCE = "{merged_reference} 并入本件"


@dataclass(frozen=True, kw_only=True)
class MatterSplit(MatterEvent):
    """A part of it became a demand of its own."""

    next_id: UUID
    next_reference: str

    SENTENCE = "拆出一部分另立 {next_reference}"
    TOLD = "其中一部分另立一件办理，编号{next_reference}"


@dataclass(frozen=True, kw_only=True)
class DemandTypeChanged(MatterEvent):
    """What kind of demand it is was changed after intake: a supervisor looks at a sample."""

    before: str
    before_name: str
    after: str
    after_name: str
    category: str
    org: UUID | None

    SENTENCE = "诉求类型由{before_name}改为{after_name}"
