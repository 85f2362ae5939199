"""Who may alter the register: the house itself, and registrars within their own region."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.people import roles
from yike.rooms.providers import kinds
from yike.rooms.providers.models import (
    AdviserContract,
    Correction,
    DutyTeam,
    Institution,
    Joining,
    KindCharge,
    KindUpdate,
    Practitioner,
    Stationing,
)
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


def institution_to_check(actor: Actor, ref: UUID) -> Institution:
    """This will return an institution the actor may verify: the one in charge, a registrar."""
    found = Institution.objects.filter(pk=ref).first()
    if found is None:
        raise NotFound("名录里没有这个机构")
    if not in_charge(actor, found):
        require_registrar(actor, found.region_id)
    return found


def in_charge(actor: Actor, house: Institution) -> bool:
    """This will say whether the actor answers for the kind of an institution in its county."""
    own = [kind for kind, some in kinds.HOUSES_OF_KIND.items() if house.kind in some]
    if actor.kind != "staff" or actor.account_id is None or not own:
        return False
    rows = KindCharge.objects.filter(
        kind__in=own, account_id=actor.account_id, until_on__isnull=True,
        region__in=codes.ancestors(house.region_id),
    )  # fmt: skip
    return rows.exists()


def correction_for(actor: Actor, ref: UUID) -> Correction:
    """This will lock a report the actor may answer: row security shows it to no other."""
    found = Correction.objects.select_for_update(of=("self",)).filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这条纠错")
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


def team_for(actor: Actor, ref: UUID) -> DutyTeam:
    """This will lock a duty team the actor may alter; NotFound when there is none."""
    found = DutyTeam.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个值班团队")
    require_registrar(actor, found.region_id)
    return found


def stationing_for(actor: Actor, ref: UUID) -> Stationing:
    """This will lock a stationing the actor may alter; NotFound when there is none."""
    rows = Stationing.objects.select_for_update(of=("self",)).select_related("institution")
    found = rows.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这条进驻记录")
    require_registrar(actor, found.region_id)
    return found


def joining_for(actor: Actor, ref: UUID) -> Joining:
    """This will lock an application the actor may alter; NotFound when there is none."""
    found = Joining.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个入驻申请")
    require_registrar(actor, found.region_id)
    return found


def contract_for(actor: Actor, ref: UUID) -> AdviserContract:
    """This will lock an adviser's contract the actor may alter; NotFound when there is none."""
    found = _contracts().filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这份顾问合同")
    require_registrar(actor, found.region_id)
    return found


def contract_to_report(actor: Actor, ref: UUID, village: str) -> AdviserContract:
    """This will return a contract of which the actor may report work in a village.

    Registrars of the region, the adviser in person, and officers whose region holds the village.
    """
    found = AdviserContract.objects.select_related("practitioner").filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这份顾问合同")
    own = actor.account_id is not None and found.practitioner.account_id == actor.account_id
    here = (actor.region_from, actor.region_until)
    office = actor.kind == "staff" and actor.has(roles.OFFICER) and codes.within(village, here)
    if not (own or office):
        require_registrar(actor, found.region_id)
    return found


def update_to_sign(actor: Actor, ref: UUID) -> KindUpdate:
    """This will lock a period's update that the actor may sign: the one in charge, a director."""
    rows = KindUpdate.objects.select_for_update(of=("self",)).select_related("charge")
    found = rows.filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这期更新任务")
    charge = found.charge
    if actor.account_id is None or actor.account_id != charge.account_id:
        require_registrar(actor, charge.region_id)
    return found


def practitioner_or_self(actor: Actor, ref: UUID) -> tuple[Practitioner, Institution]:
    """This will return a practitioner to whoever may alter the entry, or to themselves."""
    found = Practitioner.objects.select_related("institution").filter(pk=ref).first()
    if found is None:
        raise NotFound("名录里没有这个人员")
    if actor.account_id is None or found.account_id != actor.account_id:
        require_registrar(actor, found.institution.region_id)
    return found, found.institution


def _contracts() -> QuerySet[AdviserContract]:
    return AdviserContract.objects.select_for_update(of=("self",)).select_related("practitioner")
