"""The life of a task as one pure table: state × verb → who may, the next state, what is needed."""

from __future__ import annotations

from datetime import date

from yike.rooms.plans.course import Course, Row

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
COURSE = Course(
    rows=ROWS, states=STATES, noun="这项任务",
    not_yours=("这项任务不由您办理", "请联系任务的责任科室（所）或工作专班。"),
    not_alone=("报告完成的人不能自己核验", "请由工作专班的另一位成员核验。"),
)  # fmt: skip


def is_late(state: str, due_on: date | None, today: date) -> bool:
    """This will say whether a task that still goes on is past its last day."""
    return state in GOING and due_on is not None and due_on < today
