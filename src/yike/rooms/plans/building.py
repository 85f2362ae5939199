"""The life of a building project and whether it keeps its plan: pure tables and functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from yike.rooms.plans.course import Course, Row, Standing

KINDS = {"new": "新建", "rebuilt": "改建"}
#: levels of a station in the register (codelists: station_level)
LEVELS = {
    2: "公共法律服务中心",
    3: "公共法律服务工作站",
    4: "公共法律服务工作室（点）",
    5: "服务点（驿站）",
}
#: where the money comes from
SOURCES = {
    "county": "县级财政",
    "town": "乡镇（街道）",
    "village": "村（社区）",
    "upper": "上级补助",
    "donated": "社会捐赠",
    "other": "其他",
}
PLANNED, BUILDING, FINISHED, MENDING, ACCEPTED, STOPPED = (
    "planned", "building", "finished", "mending", "accepted", "stopped",
)  # fmt: skip
STATES = {
    PLANNED: "未开工",
    BUILDING: "建设中",
    FINISHED: "待验收",
    MENDING: "整改中",
    ACCEPTED: "已验收",
    STOPPED: "已终止",
}
GOING = (PLANNED, BUILDING, FINISHED, MENDING)
OPEN, MENDED, PASSED = "open", "mended", "passed"
FINDING_STATES = {OPEN: "待整改", MENDED: "待复查", PASSED: "已通过"}
#: how a project stands on the board
PACES = {"on_plan": "按计划", "late": "逾期", "accepted": "已验收", "stopped": "已终止"}
UNWARNED, WARNED_NEAR, WARNED_LATE = 0, 1, 2
#: an office is told of a milestone so many days before
NEAR_DAYS = 7
#: a hundred million yuan: more is a slip of the finger
MOST_FEN = 10_000_000_000


_BOTH: tuple[Standing, ...] = ("responsible", "keeper")
_KEEPER: tuple[Standing, ...] = ("keeper",)
ROWS: tuple[Row, ...] = (
    Row(verb="begin", label="开工", states=(PLANNED,), to=BUILDING, who=_BOTH),
    Row(verb="report", label="报告进展", states=(BUILDING, MENDING), who=_BOTH),
    Row(verb="reach", label="达成里程碑", states=GOING, who=_BOTH),
    Row(verb="explain", label="说明逾期原因", states=GOING, who=_BOTH),
    Row(verb="spend", label="登记合同和支出", states=(*GOING, ACCEPTED), who=_BOTH),
    Row(verb="finish", label="报告完工", states=(BUILDING,), to=FINISHED, who=_BOTH),
    Row(verb="accept", label="验收通过", states=(FINISHED,), to=ACCEPTED, who=_KEEPER, apart=True),
    Row(verb="fault", label="提出整改", states=(FINISHED,), to=MENDING, who=_KEEPER, apart=True),
    Row(verb="mend", label="报告整改", states=(MENDING,), who=_BOTH),
    Row(verb="recheck", label="复查", states=(MENDING, FINISHED), who=_KEEPER, apart=True),
    Row(verb="milestone", label="增加里程碑", states=GOING, who=_KEEPER),
    Row(verb="move", label="调整里程碑日期", states=GOING, who=_KEEPER),
    Row(verb="budget", label="列入资金", states=GOING, who=_KEEPER),
    Row(verb="revise", label="修改计划", states=GOING, who=_KEEPER),
    Row(verb="link", label="关联站点", states=(*GOING, ACCEPTED), who=_KEEPER),
    Row(verb="stop", label="终止项目", states=GOING, to=STOPPED, who=_KEEPER),
    Row(verb="resume", label="恢复项目", states=(STOPPED,), to=BUILDING, who=_KEEPER),
)
COURSE = Course(
    rows=ROWS, states=STATES, noun="这个项目",
    not_yours=("这一步不由您办理", "请联系项目的责任单位或县里的计划管理人员。"),
    not_alone=("报告完工的人不能自己验收", "请由另一位管理人员验收。"),
)  # fmt: skip


def after(row: Row, state: str, findings: Sequence[str]) -> str:
    """This will return the state after a deed, given the states of all findings after it.

    A project goes back to inspection when everything found is mended, and back to mending when a
    second look finds that something is not.
    """
    if row.verb not in ("mend", "recheck"):
        return row.to or state
    return MENDING if OPEN in findings else FINISHED


def is_late(state: str, due_on: date, reached_on: date | None, today: date) -> bool:
    """This will say whether a milestone of a project that goes on is past its day."""
    return state in GOING and reached_on is None and due_on < today


def is_near(state: str, due_on: date, reached_on: date | None, today: date) -> bool:
    """This will say whether a milestone is due within the next days."""
    if state not in GOING or reached_on is not None:
        return False
    return today <= due_on <= today + timedelta(days=NEAR_DAYS)


def pace(
    state: str, planned_until: date, milestones: Sequence[tuple[date, date | None]], today: date
) -> str:
    """This will return how a project stands: on_plan, late, accepted or stopped.

    `milestones`: planned and actual day of each. Late is whoever has a milestone past its day, or
    is past the day planned for acceptance.
    """
    if state in (ACCEPTED, STOPPED):
        return state
    overdue = any(is_late(state, due, reached, today) for due, reached in milestones)
    return "late" if overdue or planned_until < today else "on_plan"


def is_over(planned_fen: int, contracted_fen: int, spent_fen: int) -> bool:
    """This will say whether more was contracted or spent than planned: that needs a reason."""
    return contracted_fen > planned_fen or spent_fen > planned_fen


def used_percent(planned_fen: int, spent_fen: int) -> int | None:
    """This will return how much of the plan is spent, in whole percent; None without a plan."""
    return spent_fen * 100 // planned_fen if planned_fen else None
