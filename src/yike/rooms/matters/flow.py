"""The life of a matter as one pure table: state × verb → who, to, fields, clock, turn, told.

Nothing here reads the clock or the database. `allowed` is what a page offers; `refuse` is what an
action asks. Both read the same rows, so a button and its deed can never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yike.rooms.core.refusal import NotAllowed

DISPATCH, SIGN, WORK, PAPERS = "20", "21", "30", "33"
ANSWERED, CLOSED, WITHDRAWN, DECLINED = "50", "60", "70", "11"
STATES = {
    DISPATCH: "待派单",
    SIGN: "待签收",
    WORK: "办理中",
    PAPERS: "待补正",
    ANSWERED: "已答复",
    CLOSED: "已办结",
    WITHDRAWN: "已撤销",
    DECLINED: "不予受理",
}
#: no holder any more
ENDED = frozenset({CLOSED, WITHDRAWN, DECLINED})
OPEN = frozenset(STATES) - ENDED
#: the office still owes an answer
GOING = OPEN - {ANSWERED}
TURNS = {"office": "等待承办单位", "citizen": "等待当事人", "nobody": "已结束"}

#: What somebody is to a matter.
Standing = Literal[
    "office",  # serves in the office that holds it
    "dispatcher",  # sends orders on, in a region that contains it
    "director",  # leads the region that contains it
    "front",  # window or hotline, sees it (opened it, or its region)
    "joint",  # office that held it or was asked to help
    "party",  # the citizen who holds reference and phone
    "peer",  # the platform that brought it
    "system",  # a job of the house
]
STANDINGS: tuple[Standing, ...] = (
    "office", "dispatcher", "director", "front", "joint", "party", "peer", "system",
)  # fmt: skip
_STAFF: tuple[Standing, ...] = ("office", "dispatcher", "director", "front", "joint")
_GOING = (DISPATCH, SIGN, WORK, PAPERS, ANSWERED)
_EARLY = (DISPATCH, SIGN, WORK)

ClockEffect = Literal["", "start_sign", "stop_sign", "pause", "resume", "stop_all", "restart"]


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
    unless: tuple[tuple[str, str], ...] = ()
    grave: bool = False
    #: True = another verb's outcome (it has the same button), not a button of its own
    outcome: bool = False


_ASKED = ("asked", "已经一次性告知过补正材料，不能再以缺材料为由要求补正")
_BOUNCED = ("bounced", "已经退回过两次，请联系县中心协调，不能再退回")
_RETURN_LATE = (
    "return_late", "退回时限已过，不能再退回；请签收办理，或流转给合适的单位并写明原因",
)  # fmt: skip
_POINTS = ("unanswered", "还有诉求点没有答复，请逐条答复后再办结")
_REOPENED = ("reopened", "已经重新办理过一次")
_NOT_REOPENED = ("first", "请先说明哪里没有解决，由承办单位再办理一次")

ROWS: tuple[Row, ...] = (
    Row(
        verb="sign", label="签收", states=(DISPATCH, SIGN), to=WORK, who=("office",),
        clock="stop_sign", turn="office", told="承办单位已签收，正在办理",
    ),
    Row(
        verb="give_back", label="退回", states=(SIGN,), to=DISPATCH, who=("office",),
        needs=("reason",), clock="start_sign", turn="office", grave=True,
        unless=(_BOUNCED, _RETURN_LATE), told="正在重新确定承办单位",
    ),
    Row(
        verb="transfer", label="流转", states=_EARLY, to=SIGN, who=("office", "dispatcher"),
        needs=("to_org", "reason"), clock="start_sign", turn="office", grave=True,
        told="已转交更合适的单位办理，承诺时间不变",
    ),
    Row(
        verb="assign", label="指定承办人", states=(SIGN, WORK), who=("office",),
        needs=("account_id", "reason"),
    ),
    Row(
        verb="invite", label="请求会办", states=(WORK,), who=("office", "dispatcher"),
        needs=("to_org", "reason"),
    ),
    Row(
        verb="ask_papers", label="一次性告知补正", states=(WORK,), to=PAPERS, who=("office",),
        needs=("papers", "words?"), clock="pause", turn="citizen", unless=(_ASKED,),
        told="需要您补充材料，办理时限暂停计算",
    ),
    Row(
        verb="bring_papers", label="补交材料", states=(PAPERS,), to=WORK,
        who=("party", "office", "front"), needs=("words?", "file_ids?"), clock="resume",
        turn="office", told="已收到补充材料，继续办理",
    ),
    Row(
        verb="stop_waiting", label="不再等待补正", states=(PAPERS,), to=WORK, who=("office",),
        needs=("reason",), clock="resume", turn="office", told="根据现有材料继续办理",
    ),
    Row(
        verb="send_message", label="留言", states=_GOING, who=("party", "office", "peer", "front"),
        needs=("words", "file_ids?"), told="有新的留言",
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
        verb="close", label="答复办结", states=(WORK,), to=ANSWERED, who=("office",),
        needs=("result", "reply"), clock="stop_all", turn="citizen", unless=(_POINTS,),
        grave=True, told="承办单位已答复，请查看，并告诉我们有没有帮到您",
    ),
    Row(
        verb="decline", label="不予受理", states=_EARLY, to=DECLINED, who=("office", "dispatcher"),
        needs=("reason",), clock="stop_all", turn="nobody", grave=True,
        told="依照规定不予受理，原因和其他途径见答复",
    ),
    Row(
        verb="withdraw", label="撤销诉求", states=(*_EARLY, PAPERS), to=WITHDRAWN,
        who=("party", "peer", "front"), needs=("reason?",), clock="stop_all", turn="nobody",
        grave=True, told="您已撤销这项诉求",
    ),
    Row(
        verb="say_helped", label="评价", states=(ANSWERED,), to=CLOSED, who=("party",),
        needs=("helped", "words?"), turn="nobody", told="您已评价，这项诉求已办结",
    ),
    Row(
        verb="say_not_helped", label="没有解决", states=(ANSWERED,), to=WORK, who=("party",),
        needs=("helped", "words?"), clock="restart", turn="office", unless=(_REOPENED,),
        told="您反映没有解决，已退回承办单位重新办理", outcome=True,
    ),
    Row(
        verb="give_up", label="仍未解决", states=(ANSWERED,), to=CLOSED, who=("party",),
        needs=("helped", "words?"), turn="nobody", unless=(_NOT_REOPENED,),
        told="您反映仍未解决，已记录并办结", outcome=True,
    ),
    Row(
        verb="settle", label="到期办结", states=(ANSWERED,), to=CLOSED, who=("system",),
        turn="nobody", told="答复后没有新的意见，已自动办结",
    ),
    Row(
        verb="continue_as", label="转为其他服务", states=tuple(STATES),
        who=("office", "front", "dispatcher"), needs=("item_code",),
    ),
)  # fmt: skip

#: field (an action's argument) → (label, kind, hint); "?" after it in `needs` = may be left empty
FIELDS: dict[str, tuple[str, str, str]] = {
    "reason": ("原因", "words", "写明原因，接收单位和上级能看到"),
    "to_org": ("接收单位", "org", ""),
    "account_id": ("承办人", "account", ""),
    "papers": ("需要补充的材料（每行一项）", "words", "只能一次性告知，请列全"),
    "words": ("内容", "words", ""),
    "file_ids": ("材料或照片", "files", ""),
    "level": ("密级", "choice", ""),
    "no": ("诉求点", "choice", ""),
    "category": ("事项类型", "choice", "不改请留空"),
    "item_code": ("服务事项", "choice", "不改请留空"),
    "demand_type": ("诉求类型", "choice", "不改请留空"),
    "urgency": ("紧急程度", "choice", ""),
    "result": ("办理结果", "choice", ""),
    "reply": ("答复", "words", "当事人能看到，请写清依据和下一步"),
    "helped": ("有没有帮到您", "yesno", ""),
}


def row_of(verb: str) -> Row:
    """This will return the one row of a verb; KeyError when there is none."""
    return _BY_VERB[verb]


def allowed(
    state: str, standing: frozenset[Standing], facts: frozenset[str] = frozenset()
) -> tuple[Row, ...]:
    """This will return the rows open to somebody of these standings, in the table's order."""
    return tuple(
        row
        for row in ROWS
        if state in row.states
        and standing.intersection(row.who)
        and not any(fact in facts for fact, _ in row.unless)
    )


def refuse(
    verb: str,
    state: str,
    standing: frozenset[Standing],
    facts: frozenset[str] = frozenset(),
    *,
    faster: str = "",
) -> Row:
    """This will return the row when the deed is allowed, else refuse with NotAllowed.

    `faster` is a sentence naming the last deed (who, what, when); it is said when the state has
    moved on, so that nobody wonders why a button that was there no longer works.
    """
    row = _BY_VERB[verb]
    if not standing.intersection(row.who):
        raise NotAllowed(
            f"您不能对这项诉求“{row.label}”", way_on="如需处理，请联系现在的承办单位。"
        )
    if state not in row.states:
        raise NotAllowed(
            f"这项诉求现在是“{STATES[state]}”，不能“{row.label}”。{faster}",
            way_on="请刷新页面，看看现在可以做什么。",
        )
    for fact, sentence in row.unless:
        if fact in facts:
            raise NotAllowed(sentence, way_on="请刷新页面，看看现在可以做什么。")
    return row


_BY_VERB = {row.verb: row for row in ROWS}
