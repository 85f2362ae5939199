"""Every read of this room. Clocks are those the acting person may see; promises are public."""

from __future__ import annotations

import calendar as months
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yike.engines import worktime
from yike.engines.worktime import Unit
from yike.rooms.clocks import access, reckoning
from yike.rooms.clocks.faces import ClockFace, face_of, length_of
from yike.rooms.clocks.models import RECALCULATED, RUNNING, Clock, Promise, Recalculation
from yike.rooms.core import clock as core_clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput, NotFound


@dataclass(frozen=True, kw_only=True)
class PromiseFace:
    """One version of a promise."""

    code: str
    version: int
    name: str
    amount: int
    unit: str
    length: str
    extend_amount: int
    #: share of the time used when it turns yellow, orange; working minutes before the end: orange
    near_percent: int | None
    warn_percent: int | None
    warn_before_minutes: int | None
    calendar_code: str
    statutory: bool
    basis: str
    article: str
    verified_on: date | None
    active_from: date
    active_until: date | None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """When something would be due if the clock were started."""

    promise_name: str
    length: str
    due_at: datetime
    beyond_known: bool


@dataclass(frozen=True, kw_only=True)
class RecalculationFace:
    """A due instant that a deed moved: why, from where to where, by which versions."""

    clock_id: UUID
    promise_name: str
    purpose: str
    at: datetime
    #: extended, policy or holidays, and in words
    kind: str
    kind_name: str
    reason: str
    former_due_at: datetime
    due_at: datetime
    #: version of the promise, of the calendar: before and after
    promise_versions: tuple[int, int]
    calendar_versions: tuple[int, int]
    who: str


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """One day of a calendar: what it is called, whether it counts, when there is work."""

    day: date
    #: 工作日, 调休上班, 休息日, 放假 or 停班
    kind: str
    name: str
    #: working stretches, ("08:30", "12:00"); closures are taken out, openings put in
    periods: tuple[tuple[str, str], ...]
    #: the day lies beyond the last published holiday notice
    beyond_known: bool


def faces_of(subject_kind: str, subject_id: UUID) -> tuple[ClockFace, ...]:
    """This will return all clocks of one thing that may be seen, oldest first."""
    return faces_for(subject_kind, [subject_id]).get(subject_id, ())


def faces_for(subject_kind: str, subject_ids: Iterable[UUID]) -> dict[UUID, tuple[ClockFace, ...]]:
    """This will return the clocks of many things by one query, for lists."""
    rows = Clock.objects.select_related("promise").filter(
        subject_kind=subject_kind, subject_id__in=list(subject_ids)
    )
    found: dict[UUID, list[ClockFace]] = defaultdict(list)
    for row in rows.order_by("started_at", "id"):
        found[row.subject_id].append(face_of(row))
    return {subject: tuple(faces) for subject, faces in found.items()}


