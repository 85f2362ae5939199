"""Tasks for volunteers: what is open, who signed up, who suits, what was found afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import volunteer_matching, volunteer_rules
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import (
    Volunteer,
    VolunteerBrief,
    VolunteerCall,
    VolunteerIncident,
    VolunteerSignUp,
    VolunteerTask,
)
from yike.rooms.providers.queries.keeping import relations_of
from yike.rooms.providers.queries.volunteers import (
    VolunteerRow,
    rules_of,
    undertaken,
    volunteers_in,
)
from yike.rooms.providers.volunteer_matching import Candidate, Match, Need
from yike.rooms.regions import codes, coordinates
from yike.rooms.regions import queries as region_queries

#: services of the last so many days count as load
_RECENT = timedelta(days=90)


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


@dataclass(frozen=True, kw_only=True)
class Suited:
    """A volunteer with what speaks for and against them."""

    volunteer: VolunteerRow
    match: Match


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


def suited_for(task_id: UUID, *, limit: int = 20) -> tuple[Suited, ...]:
    """This will rank the serving volunteers of the county for a task, with reasons.

    Who signed up already is left out; barred ones stand last and say why.
    """
    task = VolunteerTask.objects.filter(pk=task_id).first()
    if task is None:
        raise NotFound("没有这个志愿服务任务")
    span = codes.span(codes.at_level(task.region_id, "county"))
    known = set(
        VolunteerSignUp.objects.filter(task=task, state__in=words.LIVE).values_list(
            "volunteer", flat=True
        )
    )
    people = {
        row.id: row
        for state in words.SERVING
        for row in volunteers_in(span, state=state)
        if row.id not in known
    }
    found = volunteer_matching.rank(_need(task), _candidates(task, list(people.values())))
    return tuple(Suited(volunteer=people[one.id], match=one) for one in found[:limit])


def barred(person: Volunteer, task: VolunteerTask, *, confirming: bool = False) -> str:
    """This will say why a volunteer may not be given a task, or "".

    State, undertaking in force, another task at the same time; when it is confirmed also whether
    the task is about themselves or somebody they declared close (by telephone, blind).
    """
    if person.state not in words.SERVING:
        return f"现在是“{words.STATES[person.state]}”"
    rules = rules_of(person.region_id)
    if not undertaken([person.pk], rules.undertaking_version):
        return _unsigned(rules)
    if person.pk in _busy(task, [person.pk]):
        return "同一时间已承担另一个任务"
    return _close(person, task) if confirming else ""


def _unsigned(rules: volunteer_rules.Rules) -> str:
    return f"没有签署现行的保密和回避承诺书（{rules.undertaking_version} 版）"


def _close(person: Volunteer, task: VolunteerTask) -> str:
    brief = VolunteerBrief.objects.filter(pk=task.pk).first()
    if brief is None or not brief.client_index:
        return ""
    if brief.client_index == person.phone_index:
        return "服务对象就是本人，应当回避"
    if person.practitioner_id is None:
        return ""
    for one in relations_of([person.practitioner_id]).get(person.practitioner_id, ()):
        if one.index_kind == "phone" and one.index == brief.client_index:
            return f"服务对象是本人申报的{one.relation}，应当回避"
    return ""


def _busy(task: VolunteerTask, ids: Sequence[UUID]) -> frozenset[UUID]:
    rows = VolunteerSignUp.objects.filter(
        volunteer__in=ids, state__in=["confirmed", "came"], task__from_at__lt=task.until_at,
        task__until_at__gt=task.from_at,
    )  # fmt: skip
    return frozenset(rows.exclude(task=task).values_list("volunteer", flat=True))


def _need(task: VolunteerTask) -> Need:
    local = task.from_at.astimezone(clock.CIVIL)
    return Need(
        directions=tuple(task.directions),
        specialties=tuple(task.specialties),
        languages=tuple(task.languages),
        part=words.part_of_day(local.weekday(), local.hour),
    )


def _candidates(task: VolunteerTask, people: Sequence[VolunteerRow]) -> list[Candidate]:
    ids = [row.id for row in people]
    busy = _busy(task, ids)
    since = clock.now() - _RECENT
    served = VolunteerSignUp.objects.filter(
        volunteer__in=ids, state="done", left_at__gte=since
    ).order_by()
    recent = dict(served.values_list("volunteer").annotate(n=Count("id")))
    homes = region_queries.regions_of({row.region_code for row in people})
    rules = rules_of(task.region_id)
    made = []
    for row in people:
        why = "" if row.undertaken else _unsigned(rules)
        why = why or ("同一时间已承担另一个任务" if row.id in busy else "")
        home = homes.get(row.region_code)
        made.append(
            Candidate(
                id=row.id, directions=row.directions, specialties=row.specialties,
                languages=row.languages, here=_here(row, task), barred=why,
                km=_km(home.point if home else None, task), availability=row.availability,
                recent=int(recent.get(row.id, 0)),
            )
        )  # fmt: skip
    return made


def _here(row: VolunteerRow, task: VolunteerTask) -> bool:
    areas = row.areas or (codes.at_level(row.region_code, "town"),)
    return any(codes.within(task.region_id, codes.span(area)) for area in areas)


def _km(home: coordinates.Point | None, task: VolunteerTask) -> float | None:
    if home is None or task.lon is None or task.lat is None:
        return None
    return coordinates.distance_m(home, (task.lon, task.lat)) / 1000


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
