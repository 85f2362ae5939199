"""The shapes that cross the wire. Unknown fields are refused, so that nothing is lost unread."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from yike.rooms.matters import demand as demands

Line = Annotated[str, Field(max_length=200)]
Code = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Strict(Schema):
    """A body of which every field is known."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class MatterIn(Strict):
    """A demand that another platform hands over."""

    text: str = Field(
        min_length=demands.TEXT_LEAST,
        max_length=demands.TEXT_MOST,
        description="The demand in the person's own words (诉求内容).",
        examples=["老板拖欠我三个月工资，一共一万八千元，打电话也不接。"],
    )
    region_code: str = Field(
        pattern=r"^\d{12}$",
        description="Twelve digits of the village or town (GB/T 2260, GB/T 10114).",
        examples=["330225101201"],
    )
    name: str = Field(
        default="", max_length=60, description="Name of who asks (姓名或单位名称).",
        examples=["张三丰"],
    )  # fmt: skip
    phone: str = Field(
        max_length=24,
        description="Phone of who asks; it opens the page to follow the matter.",
        examples=["13857400001"],
    )
    demand_type: Literal["1", "2", "3", "4", "5", "6", "9"] = Field(
        default="1", description="1 咨询, 2 求助, 3 投诉, 4 举报, 5 建议, 6 表扬, 9 其他."
    )
    category: Code = Field(default="", description="Legal matter, A01 … Z99; empty if unknown.")
    item_code: Code = Field(default="", description="Service item, PLS-…; empty if unknown.")
    channel: Literal["03", "10", "12", "13"] = Field(
        default="13", description="03 12345转办, 10 村社法律服务群, 12 上级交办, 13 系统自动推送."
    )
    line: Literal["", "12345", "12348"] = Field(default="", description="Line that was dialled.")
    id_type: Code = Field(default="", description="Kind of identity paper, 111 居民身份证 ….")
    id_number: Code = Field(default="", description="Number of the identity paper; kept sealed.")
    party_kind: Literal["person", "company"] = "person"
    uscc: Code = Field(default="", description="统一社会信用代码 of a company (GB 32100).")
    email: Line = ""
    on_behalf_of: Line = Field(default="", description="For whom, when not for oneself.")
    relation: Line = ""
    contact_note: Line = Field(default="", description="Safe way or time to contact.")
    points: list[Annotated[str, Field(max_length=1000)]] = Field(
        default_factory=list, max_length=demands.POINTS_MOST, description="Single questions asked."
    )
    urgency: Literal[0, 1, 2] | None = Field(default=None, description="0 普通, 1 较急, 2 紧急.")
    peer_ref: Code = Field(
        default="", description="The sender's own number of this demand.",
        examples=["GD-20261121-0001"],
    )  # fmt: skip


class AnsweredIn(MatterIn):
    """A demand that was answered where it was told."""

    answer: str = Field(min_length=2, max_length=5000, description="The answer given (当场答复).")
    result: Literal["resolved", "answered", "guided", "partly", "unresolved"] = "answered"
    minutes: int | None = Field(default=None, ge=0, le=600, description="How long it took.")


class MatterOpened(Schema):
    """What is promised to the platform that handed a demand over."""

    reference: str
    order_no: str
    state: str
    state_name: str
    holder: str = Field(description="Who has it now.")
    due_at: datetime | None = Field(description="Promised time of the answer.")
    promise: str
    repeated: bool = Field(description="True: the same idempotency key had opened it before.")


class StepOut(Schema):
    """One sentence of what happened."""

    at: datetime
    who: str
    sentence: str


class AnswerOut(Schema):
    """The answer of the office."""

    at: datetime
    result: str
    words: str


class PointOut(Schema):
    """One question and its answer."""

    no: int
    words: str
    answer: str


class MatterOut(Schema):
    """A matter as the platform that brought it may follow it."""

    reference: str
    order_no: str
    state: str
    state_name: str
    ended: bool
    holder: str
    opened_at: datetime
    due_at: datetime | None
    late: bool
    waits_for: str = Field(description="office, citizen or nobody.")
    points: list[PointOut]
    steps: list[StepOut]
    answer: AnswerOut | None


class WordsIn(Strict):
    """Words added to a matter."""

    words: str = Field(min_length=1, max_length=2000, examples=["当事人来电补充：欠条在他手里。"])


class ReasonIn(Strict):
    """Why a matter is withdrawn."""

    reason: str = Field(default="", max_length=500, examples=["双方已自行协商解决"])


class ItemOut(Schema):
    """A service item."""

    code: str
    name: str
    kind: str
    mode: str
    verified: bool


class RegionOut(Schema):
    """A place of the division tree."""

    code: str
    name: str
    level: str


class Fault(Schema):
    """One field that is wrong."""

    field: str
    detail: str


class Problem(Schema):
    """The one shape of every error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    way_on: str = ""
    request_id: str = ""
    errors: list[Fault] = Field(default_factory=list)
