"""What can happen to task forces and their tasks."""

from __future__ import annotations

from dataclasses import dataclass
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
