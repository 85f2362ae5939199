"""Reading circuits: what is public to anybody, and what came of each visit, for the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.duty import access, checkin, circuits, clashing
from yike.rooms.duty.clashing import Clash
from yike.rooms.duty.faces import hours_of
from yike.rooms.duty.models import Circuit, CircuitStop, CircuitVisit
from yike.rooms.duty.visiting import rule_of
from yike.rooms.providers import kinds
from yike.rooms.regions import codes

#: so many visits of one list
_MOST = 400


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """One stop on one day, as anybody may know it; `state` planned, arrived, done, missed…"""

    id: UUID
    circuit_id: UUID
    circuit_name: str
    stop_id: UUID
    region_code: str
    region_name: str
    where: str
    place_id: UUID | None
    person: str
    team_name: str
    institution_name: str
    services: tuple[str, ...]
    phone: str
    note: str
    arrives_at: datetime
    leaves_at: datetime
    day: date
    hours: str
    state: str
    state_name: str
    changed: bool
    reason: str
    #: its leader has something else then, and no citizen is told of it
    clashing: bool
    kept_reason: str
    demo: bool

    @property
    def services_sentence(self) -> str:
        """The services in words."""
        return "、".join(kinds.SERVICES[one] for one in self.services)


@dataclass(frozen=True, kw_only=True)
class VisitPage:
    """One visit at the desk: what may be done now, and what came of it."""

    row: VisitRow
    came_at: datetime | None
    verdict: str
    band: str
    people: int | None
    record_id: UUID | None
    #: nobody came, and nobody has said why
    unexplained: bool
    #: what its leader has else then, for who leads or plans it
    clashes: tuple[Clash, ...]
    may_plan: bool
    may_lead: bool


@dataclass(frozen=True, kw_only=True)
class StopRow:
    """One place of a route."""

    id: UUID
    place: int
    region_code: str
    region_name: str
    where: str
    place_id: UUID | None
    hours: str


@dataclass(frozen=True, kw_only=True)
class CircuitPage:
    """One circuit: rule, route, its visits around now."""

    id: UUID
    name: str
    said: str
    person: str
    team_name: str
    institution_id: UUID
    institution_name: str
    services: tuple[str, ...]
    phone: str
    note: str
    active_from: date
    active_until: date | None
    end_reason: str
    stops: tuple[StopRow, ...]
    visits: tuple[VisitRow, ...]
    #: visits that no citizen is told of
    held: int
    may_plan: bool
    demo: bool


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The desk's calendar of circuits: days ahead, what was missed and is not explained."""

    days: tuple[tuple[date, tuple[VisitRow, ...]], ...]
    missed: tuple[VisitRow, ...]
    #: visits that no citizen is told of, and what stands in their way; for who plans
    held: tuple[tuple[VisitRow, tuple[Clash, ...]], ...]
    mine: tuple[VisitRow, ...]
    circuits: tuple[tuple[UUID, str, str, str], ...]
    may_plan: bool


