"""The table itself. Sources: 国办发〔2020〕53号, local order rules (NORMS 1.5, 6.3). Pure."""

from __future__ import annotations

from yike.rooms.matters.flow import row as no
from yike.rooms.matters.flow.row import Row
from yike.rooms.matters.flow.words import (
    ACCEPT,
    ANSWERED,
    ARCHIVED,
    CLOSED,
    CROSSING,
    DECLINED,
    DISPATCH,
    GOING,
    MERGED,
    PAPERS,
    RETURNING,
    REVIEW,
    RUNNING,
    SIGN,
    STATES,
    SUSPENDED,
    WITHDRAWN,
    WORK,
    Standing,
)

__all__ = ["ROWS", "Row"]

_STAFF: tuple[Standing, ...] = (
    "office", "dispatcher", "director", "upper", "county", "supervisor", "front", "joint",
)  # fmt: skip
_GOING = tuple(sorted(GOING))
_OPEN = (*_GOING, ANSWERED)
_EARLY = (ACCEPT, DISPATCH, SIGN, WORK)

#: it comes in, and finds its office
COMING: tuple[Row, ...] = (
    Row(
        verb="accept", label="受理", states=(ACCEPT,), to=SIGN, who=("office", "dispatcher"),
        needs=("points?",), clock="start_sign", turn="office", told="已受理，已派给承办单位",
    ),
    Row(
        verb="accept_pooled", label="受理（没有承办单位）", states=(ACCEPT,), to=DISPATCH,
        who=("office", "dispatcher"), needs=("points?",), clock="start_sign", turn="sender",
        told="已受理，正在安排承办单位", outcome=True,
    ),
    Row(
        verb="dispatch", label="派单", states=(DISPATCH, RETURNING), to=SIGN,
        who=("office", "dispatcher"), needs=("to_org", "reason"), clock="start_sign",
        turn="office", unless=(no.DISPUTED,), grave=True, told="已派给承办单位，承诺时间不变",
    ),
    Row(
        verb="sign", label="签收", states=(DISPATCH, SIGN), to=WORK, who=("office",),
        clock="stop_sign", turn="handler", told="承办单位已签收，正在办理",
    ),
    Row(
        verb="give_back", label="退单", states=(SIGN,), to=RETURNING, who=("office",),
        needs=("reason",), clock="start_sign", turn="sender", grave=True,
        unless=(no.BOUNCED, no.RETURN_LATE), told="正在重新确定承办单位",
    ),
    Row(
        verb="refuse_return", label="驳回退单", states=(RETURNING,), to=SIGN,
        who=("office", "dispatcher"), needs=("reason",), clock="start_sign", turn="office",
        unless=(no.DISPUTED,), told="仍由原单位承办，承诺时间不变",
    ),
    Row(
        verb="decide_dispute", label="裁定承办单位", states=(RETURNING,), to=SIGN, who=("county",),
        needs=("to_org", "reason"), clock="start_sign", turn="office", grave=True,
        unless=(no.UNDISPUTED,), told="县中心已确定承办单位，承诺时间不变",
    ),
    Row(
        verb="transfer", label="转办", states=(SIGN, WORK), to=SIGN, who=("office", "dispatcher"),
        needs=("to_org", "reason"), clock="start_sign", turn="office", grave=True,
        told="已转交更合适的单位办理，承诺时间不变",
    ),
    Row(
        verb="offer_county", label="跨县移送", states=(WORK,), to=CROSSING,
        who=("office", "dispatcher"), needs=("to_org", "reason"), clock="start_sign",
        turn="county", grave=True, unless=(no.SUB, no.CHILDREN), optional=True,
        told="已商请外县单位接收，对方确认前仍由原单位负责，承诺时间不变",
    ),
    Row(
        verb="acknowledge", label="确认接收", states=(CROSSING,), to=SIGN, who=("receiver",),
        needs=("words?",), clock="start_sign", turn="office",
        told="外县单位已确认接收，承诺时间不变",
    ),
    Row(
        verb="refuse_county", label="不接收", states=(CROSSING,), to=WORK, who=("receiver",),
        needs=("reason",), clock="stop_sign", turn="handler",
        told="外县单位没有接收，仍由原单位办理",
    ),
    Row(
        verb="recall_county", label="收回移送", states=(CROSSING,), to=WORK,
        who=("office", "dispatcher"), needs=("reason",), clock="stop_sign", turn="handler",
        told="已收回移送，仍由原单位办理",
    ),
    Row(
        verb="assign", label="指定承办人", states=(SIGN, WORK), who=("office",),
        needs=("account_id", "reason"),
    ),
    Row(
        verb="reassign", label="改派", states=(SIGN, WORK), to=SIGN,
        who=("dispatcher", "director"), needs=("to_org", "account_id?", "reason"),
        clock="start_sign", turn="office", grave=True, told="已改派承办单位，承诺时间不变",
    ),
    Row(
        verb="take_over", label="接管", states=(DISPATCH, SIGN, RETURNING, WORK), to=WORK,
        who=("dispatcher", "director", "upper"), needs=("reason",), clock="stop_sign",
        turn="handler", grave=True, told="已由上级单位接管办理，承诺时间不变",
    ),
    Row(
        verb="decline", label="不予受理", states=_EARLY, to=DECLINED, who=("office", "dispatcher"),
        needs=("reason", "reply_others?"), clock="stop_all", turn="nobody", grave=True,
        unless=(no.SUB, no.CHILDREN), told="依照规定不予受理，原因和其他途径见答复",
    ),
)  # fmt: skip

