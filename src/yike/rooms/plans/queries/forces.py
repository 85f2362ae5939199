"""Reads of plans: task forces with members, the list of tasks, one task with its story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.plans import access, flow
from yike.rooms.plans.course import Row
from yike.rooms.plans.models import (
    Member,
    Task,
    TaskDepartment,
    TaskForce,
    TaskReport,
    TaskStep,
)
from yike.rooms.providers import queries as providers_queries


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """Somebody's part in a task force."""

    id: UUID
    part: str
    part_name: str
    name: str
    title: str
    active_from: date
    active_until: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """One line of the list."""

    id: UUID
    no: int
    goal: str
    measure: str
    title: str
    content: tuple[str, ...]
    departments: tuple[str, ...]
    due_on: date | None
    state: str
    state_name: str
    percent: int
    late: bool
    #: what it came from, when another room asked for it
    about: str = ""
    subject: str = ""
    point: str = ""


@dataclass(frozen=True, kw_only=True)
class ForceRow:
    """A task force in a list."""

    id: UUID
    name: str
    document: str
    founded_on: date
    ended_on: date | None
    demo: bool


@dataclass(frozen=True, kw_only=True)
class ForcePage:
    """A task force: members now and before, tasks as asked for, and how far they are."""

    force: ForceRow
    members: tuple[MemberRow, ...]
    former: tuple[MemberRow, ...]
    tasks: tuple[TaskRow, ...]
    departments: tuple[str, ...]
    counts: dict[str, int]
    total: int
    late: int
    keeps: bool


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """What was said of a task."""

    at: datetime
    label: str
    deed: str
    words: str
    late_reason: str
    percent: int


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step of a task with its dates."""

    id: UUID
    no: int
    measure: str
    words: str
    from_on: date
    due_on: date
    done_on: date | None
    late_reason: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """One task with its steps, what was said of it, and the deeds allowed now."""

    task: TaskRow
    force: ForceRow
    steps: tuple[StepRow, ...]
    answers: bool
    reports: tuple[ReportRow, ...]
    verbs: tuple[Row, ...]
    keeps: bool


def forces(actor: Actor, *, county: str) -> tuple[ForceRow, ...]:
    """This will return the task forces of a county, the newest first."""
    rows = TaskForce.objects.filter(county_code=county).order_by("-founded_on", "name")
    return tuple(_force(row) for row in rows)


def force_page(
    actor: Actor, ref: UUID, *, department: str = "", state: str = "", late: bool = False
) -> ForcePage:
    """This will return a task force with the tasks of a department or state. Refuses NotFound."""
    force = access.force_for(actor, ref)
    today = clock.today()
    every = tuple(_rows(Task.objects.filter(task_force=force.id), today))
    shown = tuple(
        row
        for row in every
        if (not department or department in row.departments)
        and (not state or row.state == state)
        and (not late or row.late)
    )
    people = [_member(row) for row in Member.objects.filter(task_force=force.id)]
    people.sort(key=lambda one: (list(flow.PARTS).index(one.part), one.active_from, one.name))
    now = {one.id for one in people if one.active_until is None or one.active_until > today}
    return ForcePage(
        force=_force(force),
        members=tuple(one for one in people if one.id in now),
        former=tuple(one for one in people if one.id not in now),
        tasks=shown,
        departments=tuple(dict.fromkeys(name for row in every for name in row.departments)),
        counts={code: sum(row.state == code for row in every) for code in flow.STATES},
        total=len(every),
        late=sum(row.late for row in every),
        keeps=access.is_keeper(actor, force.county_code),
    )


def task_page(actor: Actor, ref: UUID) -> TaskPage:
    """This will return one task with its story. Refuses NotFound."""
    task = access.task_for(actor, ref)
    standing = access.standing_of(actor, task)
    told = TaskReport.objects.filter(task=task.id).order_by("at", "id")
    labels = {row.verb: row.label for row in flow.ROWS}
    return TaskPage(
        task=next(_rows(Task.objects.filter(id=task.id), clock.today())),
        force=_force(task.task_force),
        steps=_steps(task),
        answers=bool(standing) and task.state in flow.GOING,
        reports=tuple(
            ReportRow(
                at=row.at,
                label=row.label,
                deed=labels.get(row.verb, row.verb),
                words=row.words,
                late_reason=row.late_reason,
                percent=row.percent,
            )
            for row in told
        ),
        verbs=flow.COURSE.allowed(
            task.state,
            standing,
            reporter=task.reported_by is not None and task.reported_by == actor.account_id,
        ),
        keeps=access.is_keeper(actor, task.task_force.county_code),
    )


def tasks_of_office(actor: Actor, *, most: int = 20) -> tuple[TaskRow, ...]:
    """This will return the tasks still going on that this actor's institution answers for."""
    if actor.org_id is None:
        return ()
    try:
        kind = providers_queries.institution(actor.org_id).kind
    except NotFound:
        return ()
    named = TaskDepartment.objects.filter(
        Q(institution=actor.org_id) | Q(institution_kind=kind) & ~Q(institution_kind="")
    )
    rows = Task.objects.filter(
        id__in=named.values("task"), state__in=flow.GOING, task_force__ended_on=None
    )
    return tuple(_rows(rows, clock.today()))[:most]


def tasks_about(about: str, subjects: Iterable[str]) -> tuple[TaskRow, ...]:
    """This will return the tasks that came of certain things, stopped ones too, oldest first."""
    found = Task.objects.filter(about=about, subject__in=list(subjects))
    return tuple(_rows(found, clock.today()))


def _rows(rows: QuerySet[Task], today: date) -> Iterator[TaskRow]:
    found = list(rows.order_by("task_force", "no"))
    named: defaultdict[UUID, list[str]] = defaultdict(list)
    for one in TaskDepartment.objects.filter(task__in=[row.id for row in found]).order_by("id"):
        named[one.task_id].append(one.name)
    for row in found:
        yield TaskRow(
            id=row.id,
            no=row.no,
            goal=row.goal,
            measure=row.measure,
            title=row.title,
            content=tuple(row.content),
            departments=tuple(named[row.id]),
            due_on=row.due_on,
            state=row.state,
            state_name=flow.STATES[row.state],
            percent=row.percent,
            late=flow.is_late(row.state, row.due_on, today),
            about=row.about,
            subject=row.subject,
            point=row.point,
        )


def _steps(task: Task) -> tuple[StepRow, ...]:
    today = clock.today()
    return tuple(
        StepRow(
            id=row.id,
            no=row.no,
            measure=row.measure,
            words=row.words,
            from_on=row.from_on,
            due_on=row.due_on,
            done_on=row.done_on,
            late_reason=row.late_reason,
            late=row.done_on is None and flow.is_late(task.state, row.due_on, today),
        )
        for row in TaskStep.objects.filter(task=task)
    )


def _force(row: TaskForce) -> ForceRow:
    return ForceRow(
        id=row.id,
        name=row.name,
        document=row.document,
        founded_on=row.founded_on,
        ended_on=row.ended_on,
        demo=row.demo,
    )


def _member(row: Member) -> MemberRow:
    return MemberRow(
        id=row.id,
        part=row.part,
        part_name=flow.PARTS[row.part],
        name=row.name,
        title=row.title,
        active_from=row.active_from,
        active_until=row.active_until,
        reason=row.reason,
    )
