"""The shapes that cross the wire. Unknown fields are refused, so that nothing is lost unread."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from yike.rooms.matters import demand as demands

Line = Annotated[str, Field(max_length=200)]
Code = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Strict(BaseModel):
    """A body of which every field is known."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class MatterIn(Strict):
    """另一个平台提交的诉求。"""

    text: str = Field(
        min_length=demands.TEXT_LEAST,
        max_length=demands.TEXT_MOST,
        description="诉求内容，用当事人自己的话。",
        examples=["老板拖欠我三个月工资，一共一万八千元，打电话也不接。"],
    )
    region_code: str = Field(
        pattern=r"^\d{12}$",
        description="村（社区）或乡镇（街道）的 12 位区划代码。",
        examples=["330225101201"],
    )
    name: str = Field(
        default="", max_length=60, description="姓名，单位填单位名称。",
        examples=["张三丰"],
    )  # fmt: skip
    phone: str = Field(
        max_length=24,
        description="当事人电话；当事人凭它和编号查进度。",
        examples=["13857400001"],
    )
    demand_type: Literal["1", "2", "3", "4", "5", "6", "9"] = Field(
        default="1", description="1 咨询，2 求助，3 投诉，4 举报，5 建议，6 表扬，9 其他。"
    )
    category: Code = Field(
        default="", description="法律事项类型代码；不清楚就不填，系统按内容判断。"
    )
    item_code: Code = Field(
        default="", description="服务事项代码，见“服务事项目录”；不清楚就不填。"
    )
    channel: Literal["03", "10", "12", "13"] = Field(
        default="13", description="03 12345转办，10 村社法律服务群，12 上级交办，13 系统自动推送。"
    )
    line: Literal["", "12345", "12348"] = Field(
        default="", description="来电时拨打的号码；不是来电就不填。"
    )
    id_type: Code = Field(default="", description="证件种类，111 是居民身份证。")
    id_number: Code = Field(default="", description="证件号码，加密保存。")
    party_kind: Literal["person", "company"] = Field(
        default="person", description="person 个人，company 企业或单位。"
    )
    uscc: Code = Field(default="", description="企业的统一社会信用代码。")
    email: Line = Field(default="", description="电子邮箱。")
    on_behalf_of: Line = Field(default="", description="替别人提交时，那个人的姓名。")
    relation: Line = Field(default="", description="和那个人的关系。")
    contact_note: Line = Field(default="", description="怎样、什么时间联系当事人才方便、安全。")
    agreed: Code = Field(
        default="",
        description="当事人在贵平台看过并同意的本平台告知书版本，例如 2026-1（见 /privacy）。"
        "按贵平台自己的告知书取得同意的不填：告知和取得同意由贵平台负责（个人信息保护法第二十三条）。",
    )
    points: list[Annotated[str, Field(max_length=1000)]] = Field(
        default_factory=list, max_length=demands.POINTS_MOST, description="要逐条答复的问题。"
    )
    urgency: Literal[0, 1, 2] | None = Field(
        default=None, description="0 普通，1 较急，2 紧急；不填由系统判断。"
    )
    peer_ref: Code = Field(
        default="", description="这件事在贵平台的编号。",
        examples=["GD-20261121-0001"],
    )  # fmt: skip


class AnsweredIn(MatterIn):
    """当场已经答复的诉求。"""

    answer: str = Field(
        min_length=2, max_length=5000, description="当场答复的内容。",
        examples=["已告知向人力社保局劳动监察大队投诉的办法和要带的材料。"],
    )  # fmt: skip
    result: Literal["resolved", "answered", "guided", "partly", "unresolved"] = Field(
        default="answered",
        description="resolved 已解决，answered 已解答，guided 已引导，partly 部分解决，"
        "unresolved 未解决。",
    )
    minutes: int | None = Field(default=None, ge=0, le=600, description="用了多少分钟。")


class MatterOpened(BaseModel):
    """提交后返回的受理结果。"""

    reference: str = Field(description="编号；当事人和贵平台都凭它查进度。")
    order_no: str = Field(description="工单号；没有形成工单时为空。")
    state: str = Field(description="状态代码。")
    state_name: str = Field(description="状态名称。")
    holder: str = Field(description="现在由谁办。")
    due_at: datetime | None = Field(description="答复期限。")
    promise: str = Field(description="适用哪一种时限。")
    repeated: bool = Field(description="true 表示这个 Idempotency-Key 以前已经受理过。")


class StepOut(BaseModel):
    """办理经过的一步。"""

    at: datetime = Field(description="时间。")
    who: str = Field(description="谁做的。")
    sentence: str = Field(description="做了什么。")


class AnswerOut(BaseModel):
    """承办单位的答复。"""

    at: datetime = Field(description="答复时间。")
    result: str = Field(description="办理结果。")
    words: str = Field(description="答复内容。")


class PointOut(BaseModel):
    """一个要逐条答复的问题。"""

    no: int = Field(description="序号。")
    words: str = Field(description="问题。")
    answer: str = Field(description="答复；还没有答复时为空。")


class MatterOut(BaseModel):
    """贵平台提交的一件事，现在办到哪里。"""

    reference: str = Field(description="编号。")
    order_no: str = Field(description="工单号。")
    state: str = Field(description="状态代码。")
    state_name: str = Field(description="状态名称。")
    ended: bool = Field(description="是否已经结束。")
    holder: str = Field(description="现在由谁办。")
    opened_at: datetime = Field(description="受理时间。")
    due_at: datetime | None = Field(description="答复期限；暂停或结束时为空。")
    late: bool = Field(description="是否已经超期。")
    waits_for: str = Field(description="轮到谁：office 承办单位，citizen 当事人，nobody 已经结束。")
    points: list[PointOut] = Field(description="逐条答复的问题。")
    steps: list[StepOut] = Field(description="办理经过。")
    answer: AnswerOut | None = Field(description="答复；还没有时为空。")


class WordsIn(Strict):
    """补充的话。"""

    words: str = Field(
        min_length=1, max_length=2000, description="要补充的话。",
        examples=["当事人来电补充：欠条在他手里。"],
    )  # fmt: skip


class ReasonIn(Strict):
    """撤回的原因。"""

    reason: str = Field(
        default="", max_length=500, description="撤回的原因。", examples=["双方已自行协商解决"]
    )


class ItemOut(BaseModel):
    """一个服务事项。"""

    code: str = Field(description="事项代码。")
    name: str = Field(description="名称。")
    kind: str = Field(description="类别，例如 公证。")
    mode: str = Field(description="怎样办。")
    verified: bool = Field(description="时限和收费是否核对过。")


class RegionOut(BaseModel):
    """一个行政区划。"""

    code: str = Field(description="12 位区划代码。")
    name: str = Field(description="名称。")
    level: str = Field(description="哪一级。")


class Fault(BaseModel):
    """一个不正确的字段。"""

    field: str = Field(description="哪个字段。")
    detail: str = Field(description="哪里不对。")


class Problem(BaseModel):
    """出错时一律返回这个（RFC 9457）。"""

    type: str = Field(description="错误的种类；给程序看，不会变。")
    title: str = Field(description="种类的名称。")
    status: int = Field(description="HTTP 状态码。")
    detail: str = Field(description="哪里不对；给人看。")
    way_on: str = Field(default="", description="接下来怎么办。")
    request_id: str = Field(default="", description="这次请求的编号，报障时请提供。")
    errors: list[Fault] = Field(default_factory=list, description="哪些字段不正确。")