#: it is in hand
DOING: tuple[Row, ...] = (
    Row(
        verb="invite", label="请求会办", states=(WORK,), who=("office", "dispatcher"),
        needs=("to_org", "reason"), optional=True,
    ),
    Row(
        verb="give_opinion", label="会办意见", states=(WORK,), who=("joint",), needs=("words",),
        unless=(no.NOT_INVITED,),
    ),
    Row(
        verb="end_joint", label="结束会办", states=(WORK,), who=("office",),
        needs=("joint_org", "reason"), unless=(no.NO_JOINT,),
    ),
    Row(
        verb="send_sub", label="派子工单", states=(WORK,), who=("office",),
        needs=("to_org", "words"), unless=(no.SUB,), optional=True,
    ),
    Row(
        verb="report_sub", label="子工单办结", states=(WORK,), to=CLOSED, who=("office",),
        needs=("result", "reply"), clock="stop_all", turn="nobody", grave=True,
        unless=(no.NOT_SUB, no.POINTS, no.OPINIONS),
    ),
    Row(
        verb="take_back", label="收回子工单", states=_GOING, to=WITHDRAWN,
        who=("parent", "system"), needs=("reason",), clock="stop_all", turn="nobody", grave=True,
        unless=(no.NOT_SUB,),
    ),
    Row(
        verb="ask_papers", label="一次性告知补正", states=(WORK,), to=PAPERS, who=("office",),
        needs=("papers", "words?"), clock="pause", turn="citizen", unless=(no.ASKED, no.SUB),
        told="需要您补充材料，办理时限暂停计算",
    ),
    Row(
        verb="bring_papers", label="补交材料", states=(PAPERS,), to=WORK,
        who=("party", "office", "front", "peer"), needs=("words?", "file_ids?"), clock="resume",
        turn="handler", told="已收到补充材料，继续办理",
    ),
    Row(
        verb="stop_waiting", label="不再等待补正", states=(PAPERS,), to=WORK, who=("office",),
        needs=("reason",), clock="resume", turn="handler", told="根据现有材料继续办理",
    ),
    Row(
        verb="ask_extension", label="申请延期", states=(WORK,), who=("office",),
        needs=("amount", "reason"), optional=True,
        unless=(no.EXTENDED, no.NO_EXTENSION, no.PASSED),
    ),
    Row(
        verb="decide_extension", label="审批延期", states=(WORK, REVIEW),
        who=("dispatcher", "director"), needs=("grant", "reason"), unless=(no.NOT_ASKED,),
        told="同意延期的，告知新的承诺时间和原因",
    ),
    Row(
        verb="suspend", label="挂起", states=(WORK,), to=SUSPENDED,
        who=("office", "dispatcher", "director"), needs=("cause", "until_on", "reason"),
        clock="pause", turn="nobody", unless=(no.HELD_OUT,), optional=True, grave=True,
        told="暂停办理，写明原因和预计恢复日期，办理时限暂停计算",
    ),
    Row(
        verb="resume", label="恢复办理", states=(SUSPENDED,), to=WORK,
        who=("office", "dispatcher", "director"), needs=("reason",), clock="resume",
        turn="handler", told="已恢复办理，办理时限恢复计算",
    ),
    Row(
        verb="wake", label="到期恢复", states=(SUSPENDED,), to=WORK, who=("system",),
        clock="resume", turn="handler", told="暂停到期，已恢复办理，办理时限恢复计算",
    ),
    Row(
        verb="send_message", label="留言", states=_OPEN,
        who=("party", "office", "peer", "front"), needs=("words", "file_ids?"),
        told="有新的留言", unless=(no.SUB,),
    ),
    Row(
        verb="add_note", label="内部意见", states=tuple(STATES), who=_STAFF,
        needs=("words", "level?"),
    ),
    Row(
        verb="add_point", label="增加诉求点", states=_EARLY, who=("office", "front"),
        needs=("words",),
    ),
    Row(
        verb="set_points", label="核对诉求点", states=_EARLY,
        who=("office", "front"), needs=("points",), unless=(no.SUB,),
    ),
    Row(
        verb="record_call", label="电话联系", states=_OPEN, who=("office", "front"),
        needs=("contact", "words?"), unless=(no.SUB,),
    ),
    Row(
        verb="transfer_call", label="热线转接", states=tuple(STATES),
        who=("office", "front", "dispatcher"), needs=("to_line", "transfer", "outcome", "words?"),
        unless=(no.SUB,),
    ),
    Row(
        verb="link", label="关联", states=tuple(STATES),
        who=("office", "front", "dispatcher", "director"), needs=("related", "tie", "reason"),
        unless=(no.SUB,),
    ),
    Row(
        verb="recalculate", label="重算时限", states=RUNNING, who=("dispatcher", "director"),
        needs=("reason",), unless=(no.SUB,), grave=True,
        told="承诺时间按规定重新计算，告知原来的和新的时间",
    ),
    Row(
        verb="answer_point", label="答复诉求点", states=(WORK,), who=("office",),
        needs=("no", "words"),
    ),
    Row(
        verb="recategorise", label="修改分类", states=_EARLY, who=("office", "dispatcher"),
        needs=("category?", "item_code?", "demand_type?", "reason"),
    ),
    Row(
        verb="set_urgency", label="调整紧急程度", states=(*_EARLY, PAPERS),
        who=("office", "dispatcher", "director", "front"), needs=("urgency", "reason"),
    ),
    Row(
        verb="set_level", label="调整密级", states=(*_EARLY, PAPERS),
        who=("office", "dispatcher", "director"), needs=("level", "reason"),
    ),
    Row(
        verb="merge", label="并案", states=_EARLY, to=MERGED, who=("office", "dispatcher"),
        needs=("into", "reason"), clock="stop_all", turn="nobody", grave=True, optional=True,
        unless=(no.SUB, no.CHILDREN, no.MEMBERS),
        told="已和同一问题的另一件合并办理，您的编号仍可查进度",
    ),
    Row(
        verb="split", label="拆分", states=(DISPATCH, SIGN, WORK),
        who=("office", "dispatcher", "front"), needs=("words", "category?", "reason"),
        unless=(no.SUB,), optional=True, told="其中一部分另立一件办理，告知新的编号",
    ),
    Row(
        verb="hurry", label="催办", states=_GOING,
        who=("party", "front", "dispatcher", "director", "peer"), needs=("words?",),
        unless=(no.HURRIED, no.SUB), told="已催办，承办单位已收到提醒",
    ),
    Row(
        verb="supervise", label="督办", states=_GOING, who=("director", "dispatcher", "supervisor"),
        needs=("due_on", "reason"),
    ),
    Row(
        verb="report", label="督办反馈", states=_GOING, who=("office",), needs=("words",),
        unless=(no.NO_SUPERVISION,),
    ),
)  # fmt: skip