def calendar(actor: Actor, county: str, *, since: date | None = None) -> Calendar:
    """This will return the circuits of four weeks from a day (today), and what is to be mended."""
    first = since or clock.today()
    rows = _rows(
        _visits().filter(
            county_code=county, arrives_at__gte=_start(first),
            arrives_at__lt=_start(first + timedelta(days=28)),
        )
    )  # fmt: skip
    by_day: dict[date, list[VisitRow]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    open_ = _visits().filter(county_code=county, state=circuits.MISSED, reason="")
    mine = _visits().filter(account_id=actor.account_id, state__in=circuits.STANDING)
    today = _start(clock.today())
    mine = mine.filter(arrives_at__gte=today, arrives_at__lt=today + timedelta(days=8))
    going = Circuit.objects.filter(county_code=county, active_until=None).order_by("name")
    return Calendar(
        days=tuple((day, tuple(found)) for day, found in sorted(by_day.items())),
        missed=_rows(open_),
        held=_held(county) if access.plans(actor, county) else (),
        mine=_rows(mine) if actor.account_id else (),
        circuits=tuple((one.pk, one.name, _said(one), one.person) for one in going),
        may_plan=access.plans(actor, county),
    )


def next_visits(county: str, *, town: str = "") -> tuple[VisitRow, ...]:
    """This will return the next visit to each village of a county or town, soonest first."""
    since, until = codes.span(town or county)
    rows = _visits().filter(
        county_code=county, region_code__gte=since, region_code__lt=until,
        state__in=circuits.STANDING, clashing=False, leaves_at__gt=clock.now(),
    )  # fmt: skip
    found: dict[str, VisitRow] = {}
    for row in _rows(rows.order_by("arrives_at", "id")):
        found.setdefault(row.region_code, row)
    return tuple(found.values())


def visits_to(region_code: str, *, most: int = 6) -> tuple[VisitRow, ...]:
    """This will return the coming visits to one village, those cancelled among them, in order.

    Not those that cannot be made and about which the office has not decided.
    """
    rows = _visits().filter(region_code=region_code, leaves_at__gt=clock.now(), clashing=False)
    return _rows(rows.order_by("arrives_at", "id")[:most])


def visits_at(stop_id: UUID, since: datetime, until: datetime) -> tuple[VisitRow, ...]:
    """This will return the visits to one stop that touch [since, until), stand and can be made."""
    rows = _visits().filter(
        stop_id=stop_id, state__in=circuits.STANDING, arrives_at__lt=until, leaves_at__gt=since,
        clashing=False,
    )  # fmt: skip
    return _rows(rows.order_by("arrives_at", "id"))


def days_in_doubt(stop_id: UUID) -> tuple[date, ...]:
    """This will return the days of coming visits to a stop about which the office must decide."""
    rows = CircuitVisit.objects.filter(
        stop_id=stop_id, state=circuits.PLANNED, clashing=True, leaves_at__gt=clock.now()
    )
    found = rows.order_by("arrives_at").values_list("arrives_at", flat=True)
    return tuple(at.astimezone(clock.CIVIL).date() for at in found)


def visit_page(actor: Actor, visit_id: UUID) -> VisitPage:
    """This will return one visit with what came of it. Refuses NotFound."""
    row = _visits().filter(pk=visit_id).first()
    if row is None:
        raise NotFound("没有这次巡回。", way_on="请从巡回日程重新进入。")
    plans = access.plans(actor, row.county_code)
    own = actor.account_id is not None and row.account_id == actor.account_id
    met = row.state == circuits.PLANNED and bool(row.clashing or row.kept_over)
    clashes = clashing.clashes_of([row])[row.pk] if met and (plans or own) else ()
    return VisitPage(
        row=_row(row), came_at=row.came_at, verdict=checkin.VERDICTS.get(row.verdict, ""),
        band=checkin.BAND_NAMES.get(row.band, ""), people=row.people, record_id=row.record_id,
        unexplained=row.state == circuits.MISSED and not row.reason, may_plan=plans,
        may_lead=plans or own, clashes=clashes,
    )  # fmt: skip


def circuit_page(actor: Actor, circuit_id: UUID) -> CircuitPage:
    """This will return one circuit. Refuses NotFound."""
    row = Circuit.objects.select_related("institution").filter(pk=circuit_id).first()
    if row is None:
        raise NotFound("没有这个巡回服务。", way_on="请从巡回日程重新进入。")
    since = _start(clock.today() - timedelta(days=14))
    near = _visits().filter(circuit=row, arrives_at__gte=since).order_by("arrives_at", "id")
    return CircuitPage(
        id=row.pk, name=row.name, said=_said(row), person=row.person, team_name=row.team_name,
        institution_id=row.institution_id, institution_name=row.institution.name,
        services=tuple(row.services), phone=row.phone, note=row.note,
        active_from=row.active_from, active_until=row.active_until, end_reason=row.end_reason,
        stops=stops_of(row.pk), visits=(visits := _rows(near[:_MOST])),
        held=sum(one.clashing and one.state == circuits.PLANNED for one in visits),
        may_plan=access.plans(actor, row.county_code), demo=row.demo,
    )  # fmt: skip


def stops_of(circuit_id: UUID) -> tuple[StopRow, ...]:
    """This will return the route of a circuit in order."""
    rows = CircuitStop.objects.filter(circuit=circuit_id).order_by("place")
    return tuple(
        StopRow(
            id=row.pk, place=row.place, region_code=row.region_code, region_name=row.region_name,
            where=row.where, place_id=row.place_id, hours=f"{row.arrives:%H:%M}-{row.leaves:%H:%M}",
        )
        for row in rows
    )  # fmt: skip


def bookable_stops(county: str) -> tuple[tuple[str, str, UUID], ...]:
    """This will return the stops at a station: (id, name, station), for times to be booked."""
    rows = CircuitStop.objects.select_related("circuit").filter(
        county_code=county, circuit__active_until=None, place_id__isnull=False
    )
    return tuple(
        (str(row.pk), f"{row.circuit.name}：{row.region_name}{row.where}", row.place_id)
        for row in rows.order_by("circuit__name", "place")
        if row.place_id
    )


def circuits_met(villages: Collection[str], since: datetime, until: datetime) -> dict[str, int]:
    """This will count the visits that were made to each village in [since, until)."""
    found = dict.fromkeys(villages, 0)
    rows = CircuitVisit.objects.filter(
        region_code__in=list(villages), state=circuits.DONE, came_at__gte=since, came_at__lt=until
    )
    for code in rows.values_list("region_code", flat=True):
        found[code] += 1
    return found


def _held(county: str) -> tuple[tuple[VisitRow, tuple[Clash, ...]], ...]:
    rows = _visits().filter(
        county_code=county, state=circuits.PLANNED, clashing=True, leaves_at__gt=clock.now()
    )
    held = list(rows.order_by("arrives_at", "id")[:_MOST])
    found = clashing.clashes_of(held)
    return tuple((_row(one), found[one.pk]) for one in held)


def _said(row: Circuit) -> str:
    return rule_of(row).sentence


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.CIVIL)


def _visits() -> QuerySet[CircuitVisit]:
    return CircuitVisit.objects.select_related("circuit__institution", "stop")


def _rows(rows: QuerySet[CircuitVisit]) -> tuple[VisitRow, ...]:
    return tuple(_row(row) for row in rows[:_MOST])


def _row(row: CircuitVisit) -> VisitRow:
    circuit, stop = row.circuit, row.stop
    return VisitRow(
        id=row.pk, circuit_id=circuit.pk, circuit_name=circuit.name, stop_id=stop.pk,
        region_code=row.region_code, region_name=stop.region_name, where=stop.where,
        place_id=stop.place_id, person=circuit.person, team_name=circuit.team_name,
        institution_name=circuit.institution.name, services=tuple(circuit.services),
        phone=circuit.phone, note=circuit.note, arrives_at=row.arrives_at,
        leaves_at=row.leaves_at, day=row.arrives_at.astimezone(clock.CIVIL).date(),
        hours=hours_of(row.arrives_at, row.leaves_at), state=row.state,
        state_name=circuits.STATES[row.state], changed=row.changed, reason=row.reason,
        clashing=row.clashing, kept_reason=row.kept_reason, demo=circuit.demo,
    )  # fmt: skip
