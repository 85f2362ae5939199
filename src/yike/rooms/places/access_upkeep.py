"""Who keeps a place: registrars of its region; officers there bring photos and look after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.people import roles
from yike.rooms.places import upkeep
from yike.rooms.places.models import (
    Photo,
    PublicSite,
    QrCode,
    Sign,
    Station,
    Terminal,
    Upkeep,
)
from yike.rooms.providers.access import require_registrar
from yike.rooms.regions import codes

__all__ = ["require_registrar"]
Kept = Station | Terminal | Sign
MODELS: dict[str, type[Station] | type[Terminal] | type[Sign]] = {
    "station": Station,
    "terminal": Terminal,
    "sign": Sign,
}


def found(facility: str, ref: UUID) -> Kept:
    """This will return a station, terminal or sign; NotFound when there is none."""
    model = MODELS.get(facility)
    row: Kept | None = model.objects.filter(pk=ref).first() if model else None
    if row is None:
        raise NotFound("没有这个设施")
    return row


def kept_for(actor: Actor, facility: str, ref: UUID) -> Kept:
    """This will lock and return one whose register the actor keeps."""
    row = found(facility, ref)
    require_registrar(actor, row.region_id)
    locked: Kept = MODELS[facility].objects.select_for_update().get(pk=ref)
    return locked


def tended_for(actor: Actor, facility: str, ref: UUID) -> Kept:
    """This will return one the actor looks after: as registrar, or as officer of its region."""
    row = found(facility, ref)
    if not is_tender(actor, row.region_id):
        require_registrar(actor, row.region_id)
    return row


def may_tend(actor: Actor, region_code: str) -> bool:
    """This will say whether somebody looks after what stands in a region."""
    if is_tender(actor, region_code):
        return True
    try:
        require_registrar(actor, region_code)
    except NotAllowed:
        return False
    return True


def is_tender(actor: Actor, region_code: str) -> bool:
    """This will say whether an officer works in the region where something stands."""
    span = (actor.region_from, actor.region_until)
    return (
        actor.kind == "staff"
        and actor.has(roles.OFFICER)
        and bool(actor.region_from)
        and codes.within(region_code, span)
    )


def site(ref: UUID, *, lock: bool = False) -> PublicSite:
    """This will return a public place on the list; NotFound when there is none."""
    rows = PublicSite.objects.select_for_update() if lock else PublicSite.objects
    row = rows.filter(pk=ref, ended_on=None).first()
    if row is None:
        raise NotFound("名单里没有这个公共场所")
    return row


def code_for(actor: Actor, ref: UUID) -> QrCode:
    """This will lock and return a code whose register the actor keeps."""
    row = QrCode.objects.filter(pk=ref).first()
    if row is None:
        raise NotFound("没有这个服务码")
    require_registrar(actor, row.region_id)
    return QrCode.objects.select_for_update().get(pk=ref)


def upkeep_of(facility: str, row: Kept) -> Upkeep:
    """This will lock and return how a place is kept, unsaved when nobody told yet."""
    rows = Upkeep.objects.select_for_update().filter(facility=facility, subject=row.pk)
    return rows.first() or Upkeep(facility=facility, subject=row.pk, region_id=row.region_id)


def is_open(row: Kept) -> bool:
    """This will say whether something still stands."""
    return row.closed_on is None if isinstance(row, Station) else row.status != "removed"


def require_hidden(facility: str, row: Kept) -> None:
    """This will refuse to take the point from something that the map shows."""
    if upkeep_of(facility, row).published_on:
        raise NotAllowed(
            f"“{row.name}”正在地图上公布，不能清空坐标",
            way_on="请先从地图撤下，再清空；或者改成正确的坐标。",
        )


def hindrances_of(facility: str, row: Kept) -> tuple[str, ...]:
    """This will say what keeps a point off the map."""
    photos = Photo.objects.filter(facility=facility, subject=row.pk)
    return upkeep.hindrances(
        open_=is_open(row),
        point=row.lon is not None,
        photos=list(photos.values_list("taken_on", "direction", "status")),
    )


def about(facility: str, row: Kept) -> dict[str, Any]:
    """This will return what every sentence about a place names."""
    return {
        "facility_id": row.pk,
        "name": row.name,
        "facility": facility,
        "region_code": row.region_id,
    }
