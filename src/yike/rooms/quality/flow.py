"""The lives of callbacks, rectifications, alerts and complaints as one pure table.

Noun × state × verb → who, to, fields. `allowed` is what a page offers, `refuse` what an action
asks; both read the same rows. Nothing here reads the clock or the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yike.rooms.core.refusal import NotAllowed

Noun = Literal["callback", "rectification", "alert", "complaint"]

#: noun → state → name. `waiting`/`assigned`… are unique within their noun only.
STATES: dict[str, dict[str, str]] = {
    "callback": {
        "waiting": "待回访",
        "checking": "待复核（提请不采纳）",
        "redo": "已退回重办",
        "mend": "已转整改",
        "excluded": "核实后不采纳",
    },
    "rectification": {
        "assigned": "整改中",
        "mended": "待核验",
        "verified": "待复盘",
        "closed": "已闭环",
    },
    "alert": {
        "open": "待派发",
        "assigned": "整改中",
        "dismissing": "待复核（提请误报）",
        "ended": "已闭环",
        "dismissed": "误报",
    },
    "complaint": {
        "received": "待告知受理",
        "held": "调查处理中",
        "answered": "已答复",
        "appealed": "上级复核中",
        "closed": "已办结",
        "withdrawn": "已撤回",
    },
}
ENDED: dict[str, frozenset[str]] = {
    "callback": frozenset({"redo", "mend", "excluded"}),
    "rectification": frozenset({"closed"}),
    "alert": frozenset({"ended", "dismissed"}),
    "complaint": frozenset({"closed", "withdrawn"}),
}

#: What somebody is to a case.
Standing = Literal[
    "owner",  # named to do it, or of the office that is
    "supervisor",  # watches over the region that holds it
    "leader",  # leads that region
    "party",  # the citizen whose it is
    "system",
]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line. `to` "" = the state stays; `unless` = facts that forbid it, with sentences."""

    noun: Noun
    verb: str
    label: str
    states: tuple[str, ...]
    who: tuple[Standing, ...]
    to: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[tuple[str, str], ...] = ()
    grave: bool = False


_WATCH: tuple[Standing, ...] = ("supervisor", "leader")
_HANDS: tuple[Standing, ...] = ("owner", "supervisor", "leader")
_SAME = ("same", "自己提请、自己办的，要由另一个人核实")
_SERVED = ("served", "这项服务是您或您的单位办的，请由别人来处理")
_UNTRIED = ("untried", "还没有联系过当事人；请先打电话，记下联系结果")
_OWNED = ("owned", "整改要由责任单位以外的人核验")
_ONCE = ("appealed_once", "已经复核过一次")
_LATE = ("appeal_late", "申请复核的期限已过")

