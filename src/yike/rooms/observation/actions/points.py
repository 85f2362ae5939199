"""Observation points: set up where a place was told to be one, or on their own, and ended."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.observation import access, entry, events
from yike.rooms.observation.models import Point, Quota, Wave
from yike.rooms.places import colocation, colocation_pages
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.access import require_registrar
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def set_up_point(
    *,
    county_code: str,
    host: str = "",
    name: str = "",
    region_code: str = "",
    address: str = "",
    phone: str = "",
    institution_id: UUID | None = None,
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will set up an observation point: at `host` ("station:<id>", "site:<id>") or of its own.

    Refuses BadInput a host that was not told to be one (多要素聚集), no name or place of one of
    its own, no office; Clash a second one of the name.
    """
    require_registrar(actor, county_code)
    row = Point(id=new_id(), county_code=county_code, demo=demo)
    if host:
        _at(row, host)
    else:
        row.name = entry.filled(name, "name", "名称", most=80)
        row.region_id = region_code
    if not codes.is_code(row.region_id) or not codes.within(row.region_id, codes.span(county_code)):
        raise BadInput("请选择本县的乡镇（街道）或村（社区）。", field="region_code")
    regions_queries.name_of(row.region_id)
    if institution_id:
        row.institution_id = institution_id
    if not row.institution_id:
        raise BadInput("请选择责任单位。", field="institution_id")
    office = providers_queries.institution(row.institution_id)
    if not codes.within(office.region_code, codes.span(county_code)):
        raise BadInput("责任单位要是本县的。", field="institution_id")
    row.address = entry.line(address, "address") or row.address
    row.phone = entry.line(phone, "phone", most=40) or row.phone
    entry.insert(row, f"已经有观测点“{row.name}”")
    _tell(row, "设立", office.name, actor)
    return row.id


@transaction.atomic
def end_point(*, point_id: UUID, actor: Actor) -> None:
    """This will end a point; what was found there stays. Refuses while a period runs there."""
    row = access.kept(Point, actor, point_id)
    if row.ended_on is not None:
        raise NotAllowed("这个观测点已经撤销")
    if Wave.objects.filter(state="open", pk__in=_waves(row)).exists():
        raise NotAllowed("有观测期正在这里进行", way_on="请先关闭观测期，再撤销。")
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    _tell(row, "撤销", providers_queries.institution(row.institution_id).name, actor)


def _at(row: Point, host: str) -> None:
    kind, _, typed = host.partition(":")
    try:
        place = colocation_pages.point(kind, UUID(typed))
    except ValueError as broken:
        raise BadInput("请从列表里选地方。", field="host") from broken
    if colocation.OBSERVE not in place.there:
        raise BadInput(
            f"{place.name}还没有登记为公民法治素养观测点。",
            way_on="请先在“多要素聚集”登记这个要素。", field="host",
        )  # fmt: skip
    row.name = place.name[:80]
    if kind == "station":
        station = places_queries.station(place.id)
        row.station_id, row.region_id = place.id, station.region_code
        row.institution_id = station.institution_id
        row.address, row.phone = station.address[:200], station.phone[:40]
    else:
        row.site_id, row.region_id = place.id, place.town_code or row.county_code


def _waves(row: Point) -> list[UUID]:
    found = Quota.objects.filter(point=row, planned__gt=0)
    return list(found.values_list("stratum__wave", flat=True).distinct())


def _tell(row: Point, deed: str, unit: str, actor: Actor) -> None:
    told = events.PointKept(
        point_id=row.pk, name=row.name, region_code=row.region_id, deed=deed, unit=unit
    )
    trail_actions.record(told, actor=actor)
