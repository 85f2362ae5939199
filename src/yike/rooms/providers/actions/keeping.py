"""Naming keepers, declaring close relations, and departments in charge of the nine kinds."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.people import masks, sealing
from yike.rooms.providers import access, entry, events, kinds, periods
from yike.rooms.providers.models import (
    Institution,
    Keeper,
    KindCharge,
    KindUpdate,
    Practitioner,
    Relation,
)
from yike.rooms.providers.queries import fit_to_serve
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def name_keepers(
    *,
    institution_id: UUID,
    keeper_account: UUID,
    actor: Actor,
    deputy_account: UUID | None = None,
    from_on: date | None = None,
) -> None:
    """This will name who looks at an institution's affairs every day, and the deputy (每天查看).

    From a day (today) on; the former ones end on it. Refuses BadInput the same person twice.
    """
    house = access.institution_for(actor, institution_id, lock=True)
    entry.refuse_closed(house.active_until)
    if keeper_account == deputy_account:
        raise BadInput("查看人和替补应是两个人", field="deputy_account")
    since = from_on or clock.today()
    former = Keeper.objects.filter(institution=house, until_on__isnull=True)
    former.filter(from_on__gte=since).delete()
    former.update(until_on=since)
    Keeper.objects.create(
        institution=house, keeper_account=keeper_account, deputy_account=deputy_account,
        from_on=since,
    )  # fmt: skip
    trail_actions.record(
        events.KeepersNamed(
            institution_id=house.pk, name=house.name, region_code=house.region_id,
            keeper_account=keeper_account, deputy_account=deputy_account,
        ),
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def declare_relation(
    *,
    practitioner_id: UUID,
    name: str,
    relation: str,
    actor: Actor,
    id_number: str = "",
    phone: str = "",
) -> UUID:
    """This will keep somebody close to a practitioner by blind indexes and a mask, never in clear.

    By the person themselves or a registrar. Refuses BadInput what is no telephone or identity
    number. Without both only the name finds them, which is a hint and no proof.
    """
    row, house = access.practitioner_or_self(actor, practitioner_id)
    entry.refuse_closed(row.active_until)
    whole = entry.filled(name, "name", "姓名", most=60)
    made = Relation.objects.create(
        practitioner=row,
        relation=entry.filled(relation, "relation", "关系", most=20),
        person_mask=_mask(whole, id_number.strip(), phone.strip()),
        name_index=sealing.name_index(whole),
        id_index=sealing.id_index(id_number) if id_number.strip() else "",
        phone_index=sealing.phone_index(phone) if phone.strip() else "",
        declared_on=clock.today(),
    )
    trail_actions.record(
        events.RelationDeclared(
            practitioner_id=row.pk, institution_id=house.pk, region_code=house.region_id,
            relation=made.relation,
        ),
        actor=actor,
    )  # fmt: skip
    return made.pk


@transaction.atomic
def withdraw_relation(*, relation_id: UUID, reason: str, actor: Actor) -> None:
    """This will let a declared relation count no more; it stays readable, masked."""
    made = Relation.objects.select_for_update().filter(pk=relation_id).first()
    if made is None or made.withdrawn_on is not None:
        raise NotFound("没有这条有效的回避关系")
    row, house = access.practitioner_or_self(actor, made.practitioner_id)
    why = entry.filled(reason, "reason", "撤回原因")
    made.withdrawn_on = clock.today()
    made.save(update_fields=["withdrawn_on"])
    trail_actions.record(
        events.RelationWithdrawn(
            practitioner_id=row.pk, institution_id=house.pk, region_code=house.region_id,
            reason=why,
        ),
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def charge_kind(
    *,
    region_code: str,
    kind: str,
    department: str,
    actor: Actor,
    account_id: UUID | None = None,
    period: str = "month",
    grace_days: int = 5,
    from_on: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will make a department answer for one of the nine kinds in a county, from a day on.

    The former one ends on that day. Each period then asks for an update to be signed.
    """
    access.require_registrar(actor, region_code)
    if codes.level_of(region_code) != "county":
        raise BadInput("职能科室按县（市、区）设置", field="region_code")
    since = from_on or clock.today()
    if not 0 <= grace_days <= 31:
        raise BadInput("签核宽限应在 0 到 31 天之间", field="grace_days")
    row = KindCharge(
        region_id=region_code,
        kind=entry.one_of(kind, kinds.RESOURCE_KINDS, "kind", "资源类别"),
        department=entry.filled(department, "department", "职能科室", most=60),
        account_id=account_id,
        period=entry.one_of(period, kinds.PERIODS, "period", "更新周期"),
        grace_days=grace_days,
        from_on=since,
        demo=demo,
    )
    KindCharge.objects.filter(
        region=region_code, kind=kind, until_on__isnull=True, from_on__lte=since
    ).update(until_on=since)
    entry.insert(row, "这一类已有更晚生效的责任科室")
    trail_actions.record(
        events.KindCharged(
            charge_id=row.pk, kind_name=kinds.RESOURCE_KINDS[kind], department=row.department,
            region_code=region_code,
        ),
        actor=actor,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def open_updates(*, actor: Actor, on: date | None = None) -> int:
    """This will open the update of every period that has ended, once, and tell of overdue ones.

    Run each day by the house; returns how many it opened. A period counts from the first whole one
    under the department's charge.
    """
    if actor.kind != "system":
        raise NotAllowed("更新任务由系统每天生成")
    day = on or clock.today()
    rows = KindCharge.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))
    made = [one for charge in rows.order_by("id") for one in _due_updates(charge, day)]
    opened = KindUpdate.objects.bulk_create(made, ignore_conflicts=True)
    _tell_overdue(day, actor)
    return len(opened)


