"""What the desk's pages of duty show: rosters as week grids, one's own duty, what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from yike.engines import roster as engine
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.duty import access, planning, words
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.duty.models import OF_OPEN_POSTS, Post, Roster, Shift
from yike.rooms.duty.queries.rows import shift_row
from yike.rooms.providers import queries as providers_queries


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One roster in the list of a county."""

    id: UUID
    from_on: date
    last_on: date
    state: str
    state_name: str
    work: str
    work_name: str
    progress: str
    unverified: bool
    shifts: int
    empty: int

    @property
    def working(self) -> bool:
        """Whether the engine is at it."""
        return self.work in ("waiting", "solving")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One post on one day of a week."""

    day: date
    shifts: tuple[ShiftRow, ...]
    rest: bool


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """One post through a week."""

    post_id: UUID
    post_name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class RosterPage:
    """One roster, a week of it as a grid, and what the engine found."""

    row: RosterRow
    county: str
    monday: date
    weeks: tuple[date, ...]
    days: tuple[date, ...]
    rows: tuple[GridRow, ...]
    #: what nobody can stand: post, day, hours, why, repairs
    impossible: tuple[dict[str, object], ...]
    gap_percent: float | None
    seconds: float | None
    proven: bool
    #: time was up before the plan was near the bound: more time may fill what is empty
    cut_short: bool
    moves: int


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Somebody who could stand a shift, or why not."""

    practitioner_id: UUID
    name: str
    institution: str
    load: float
    why_not: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShiftPage:
    """One shift with everybody who could stand it."""

    shift: ShiftRow
    roster_state: str
    needs: str
    free: tuple[Choice, ...]
    barred: tuple[Choice, ...]
    over: bool


@dataclass(frozen=True, kw_only=True)
class FairRow:
    """One person's duty in a quarter."""

    practitioner_id: UUID
    name: str
    shifts: int
    nights: int
    rest_days: int
    backups: int
    absences: int
    weight: float


def rosters(county: str) -> tuple[RosterRow, ...]:
    """This will list the rosters of a county one may see, the latest first."""
    return _roster_rows(Roster.objects.filter(county_code=county).order_by("-from_on", "-made_at"))


