"""Who may alter the register of places and grade stations: registrars of the region, the house."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.places.grade_flow import Standing
from yike.rooms.places.models import (
    GradeAssessment,
    GradeScheme,
    Sign,
    Space,
    Station,
    Terminal,
)
from yike.rooms.providers.access import REGISTRARS, require_registrar
from yike.rooms.regions import codes

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


def standing_of(actor: Actor, station: Station) -> frozenset[Standing]:
    """This will return what somebody is to the grading of a station.

    Whoever keeps the register judges no station of their own institution.
    """
    if actor.kind == "system":
        return frozenset({"office", "county"})
    if actor.kind != "staff":
        return frozenset()
    if actor.org_id == station.institution_id:
        return frozenset({"office"})
    span = (actor.region_from, actor.region_until)
    keeps = actor.has(*REGISTRARS) and codes.within(station.region_id, span)
    return frozenset({"county"}) if keeps else frozenset()


def assessment_for(actor: Actor, ref: UUID, *, lock: bool = False) -> GradeAssessment:
    """This will return an assessment the actor may see, with its station and scheme."""
    rows = GradeAssessment.objects.select_related("station", "scheme").filter(pk=ref)
    found = rows.first()
    if found is None:
        raise NotFound("没有这次等级评定")
    if not lock:
        return found
    locked = rows.select_for_update(of=("self",)).first()
    if locked is None:  # seen, but row security lets only the office and the county change it
        raise NotAllowed("这次等级评定不由您办理", way_on="请联系站点所属单位或县司法局。")
    return locked


def scheme_for(actor: Actor, ref: UUID, *, draft: bool = False) -> GradeScheme:
    """This will return a scheme; with `draft` locked, refusing what is published or not theirs."""
    found = GradeScheme.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个等级标准")
    if draft:
        require_registrar(actor, found.county_code)
        if found.published:
            raise NotAllowed("已发布的等级标准不能修改", way_on="请从它起草新版本。")
        found = GradeScheme.objects.select_for_update().get(pk=ref)
    return found
