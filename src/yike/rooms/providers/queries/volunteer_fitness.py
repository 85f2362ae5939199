"""Who may be given a task of volunteers, and who suits it best, with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import volunteer_matching, volunteer_rules
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import (
    Volunteer,
    VolunteerBrief,
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
class Suited:
    """A volunteer with what speaks for and against them."""

    volunteer: VolunteerRow
    match: Match


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
