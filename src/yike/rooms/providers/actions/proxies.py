"""Keeping the register of proxies of a county's villages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.providers import access, entry, events, kinds, proxies
from yike.rooms.providers.models import Proxy
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def register_proxy(
    *,
    kind: str,
    village_code: str,
    name: str,
    unit: str,
    services: Sequence[str],
    where: str,
    hours: str,
    phone: str,
    actor: Actor,
    active_from: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will enter a proxy of a village; all of it is published.

    `services` S01…S10 for which they take papers on. Refuses NotAllowed who keeps no register
    there, BadInput what is no village or is left empty.
    """
    access.require_registrar(actor, village_code)
    region_queries.region(village_code)
    if codes.level_of(village_code) != "village":
        raise BadInput("请选择村（社区）。", field="village_code")
    wanted = sorted({entry.one_of(one, kinds.SERVICES, "services", "服务") for one in services})
    if not wanted:
        raise BadInput("请选择代办哪些服务。", field="services")
    row = Proxy(
        kind=entry.one_of(kind, proxies.KINDS, "kind", "类型"), village_id=village_code,
        name=entry.filled(name, "name", "名称或姓名", most=60),
        unit=entry.filled(unit, "unit", "所属单位", most=100), services=wanted,
        where=entry.filled(where, "where", "在哪里找", most=100),
        hours=entry.filled(hours, "hours", "什么时候", most=100),
        phone=entry.filled(phone, "phone", "公开电话", most=40),
        active_from=active_from or clock.today(), demo=demo,
    )  # fmt: skip
    row.save(force_insert=True)
    told = events.ProxyRegistered(
        proxy_id=row.pk, kind_name=proxies.KINDS[row.kind], unit=row.unit, region_code=village_code
    )
    trail_actions.record(told, actor=actor)
    return row.pk


@transaction.atomic
def end_proxy(*, proxy_id: UUID, reason: str, actor: Actor) -> None:
    """This will take a proxy off the register from today on; the entry stays. Refuses twice."""
    row = Proxy.objects.select_for_update().filter(pk=proxy_id).first()
    if row is None:
        raise NotFound("没有这个代办渠道")
    access.require_registrar(actor, row.village_id)
    if row.active_until is not None:
        raise Clash("这个代办渠道已经停用", way_on="不需要再停用。")
    row.active_until = max(clock.today(), row.active_from)
    row.end_reason = entry.filled(reason, "reason", "停用原因")
    row.save(update_fields=["active_until", "end_reason"])
    told = events.ProxyEnded(
        proxy_id=row.pk, kind_name=proxies.KINDS[row.kind], unit=row.unit,
        region_code=row.village_id, reason=row.end_reason,
    )  # fmt: skip
    trail_actions.record(told, actor=actor)
