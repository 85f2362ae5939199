"""Who reads and who plans: staff of the county read, its keepers upload, reckon and decide."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.people import roles
from yike.rooms.reach.models import Network, PopulationSet, Run, Timetable
from yike.rooms.regions import codes

#: Roles whose holders plan the circle of their county.
PLANNERS = (roles.DISPATCHER, roles.DIRECTOR)

T = TypeVar("T", bound=Model)


def require_planner(actor: Actor, county_code: str) -> None:
    """This will refuse NotAllowed whoever does not plan for this county."""
    if not plans(actor, county_code):
        raise NotAllowed("服务圈的数据和测算由本县派单员或局领导办理。", way_on="请联系县司法局。")


def plans(actor: Actor, county_code: str) -> bool:
    """This will say whether somebody plans for a county."""
    if actor.kind == "system":
        return True
    span = (actor.region_from, actor.region_until)
    return actor.kind == "staff" and actor.has(*PLANNERS) and codes.within(county_code, span)


def network_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Network:
    """This will return a network that this actor sees; to be changed, if locked."""
    return _found(Network, ref, actor, lock=lock)


def timetable_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Timetable:
    """This will return a timetable that this actor sees; to be changed, if locked."""
    return _found(Timetable, ref, actor, lock=lock)


def people_for(actor: Actor, ref: UUID, *, lock: bool = False) -> PopulationSet:
    """This will return population data that this actor sees; to be changed, if locked."""
    return _found(PopulationSet, ref, actor, lock=lock)


def run_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Run:
    """This will return a run that this actor sees; to be changed, if locked."""
    return _found(Run, ref, actor, lock=lock)


def _found(model: type[T], ref: UUID, actor: Actor, *, lock: bool) -> T:
    """Row security decides what is there; seen but not to be changed is refused as such."""
    seen = model._default_manager.filter(pk=ref).first()
    if seen is None:
        raise NotFound("没有这项服务圈数据")
    if not lock:
        return seen
    require_planner(actor, seen.county_code)  # type: ignore[attr-defined]
    locked = model._default_manager.select_for_update().filter(pk=ref).first()
    if locked is None:
        raise NotFound("没有这项服务圈数据")
    return locked