#: what it cost the citizen
_EFFORT = ("pay?", "yuan?", "basis?", "visits?", "brought?")
#: it is answered, looked at again, and put away
ENDING: tuple[Row, ...] = (
    Row(
        verb="submit", label="答复送审", states=(WORK,), to=REVIEW, who=("office",),
        needs=("result", "reply", "reply_others?", *_EFFORT), turn="reviewer",
        unless=(no.POINTS, no.CHILDREN, no.OPINIONS, no.SUB),
    ),
    Row(
        verb="approve", label="审核通过并答复", states=(REVIEW,), to=ANSWERED,
        who=("dispatcher", "director"), needs=("words?",), clock="stop_all", turn="citizen",
        unless=(no.OWN_DRAFT,), grave=True,
        told="承办单位已答复，请查看，并告诉我们有没有帮到您",
    ),
    Row(
        verb="return_draft", label="退回修改", states=(REVIEW,), to=WORK,
        who=("dispatcher", "director"), needs=("reason",), turn="handler",
    ),
    Row(
        verb="close", label="答复办结", states=(WORK,), to=ANSWERED, who=("office",),
        needs=("result", "reply", "reply_others?", *_EFFORT), clock="stop_all", turn="citizen",
        unless=(no.POINTS, no.NEEDS_REVIEW, no.CHILDREN, no.OPINIONS, no.SUB), grave=True,
        told="承办单位已答复，请查看，并告诉我们有没有帮到您",
    ),
    Row(
        verb="withdraw", label="撤销诉求", states=_GOING, to=WITHDRAWN,
        who=("party", "peer", "front"), needs=("reason?",), clock="stop_all", turn="nobody",
        unless=(no.SUB, no.OTHERS), grave=True, told="您已撤销这项诉求",
    ),
    Row(
        verb="say_helped", label="评价", states=(ANSWERED,), to=CLOSED, who=("party",),
        needs=("helped", "words?"), turn="nobody", told="您已评价，这项诉求已办结",
    ),
    Row(
        verb="say_not_helped", label="没有解决", states=(ANSWERED,), to=WORK, who=("party",),
        needs=("helped", "words?"), clock="restart", turn="handler", unless=(no.REOPENED,),
        told="您反映没有解决，已退回承办单位重新办理", outcome=True,
    ),
    Row(
        verb="give_up", label="仍未解决", states=(ANSWERED,), to=CLOSED, who=("party",),
        needs=("helped", "words?"), turn="nobody", unless=(no.NOT_REOPENED,),
        told="您反映仍未解决，已记录并办结", outcome=True,
    ),
    Row(
        verb="settle", label="到期办结", states=(ANSWERED,), to=CLOSED, who=("system",),
        turn="nobody", told="答复后没有新的意见，已自动办结",
    ),
    Row(
        verb="call_back", label="回访", states=(*_GOING, ANSWERED, CLOSED),
        who=("front", "dispatcher", "director", "supervisor", "system"),
        needs=("called", "words?"), unless=(no.SUB, no.NO_ANSWER), told="电话回访的结果",
    ),
    Row(
        verb="redo", label="退回重办", states=(ANSWERED, CLOSED), to=WORK,
        who=("dispatcher", "director", "supervisor"), needs=("reason",), clock="restart",
        turn="handler", unless=(no.SUB, no.REDONE), grave=True,
        told="经审核需要重新办理，已退回承办单位，新的承诺时间见下",
    ),
    Row(
        verb="archive", label="归档", states=(CLOSED,), to=ARCHIVED,
        who=("dispatcher", "director", "system"), turn="nobody",
    ),
    Row(
        verb="continue_as", label="转为其他服务", states=tuple(STATES),
        who=("office", "front", "dispatcher"), needs=("item_code",), unless=(no.SUB,),
        optional=True,
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (*COMING, *DOING, *ENDING)