def running_late(
    *,
    within: timedelta = timedelta(),
    region_from: str = "",
    region_until: str = "",
    limit: int = 50,
    after: str = "",
) -> Page[ClockFace]:
    """This will list running clocks past their due instant, the longest overdue first.

    `within` looks so much ahead as well; the region range narrows what is visible anyway.
    """
    until = core_clock.now() + within
    rows = Clock.objects.select_related("promise").filter(RUNNING, due_at__lt=until)
    if region_from:
        rows = rows.filter(region_code__gte=region_from, region_code__lt=region_until or "~")
    if after:
        rows = rows.filter(_past(after))
    found = list(rows.order_by("due_at", "id")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    mark = f"{found[-1].due_at.isoformat()}/{found[-1].id}" if more else ""
    return Page(rows=tuple(face_of(row) for row in found), after=mark)


def promise_list(*, on: date | None = None) -> tuple[PromiseFace, ...]:
    """This will return every promise in force on a day (today if left out), by code."""
    day = on or core_clock.today()
    in_force = Q(active_from__lte=day) & (Q(active_until=None) | Q(active_until__gt=day))
    rows = Promise.objects.filter(in_force).order_by("code", "-version")
    return tuple(_promise_face(row) for row in rows)


def promise_versions(code: str) -> tuple[PromiseFace, ...]:
    """This will return every version a promise had, newest first; empty for an unknown code."""
    return tuple(
        _promise_face(row) for row in Promise.objects.filter(code=code).order_by("-version")
    )


def due_if_started(promise_code: str, started_at: datetime | None = None) -> Preview:
    """This will say when something would be due. Refuses an unknown promise (NotFound)."""
    start = started_at or core_clock.now()
    promise, version = access.promise_on(promise_code, start.astimezone(core_clock.CIVIL).date())
    reckoned = reckoning.reckon(promise, version, start)
    return Preview(
        promise_name=promise.name,
        length=length_of(promise.amount, promise.unit),
        due_at=reckoned.due_at,
        beyond_known=reckoned.beyond_known,
    )


def first_in_force(codes: Iterable[str], at: datetime | None = None) -> str:
    """This will return the first of these promises that is in force; "" when none is.

    How an office sets a promise of its own: the special code is asked first, the common one last.
    """
    day = (at or core_clock.now()).astimezone(core_clock.CIVIL).date()
    known = access.codes_on(day)
    return next((code for code in codes if code in known), "")


def reached(calendar_version: UUID, since: datetime, amount: int, unit: str) -> datetime:
    """This will return the instant `amount` units after another one, by one calendar's version.

    Nothing after it is that instant itself.
    """
    if not amount:
        return since
    calendar = reckoning.calendar_of(calendar_version)
    return worktime.add(calendar, since, amount, Unit(unit)).at


def recalculations(clock_ids: Iterable[UUID]) -> tuple[RecalculationFace, ...]:
    """This will return every time these due instants were moved by a deed, oldest first."""
    rows = Recalculation.objects.filter(clock__in=list(clock_ids)).select_related(
        "clock__promise", "former_promise", "promise", "former_calendar", "calendar"
    )
    return tuple(_recalculation(row) for row in rows.order_by("at", "id"))


def broken_running(subject_kind: str, *, limit: int = 500) -> tuple[ClockFace, ...]:
    """This will list running clocks whose breach was told, the longest overdue first."""
    rows = Clock.objects.select_related("promise").filter(
        RUNNING, subject_kind=subject_kind, broken_at__isnull=False
    )
    return tuple(face_of(row) for row in rows.order_by("due_at", "id")[:limit])


def calendar_days(code: str, month: date) -> tuple[CalendarDay, ...]:
    """This will return every day of the month that holds `month`. Refuses an unknown calendar."""
    row = access.calendar_for(code)
    if row.current is None:
        return ()
    calendar = reckoning.calendar_of(row.current.id)
    names: dict[str, str] = row.current.day_names
    length = months.monthrange(month.year, month.month)[1]
    return tuple(
        _day(calendar, month.replace(day=number), names) for number in range(1, length + 1)
    )


def is_open(code: str, at: datetime | None = None) -> bool:
    """This will say whether an office works at an instant (now if left out)."""
    row = access.calendar_for(code)
    if row.current_id is None:
        return False
    return worktime.is_working(reckoning.calendar_of(row.current_id), at or core_clock.now())


def worked_hours(code: str, spans: Iterable[tuple[datetime, datetime]]) -> tuple[float, ...] | None:
    """This will return the working hours in each span by a calendar as it stands today.

    None where there is no such calendar: then nobody can tell. A span turned round counts nothing.
    """
    try:
        row = access.calendar_for(code)
    except NotFound:
        return None
    if row.current_id is None:
        return None
    calendar = reckoning.calendar_of(row.current_id)
    return tuple(
        max(0.0, worktime.worked(calendar, since, until).total_seconds() / 3600)
        for since, until in spans
    )


def closures_between(
    code: str, since: datetime, until: datetime
) -> tuple[tuple[datetime, datetime, str], ...]:
    """This will return the closures that touch [since, until): (from, until, reason), in order."""
    row = access.calendar_for(code)
    found = reckoning.calendar_of(row.current_id).closures if row.current_id else ()
    return tuple(
        (one.start, one.end, one.reason)
        for one in sorted(found, key=lambda one: one.start)
        if one.start < until and since < one.end
    )


def _past(after: str) -> Q:
    try:
        due, _, ref = after.partition("/")
        due_at, clock_id = datetime.fromisoformat(due), UUID(ref)
    except ValueError as error:
        raise BadInput("列表的续页标记不对。", way_on="请从第一页重新查看。") from error
    return Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=clock_id)


def _recalculation(row: Recalculation) -> RecalculationFace:
    return RecalculationFace(
        clock_id=row.clock_id,
        promise_name=row.promise.name,
        purpose=row.clock.purpose,
        at=row.at.astimezone(core_clock.CIVIL),
        kind=row.kind,
        kind_name=RECALCULATED[row.kind],
        reason=row.reason,
        former_due_at=row.former_due_at.astimezone(core_clock.CIVIL),
        due_at=row.due_at.astimezone(core_clock.CIVIL),
        promise_versions=(row.former_promise.version, row.promise.version),
        calendar_versions=(row.former_calendar.version, row.calendar.version),
        who=row.label or "系统",
    )


def _promise_face(row: Promise) -> PromiseFace:
    return PromiseFace(
        code=row.code,
        version=row.version,
        name=row.name,
        amount=row.amount,
        unit=row.unit,
        length=length_of(row.amount, row.unit),
        extend_amount=row.extend_amount,
        near_percent=row.near_percent,
        warn_percent=row.warn_percent,
        warn_before_minutes=row.warn_before_minutes,
        calendar_code=row.calendar_id,
        statutory=row.statutory,
        basis=row.basis,
        article=row.article,
        verified_on=row.verified_on,
        active_from=row.active_from,
        active_until=row.active_until,
    )


def _day(calendar: worktime.Calendar, day: date, names: dict[str, str]) -> CalendarDay:
    periods = worktime.periods_of(calendar, day)
    known = calendar.known_until
    return CalendarDay(
        day=day,
        kind=_kind(calendar, day, working=bool(periods)),
        name=names.get(day.isoformat(), ""),
        periods=tuple((f"{start:%H:%M}", _closing(end, day)) for start, end in periods),
        beyond_known=known is not None and day > known,
    )


def may_alter(actor: Actor) -> bool:
    """This will say whether somebody may alter promises and calendars: it shows the form."""
    return access.is_keeper(actor)


def _closing(end: datetime, day: date) -> str:
    return f"{end:%H:%M}" if end.date() == day else "24:00"


def _kind(calendar: worktime.Calendar, day: date, *, working: bool) -> str:
    if day in calendar.holidays:
        return "放假"
    if not working:
        return "停班" if calendar.regular(day) else "休息日"
    return "调休上班" if any(makeup.day == day for makeup in calendar.makeups) else "工作日"
