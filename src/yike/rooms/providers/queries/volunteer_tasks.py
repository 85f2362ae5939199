"""Tasks for volunteers: what is open, who signed up, who suits, what was found afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import (
    VolunteerBrief,
    VolunteerCall,
    VolunteerIncident,
    VolunteerSignUp,
    VolunteerTask,
)
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class VolunteerTaskRow:
    """One task, as anybody may see it while it recruits."""

    id: UUID
    title: str
    what: str
    region_code: str
    where: str
    from_at: datetime
    until_at: datetime
    places: int
    taken: int
    directions: tuple[str, ...]
    direction_names: tuple[str, ...]
    specialties: tuple[str, ...]
    languages: tuple[str, ...]
    team_id: UUID | None
    state: str
    state_name: str
    end_reason: str
    demo: bool

    @property
    def left(self) -> int:
        """Places that are still free."""
        return max(0, self.places - self.taken)


@dataclass(frozen=True, kw_only=True)
class SignUpRow:
    """One volunteer's part in a task."""

    id: UUID
    task_id: UUID
    task_title: str
    volunteer_id: UUID
    name: str
    state: str
    state_name: str
    asked_at: datetime
    came_at: datetime | None
    left_at: datetime | None
    minutes: int
    points: int
    rating: int | None
    rating_name: str
    rating_words: str
    words: str


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """One spot call."""

    called_at: datetime
    caller: str
    outcome: str
    outcome_name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class IncidentRow:
    """Something that went wrong, and what was done."""

    id: UUID
    task_id: UUID
    task_title: str
    name: str
    kind_name: str
    happened: str
    noted_at: datetime
    due_on: date
    follow_up: str
    closed_on: date | None
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class BriefFace:
    """What those need who were given the task."""

    matter: str
    words: str


@dataclass(frozen=True, kw_only=True)
class VolunteerTaskFace:
    """A task with sign-ups, supervision, and the brief where the actor may see it."""

    row: VolunteerTaskRow
    sign_ups: tuple[SignUpRow, ...]
    calls: tuple[CallRow, ...]
    incidents: tuple[IncidentRow, ...]
    #: None: not for this actor
    brief: BriefFace | None


def places_taken(task_id: UUID) -> int:
    """This will return how many places of a task are held; for anybody, without saying by whom."""
    with connection.cursor() as cursor:
        cursor.execute("select providers_places_taken(%s)", [task_id])
        return int(cursor.fetchone()[0])


def open_tasks(
    span: tuple[str, str], *, direction: str = "", region_code: str = ""
) -> tuple[VolunteerTaskRow, ...]:
    """This will return the tasks that recruit and have not begun, soonest first; for anybody."""
    rows = _tasks(span).filter(state="open", from_at__gt=clock.now())
    rows = rows.filter(directions__contains=[direction]) if direction else rows
    if region_code:
        inside = codes.span(region_code)
        rows = rows.filter(region__code__gte=inside[0], region__code__lt=inside[1])
    return _rows(rows.order_by("from_at", "id"))


def volunteer_tasks_in(
    span: tuple[str, str], *, state: str = "", limit: int = 200
) -> tuple[VolunteerTaskRow, ...]:
    """This will return the tasks of a range of codes, newest first; those the actor may see."""
    rows = _tasks(span)
    rows = rows.filter(state=state) if state else rows
    return _rows(rows.order_by("-from_at", "-id")[:limit])


def task_states(span: tuple[str, str]) -> dict[str, int]:
    """This will count the tasks of a range of codes by state."""
    counted = _tasks(span).order_by().values_list("state").annotate(n=Count("id"))
    return {str(state): int(n) for state, n in counted}


def public_task(task_id: UUID) -> VolunteerTaskRow:
    """This will return one task that anybody may see. Refuses NotFound."""
    found = _rows(VolunteerTask.objects.filter(pk=task_id))
    if not found:
        raise NotFound("没有这个志愿服务任务")
    return found[0]


