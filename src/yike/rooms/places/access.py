"""Who may alter the register of places: registrars within their own region, and the house."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.places.models import Sign, Space, Station, Terminal
from yike.rooms.providers.access import require_registrar

FACILITIES: dict[str, type[Terminal] | type[Sign]] = {"terminal": Terminal, "sign": Sign}


def station_for(actor: Actor, ref: UUID, *, lock: bool = False, active: bool = False) -> Station:
    """This will return a station the actor may alter; NotFound when there is none.

    `active`: refuses NotAllowed a station that is closed.
    """
    rows = Station.objects.select_for_update() if lock else Station.objects
    found = rows.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个站点")
    require_registrar(actor, found.region_id)
    if active and found.closed_on is not None:
        raise NotAllowed(f"{found.name}已于 {found.closed_on:%Y-%m-%d} 停用，不能再修改")
    return found


def stations_for(actor: Actor, refs: tuple[UUID, ...]) -> list[Station]:
    """This will lock several active stations in id order, and return them in the order asked."""
    found = {ref: station_for(actor, ref, lock=True, active=True) for ref in sorted(set(refs))}
    return [found[ref] for ref in refs]


def facility_for(actor: Actor, facility: str, ref: UUID) -> Terminal | Sign:
    """This will lock and return a terminal or sign the actor may alter."""
    model = FACILITIES.get(facility)
    found: Terminal | Sign | None = (
        model.objects.select_for_update().filter(pk=ref).first() if model else None
    )
    if found is None:
        raise NotFound("没有这个设施")
    require_registrar(actor, found.region_id)
    return found


def space_for(actor: Actor, ref: UUID) -> Space:
    """This will lock and return a window or room the actor may alter."""
    rows = Space.objects.select_for_update(of=("self",)).select_related("station")
    found = rows.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个窗口或房间")
    require_registrar(actor, found.station.region_id)
    return found
