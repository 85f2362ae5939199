"""Who may alter the register: the house itself, and registrars within their own region."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.people import roles
from yike.rooms.providers.models import Institution, Practitioner
from yike.rooms.regions import codes

#: Roles whose holders keep the registers of institutions, persons and places.
REGISTRARS = (roles.DISPATCHER, roles.DIRECTOR)


def require_registrar(actor: Actor, region_code: str) -> None:
    """This will refuse NotAllowed whoever may not alter entries of this region."""
    if actor.kind == "system":
        return
    if not (actor.kind == "staff" and actor.has(*REGISTRARS)):
        raise NotAllowed("只有登记管理人员可以修改名录", way_on="请联系县司法局登记管理人员。")
    if not codes.within(region_code, (actor.region_from, actor.region_until)):
        raise NotAllowed("这里不在您管理的区划内", way_on="请由当地的登记管理人员办理。")


def institution_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Institution:
    """This will return an institution the actor may alter; NotFound when there is none."""
    rows = Institution.objects.select_for_update() if lock else Institution.objects
    found = rows.filter(pk=ref).first()
    if found is None:
        raise NotFound("名录里没有这个机构")
    require_registrar(actor, found.region_id)
    return found


def practitioner_for(
    actor: Actor, ref: UUID, *, lock: bool = False
) -> tuple[Practitioner, Institution]:
    """This will return a practitioner the actor may alter, and their institution."""
    rows = Practitioner.objects.select_for_update(of=("self",)) if lock else Practitioner.objects
    found = rows.select_related("institution").filter(pk=ref).first()
    if found is None:
        raise NotFound("名录里没有这个人员")
    require_registrar(actor, found.institution.region_id)
    return found, found.institution
