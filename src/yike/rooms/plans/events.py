"""What can happen to task forces, their tasks, and to building projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfForce(Event):
    ABOUT: ClassVar[str] = "task_force"
    SUBJECT: ClassVar[str] = "task_force_id"

    task_force_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class TaskForceFounded(_OfForce):
    """A county founded a task force."""

    SENTENCE: ClassVar[str] = "成立工作专班 {name}"


@dataclass(frozen=True, kw_only=True)
class TaskForceEnded(_OfForce):
    """A task force was dissolved."""

    SENTENCE: ClassVar[str] = "撤销工作专班 {name}"


@dataclass(frozen=True, kw_only=True)
class MembersChanged(_OfForce):
    """Somebody joined a task force or left it."""

    SENTENCE: ClassVar[str] = "工作专班 {name} 成员变动：{change}"

    change: str


@dataclass(frozen=True, kw_only=True)
class TasksListed(_OfForce):
    """Tasks were put on a task force's list."""

    SENTENCE: ClassVar[str] = "工作专班 {name} 列入任务 {count} 项"

    count: int


@dataclass(frozen=True, kw_only=True)
class _OfTask:
    ABOUT: ClassVar[str] = "task"
    SUBJECT: ClassVar[str] = "task_id"

    task_id: UUID
    title: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class TaskRevised(_OfTask, Event):
    """A task's term or departments were changed."""

    SENTENCE: ClassVar[str] = "修改任务“{title}”的{changed}：{reason}"

    changed: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TaskMoved(_OfTask, Event):
    """Progress of a task was reported, verified, sent back, stopped or taken up again."""

    SENTENCE: ClassVar[str] = "任务“{title}”：{deed}，{percent}%"

    verb: str
    deed: str
    percent: int


@dataclass(frozen=True, kw_only=True)
class StepPlanned(_OfTask, Event):
    """A step with its dates was added to a task."""

    SENTENCE: ClassVar[str] = "任务“{title}”安排步骤 {no}，{due_on} 前完成"

    no: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class StepDone(_OfTask, Event):
    """A step of a task was done."""

    SENTENCE: ClassVar[str] = "任务“{title}”完成步骤 {no}"

    no: int
    done_on: date
    late: bool


@dataclass(frozen=True, kw_only=True)
class _OfProject:
    ABOUT: ClassVar[str] = "project"
    SUBJECT: ClassVar[str] = "project_id"

    project_id: UUID
    name: str
    region_code: str


@dataclass(frozen=True, kw_only=True)
class ProjectPlanned(_OfProject, Event):
    """A station or point entered the building plan."""

    SENTENCE: ClassVar[str] = "列入建设计划 {name}，计划 {planned_until} 验收"

    planned_until: date


@dataclass(frozen=True, kw_only=True)
class ProjectRevised(_OfProject, Event):
    """The plan of a project was changed: its facts, dates, milestones or money."""

    SENTENCE: ClassVar[str] = "修改建设项目 {name} 的{changed}"

    changed: str


@dataclass(frozen=True, kw_only=True)
class ProjectMoved(_OfProject, Event):
    """A project was begun, reported on, finished, accepted, sent back, mended or stopped."""

    SENTENCE: ClassVar[str] = "建设项目 {name}：{deed}"

    verb: str
    deed: str
    state: str


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(_OfProject, Event):
    """A milestone of a project was reached."""

    SENTENCE: ClassVar[str] = "建设项目 {name} 达成里程碑“{milestone}”（{reached_on}）"

    milestone: str
    reached_on: date
    late: bool


@dataclass(frozen=True, kw_only=True)
class MilestoneNear(_OfProject, Event):
    """A milestone is due within days, or is overdue: its office is told."""

    SENTENCE: ClassVar[str] = "建设项目 {name} 的里程碑“{milestone}”计划 {due_on} 达成{overdue}"

    milestone_id: UUID
    milestone: str
    due_on: date
    institution_id: UUID
    county_code: str
    #: "，已逾期" or empty
    overdue: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectLinked(_OfProject, Event):
    """A project was tied to the station of the register that it built."""

    SENTENCE: ClassVar[str] = "建设项目 {name} 关联站点 {station_code}"

    station_code: str


@dataclass(frozen=True, kw_only=True)
class ProjectsExported(Event):
    """The building plan left the house as a list."""

    SENTENCE: ClassVar[str] = "导出建设计划 {rows} 项（{purpose}）：{reason}"

    region_code: str
    rows: int
    purpose: str
    reason: str
