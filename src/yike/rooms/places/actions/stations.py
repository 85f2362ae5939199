"""Opening, correcting and closing a station."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock, marks
from yike.rooms.core.actor import Actor
from yike.rooms.places import access, entry, events, kinds, origins, points, queries
from yike.rooms.places import access_upkeep as upkeep_access
from yike.rooms.places.hours import OFFICE, Hours
from yike.rooms.places.models import Station
from yike.rooms.places.origins import Origin
from yike.rooms.providers import queries as provider_queries
from yike.rooms.providers.access import require_registrar
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Crs, Point
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def register_station(
    *,
    code: str,
    name: str,
    level: int,
    institution_id: UUID,
    region_code: str,
    actor: Actor,
    parent_id: UUID | None = None,
    address: str = "",
    phone: str = "",
    keeper: str = "",
    point: Point | None = None,
    crs: Crs = "wgs84",
    point_reason: str = "",
    origin: Origin | None = None,
    hours: Hours | None = None,
    holiday_rule: str = "closed",
    services: entry.Services = (),
    opened_on: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will enter a station in the register and return its id.

    `level` 2…5; `point` (lon, lat) in `crs`; `hours` as in hours.py (office hours when left out);
    `services`: pairs of service code and mode. Refuses BadInput a point outside the county or one
    that `points.warnings` asks about without a `point_reason`, wrong hours, a parent that is not of
    a higher level; Clash a code used already.
    """
    require_registrar(actor, region_code)
    region_queries.region(region_code)
    provider_queries.institution(institution_id)
    parent = access.station_for(actor, parent_id, active=True) if parent_id else None
    entry.parent_fits(parent, entry.level(level))
    at = entry.point_in(region_code, point, crs)
    asked = points.asked(region_code, point, crs, "station", point_reason, actor=actor)
    row = Station(
        code=entry.filled(code, "code", "编码"),
        name=entry.filled(name, "name", "名称"),
        level=level,
        parent=parent,
        institution_id=institution_id,
        region_id=region_code,
        address=entry.line(address, "address"),
        phone=entry.line(phone, "phone"),
        keeper=entry.line(keeper, "keeper")[:40],
        **_placed(at, crs, origin),
        hours=entry.hours(OFFICE if hours is None else hours),
        holiday_rule=entry.one_of(holiday_rule, kinds.HOLIDAY_RULES, "holiday_rule", "节假日规则"),
        opened_on=entry.day(opened_on, "opened_on", "启用日期") or clock.today(),
        demo=demo,
    )
    entry.insert(row, f"站点编码 {code} 已被使用")
    entry.write_services(row.pk, services)
    trail_actions.record(
        events.StationRegistered(
            station_id=row.pk,
            name=row.name,
            region_code=region_code,
            level=level,
            opened_on=row.opened_on,
        ),
        actor=actor,
    )
    _keep_point(row, *asked, actor)
    return row.pk


@transaction.atomic
def revise_station(
    *,
    station_id: UUID,
    actor: Actor,
    name: str | None = None,
    parent_id: UUID | None = None,
    address: str | None = None,
    phone: str | None = None,
    keeper: str | None = None,
    point: Point | None = None,
    crs: Crs = "wgs84",
    point_reason: str = "",
    origin: Origin | None = None,
    hours: Hours | None = None,
    holiday_rule: str | None = None,
    services: entry.Services | None = None,
    cleared: Collection[str] = (),
    seen: str = "",
) -> None:
    """This will correct the facts given (None leaves one as it is). Refuses a closed station.

    `cleared`: which of "point", "parent_id" are to be empty; `seen`: the mark of what was looked
    at. Refuses Clash when it was corrected since, NotAllowed to take the point of a shown one.
    """
    row = access.station_for(actor, station_id, lock=True, active=True)
    marks.still(queries.facts(row), seen)
    emptied = _emptied(row, cleared)
    if parent_id:
        entry.parent_fits(access.station_for(actor, parent_id, active=True), row.level)
    if holiday_rule is not None:
        entry.one_of(holiday_rule, kinds.HOLIDAY_RULES, "holiday_rule", "节假日规则")
    at = entry.point_in(row.region_id, point, crs)
    moved = at != (row.lon, row.lat)
    said = (
        points.warnings(row.region_id, point, crs, "station", but=row.pk) if point and moved else ()
    )
    why = points.confirmed(said, point_reason, actor=actor)
    news: dict[str, object] = {
        "name": name if name is None else entry.filled(name, "name", "名称"),
        "parent": parent_id,
        "address": address if address is None else entry.line(address, "address"),
        "phone": phone if phone is None else entry.line(phone, "phone"),
        "keeper": keeper if keeper is None else entry.line(keeper, "keeper")[:40],
        "lon": at[0] if at else None,
        "lat": at[1] if at else None,
        "hours": hours if hours is None else entry.hours(hours),
        "holiday_rule": holiday_rule,
    }
    found = origins.columns(origin, crs, moved=moved) if at else {}
    told = {key: value for key, value in news.items() if value is not None}
    changed = _apply(row, emptied | told | found)
    if services is not None:
        entry.write_services(row.pk, services)
        changed.append("服务")
    if changed:
        revised = events.StationRevised(
            station_id=row.pk, name=row.name, region_code=row.region_id,
            changed="、".join(changed),
        )  # fmt: skip
        trail_actions.record(revised, actor=actor)
    _keep_point(row, said, why, actor)


@transaction.atomic
def close_station(
    *, station_id: UUID, reason: str, actor: Actor, closed_on: date | None = None
) -> None:
    """This will give a station its last day (exclusive). It stays in the register for ever.

    Refuses NotAllowed while active stations hang below it.
    """
    row = access.station_for(actor, station_id, lock=True, active=True)
    entry.refuse_with_children(row)
    on = entry.day(closed_on, "closed_on", "停用日期") or clock.today()
    entry.end(row, entry.filled(reason, "reason", "停用原因"), on)
    assert row.closed_on is not None
    trail_actions.record(
        events.StationClosed(
            station_id=row.pk,
            name=row.name,
            region_code=row.region_id,
            closed_on=row.closed_on,
            reason=row.close_reason,
        ),
        actor=actor,
    )


def _emptied(row: Station, cleared: Collection[str]) -> dict[str, None]:
    found = entry.cleared(cleared, {"point": "lon lat", "parent_id": "parent"})
    if "lon" in found and row.lon is not None:
        upkeep_access.require_hidden("station", row)
    return found


def _placed(at: Point | None, crs: Crs, origin: Origin | None) -> dict[str, Any]:
    if at is None:
        return {}
    return {"lon": at[0], "lat": at[1], **origins.columns(origin, crs, moved=True)}


def _keep_point(row: Station, said: Sequence[str], reason: str, actor: Actor) -> None:
    if said and reason:
        trail_actions.record(
            events.PointKept(
                station_id=row.pk,
                name=row.name,
                region_code=row.region_id,
                said="；".join(said),
                reason=reason,
            ),
            actor=actor,
        )


def _apply(row: Station, news: dict[str, object]) -> list[str]:
    """Save the values that differ; return the Chinese names of their fields."""
    changed = []
    for name, value in news.items():
        column = "parent_id" if name == "parent" else name
        if getattr(row, column) != value:
            setattr(row, column, value)
            changed.append(name)
    if changed:
        row.save(update_fields=changed)
    return [str(getattr(row._meta.get_field(name), "verbose_name", name)) for name in changed]