def volunteer_task(task_id: UUID) -> VolunteerTaskFace:
    """This will return a task with all that hangs on it, as far as row security shows it."""
    row = public_task(task_id)
    brief = VolunteerBrief.objects.filter(pk=task_id).first()
    calls = VolunteerCall.objects.filter(task=task_id)
    return VolunteerTaskFace(
        row=row,
        sign_ups=_sign_ups(VolunteerSignUp.objects.filter(task=task_id)),
        calls=tuple(
            CallRow(
                called_at=one.called_at, caller=one.caller, outcome=one.outcome,
                outcome_name=words.CALL_OUTCOMES[one.outcome], words=one.words,
            )
            for one in calls
        ),
        incidents=_incidents(VolunteerIncident.objects.filter(task=task_id)),
        brief=BriefFace(matter=brief.matter, words=brief.words) if brief else None,
    )  # fmt: skip


def sign_ups_of(volunteer_id: UUID, *, limit: int = 100) -> tuple[SignUpRow, ...]:
    """This will return what a volunteer signed up for, newest first."""
    rows = VolunteerSignUp.objects.filter(volunteer=volunteer_id)
    return tuple(reversed(_sign_ups(rows)))[:limit]


def open_incidents(span: tuple[str, str]) -> tuple[IncidentRow, ...]:
    """This will return the incidents that nobody closed yet, the most urgent first."""
    rows = VolunteerIncident.objects.filter(
        task__region__code__gte=span[0], task__region__code__lt=span[1], closed_on__isnull=True
    )
    return _incidents(rows)


def _tasks(span: tuple[str, str]) -> QuerySet[VolunteerTask]:
    return VolunteerTask.objects.filter(region__code__gte=span[0], region__code__lt=span[1])


def _rows(rows: QuerySet[VolunteerTask]) -> tuple[VolunteerTaskRow, ...]:
    found = list(rows)
    taken = _taken([row.pk for row in found])
    return tuple(_row(row, taken.get(row.pk, 0)) for row in found)


def _taken(ids: Iterable[UUID]) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select one, providers_places_taken(one) from unnest(%s::uuid[]) one", [list(ids)]
        )
        return {one: int(n) for one, n in cursor.fetchall()}


def _row(row: VolunteerTask, taken: int) -> VolunteerTaskRow:
    return VolunteerTaskRow(
        id=row.pk,
        title=row.title,
        what=row.what,
        region_code=row.region_id,
        where=row.where,
        from_at=row.from_at,
        until_at=row.until_at,
        places=row.places,
        taken=taken,
        directions=tuple(row.directions),
        direction_names=tuple(words.DIRECTIONS[one] for one in row.directions),
        specialties=tuple(row.specialties),
        languages=tuple(row.languages),
        team_id=row.team_id,
        state=row.state,
        state_name=words.TASK_STATES[row.state],
        end_reason=row.end_reason,
        demo=row.demo,
    )


def _sign_ups(rows: QuerySet[VolunteerSignUp]) -> tuple[SignUpRow, ...]:
    return tuple(
        SignUpRow(
            id=one.pk,
            task_id=one.task_id,
            task_title=one.task.title,
            volunteer_id=one.volunteer_id,
            name=one.volunteer.name,
            state=one.state,
            state_name=words.SIGN_UPS[one.state],
            asked_at=one.asked_at,
            came_at=one.came_at,
            left_at=one.left_at,
            minutes=one.minutes,
            points=one.points,
            rating=one.rating,
            rating_name=words.RATINGS.get(one.rating or 0, ""),
            rating_words=one.rating_words,
            words=one.words,
        )
        for one in rows.select_related("task", "volunteer").order_by("asked_at", "id")
    )


def _incidents(rows: QuerySet[VolunteerIncident]) -> tuple[IncidentRow, ...]:
    today = clock.today()
    return tuple(
        IncidentRow(
            id=one.pk,
            task_id=one.task_id,
            task_title=one.task.title,
            name=one.volunteer.name if one.volunteer else "",
            kind_name=words.INCIDENTS[one.kind],
            happened=one.happened,
            noted_at=one.noted_at,
            due_on=one.due_on,
            follow_up=one.follow_up,
            closed_on=one.closed_on,
            overdue=one.closed_on is None and one.due_on < today,
        )
        for one in rows.select_related("task", "volunteer").order_by("due_on", "id")
    )
