"""Supervision during and after a task: attendance, spot calls, ratings, incidents (A17.5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.providers import access_volunteers as reach
from yike.rooms.providers import entry, events, volunteer_rules
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import (
    VolunteerCall,
    VolunteerHonour,
    VolunteerIncident,
    VolunteerSignUp,
)
from yike.rooms.providers.queries.volunteers import rules_of, total_of
from yike.rooms.providers.volunteer_turns import about, moved
from yike.rooms.trail import actions as trail_actions

#: one may come so long before a task begins
_EARLY = timedelta(hours=2)


@transaction.atomic
def check_in_volunteer(*, sign_up_id: UUID, actor: Actor) -> None:
    """This will note that a volunteer came, by those who see to the task; server time only.

    Refuses NotAllowed earlier than two hours before it begins, after its end, and unconfirmed.
    """
    row = reach.sign_up_for(actor, sign_up_id)
    now = clock.now()
    if row.state != "confirmed":
        raise NotAllowed(f"{words.SIGN_UPS[row.state]}，不能签到", way_on="请先确认报名。")
    if not row.task.from_at - _EARLY <= now <= row.task.until_at:
        raise NotAllowed("现在不在任务时间内", way_on="开始前两小时到结束之间可以签到。")
    row.state, row.came_at = "came", now
    row.save(update_fields=["state", "came_at"])
    moved(row, actor)


@transaction.atomic
def check_out_volunteer(*, sign_up_id: UUID, actor: Actor, left_at: datetime | None = None) -> int:
    """This will note that a volunteer left, count minutes and points, and return the minutes.

    What counts ends an hour after the plan. `left_at`: when that was noted later. Honours reached
    are given at once.
    """
    row = reach.sign_up_for(actor, sign_up_id)
    if row.state != "came" or row.came_at is None:
        raise NotAllowed(f"{words.SIGN_UPS[row.state]}，不能签退", way_on="请先签到。")
    end = left_at or clock.now()
    if not row.came_at <= end <= clock.now():
        raise BadInput("签退时间应在签到之后、现在之前", field="left_at")
    planned = row.task.until_at - max(row.task.from_at, row.came_at)
    there = end - max(row.task.from_at, row.came_at)
    row.state, row.left_at = "done", end
    row.minutes = volunteer_rules.counted(_minutes(there), max(0, _minutes(planned)))
    _reckon(row)
    row.save(update_fields=["state", "left_at", "minutes", "points"])
    moved(row, actor, told=f"，计 {row.minutes} 分钟、{row.points} 分")
    _honour(row, actor)
    return row.minutes


@transaction.atomic
def mark_volunteer_absent(*, sign_up_id: UUID, actor: Actor, reason: str = "") -> None:
    """This will note that a confirmed volunteer did not come."""
    row = reach.sign_up_for(actor, sign_up_id)
    if row.state != "confirmed" or clock.now() < row.task.from_at:
        raise NotAllowed("任务开始后，才能把已确认的人标为没有到")
    row.state, row.words = "absent", entry.line(reason, "reason")
    row.save(update_fields=["state", "words"])
    moved(row, actor, told=f"：{row.words}" if row.words else "")


@transaction.atomic
def record_spot_call(*, task_id: UUID, outcome: str, actor: Actor, told: str = "") -> int:
    """This will write down a spot call during a task or afterwards.

    Anything but "well" needs words.
    """
    task = reach.task_for(actor, task_id)
    now = clock.now()
    if now < task.from_at:
        raise NotAllowed("任务还没有开始，不能抽查")
    entry.one_of(outcome, words.CALL_OUTCOMES, "outcome", "结果")
    said = clean.text(told, field="told", most=500)
    if outcome != "well" and not said:
        raise BadInput("请写明情况", field="told")
    made = VolunteerCall(
        task=task, called_at=now, caller=(actor.label or "系统")[:60], outcome=outcome, words=said
    )
    made.save(force_insert=True)
    called = events.VolunteerCalled(**about(task), outcome=words.CALL_OUTCOMES[outcome])
    trail_actions.record(called, actor=actor)
    return made.pk


@transaction.atomic
def rate_volunteer(*, sign_up_id: UUID, level: int, actor: Actor, told: str = "") -> None:
    """This will write down how the client found the service: 5 best … 1 worst, once.

    The two bad ones need words. Points are reckoned anew by the rules of the task's day.
    """
    row = reach.sign_up_for(actor, sign_up_id)
    if row.state != "done" or row.rating is not None:
        raise NotAllowed("签退以后评价一次，已评价的不能再改")
    if level not in words.RATINGS:
        raise BadInput("请选择五个等级之一", field="level")
    said = entry.line(told, "told")
    if level <= 2 and not said:
        raise BadInput("不满意的请写明原因", field="told")
    row.rating, row.rating_words = level, said
    _reckon(row)
    row.save(update_fields=["rating", "rating_words", "points"])
    trail_actions.record(
        events.VolunteerRated(
            **about(row.task), sign_up_id=row.pk, volunteer_id=row.volunteer_id,
            level=words.RATINGS[level],
        ),
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def note_incident(
    *,
    task_id: UUID,
    kind: str,
    happened: str,
    due_on: date,
    actor: Actor,
    volunteer_id: UUID | None = None,
) -> UUID:
    """This will write down something that went wrong at a task, to be followed up by a day."""
    task = reach.task_for(actor, task_id)
    if due_on < clock.today():
        raise BadInput("处理期限不能早于今天", field="due_on")
    served = VolunteerSignUp.objects.filter(task=task, volunteer=volunteer_id)
    if volunteer_id and not served.exists():
        raise NotFound("这名志愿者没有参加这个任务")
    row = VolunteerIncident(
        task=task, volunteer_id=volunteer_id,
        kind=entry.one_of(kind, words.INCIDENTS, "kind", "类别"),
        happened=clean.text(happened, field="happened", most=2000, least=4),
        noted_at=clock.now(), due_on=due_on,
    )  # fmt: skip
    row.save(force_insert=True)
    noted = events.VolunteerIncidentNoted(
        **about(task), incident_id=row.pk, what=words.INCIDENTS[kind], due_on=due_on
    )
    trail_actions.record(noted, actor=actor)
    return row.pk


@transaction.atomic
def close_incident(*, incident_id: UUID, follow_up: str, actor: Actor) -> None:
    """This will say what was done about an incident, and close it."""
    row = reach.incident_for(actor, incident_id)
    if row.closed_on is not None:
        raise NotAllowed("这条事故已经处理完毕")
    row.follow_up = clean.text(follow_up, field="follow_up", most=2000, least=4)
    row.closed_on = clock.today()
    row.save(update_fields=["follow_up", "closed_on"])
    closed = events.VolunteerIncidentClosed(
        **about(row.task), incident_id=row.pk, what=words.INCIDENTS[row.kind]
    )
    trail_actions.record(closed, actor=actor)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _reckon(row: VolunteerSignUp) -> None:
    rules = rules_of(row.task.region_id, on=row.task.from_at.astimezone(clock.CIVIL).date())
    row.points = volunteer_rules.points(row.minutes, row.rating, rules)


def _honour(row: VolunteerSignUp, actor: Actor) -> None:
    rules = rules_of(row.task.region_id)
    reached = volunteer_rules.honours(total_of(row.volunteer_id).minutes, rules.honours)
    held = set(
        VolunteerHonour.objects.filter(volunteer=row.volunteer_id).values_list("name", flat=True)
    )
    for name in reached:
        if name not in held:
            VolunteerHonour(
                volunteer_id=row.volunteer_id, name=name, reached_on=clock.today()
            ).save(force_insert=True)
            given = events.VolunteerHonoured(
                volunteer_id=row.volunteer_id, region_code=row.volunteer.region_id, honour=name
            )
            trail_actions.record(given, actor=actor)
