"""Founding task forces, listing their tasks, their steps, reporting and verifying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.plans import access, events, flow
from yike.rooms.plans.course import Row
from yike.rooms.plans.models import (
    Member,
    Task,
    TaskDepartment,
    TaskForce,
    TaskReport,
    TaskStep,
)
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions

#: how many tasks a list may hold
MOST_TASKS = 2000


@dataclass(frozen=True, kw_only=True)
class Department:
    """Who answers for a task: a name, and the institution or kind of institution behind it."""

    name: str
    institution: UUID | None = None
    institution_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskTold:
    """One task as it is listed."""

    goal: str
    title: str
    content: Sequence[str]
    departments: Sequence[Department]
    measure: str = ""
    due_on: date | None = None
    no: int = 0
    #: what it comes from, when another room found it lacking: kind, id, point
    about: str = ""
    subject: str = ""
    point: str = ""


@transaction.atomic
def found_task_force(
    *,
    county_code: str,
    name: str,
    founded_on: date,
    document: str = "",
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will found a task force. Refuses NotAllowed, BadInput, or Clash (the name is used)."""
    access.require_keeper(actor, county_code)
    named = clean.text(name, field="name", most=100, least=2)
    row = TaskForce(
        id=new_id(),
        county_code=county_code,
        name=named,
        document=clean.text(document, field="document", most=100),
        founded_on=founded_on,
        demo=demo,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash(f"“{named}”已经成立。", way_on="请换一个名称。", field="name") from None
    _record(events.TaskForceFounded, row, actor)
    return row.id


@transaction.atomic
def end_task_force(*, task_force_id: UUID, actor: Actor) -> None:
    """This will dissolve a task force from today on; its list stays. Refuses NotAllowed, Clash."""
    row = _force(task_force_id, actor)
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    _record(events.TaskForceEnded, row, actor)


@transaction.atomic
def add_member(
    *,
    task_force_id: UUID,
    part: str,
    name: str,
    title: str = "",
    account: UUID | None = None,
    reason: str = "",
    actor: Actor,
) -> UUID:
    """This will let somebody join from today. Refuses a second leader with Clash."""
    force = _force(task_force_id, actor)
    if part not in flow.PARTS:
        raise BadInput("请选择职责。", field="part")
    row = Member(
        id=new_id(),
        task_force=force,
        part=part,
        name=clean.text(name, field="name", most=40, least=1),
        title=clean.text(title, field="title", most=80),
        account=account,
        active_from=clock.today(),
        reason=clean.text(reason, field="reason", most=200),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash("已经有一位组长。", way_on="请先办理原组长离任。", field="part") from None
    _record(events.MembersChanged, force, actor, change=f"{flow.PARTS[part]} {row.name} 加入")
    return row.id


@transaction.atomic
def remove_member(*, member_id: UUID, reason: str, actor: Actor) -> None:
    """This will let somebody leave from today, with the reason. Refuses NotFound, NotAllowed."""
    why = clean.text(reason, field="reason", most=200, least=2)
    row = Member.objects.select_for_update().filter(pk=member_id, active_until=None).first()
    if row is None:
        raise NotFound("没有这位成员，或已经离任")
    force = _force(row.task_force_id, actor)
    row.active_until, row.reason = clock.today(), why
    row.save(update_fields=["active_until", "reason"])
    _record(events.MembersChanged, force, actor, change=f"{flow.PARTS[row.part]} {row.name} 离任")


@transaction.atomic
def list_tasks(*, task_force_id: UUID, tasks: Sequence[TaskTold], actor: Actor) -> int:
    """This will put tasks on the list, numbered on where none is given; returns how many.

    All or none; a point of something that has its task already is left out. Refuses BadInput
    naming the line, Clash when a number is used or nothing is left to list.
    """
    force = _force(task_force_id, actor)
    tasks = _new(tasks)
    used = Task.objects.filter(task_force=force).aggregate(most=Max("no"))["most"] or 0
    if not tasks or used + len(tasks) > MOST_TASKS:
        raise BadInput(f"一个清单应有 1 到 {MOST_TASKS} 项任务。", field="tasks")
    for number, told in enumerate(tasks, start=1):
        _list(force, told, told.no or used + number, number)
    _record(events.TasksListed, force, actor, count=len(tasks))
    return len(tasks)


def _new(tasks: Sequence[TaskTold]) -> list[TaskTold]:
    subjects = {one.subject for one in tasks if one.about}
    going = Task.objects.exclude(state=flow.STOPPED).filter(subject__in=subjects)
    known = set(going.values_list("about", "subject", "point")) if subjects else set()
    left = [one for one in tasks if (one.about, one.subject, one.point) not in known]
    if tasks and not left:
        raise Clash("这些都已经列为任务了。", way_on="请到任务清单查看进展。")
    return left


def _list(force: TaskForce, told: TaskTold, no: int, line: int) -> None:
    def said(value: str, most: int, least: int = 0) -> str:
        return clean.text(value, field="tasks", most=most, least=least)

    content = [said(one, 500, 1) for one in told.content if one.strip()]
    if not content or not told.departments:
        raise BadInput(
            f"第 {line} 项缺建设内容或责任科室（所）。", way_on="请补全后再导入。", field="tasks"
        )
    row = Task(
        id=new_id(),
        task_force=force,
        no=no,
        goal=said(told.goal, 100, 2),
        measure=said(told.measure, 100),
        title=said(told.title, 100, 2),
        content=content,
        due_on=told.due_on,
        about=told.about,
        subject=told.subject,
        point=told.point,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash(f"序号 {no} 已经有任务。", way_on="请换一个序号。", field="tasks") from None
    _assign(row, told.departments)


def _assign(task: Task, departments: Sequence[Department]) -> None:
    for one in departments:
        if one.institution_kind and one.institution_kind not in kinds.INSTITUTION_KINDS:
            raise BadInput("没有这类机构。", field="departments")
        if one.institution is not None:
            providers_queries.institution(one.institution)
        TaskDepartment.objects.get_or_create(
            task=task,
            name=clean.text(one.name, field="departments", most=60, least=2),
            defaults={
                "institution_id": one.institution,
                "institution_kind": one.institution_kind,
            },
        )


@transaction.atomic
def set_term(*, task_id: UUID, due_on: date | None, reason: str, actor: Actor) -> None:
    """This will give a task another last day, with the reason. Keepers only."""
    task = access.task_for(actor, task_id, lock=True)
    access.require_keeper(actor, task.task_force.county_code)
    why = clean.text(reason, field="reason", most=200, least=2)
    task.due_on = due_on
    task.save(update_fields=["due_on"])
    trail_actions.record(
        events.TaskRevised(changed="完成时限", reason=why, **_about(task)), actor=actor
    )


@transaction.atomic
def move_task(
    *, task_id: UUID, verb: str, words: str, percent: int = 0, late_reason: str = "", actor: Actor
) -> None:
    """This will report, finish, verify, send back, stop or resume a task, as the flow allows.

    A task past its last day needs the reason. Refuses NotFound, NotAllowed, BadInput.
    """
    task = access.task_for(actor, task_id, lock=True)
    own = actor.account_id
    row = flow.COURSE.refuse(
        verb,
        task.state,
        access.standing_of(actor, task),
        reporter=own is not None and task.reported_by == own,
    )
    said = clean.text(words, field="words", most=2000, least=2)
    why = clean.text(late_reason, field="late_reason", most=500)
    _refuse_open_steps(task, verb)
    late = flow.is_late(task.state, task.due_on, clock.today())
    if late and verb in ("report", "finish") and not why:
        raise BadInput(
            "这项任务已超过完成时限，请写明原因。", way_on="写明原因后再报告。", field="late_reason"
        )
    task.percent = _percent(row, percent, task.percent)
    task.state = row.to
    task.reported_by = own if verb == "finish" else task.reported_by
    _save_moved(task)
    TaskReport.objects.create(
        id=new_id(), task=task, at=clock.now(), verb=verb, account=own, org=actor.org_id,
        label=actor.label[:80] if actor.kind == "staff" else "", words=said, late_reason=why,
        percent=task.percent,
    )  # fmt: skip
    moved = events.TaskMoved(verb=verb, deed=row.label, percent=task.percent, **_about(task))
    trail_actions.record(moved, actor=actor)


def _refuse_open_steps(task: Task, verb: str) -> None:
    open_ = TaskStep.objects.filter(task=task, done_on__isnull=True).count()
    if verb == "finish" and open_:
        raise Clash(f"还有 {open_} 个步骤没有完成，不能报告完成。", way_on="请先逐个登记步骤完成。")


@transaction.atomic
def plan_step(
    *, task_id: UUID, measure: str, from_on: date, due_on: date, words: str = "", actor: Actor
) -> UUID:
    """This will add a step to a task: the measure it carries out, from when until when.

    By keepers and the departments that answer for the task. Refuses BadInput an end before its
    beginning, NotAllowed a task that does not go on.
    """
    task = _going(task_id, actor)
    if due_on < from_on:
        raise BadInput("完成日期早于开始日期。", way_on="请改正日期。", field="due_on")
    most = TaskStep.objects.filter(task=task).aggregate(most=Max("no"))["most"] or 0
    row = TaskStep.objects.create(
        id=new_id(), task=task, no=most + 1, from_on=from_on, due_on=due_on,
        measure=clean.text(measure, field="measure", most=200, least=2),
        words=clean.text(words, field="words", most=500),
    )  # fmt: skip
    planned = events.StepPlanned(no=row.no, due_on=due_on, **_about(task))
    trail_actions.record(planned, actor=actor)
    return row.id


@transaction.atomic
def finish_step(
    *, task_id: UUID, step_id: UUID, done_on: date, late_reason: str = "", actor: Actor
) -> None:
    """This will say that a step was done on a day; after its last day only with the reason."""
    task = _going(task_id, actor)
    row = TaskStep.objects.select_for_update().filter(pk=step_id, task=task, done_on=None).first()
    if row is None:
        raise NotFound("没有这个步骤，或已经完成")
    if done_on > clock.today():
        raise BadInput("完成日期还没有到。", way_on="请改正日期。", field="done_on")
    why = clean.text(late_reason, field="late_reason", most=500)
    late = done_on > row.due_on
    if late and len(why) < 2:
        raise BadInput(
            "这个步骤已超过完成日期，请写明原因。", way_on="写明原因后再登记。", field="late_reason"
        )
    row.done_on, row.late_reason = done_on, why
    row.save(update_fields=["done_on", "late_reason"])
    done = events.StepDone(no=row.no, done_on=done_on, late=late, **_about(task))
    trail_actions.record(done, actor=actor)


def _going(task_id: UUID, actor: Actor) -> Task:
    """A task that goes on, locked, to whose steps the actor may write."""
    task = access.task_for(actor, task_id, lock=True)
    if not access.standing_of(actor, task):
        raise NotAllowed("这项任务不由您办理", way_on="请联系任务的责任科室（所）或工作专班。")
    if task.state not in flow.GOING:
        raise NotAllowed(f"这项任务现在是“{flow.STATES[task.state]}”，不能改步骤")
    return task


def _save_moved(task: Task) -> None:
    try:
        with transaction.atomic():
            task.save(update_fields=["state", "percent", "reported_by"])
    except IntegrityError:  # the point it came from has another task by now
        raise Clash("这一条已经另有任务。", way_on="请到任务清单查看。") from None


def _percent(row: Row, told: int, before: int) -> int:
    if row.verb in ("finish", "verify"):
        return 100
    if row.verb != "report":
        return min(before, 99)
    if not 0 <= told <= 99:
        raise BadInput(
            "进度应为 0 到 99；做完了请选“报告完成”。", way_on="请改正进度。", field="percent"
        )
    return told


def _force(ref: UUID, actor: Actor) -> TaskForce:
    row = access.force_for(actor, ref, lock=True)
    access.require_keeper(actor, row.county_code)
    if row.ended_on is not None:
        raise Clash(f"“{row.name}”已于 {row.ended_on:%Y-%m-%d} 撤销。", way_on="请另立工作专班。")
    return row


def _about(task: Task) -> dict[str, Any]:
    return {
        "task_id": task.id,
        "title": task.title,
        "region_code": task.task_force.county_code,
    }


def _record(kind: type[events._OfForce], force: TaskForce, actor: Actor, **more: object) -> None:
    facts: dict[str, Any] = {
        "task_force_id": force.id,
        "name": force.name,
        "region_code": force.county_code,
    }
    trail_actions.record(kind(**(facts | more)), actor=actor)
