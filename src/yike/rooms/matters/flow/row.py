"""One line of the table, and the sentences that say why a fact forbids a deed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.matters.flow.words import ClockEffect, Standing

Why = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. `to` "" = the state stays; `unless` = facts that forbid it."""

    verb: str
    label: str
    states: tuple[str, ...]
    who: tuple[Standing, ...]
    to: str = ""
    needs: tuple[str, ...] = ()
    clock: ClockEffect = ""
    turn: str = ""
    #: sentence for the citizen; "" = the citizen is not told
    told: str = ""
    #: fact → sentence that says why not
    unless: tuple[Why, ...] = ()
    grave: bool = False
    #: True = another verb's outcome (it has the same button), not a button of its own
    outcome: bool = False
    #: True = a county may do without it (policy)
    optional: bool = False


ASKED = ("asked", "已经一次性告知过补正材料，不能再以缺材料为由要求补正")
BOUNCED = ("bounced", "已经退单两次，县中心的裁定有效，不能再退单")
RETURN_LATE = (
    "return_late", "退单时限已过，不能再退单；请签收办理，或转办给合适的单位并写明原因",
)  # fmt: skip
DISPUTED = ("disputed", "这是第二次退单，由县中心裁定承办单位")
UNDISPUTED = ("undisputed", "第一次退单由派单员审核，还不需要县中心裁定")
NO_ANSWER = ("no_answer", "还没有答复过，不需要回访；请用“电话联系”")
POINTS = ("unanswered", "还有诉求点没有答复，请逐条答复后再办结")
REOPENED = ("reopened", "已经重新办理过一次")
NOT_REOPENED = ("first", "请先说明哪里没有解决，由承办单位再办理一次")
SUB = ("sub", "这是子工单，请由主办单位处理")
NOT_SUB = ("not_sub", "这不是子工单")
CHILDREN = ("children", "还有子工单没有办结，请等待办结，或先收回子工单")
OPINIONS = ("opinions", "还有会办单位没有给出意见，请等待，或先结束会办")
NOT_INVITED = ("not_invited", "没有请您的单位会办，或者会办已经结束")
NO_JOINT = ("no_joint", "没有正在会办的单位")
EXTENDED = ("extension_asked", "延期只能申请一次，已经申请过了")
NO_EXTENSION = ("no_extension", "这项承诺不能延期")
PASSED = ("passed", "承诺时间已过，延期要在到期前申请；请尽快办结并说明原因")
NOT_ASKED = ("nothing_asked", "没有等待审批的延期申请")
HELD_OUT = ("held_out", "挂起天数已经用完，不能再挂起")
NEEDS_REVIEW = ("needs_review", "本县规定这类诉求先审核再答复，请送审")
OWN_DRAFT = ("own_draft", "不能审核自己起草的答复，请由另一位审核")
REDONE = ("redone", "重办次数已到上限，请由监督员专门处理")
HURRIED = ("hurried", "今天已经催办过，承办单位已收到")
NO_SUPERVISION = ("no_supervision", "没有等待反馈的督办")
MEMBERS = ("members", "已有其他诉求并入这一件，它就是主件，请把另一件并过来")
OTHERS = (
    "others", "还有其他当事人的诉求并入这一件，不能直接撤销；请留言告诉承办单位您不再需要办理",
)  # fmt: skip
