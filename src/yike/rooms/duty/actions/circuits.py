"""Setting up circuits, laying their visits ahead, changing, cancelling and ending them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.duty import access, circuit_events, circuits, days, entry
from yike.rooms.duty.actions.circuit_clashes import weigh_visits
from yike.rooms.duty.models import Circuit, CircuitStop, CircuitVisit
from yike.rooms.duty.visiting import planned_visit, rule_of, say_visit, settle_moved
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import actions as trail_actions

#: visits are laid so many days ahead, and told to citizens
AHEAD = 60
_MOST_STOPS = 12


@dataclass(frozen=True, kw_only=True)
class StopTold:
    """One place of a route; `place_id` a station, by whose point one checks in."""

    region_code: str
    where: str
    arrives: time
    leaves: time
    place_id: UUID | None = None


@transaction.atomic
def set_circuit(
    *,
    name: str,
    county: str,
    institution_id: UUID,
    practitioner_id: UUID,
    services: Sequence[str],
    rule: circuits.Rule,
    stops: Sequence[StopTold],
    actor: Actor,
    team_id: UUID | None = None,
    phone: str = "",
    note: str = "",
    demo: bool = False,
) -> UUID:
    """This will set up a circuit, lay its visits and make both public.

    `services` S01…S10. Refuses NotAllowed who does not plan for the county, BadInput by field.
    """
    access.require_planner(actor, county)
    if why := circuits.fault(rule):
        raise BadInput(why, field="every", way_on="请补上。")
    house = providers_queries.institution(institution_id)
    person = providers_queries.practitioner(practitioner_id)
    team = providers_queries.team(team_id) if team_id else None
    row = Circuit(
        name=entry.filled(name, "name", "名称", 60),
        county_code=county, institution_id=house.id, practitioner_id=person.id,
        account_id=person.account_id, person=person.name,
        team_id=team_id, team_name=team.name if team else "",
        services=entry.all_of(services, provider_kinds.SERVICES, "services", "服务"),
        phone=entry.filled(phone or house.phone, "phone", "公开电话", 40),
        every=rule.every, weekdays=sorted(rule.weekdays), weeks=sorted(rule.weeks),
        dates=sorted(one.isoformat() for one in rule.dates), holidays=rule.holidays,
        note=note.strip()[:200], active_from=rule.begins, made_at=clock.now(), demo=demo,
    )  # fmt: skip
    if not row.services:
        raise BadInput("请选择提供哪些服务。", field="services", way_on="至少选一项。")
    row.save(force_insert=True)
    CircuitStop.objects.bulk_create(_stops(row, stops))
    _say_circuit(row, circuit_events.CircuitSet, actor, stops=len(stops), said=rule.sentence)
    if not _lay(row):
        raise BadInput(
            f"按这个安排，{AHEAD} 天里一次也不去。", field="every", way_on="请核对日期和星期。"
        )
    weigh_visits(county=county, actor=actor)
    return row.pk


@transaction.atomic
def lay_visits(*, actor: Actor) -> int:
    """This will lay the visits of the coming sixty days; a job of the house, every night."""
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以生成巡回日程。")
    made = sum(_lay(row) for row in Circuit.objects.filter(active_until=None).order_by("id"))
    weigh_visits(actor=actor)
    return made


@transaction.atomic
def change_visit(
    *, visit_id: UUID, day: date, arrives: time, leaves: time, reason: str, actor: Actor,
    despite: str = "",
) -> None:  # fmt: skip
    """This will have a visit come at another time; who booked is told. Refuses what is over.

    `despite`: why it comes although its leader has something else then; else that is refused.
    """
    row = planned_visit(actor, visit_id)
    begin, end = _span(day, arrives, leaves)
    if begin <= clock.now():
        raise BadInput("新的时间应在现在以后。", field="day", way_on="请改正日期和时间。")
    row.arrives_at, row.leaves_at, row.changed = begin, end, True
    row.reason = entry.filled(reason, "reason", "原因")
    row.kept_over, row.kept_reason, row.clashing = [], "", False
    row.save(update_fields=["arrives_at", "leaves_at", "changed", "reason", "kept_over",
                            "kept_reason", "clashing"])  # fmt: skip
    settle_moved(row, despite, actor)
    say_visit(row, circuit_events.VisitChanged, actor, reason=row.reason)
    weigh_visits(county=row.county_code, actor=actor)


@transaction.atomic
def cancel_visit(*, visit_id: UUID, reason: str, whole_day: bool = False, actor: Actor) -> int:
    """This will cancel a visit, or all that its circuit still has to make that day.

    Who booked is told. Returns how many were cancelled.
    """
    row = planned_visit(actor, visit_id)
    rows = [row]
    if whole_day:
        same = CircuitVisit.objects.select_related("circuit", "stop").filter(
            circuit=row.circuit_id, planned_on=row.planned_on, state=circuits.PLANNED
        )
        rows = list(same.select_for_update(of=("self",)).order_by("arrives_at", "id"))
    for one in rows:
        _cancel(one, reason, actor)
    weigh_visits(county=row.county_code, actor=actor)
    return len(rows)


@transaction.atomic
def end_circuit(*, circuit_id: UUID, reason: str, actor: Actor) -> None:
    """This will stop a circuit: what is planned after now is cancelled, and who booked is told."""
    row = Circuit.objects.select_for_update().filter(pk=circuit_id).first()
    if row is None:
        raise NotFound("没有这个巡回服务。", way_on="请从巡回日程重新进入。")
    access.require_planner(actor, row.county_code)
    if row.active_until is not None:
        raise Clash("这个巡回服务已经停止。", way_on="不需要再停。")
    row.active_until, row.end_reason = clock.today(), entry.filled(reason, "reason", "停止原因")
    row.save(update_fields=["active_until", "end_reason"])
    _say_circuit(row, circuit_events.CircuitEnded, actor, reason=row.end_reason)
    coming = CircuitVisit.objects.select_related("circuit", "stop").filter(
        circuit=row, state=circuits.PLANNED, arrives_at__gt=clock.now()
    )
    for one in coming.select_for_update(of=("self",)).order_by("arrives_at", "id"):
        _cancel(one, row.end_reason, actor)
    weigh_visits(county=row.county_code, actor=actor)


def _stops(row: Circuit, stops: Sequence[StopTold]) -> list[CircuitStop]:
    if not 1 <= len(stops) <= _MOST_STOPS:
        raise BadInput(f"请写 1 到 {_MOST_STOPS} 个点。", field="stops", way_on="请补上巡回点。")
    made = []
    for place, one in enumerate(stops, 1):
        if codes.at_level(one.region_code, "county") != row.county_code:
            raise BadInput("巡回点应在本县。", field="stops", way_on="请重新选择村（社区）。")
        if one.leaves <= one.arrives:
            raise BadInput(f"第 {place} 个点离开应晚于到达。", field="stops", way_on="请改正时间。")
        made.append(_stop(row, place, one))
    for before, after in pairwise(made):
        if after.arrives < before.leaves:
            raise BadInput(
                f"到第 {after.place} 个点时，第 {before.place} 个点还没有结束。",
                field="stops", way_on="请按先后顺序写，并留出路上的时间。",
            )  # fmt: skip
    return made


def _stop(row: Circuit, place: int, one: StopTold) -> CircuitStop:
    station = places_queries.station(one.place_id) if one.place_id else None
    point = station.point if station else None
    return CircuitStop(
        circuit=row, county_code=row.county_code, place=place, region_code=one.region_code,
        region_name=regions_queries.region(one.region_code).name,
        where=entry.filled(one.where or (station.name if station else ""), "stops", "地点", 100),
        place_id=one.place_id, arrives=one.arrives, leaves=one.leaves,
        lon=point[0] if point else None, lat=point[1] if point else None,
    )  # fmt: skip


def _lay(row: Circuit) -> int:
    """The visits of the coming days that are not there yet; how many were made."""
    today = clock.today()
    since, until = max(today, row.active_from), today + timedelta(days=AHEAD)
    if since >= until:
        until = since + timedelta(days=AHEAD)
    known = days.days_between(since - timedelta(days=14), until + timedelta(days=14))
    wanted = circuits.days_of(rule_of(row), since, until, holidays=known.holidays, rest=known.rest)
    stops = CircuitStop.objects.filter(circuit=row).order_by("place")
    made = [_visit(row, stop, day) for day in wanted for stop in stops]
    fresh = [one for one in made if one.arrives_at > clock.now()]
    there = set(
        CircuitVisit.objects.filter(circuit=row, planned_on__gte=since).values_list(
            "stop_id", "planned_on"
        )
    )
    fresh = [one for one in fresh if (one.stop_id, one.planned_on) not in there]
    CircuitVisit.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _visit(row: Circuit, stop: CircuitStop, day: date) -> CircuitVisit:
    begin, end = _span(day, stop.arrives, stop.leaves)
    return CircuitVisit(
        stop=stop, circuit=row, county_code=row.county_code, region_code=stop.region_code,
        planned_on=day, arrives_at=begin, leaves_at=end, account_id=row.account_id,
    )  # fmt: skip


def _cancel(row: CircuitVisit, reason: str, actor: Actor) -> None:
    row.state, row.reason = circuits.CANCELLED, entry.filled(reason, "reason", "原因")
    row.clashing = False
    row.save(update_fields=["state", "reason", "clashing"])
    say_visit(row, circuit_events.VisitCancelled, actor, reason=row.reason)


def _span(day: date, arrives: time, leaves: time) -> tuple[datetime, datetime]:
    if leaves <= arrives:
        raise BadInput("离开应晚于到达。", field="leaves", way_on="请改正时间。")
    begin = datetime.combine(day, arrives, tzinfo=clock.CIVIL)
    return begin, datetime.combine(day, leaves, tzinfo=clock.CIVIL)


def _say_circuit(row: Circuit, event: Callable[..., Event], actor: Actor, **more: object) -> None:
    told = event(circuit_id=row.pk, name=row.name, region_code=row.county_code, **more)
    trail_actions.record(told, actor=actor)