def roster_page(roster_id: UUID, *, week: date | None = None) -> RosterPage:
    """This will return one roster with the week that holds a day (today, or its first)."""
    found = Roster.objects.filter(pk=roster_id).first()
    if found is None:
        raise NotFound("没有这张值班表。", way_on="请从值班表清单重新进入。")
    row = _roster_rows([found])[0]
    first = _monday(row.from_on)
    weeks = tuple(first + timedelta(weeks=n) for n in range(((row.last_on - first).days // 7) + 1))
    asked = _monday(week or clock.today())
    monday = asked if asked in weeks else first
    facts = found.facts
    return RosterPage(
        row=row,
        county=found.county_code,
        monday=monday,
        weeks=weeks,
        days=tuple(monday + timedelta(days=n) for n in range(7)),
        rows=_grid(found, monday),
        impossible=tuple(facts.get("impossible", ())),
        gap_percent=round(facts["gap"] * 100, 1) if "gap" in facts else None,
        seconds=facts.get("seconds"),
        proven=facts.get("status") == "optimal",
        cut_short=facts.get("status") == "time",
        moves=facts.get("moves", 0),
    )


def shift_page(shift_id: UUID, *, actor: Actor) -> ShiftPage:
    """This will return one shift, who could stand it and why others cannot; for who plans."""
    row = access.shift_for(actor, shift_id)
    access.require_planner(actor, row.county_code)
    choices = _choices(row)
    return ShiftPage(
        shift=shift_row(row),
        roster_state=row.roster.state,
        needs=planning.needs_words(Post.objects.select_related("institution").get(pk=row.post_id)),
        free=tuple(one for one in choices if not one.why_not),
        barred=tuple(one for one in choices if one.why_not),
        over=row.until_at <= clock.now(),
    )


def fairness(county: str, day: date | None = None) -> tuple[FairRow, ...]:
    """This will count the duty of everybody in the quarter of a day (today), most loaded first."""
    since, until = planning.quarter_of(day or clock.today())
    night = Q(from_at__time__gte=time(18)) | Q(until_at__time__lte=time(9))
    rows = Shift.objects.filter(
        county_code=county, public=True, day__gte=since, day__lt=until,
        practitioner_id__isnull=False,
    )  # fmt: skip
    stands = Q(state__in=words.STANDING)
    found = (
        rows.order_by()
        .values("practitioner_id", "name")
        .annotate(
            shifts=Count("id", filter=stands & Q(part="main")),
            nights=Count("id", filter=stands & night & Q(part="main")),
            rest_days=Count("id", filter=stands & Q(day__iso_week_day__gte=6)),
            backups=Count("id", filter=stands & Q(part="backup")),
            absences=Count("id", filter=Q(state__in=("absent", "substituted"))),
        )
    )
    by_id = {one["practitioner_id"]: one for one in found if one["practitioner_id"]}
    load = planning.load_of(by_id, since)
    made = [_fair(who, one, load.get(who, 0.0)) for who, one in by_id.items()]
    return tuple(sorted(made, key=lambda one: (-one.weight, one.name)))


def duty_now(county: str, at: datetime | None = None) -> tuple[ShiftRow, ...]:
    """This will return the shifts of a county that run at an instant (now), unmanned ones too.

    Whoever stands in is shown with whose place they take.
    """
    moment = at or clock.now()
    rows = Shift.objects.select_related("post").filter(
        OF_OPEN_POSTS, county_code=county, public=True, from_at__lte=moment, until_at__gt=moment
    )
    found = list(rows.order_by("post__code", "part", "id"))
    instead = {row.replaced_by_id: row.name for row in found if row.state == "substituted"}
    return tuple(
        replace(shift_row(row), stands_for=instead.get(row.pk, ""))
        for row in found
        if row.state != "substituted"
    )


def _fair(who: UUID, one: Mapping[str, Any], weight: float) -> FairRow:
    return FairRow(**{**one, "practitioner_id": who}, weight=weight)


def _roster_rows(rows: Iterable[Roster]) -> tuple[RosterRow, ...]:
    found = list(rows)
    counts = {
        one["roster_id"]: one
        for one in Shift.objects.filter(roster__in=[row.pk for row in found])
        .order_by()
        .values("roster_id")
        .annotate(
            shifts=Count("id"),
            empty=Count("id", filter=Q(practitioner_id=None) | Q(state="absent")),
        )
    }
    none = {"shifts": 0, "empty": 0}
    return tuple(
        RosterRow(
            id=row.pk,
            from_on=row.from_on,
            last_on=row.until_on - timedelta(days=1),
            state=row.state,
            state_name=words.ROSTER_STATES[row.state],
            work=row.work,
            work_name=words.WORK_STATES[row.work],
            progress=row.progress,
            unverified=row.unverified,
            shifts=counts.get(row.pk, none)["shifts"],
            empty=counts.get(row.pk, none)["empty"],
        )
        for row in found
    )


def _grid(roster: Roster, monday: date) -> tuple[GridRow, ...]:
    rows = Shift.objects.select_related("post").filter(
        roster=roster, day__gte=monday, day__lt=monday + timedelta(days=7)
    )
    by_post: dict[UUID, list[Shift]] = defaultdict(list)
    for row in rows.exclude(state="substituted").order_by("post__code", "from_at", "part", "id"):
        by_post[row.post_id].append(row)
    return tuple(
        GridRow(
            post_id=post_id,
            post_name=shifts[0].post.name,
            cells=tuple(_cell(shifts, monday + timedelta(days=n)) for n in range(7)),
        )
        for post_id, shifts in by_post.items()
    )


def _cell(shifts: Iterable[Shift], day: date) -> Cell:
    here = tuple(shift_row(row) for row in shifts if row.day == day)
    return Cell(day=day, shifts=here, rest=day.weekday() >= 5)


def _choices(row: Shift) -> list[Choice]:
    problem = planning.problem_of([row], rules_only=True)
    people = planning.with_drafts(problem.people, row)
    ids = [UUID(one) for one in people]
    rows = providers_queries.practitioners_by_id(ids)
    load = planning.load_of(ids, row.day)
    unfit = providers_queries.fit_to_serve(ids, on=row.day)
    found = [
        Choice(
            practitioner_id=one,
            name=rows[one].name,
            institution=rows[one].institution_name,
            load=load.get(one, 0.0),
            why_not=planning.sentences(
                engine.obstacles(problem, people[str(one)], problem.needs[0], ()),
                row.post,
                unfit[one],
            ),
        )
        for one in ids
        if one in rows
    ]
    return sorted(found, key=lambda one: (len(one.why_not), one.load, one.name))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
