"""What comes of a visit: somebody arrives and it is done, or nobody came and it is explained."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.duty import access, checkin, circuit_events, circuits, entry
from yike.rooms.duty.models import CircuitVisit
from yike.rooms.duty.visiting import say_visit, visit_for
from yike.rooms.providers import actions as providers_actions
from yike.rooms.regions.coordinates import Crs

#: one may check in so long before the visit begins
OPENS = timedelta(hours=1)
#: a village's place is told roughly: as far around it somebody counts as there
RADIUS_M = 500


@transaction.atomic
def arrive(
    *, visit_id: UUID, actor: Actor, lon: float | None = None, lat: float | None = None,
    accuracy_m: float = checkin.UNKNOWN_ACCURACY_M, crs: Crs = "wgs84",
) -> str:  # fmt: skip
    """This will note that the team stands at a stop, by the house's clock; returns the verdict.

    A doubtful position is noted as such, never refused: the village may have no signal. Refuses
    whoever neither leads the visit nor plans the county, and a time outside the visit.
    """
    row, now = _led(actor, visit_id), clock.now()
    if row.state != circuits.PLANNED:
        raise Clash(f"这一站{circuits.STATES[row.state]}。", way_on="请刷新页面。")
    if now < row.arrives_at - OPENS or now >= row.leaves_at:
        raise NotAllowed(
            "现在不在这一站的签到时间里。", way_on="到点前一小时起、离开以前可以签到。"
        )
    place = checkin.judge_place(
        _fix(lon, lat, accuracy_m, crs, now), _spot(row), (), checkin.Policy()
    )
    row.state, row.came_at = circuits.ARRIVED, now
    row.verdict, row.band, row.clashing = place.verdict, place.band, False
    row.save(update_fields=["state", "came_at", "verdict", "band", "clashing"])
    said = checkin.VERDICTS[place.verdict]
    say_visit(row, circuit_events.VisitArrived, actor, verdict=said)
    return place.verdict


@transaction.atomic
def finish_visit(
    *, visit_id: UUID, service: str, people: int, client: str, result: str, words_told: str,
    actor: Actor,
) -> UUID:  # fmt: skip
    """This will end a visit and write what was done into the service records; returns the record.

    `people` served, at least one. Refuses a visit at which nobody has arrived.
    """
    row, now = _led(actor, visit_id), clock.now()
    if row.state != circuits.ARRIVED or row.came_at is None:
        raise Clash("先到点签到，再登记做了什么。", way_on="请先签到；没有去成的请写明原因。")
    minutes = max(1, min(1440, int((min(now, row.leaves_at) - row.came_at).total_seconds() // 60)))
    row.record_id = providers_actions.record_service(
        service=service, on=row.came_at.astimezone(clock.CIVIL).date(), minutes=minutes,
        region_code=row.region_code, where=f"{row.stop.region_name}{row.stop.where}"[:200],
        giver="practitioner", practitioner_id=row.circuit.practitioner_id, client=client,
        result=result, words_told=words_told, people=people, demo=row.circuit.demo, actor=actor,
    )  # fmt: skip
    row.state, row.people = circuits.DONE, people
    row.save(update_fields=["state", "people", "record_id"])
    say_visit(row, circuit_events.VisitDone, actor, people=people)
    return row.record_id


@transaction.atomic
def explain_visit(*, visit_id: UUID, reason: str, actor: Actor) -> None:
    """This will say why nobody came to a stop; once. Refuses a visit that was not missed."""
    row = _led(actor, visit_id)
    if row.state != circuits.MISSED:
        raise BadInput("只有没有到的站要写原因。", way_on="请从巡回日程重新进入。")
    if row.reason:
        raise Clash("原因已经写过。", way_on="要补充请联系派单员。")
    row.reason = entry.filled(reason, "reason", "原因")
    row.save(update_fields=["reason"])
    say_visit(row, circuit_events.VisitExplained, actor, reason=row.reason)


@transaction.atomic
def mark_missed(*, actor: Actor) -> int:
    """This will mark the visits whose time is over and to which nobody came; the job's deed."""
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以标记没有到的站。")
    rows = CircuitVisit.objects.select_related("circuit", "stop").filter(
        state=circuits.PLANNED, leaves_at__lte=clock.now()
    )
    late = list(rows.select_for_update(of=("self",)).order_by("arrives_at", "id"))
    for row in late:
        # why it was put off is no reason why nobody came: that is still to be said
        row.state, row.reason = circuits.MISSED, ""
        row.save(update_fields=["state", "reason"])
        say_visit(row, circuit_events.VisitMissed, actor)
    return len(late)


def _led(actor: Actor, visit_id: UUID) -> CircuitVisit:
    row = visit_for(visit_id, lock=True)
    own = actor.account_id is not None and row.account_id == actor.account_id
    if not own:
        access.require_planner(actor, row.county_code)
    return row


def _spot(row: CircuitVisit) -> checkin.Spot:
    lon, lat = row.stop.lon, row.stop.lat
    point = None if lon is None or lat is None else (lon, lat)
    return checkin.Spot(point=point, radius_m=RADIUS_M, accuracy_m=RADIUS_M)


def _fix(
    lon: float | None, lat: float | None, accuracy_m: float, crs: Crs, now: datetime
) -> checkin.Fix | None:
    if lon is None or lat is None or not checkin.on_earth(lon, lat, accuracy_m):
        return None
    return checkin.Fix(point=checkin.border(lon, lat, crs), accuracy_m=accuracy_m, at=now)
