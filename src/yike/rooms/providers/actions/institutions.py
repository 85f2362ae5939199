"""Entering, correcting and closing an institution, and what it supplies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock, marks
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.providers import access, entry, events, kinds, queries
from yike.rooms.providers.models import Institution, Practitioner, Supply
from yike.rooms.providers.queries import register
from yike.rooms.regions import pinning
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Crs, Point
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def register_institution(
    *,
    code: str,
    name: str,
    kind: str,
    region_code: str,
    actor: Actor,
    parent_id: UUID | None = None,
    uscc: str = "",
    address: str = "",
    phone: str = "",
    handles_orders: bool = False,
    pool: bool = False,
    supplies: Sequence[tuple[str, str]] = (),
    areas: Sequence[str] = (),
    capacity: int = 0,
    active_from: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will enter an institution in the register and return its id.

    `supplies`: pairs of service code (S01…) and mode (direct, booking …). `areas`: region codes
    served, its own when empty; `capacity`: orders carried at once. Refuses BadInput an
    unknown kind, region or a credit code that fails its check sign; Clash a code used already.
    """
    access.require_registrar(actor, region_code)
    region_queries.region(region_code)
    row = Institution(
        code=entry.filled(code, "code", "编码"),
        name=entry.filled(name, "name", "名称"),
        kind=entry.one_of(kind, kinds.INSTITUTION_KINDS, "kind", "机构类别"),
        uscc=entry.uscc(uscc),
        region_id=region_code,
        parent_id=access.institution_for(actor, parent_id).pk if parent_id else None,
        address=address.strip(),
        phone=phone.strip(),
        handles_orders=handles_orders,
        pool=pool,
        areas=entry.areas(areas),
        capacity=capacity,
        active_from=active_from or clock.today(),
        demo=demo,
    )
    entry.insert(row, "编码、信用代码或县级兜底机构与已有机构重复")
    _write_supplies(row.pk, supplies)
    trail_actions.record(
        events.InstitutionRegistered(
            institution_id=row.pk, name=row.name, region_code=region_code, institution_kind=kind
        ),
        actor=actor,
    )
    return row.pk


@transaction.atomic
def revise_institution(
    *,
    institution_id: UUID,
    actor: Actor,
    name: str | None = None,
    address: str | None = None,
    phone: str | None = None,
    uscc: str | None = None,
    parent_id: UUID | None = None,
    handles_orders: bool | None = None,
    pool: bool | None = None,
    areas: Sequence[str] | None = None,
    capacity: int | None = None,
    seen: str = "",
) -> None:
    """This will correct the facts given (None leaves one as it is); `seen` as place_institution.

    Refuses BadInput a parent from below, Clash a second county pool, NotAllowed a closed entry.
    """
    row = access.institution_for(actor, institution_id, lock=True)
    marks.still(register.facts(row), seen)
    entry.refuse_closed(row.active_until)
    if parent_id and parent_id in queries.subtree_ids(row.pk):
        raise BadInput("上级机构不能是本机构或它的下级", field="parent_id")
    if parent_id:
        access.institution_for(actor, parent_id)
    news: dict[str, object] = {
        "name": name if name is None else entry.filled(name, "name", "名称"),
        "address": address if address is None else address.strip(),
        "phone": phone if phone is None else phone.strip(),
        "uscc": uscc if uscc is None else entry.uscc(uscc),
        "parent_id": parent_id,
        "handles_orders": handles_orders,
        "pool": pool,
        "areas": None if areas is None else entry.areas(areas),
        "capacity": capacity,
    }
    changed = entry.apply(row, news, "信用代码或县级兜底机构与已有机构重复")
    if changed:
        trail_actions.record(
            events.InstitutionRevised(
                institution_id=row.pk, name=row.name, region_code=row.region_id, changed=changed
            ),
            actor=actor,
        )


@transaction.atomic
def place_institution(
    *,
    institution_id: UUID,
    point: Point | None,
    crs: Crs = "wgs84",
    hours: str = "",
    seen: str = "",
    actor: Actor,
) -> None:
    """This will say where an institution stands and when it is open; None and "" forget it.

    `seen`: the mark of what was looked at. Refuses Clash when it was corrected since, BadInput a
    point that cannot lie in its county, NotAllowed a closed entry.
    """
    row = access.institution_for(actor, institution_id, lock=True)
    entry.refuse_closed(row.active_until)
    marks.still(register.facts(row), seen)
    at = pinning.pinned(row.region_id, point, crs) if point else None
    news = {
        "lon": at[0] if at else None, "lat": at[1] if at else None,
        "point_crs": crs if at else "", "hours": entry.line(hours, "hours", most=100),
    }  # fmt: skip
    changed = [name for name, told in news.items() if getattr(row, name) != told]
    for name in changed:
        setattr(row, name, news[name])
    row.save(update_fields=changed)
    words = [name for name, some in (("位置", "lon lat"), ("开放时间", "hours"))
             if set(some.split()) & set(changed)]  # fmt: skip
    if words:
        revised = events.InstitutionRevised(
            institution_id=row.pk, name=row.name, region_code=row.region_id,
            changed="、".join(words),
        )  # fmt: skip
        trail_actions.record(revised, actor=actor)


@transaction.atomic
def close_institution(
    *, institution_id: UUID, reason: str, actor: Actor, closed_on: date | None = None
) -> None:
    """This will give an institution its last day (exclusive). It stays readable for ever.

    Refuses NotAllowed while institutions or practitioners still belong to it, so that nobody is
    left without a house.
    """
    row = access.institution_for(actor, institution_id, lock=True)
    entry.refuse_closed(row.active_until)
    left = Institution.objects.filter(parent=row, active_until__isnull=True).count()
    people = Practitioner.objects.filter(institution=row, active_until__isnull=True).count()
    if left or people:
        raise NotAllowed(
            f"还有 {left} 个下级机构、{people} 名人员属于这个机构",
            way_on="请先为他们变更所属机构或办理停用。",
        )
    row.active_until = max(closed_on or clock.today(), row.active_from)
    row.close_reason = entry.filled(reason, "reason", "停用原因")
    row.save(update_fields=["active_until", "close_reason"])
    trail_actions.record(
        events.InstitutionClosed(
            institution_id=row.pk,
            name=row.name,
            region_code=row.region_id,
            closed_on=row.active_until,
            reason=row.close_reason,
        ),
        actor=actor,
    )


@transaction.atomic
def set_supplies(
    *, institution_id: UUID, supplies: Sequence[tuple[str, str]], actor: Actor
) -> None:
    """This will replace what an institution supplies: pairs of service code and mode."""
    row = access.institution_for(actor, institution_id, lock=True)
    entry.refuse_closed(row.active_until)
    Supply.objects.filter(institution=row).delete()
    _write_supplies(row.pk, supplies)
    trail_actions.record(
        events.SupplySet(
            institution_id=row.pk,
            name=row.name,
            region_code=row.region_id,
            services="、".join(sorted({kinds.SERVICES[service] for service, _ in supplies})),
        ),
        actor=actor,
    )


def _write_supplies(institution_id: UUID, supplies: Sequence[tuple[str, str]]) -> None:
    rows = [
        Supply(institution_id=institution_id, service=service, mode=mode)
        for service, mode in entry.supplies(supplies)
    ]
    Supply.objects.bulk_create(rows)
