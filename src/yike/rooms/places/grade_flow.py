"""The life of an assessment as one pure table: state × verb → who may, the next state.

A grade is begun by the station's office, looked at by the county, given, and may be appealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from yike.rooms.core.refusal import NotAllowed

DRAFT, RETURNED, SUBMITTED, REVIEWED = "draft", "returned", "submitted", "reviewed"
AWARDED, REFUSED, LOWERED, APPEALED, DROPPED = (
    "awarded", "refused", "lowered", "appealed", "dropped",
)  # fmt: skip
STATES = {
    DRAFT: "自评中",
    RETURNED: "退回补正",
    SUBMITTED: "待复核",
    REVIEWED: "待评定",
    AWARDED: "已评定",
    REFUSED: "不予评定",
    LOWERED: "已降级",
    APPEALED: "申诉中",
    DROPPED: "已放弃",
}
#: a station has one of these at a time
OPEN = frozenset({DRAFT, RETURNED, SUBMITTED, REVIEWED, APPEALED})
#: the office may still write
WRITING = frozenset({DRAFT, RETURNED})
#: how a grade came to be, or did not
KINDS = {
    "imported": "历史等级",
    "awarded": "评定",
    "refused": "不予评定",
    "lowered": "降级",
    "restored": "申诉后恢复",
}
#: what came of an appeal
OUTCOMES = {"": "待决定", "upheld": "维持原评定", "granted": "申诉成立"}
#: after an appeal that failed the assessment stands where it stood
STANDS = {"awarded": AWARDED, "refused": REFUSED, "lowered": LOWERED}
#: office: serves in the institution of the station; county: keeps the county's register, and is not
#: of that institution
Standing = Literal["office", "county"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table; `to` "": as it was; `apart`: not by whoever reviewed or decided."""

    verb: str
    label: str
    states: tuple[str, ...]
    who: Standing
    to: str = ""
    apart: bool = False


ROWS: tuple[Row, ...] = (
    Row(verb="answer", label="填写自评", states=(DRAFT, RETURNED), who="office"),
    Row(verb="submit", label="提交自评", states=(DRAFT, RETURNED), who="office", to=SUBMITTED),
    Row(verb="drop", label="放弃这次自评", states=(DRAFT, RETURNED), who="office", to=DROPPED),
    Row(verb="review", label="复核", states=(SUBMITTED,), who="county", apart=True),
    Row(
        verb="send_back", label="退回补正", states=(SUBMITTED,), who="county", to=RETURNED,
        apart=True,
    ),
    Row(
        verb="conclude", label="复核完成", states=(SUBMITTED,), who="county", to=REVIEWED,
        apart=True,
    ),
    Row(verb="reconsider", label="重新复核", states=(REVIEWED,), who="county", to=SUBMITTED),
    Row(verb="award", label="评定等级", states=(REVIEWED,), who="county", to=AWARDED),
    Row(verb="refuse", label="不予评定", states=(REVIEWED,), who="county", to=REFUSED),
    Row(verb="lower", label="降级", states=(AWARDED,), who="county", to=LOWERED),
    Row(
        verb="appeal", label="申诉", states=(AWARDED, REFUSED, LOWERED), who="office", to=APPEALED
    ),
    Row(verb="uphold", label="维持原评定", states=(APPEALED,), who="county", apart=True),
    Row(verb="grant", label="申诉成立", states=(APPEALED,), who="county", apart=True),
)  # fmt: skip
_BY_VERB = {row.verb: row for row in ROWS}


def allowed(state: str, standing: frozenset[Standing], *, judged: bool) -> tuple[Row, ...]:
    """This will return the rows open now; `judged`: this person reviewed or decided before."""
    return tuple(
        row
        for row in ROWS
        if state in row.states and row.who in standing and not (row.apart and judged)
    )


def refuse(verb: str, state: str, standing: frozenset[Standing], *, judged: bool) -> Row:
    """This will return the row when the deed is allowed, else refuse with NotAllowed."""
    row = _BY_VERB[verb]
    if row.who not in standing:
        who = (
            "站点所属的单位" if row.who == "office" else "县里的登记管理人员（不是站点自己的单位）"
        )
        raise NotAllowed(f"“{row.label}”不由您办理", way_on=f"请由{who}办理。")
    if state not in row.states:
        raise NotAllowed(
            f"这次评定现在是“{STATES[state]}”，不能“{row.label}”",
            way_on="请刷新页面，看看现在可以做什么。",
        )
    if row.apart and judged:
        raise NotAllowed("复核或评定过的人不能再办这一步", way_on="请由县里另一位工作人员办理。")
    return row