@transaction.atomic
def sign_update(*, update_id: UUID, remark: str, actor: Actor) -> None:
    """This will sign that a kind is up to date for a period, with what the register holds now.

    By the one in charge or a registrar of the county. Refuses Clash when it is signed already.
    """
    row = access.update_to_sign(actor, update_id)
    if row.signed_at is not None:
        raise Clash("这一期已经签核", way_on="请刷新页面。")
    charge = row.charge
    row.signed_at, row.signed_by = clock.now(), actor.account_id
    row.remark = entry.line(remark, "remark", most=500)
    row.institutions, row.practitioners, row.unfit = _counts(charge)
    row.save(
        update_fields=[
            "signed_at", "signed_by", "remark", "institutions", "practitioners", "unfit",
        ]
    )  # fmt: skip
    trail_actions.record(
        events.KindUpdateSigned(
            charge_id=charge.pk, kind_name=kinds.RESOURCE_KINDS[charge.kind],
            department=charge.department, region_code=charge.region_id, since=row.since,
        ),
        actor=actor,
    )  # fmt: skip


def _due_updates(charge: KindCharge, day: date) -> list[KindUpdate]:
    known = set(KindUpdate.objects.filter(charge=charge).values_list("since", flat=True))
    return [
        KindUpdate(
            charge=charge,
            since=since,
            until=until,
            due_on=until + timedelta(days=charge.grace_days),
        )
        for since, until in periods.ended(charge.period, charge.from_on, day)
        if since not in known
    ]


def _tell_overdue(day: date, actor: Actor) -> None:
    late = KindUpdate.objects.filter(signed_at__isnull=True, told_overdue=False, due_on__lt=day)
    for row in late.select_related("charge").order_by("due_on", "id"):
        row.told_overdue = True
        row.save(update_fields=["told_overdue"])
        charge = row.charge
        trail_actions.record(
            events.KindUpdateOverdue(
                charge_id=charge.pk, kind_name=kinds.RESOURCE_KINDS[charge.kind],
                department=charge.department, region_code=charge.region_id, update_id=row.pk,
                account_id=charge.account_id, since=row.since, due_on=row.due_on,
            ),
            actor=actor,
        )  # fmt: skip


def _counts(charge: KindCharge) -> tuple[int, int, int]:
    """Institutions and people of a kind in the county today, and how many may not serve."""
    day, (since, until) = clock.today(), codes.span(charge.region_id)
    still = Q(active_until__isnull=True) | Q(active_until__gt=day)
    houses = Institution.objects.filter(
        still, kind__in=kinds.HOUSES_OF_KIND[charge.kind],
        region__code__gte=since, region__code__lt=until,
    )  # fmt: skip
    people = Practitioner.objects.filter(
        still, kind=charge.kind,
        institution__region__code__gte=since, institution__region__code__lt=until,
    ).values_list("id", flat=True)  # fmt: skip
    unfit = sum(bool(said) for said in fit_to_serve(people, on=day).values())
    return houses.count(), len(people), unfit


def _mask(name: str, id_number: str, phone: str) -> str:
    said = [masks.mask_name(name)]
    said += [masks.mask_id(id_number)] if id_number else []
    said += [masks.mask_phone(phone)] if phone else []
    return "，".join(said)[:60]