ROWS: tuple[Row, ...] = (
    Row(
        noun="callback", verb="note_attempt", label="记下联系结果", states=("waiting",),
        who=_HANDS, needs=("result", "words"), unless=(_SERVED,),
    ),
    Row(
        noun="callback", verb="send_redo", label="退回重办", states=("waiting",), to="redo",
        who=_HANDS, needs=("words",), unless=(_SERVED, _UNTRIED), grave=True,
    ),
    Row(
        noun="callback", verb="send_mend", label="转整改", states=("waiting",), to="mend",
        who=_HANDS, needs=("to_org", "words", "hard"), unless=(_SERVED, _UNTRIED),
    ),
    Row(
        noun="callback", verb="ask_exclude", label="提请不采纳", states=("waiting",),
        to="checking", who=_HANDS, needs=("ground", "words"), unless=(_SERVED, _UNTRIED),
    ),
    Row(
        noun="callback", verb="grant_exclude", label="核实，不采纳", states=("checking",),
        to="excluded", who=_WATCH, needs=("words",), unless=(_SAME, _SERVED), grave=True,
    ),
    Row(
        noun="callback", verb="refuse_exclude", label="不同意，继续回访", states=("checking",),
        to="waiting", who=_WATCH, needs=("words",), unless=(_SAME, _SERVED),
    ),
    Row(
        noun="callback", verb="hand_callback", label="换人回访", states=("waiting",),
        who=_WATCH, needs=("account_id",),
    ),
    Row(
        noun="rectification", verb="report_mended", label="报告整改完成", states=("assigned",),
        to="mended", who=("owner",), needs=("words", "file_ids?"),
    ),
    Row(
        noun="rectification", verb="pass_check", label="核验通过", states=("mended",),
        to="verified", who=_WATCH, needs=("words",), unless=(_SAME, _OWNED),
    ),
    Row(
        noun="rectification", verb="fail_check", label="核验不通过，继续整改",
        states=("mended",), to="assigned", who=_WATCH, needs=("words",), unless=(_SAME, _OWNED),
    ),
    Row(
        noun="rectification", verb="review", label="复盘，闭环", states=("verified",), to="closed",
        who=_WATCH, needs=("words",), grave=True,
    ),
    Row(
        noun="rectification", verb="mark_hard", label="认定疑难，延长期限", states=("assigned",),
        who=_WATCH, needs=("words",), unless=(("hard", "已经认定过疑难"),),
    ),
    Row(
        noun="rectification", verb="hand_rectification", label="改派责任单位",
        states=("assigned",), who=_WATCH, needs=("to_org", "words"),
    ),
    Row(
        noun="alert", verb="send_alert", label="派发整改", states=("open",), to="assigned",
        who=_HANDS, needs=("to_org", "words", "hard"),
    ),
    Row(
        noun="alert", verb="ask_dismiss", label="提请认定误报", states=("open",),
        to="dismissing", who=_HANDS, needs=("words",),
    ),
    Row(
        noun="alert", verb="grant_dismiss", label="核实为误报", states=("dismissing",),
        to="dismissed", who=_WATCH, needs=("words",), unless=(_SAME,), grave=True,
    ),
    Row(
        noun="alert", verb="refuse_dismiss", label="不是误报", states=("dismissing",), to="open",
        who=_WATCH, needs=("words",), unless=(_SAME,),
    ),
    Row(
        noun="complaint", verb="send_letter", label="告知已受理", states=("received",), to="held",
        who=_HANDS, needs=("words",), unless=(_SERVED,),
    ),
    Row(
        noun="complaint", verb="answer_complaint", label="答复投诉", states=("received", "held"),
        to="answered", who=_HANDS, needs=("upheld", "words", "mend_org?"), unless=(_SERVED,),
        grave=True,
    ),
    Row(
        noun="complaint", verb="hand_complaint", label="交给别的单位处理",
        states=("received", "held"), who=_WATCH, needs=("to_org", "words"),
    ),
    Row(
        noun="complaint", verb="appeal", label="申请上级复核", states=("answered",),
        to="appealed", who=("party",), needs=("words",), unless=(_ONCE, _LATE),
    ),
    Row(
        noun="complaint", verb="decide_appeal", label="答复复核", states=("appealed",),
        to="closed", who=("leader",), needs=("upheld", "words"), unless=(_SAME, _SERVED),
        grave=True,
    ),
    Row(
        noun="complaint", verb="withdraw_complaint", label="撤回投诉",
        states=("received", "held"), to="withdrawn", who=("party",), grave=True,
    ),
    Row(
        noun="complaint", verb="settle_complaint", label="到期办结", states=("answered",),
        to="closed", who=("system",),
    ),
)  # fmt: skip

#: field (an action's argument) → (label, kind, hint); "?" after it in `needs` = may be left empty
FIELDS: dict[str, tuple[str, str, str]] = {
    "result": ("联系结果", "choice", ""),
    "words": ("说明", "words", "写清楚事实；以后核验、复盘都看这里"),
    "to_org": ("责任单位", "org", ""),
    "mend_org": ("要整改的单位", "org", "属实的投诉要转整改；不选就是被投诉单位"),
    "account_id": ("回访人", "account", "不能是办这件事的人"),
    "hard": ("是不是疑难", "yesno", "疑难的整改期限长一些"),
    "ground": ("不采纳的理由", "choice", "需要另一个人核实"),
    "upheld": ("是否属实（支持）", "yesno", ""),
    "file_ids": ("佐证材料", "files", "照片、截图、文件"),
}
_BY_VERB = {row.verb: row for row in ROWS}


def row_of(verb: str) -> Row:
    """This will return the one row of a verb; KeyError when there is none."""
    return _BY_VERB[verb]


def allowed(
    noun: str, state: str, standing: frozenset[Standing], facts: frozenset[str] = frozenset()
) -> tuple[Row, ...]:
    """This will return the rows open to somebody of these standings, in the table's order."""
    return tuple(
        row
        for row in ROWS
        if row.noun == noun
        and state in row.states
        and standing.intersection(row.who)
        and not any(fact in facts for fact, _ in row.unless)
    )


def refuse(
    verb: str, state: str, standing: frozenset[Standing], facts: frozenset[str] = frozenset()
) -> Row:
    """This will return the row when the deed is allowed, else refuse with NotAllowed."""
    row = _BY_VERB[verb]
    if not standing.intersection(row.who):
        raise NotAllowed(f"您不能“{row.label}”", way_on="请联系责任人或监督员。")
    if state not in row.states:
        raise NotAllowed(
            f"现在是“{STATES[row.noun][state]}”，不能“{row.label}”。",
            way_on="请刷新页面，看看现在可以做什么。",
        )
    for fact, sentence in row.unless:
        if fact in facts:
            raise NotAllowed(sentence, way_on="请刷新页面，看看现在可以做什么。")
    return row
