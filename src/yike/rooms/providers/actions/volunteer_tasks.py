"""Tasks for volunteers: posted, signed up for, confirmed, with a waiting list (A17.4, A17.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.people import sealing
from yike.rooms.providers import access, entry, events
from yike.rooms.providers import access_volunteers as reach
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import (
    Volunteer,
    VolunteerBrief,
    VolunteerSignUp,
    VolunteerTask,
)
from yike.rooms.providers.queries.volunteer_fitness import barred
from yike.rooms.providers.queries.volunteer_tasks import places_taken
from yike.rooms.providers.volunteer_turns import about, moved, take_turns
from yike.rooms.regions import coordinates
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def post_task(
    *,
    title: str,
    what: str,
    region_code: str,
    where: str,
    from_at: datetime,
    until_at: datetime,
    places: int,
    actor: Actor,
    directions: Sequence[str] = (),
    specialties: Sequence[str] = (),
    languages: Sequence[str] = (),
    point: coordinates.Point | None = None,
    team_id: UUID | None = None,
    matter: str = "",
    brief: str = "",
    client_phone: str = "",
    demo: bool = False,
) -> UUID:
    """This will publish a task that volunteers may sign up for.

    Title, `what` and `where` are public; `matter`, `brief` and whose telephone it is about are for
    those only who are given the task. `point`: WGS84, the middle of the region when not told.
    Refuses BadInput an end before its beginning, no places, or more than 200.
    """
    access.require_registrar(actor, region_code)
    if until_at <= from_at:
        raise BadInput("结束时间应晚于开始时间", field="until_at")
    if not 1 <= places <= 200:
        raise BadInput("需要的人数应在 1 到 200 之间", field="places")
    centre = point or region_queries.region(region_code).point
    row = VolunteerTask(
        title=entry.filled(title, "title", "任务", most=100),
        what=clean.text(what, field="what", most=2000, least=4),
        region_id=region_code,
        where=entry.filled(where, "where", "地点"),
        lon=centre[0] if centre else None,
        lat=centre[1] if centre else None,
        from_at=from_at,
        until_at=until_at,
        places=places,
        directions=[
            entry.one_of(one, words.DIRECTIONS, "directions", "志愿方向") for one in directions
        ],
        specialties=entry.words(specialties, "specialties"),
        languages=entry.words(languages, "languages"),
        team_id=team_id,
        state="open",
        demo=demo,
    )
    row.save(force_insert=True)
    VolunteerBrief(
        task=row,
        matter=entry.line(matter, "matter", most=20),
        words=clean.text(brief, field="brief", most=2000),
        client_index=sealing.phone_index(client_phone) if client_phone.strip() else "",
    ).save(force_insert=True)
    trail_actions.record(events.VolunteerTaskPosted(**about(row), places=places), actor=actor)
    return row.pk


@transaction.atomic
def sign_up(*, task_id: UUID, volunteer_id: UUID, actor: Actor) -> UUID:
    """This will sign a volunteer up: for a place while there is one, else for the waiting list.

    One at a time for each task, so a last place is given once. By the volunteer, or by those who
    see to the task. Refuses NotAllowed whoever may not serve, Clash who signed up already.
    """
    person = reach.volunteer_or_self(actor, volunteer_id)
    task = VolunteerTask.objects.filter(pk=task_id).first()
    if task is None:
        raise NotFound("没有这个志愿服务任务")
    if not reach.is_self(actor, person):
        reach.require_organiser(actor, task.region_id)
    take_turns(task_id)
    task.refresh_from_db()
    now = clock.now()
    if task.state != "open" or task.from_at <= now:
        raise NotAllowed("这个任务已经不再招募", way_on="请看看其他招募中的任务。")
    _refuse_barred(person, task)
    state = "asked" if places_taken(task_id) < task.places else "waiting"
    row = VolunteerSignUp(task=task, volunteer=person, state=state, asked_at=now)
    entry.insert(row, "已经报过名")
    told = events.VolunteerSignedUp(
        **about(task), sign_up_id=row.pk, volunteer_id=person.pk, state=words.SIGN_UPS[state]
    )
    trail_actions.record(told, actor=actor)
    return row.pk


@transaction.atomic
def confirm_sign_up(*, sign_up_id: UUID, actor: Actor) -> None:
    """This will give a task to a volunteer who has a place; from now on they may see its brief.

    Refuses NotAllowed without the undertaking in force, with another task at the same time, or
    when the task is about somebody close to them.
    """
    row = reach.sign_up_for(actor, sign_up_id)
    _only(row, "asked")
    _refuse_barred(row.volunteer, row.task, confirming=True)
    row.state, row.confirmed_at = "confirmed", clock.now()
    row.save(update_fields=["state", "confirmed_at"])
    moved(row, actor)


@transaction.atomic
def decline_sign_up(*, sign_up_id: UUID, reason: str, actor: Actor) -> None:
    """This will not choose a volunteer; the place goes to the next who waits."""
    row = reach.sign_up_for(actor, sign_up_id)
    _only(row, "asked", "waiting", "confirmed")
    _free(row, "declined", entry.filled(reason, "reason", "原因"), actor)


@transaction.atomic
def withdraw_sign_up(*, sign_up_id: UUID, actor: Actor, reason: str = "") -> None:
    """This will take a sign-up back, by the volunteer or for them; the next who waits moves up."""
    row = reach.sign_up_or_self(actor, sign_up_id)
    _only(row, "asked", "waiting", "confirmed")
    _free(row, "withdrawn", entry.line(reason, "reason") or "本人退出", actor)


@transaction.atomic
def fill_places(*, task_id: UUID, actor: Actor) -> int:
    """This will give free places to those who wait, in their order; returns how many. House only.

    Whoever may not serve any more is passed over and keeps waiting.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以递补")
    take_turns(task_id)
    task = VolunteerTask.objects.filter(pk=task_id, state__in=["open", "full"]).first()
    if task is None or task.from_at <= clock.now():
        return 0
    free = task.places - places_taken(task_id)
    waiting = VolunteerSignUp.objects.filter(task=task, state="waiting").select_related(
        "task", "volunteer"
    )
    fit = [row for row in waiting.order_by("asked_at", "id") if not barred(row.volunteer, task)]
    for row in fit[: max(0, free)]:
        row.state = "asked"
        row.save(update_fields=["state"])
        moved(row, actor, told="，由候补递补")
    return len(fit[: max(0, free)])


