"""Terminals and signs: entering them, and whether they work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.places import access, entry, events, kinds, origins, points
from yike.rooms.places.models import Sign, Terminal
from yike.rooms.places.origins import Origin
from yike.rooms.providers.access import require_registrar
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Crs, Point, from_wgs84
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def register_facility(
    *,
    facility: str,
    code: str,
    name: str,
    kind: str,
    region_code: str,
    actor: Actor,
    station_id: UUID | None = None,
    address: str = "",
    point: Point | None = None,
    crs: Crs = "wgs84",
    point_reason: str = "",
    origin: Origin | None = None,
    installed_on: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will enter a "terminal" (self-service) or "sign" (guide sign) and return its id.

    Refuses as register_station.
    """
    facts = _facts(code, name, kind, region_code, address, installed_on, demo)
    model = access.FACILITIES[
        entry.one_of(facility, dict.fromkeys(access.FACILITIES, ""), "facility", "设施")
    ]
    row = model(**facts, **_where(actor, region_code, station_id, point, crs, origin))
    return _enter(row, facility, crs, point_reason, actor)


@transaction.atomic
def set_facility_status(*, facility: str, facility_id: UUID, status: str, actor: Actor) -> None:
    """This will say whether a "terminal" or "sign" works, is broken, stored or removed."""
    row = access.facility_for(actor, facility, facility_id)
    row.status = entry.one_of(status, kinds.STATUSES, "status", "状态")
    row.save(update_fields=["status"])
    trail_actions.record(
        events.FacilityStatusSet(
            facility_id=row.pk,
            name=row.name,
            facility=facility,
            region_code=row.region_id,
            status=kinds.STATUSES[status],
        ),
        actor=actor,
    )


def _facts(
    code: str,
    name: str,
    kind: str,
    region_code: str,
    address: str,
    installed_on: date | None,
    demo: bool,
) -> dict[str, Any]:
    return {
        "code": entry.filled(code, "code", "编码"),
        "name": entry.filled(name, "name", "名称"),
        "kind": entry.filled(kind, "kind", "类型"),
        "region_id": region_code,
        "address": entry.line(address, "address"),
        "installed_on": entry.day(installed_on, "installed_on", "设置日期") or clock.today(),
        "demo": demo,
    }


def _where(
    actor: Actor,
    region_code: str,
    station_id: UUID | None,
    point: Point | None,
    crs: Crs,
    origin: Origin | None,
) -> dict[str, Any]:
    require_registrar(actor, region_code)
    region_queries.region(region_code)
    station = access.station_for(actor, station_id, active=True) if station_id else None
    at = entry.point_in(region_code, point, crs)
    return {
        "station": station,
        "lon": at[0] if at else None,
        "lat": at[1] if at else None,
        **(origins.columns(origin, crs, moved=True) if at else {}),
    }


def _enter(row: Terminal | Sign, facility: str, crs: Crs, reason: str, actor: Actor) -> UUID:
    said, why = _asked(row, facility, crs, reason, actor)
    entry.insert(row, f"设施编码 {row.code} 已被使用")
    trail_actions.record(
        events.FacilityRegistered(
            facility_id=row.pk, name=row.name, facility=facility, region_code=row.region_id
        ),
        actor=actor,
    )
    _keep_point(row, facility, said, why, actor)
    return row.pk


def _keep_point(
    row: Terminal | Sign, facility: str, said: Sequence[str], why: str, actor: Actor
) -> None:
    """This will write down that a point was kept although something was asked about it."""
    if not (said and why):
        return
    kept = events.FacilityPointKept(
        facility_id=row.pk, name=row.name, facility=facility, region_code=row.region_id,
        said="；".join(said), reason=why,
    )  # fmt: skip
    trail_actions.record(kept, actor=actor)


def _asked(
    row: Terminal | Sign, facility: str, crs: Crs, reason: str, actor: Actor
) -> tuple[tuple[str, ...], str]:
    """What the check asks about the point, and the reason given; refuses a question unanswered."""
    if row.lon is None or row.lat is None:
        return (), ""
    typed = from_wgs84((row.lon, row.lat), crs)
    said = points.warnings(row.region_id, typed, crs, facility)
    return said, points.confirmed(said, reason, actor=actor)
