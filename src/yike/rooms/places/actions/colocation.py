"""Elements of a place: told with unit, day and evidence, and ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.places import access_upkeep as access
from yike.rooms.places import colocation, entry
from yike.rooms.places import colocation_events as events
from yike.rooms.places.models import PublicSite, SiteElement, Station
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def tell_element(
    *,
    host: str,
    place_id: UUID,
    kind: str,
    unit: str,
    since: date,
    evidence: str,
    number: str = "",
    function: str = "",
    actor: Actor,
) -> UUID:
    """This will say that a "station" or a "site" of the list is something else as well.

    By whoever looks after the region. Refuses BadInput what the place is by itself, no unit or
    evidence, a day to come, and a link to another register without its number; Clash the same
    element twice.
    """
    place = _tended(host, place_id, actor)
    entry.one_of(kind, colocation.ELEMENTS, "kind", "要素")
    site_kind = place.kind if isinstance(place, PublicSite) else ""
    if kind == colocation.own_element(host, site_kind):
        raise BadInput(f"{place.name}本来就是{colocation.ELEMENTS[kind]}。", field="kind")
    if since > clock.today():
        raise BadInput("设立日期还没有到。", way_on="请改正日期。", field="since")
    if kind == colocation.CIRCLE and not number.strip():
        raise BadInput("请写15分钟公共服务圈名册里的编号。", field="number")
    row = SiteElement(
        id=new_id(), kind=kind, region_id=place.region_id, since=since,
        station_id=place.pk if host == "station" else None,
        site_id=place.pk if host == "site" else None,
        unit=entry.filled(unit, "unit", "责任单位")[:80],
        evidence=entry.filled(evidence, "evidence", "依据"),
        number=entry.line(number, "number")[:60], function=entry.line(function, "function"),
        label=actor.label[:80] if actor.kind == "staff" else "",
    )  # fmt: skip
    entry.insert(row, f"{place.name}已经登记了这个要素")
    _tell(host, place, row, "登记", actor)
    return row.id


@transaction.atomic
def end_element(*, host: str, place_id: UUID, element_id: UUID, actor: Actor) -> None:
    """This will end an element of a place; its entry stays. Refuses NotFound."""
    place = _tended(host, place_id, actor)
    rows = SiteElement.objects.select_for_update().filter(pk=element_id, ended_on=None)
    row = rows.filter(**{host: place.pk}).first()
    if row is None:
        raise NotFound("没有这个要素，或已经撤销")
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    _tell(host, place, row, "撤销", actor)


def _tended(host: str, place_id: UUID, actor: Actor) -> Station | PublicSite:
    if host == "station":
        row = access.tended_for(actor, "station", place_id)
        assert isinstance(row, Station)
        if row.closed_on is not None:
            raise NotAllowed(f"{row.name}已经停用", way_on="请打开承接它的站点。")
        return row
    if host != "site":
        raise NotFound("没有这个地方")
    site = access.site(place_id)
    if not access.is_tender(actor, site.region_id):
        access.require_registrar(actor, site.region_id)
    return site


def _tell(
    host: str, place: Station | PublicSite, row: SiteElement, deed: str, actor: Actor
) -> None:
    told = events.ElementTold(
        place_id=place.pk, host=host, name=place.name, region_code=place.region_id, deed=deed,
        element=colocation.ELEMENTS[row.kind], unit=row.unit,
    )  # fmt: skip
    trail_actions.record(told, actor=actor)