@transaction.atomic
def move_task(*, task_id: UUID, to: str, actor: Actor, reason: str = "") -> None:
    """This will stop or resume recruiting, end a task or call it off.

    `to`: "open", "full", "done" or "cancelled". Ending needs that everybody has left or was absent;
    calling off needs a reason, and nobody who came already.
    """
    reach.task_to_keep(actor, task_id)
    take_turns(task_id)
    task = VolunteerTask.objects.select_for_update().get(pk=task_id)
    entry.one_of(to, words.TASK_STATES, "to", "状态")
    if task.state in ("done", "cancelled") or to == task.state:
        raise NotAllowed(f"这个任务{words.TASK_STATES[task.state]}，不能再改")
    rows = VolunteerSignUp.objects.filter(task=task)
    why = entry.line(reason, "reason")
    if to == "done":
        _refuse_unfinished(task)
    if to == "cancelled":
        why = entry.filled(reason, "reason", "取消原因")
        if rows.filter(state__in=["came", "done"]).exists():
            raise NotAllowed("已经有人签到，不能取消", way_on="请签退后结束任务。")
    if to in ("done", "cancelled"):
        rows.filter(state__in=["asked", "waiting", "confirmed"]).update(
            state="declined", words="任务取消" if to == "cancelled" else "任务已结束"
        )
    task.state, task.end_reason = to, why if to == "cancelled" else ""
    task.save(update_fields=["state", "end_reason"])
    told = events.VolunteerTaskMoved(
        **about(task), state=words.TASK_STATES[to], told=f"（{why}）" if why else ""
    )
    trail_actions.record(told, actor=actor)


def _free(row: VolunteerSignUp, state: str, reason: str, actor: Actor) -> None:
    VolunteerSignUp.objects.filter(pk=row.pk).update(state=state, words=reason)
    trail_actions.record(
        events.VolunteerPlaceFreed(
            **about(row.task), sign_up_id=row.pk, volunteer_id=row.volunteer_id,
            state=words.SIGN_UPS[state], reason=reason,
        ),
        actor=actor,
    )  # fmt: skip


def _refuse_barred(person: Volunteer, task: VolunteerTask, *, confirming: bool = False) -> None:
    why = barred(person, task, confirming=confirming)
    if why:
        raise NotAllowed(f"{person.name}不能承担这个任务：{why}", way_on="请先处理，或安排其他人。")


def _refuse_unfinished(task: VolunteerTask) -> None:
    if clock.now() < task.from_at:
        raise NotAllowed("任务还没有开始", way_on="不再举行的任务请取消。")
    if VolunteerSignUp.objects.filter(task=task, state__in=["confirmed", "came"]).exists():
        raise NotAllowed("还有人没有签退", way_on="请逐人签退，没有到的标为没有到。")


def _only(row: VolunteerSignUp, *states: str) -> None:
    if row.state not in states:
        raise NotAllowed(
            f"这个报名{words.SIGN_UPS[row.state]}，不能这样做",
            way_on="请刷新页面查看现在的状态。",
        )
