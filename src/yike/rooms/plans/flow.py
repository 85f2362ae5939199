"""The life of a task as one pure table: state × verb → who may, the next state, what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from yike.rooms.core.refusal import NotAllowed

#: part in a task force → its name
PARTS = {"leader": "组长", "deputy": "副组长", "member": "组员"}
OPEN, DOING, REPORTED, DONE, STOPPED = "open", "doing", "reported", "done", "stopped"
STATES = {
    OPEN: "未开始",
    DOING: "推进中",
    REPORTED: "待核验",
    DONE: "已完成",
    STOPPED: "已终止",
}
GOING = frozenset({OPEN, DOING, REPORTED})
#: keeper: keeps the county's plans; responsible: serves in a department that answers for the task
Standing = Literal["keeper", "responsible"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table; `apart`: not by the person who reported it done."""

    verb: str
    label: str
    states: tuple[str, ...]
    who: tuple[Standing, ...]
    to: str
    apart: bool = False


ROWS: tuple[Row, ...] = (
    Row(
        verb="report", label="报告进展", states=(OPEN, DOING), to=DOING,
        who=("responsible", "keeper"),
    ),
    Row(
        verb="finish", label="报告完成", states=(OPEN, DOING), to=REPORTED,
        who=("responsible", "keeper"),
    ),
    Row(
        verb="verify", label="核验通过", states=(REPORTED,), to=DONE, who=("keeper",), apart=True,
    ),
    Row(
        verb="send_back", label="退回继续推进", states=(REPORTED, DONE), to=DOING,
        who=("keeper",),
    ),
    Row(verb="stop", label="终止任务", states=(OPEN, DOING, REPORTED), to=STOPPED, who=("keeper",)),
    Row(verb="resume", label="恢复任务", states=(STOPPED,), to=DOING, who=("keeper",)),
)  # fmt: skip
_BY_VERB = {row.verb: row for row in ROWS}


def allowed(state: str, standing: frozenset[Standing], *, reporter: bool) -> tuple[Row, ...]:
    """This will return the rows open now; `reporter`: this person reported it done."""
    return tuple(
        row
        for row in ROWS
        if state in row.states and standing & set(row.who) and not (row.apart and reporter)
    )


def refuse(verb: str, state: str, standing: frozenset[Standing], *, reporter: bool) -> Row:
    """This will return the row when the deed is allowed, else refuse with NotAllowed."""
    row = _BY_VERB.get(verb)
    if row is None or not standing.intersection(row.who):
        raise NotAllowed("这项任务不由您办理", way_on="请联系任务的责任科室（所）或工作专班。")
    if state not in row.states:
        raise NotAllowed(
            f"这项任务现在是“{STATES[state]}”，不能“{row.label}”",
            way_on="请刷新页面，看看现在可以做什么。",
        )
    if row.apart and reporter:
        raise NotAllowed("报告完成的人不能自己核验", way_on="请由工作专班的另一位成员核验。")
    return row


def is_late(state: str, due_on: date | None, today: date) -> bool:
    """This will say whether a task that still goes on is past its last day."""
    return state in GOING and due_on is not None and due_on < today
