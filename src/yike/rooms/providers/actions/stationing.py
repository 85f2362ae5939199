"""Planning who should be stationed where, saying that it came true, or why it did not."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.providers import access, entry, events, kinds
from yike.rooms.providers.models import Institution, Stationing
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def plan_stationing(
    *,
    institution_id: UUID,
    region_code: str,
    platform: str,
    way: str,
    actor: Actor,
    place_id: UUID | None = None,
    planned: bool = True,
    planned_on: date | None = None,
) -> UUID:
    """This will say that an institution should be stationed on a platform in one way.

    `place_id`: the station, for the platform "station" only. `planned=False` enters what came
    about without a plan. Refuses BadInput a way the platform does not know, Clash what is planned
    or actual already.
    """
    access.require_registrar(actor, region_code)
    house = Institution.objects.filter(pk=institution_id).first()
    if house is None:
        raise BadInput("名录里没有这个机构", field="institution_id")
    entry.refuse_closed(house.active_until)
    entry.one_of(platform, kinds.PLATFORMS, "platform", "平台")
    if way not in kinds.WAYS_ON[platform]:
        known = "、".join(kinds.WAYS[one] for one in kinds.WAYS_ON[platform])
        raise BadInput(f"{kinds.PLATFORMS[platform]}的进驻方式只有{known}", field="way")
    if (platform == "station") != (place_id is not None):
        raise BadInput("进驻实体平台要选站点，其他平台不选", field="place_id")
    row = Stationing(
        institution=house, region_id=region_code, platform=platform, place_id=place_id, way=way,
        planned=planned, planned_on=planned_on,
    )  # fmt: skip
    entry.insert(row, "这个机构在这里的这种进驻已经登记")
    trail_actions.record(events.StationingPlanned(**_about(row)), actor=actor)
    return row.pk


@transaction.atomic
def begin_stationing(
    *,
    stationing_id: UUID,
    actor: Actor,
    from_on: date | None = None,
    agreement_no: str = "",
    agreement_until: date | None = None,
    window_no: str = "",
    queue_code: str = "",
    co_duty: bool = False,
) -> None:
    """This will say that an institution is stationed as planned, from a day (today) on.

    For a hall's window: its number, the queue's code, the agreement and its end (exclusive).
    Refuses Clash when it is there already, BadInput an agreement that ended before.
    """
    row = access.stationing_for(actor, stationing_id)
    _refuse_over(row)
    if row.active_from is not None:
        raise Clash(f"已于 {row.active_from:%Y-%m-%d} 进驻", way_on="请刷新页面。")
    since = from_on or clock.today()
    if agreement_until is not None and agreement_until <= since:
        raise BadInput("协议到期日应晚于进驻日期", field="agreement_until")
    row.active_from = since
    row.agreement_no = entry.line(agreement_no, "agreement_no", most=60)
    row.agreement_until = agreement_until
    row.window_no = entry.line(window_no, "window_no", most=20)
    row.queue_code = entry.line(queue_code, "queue_code", most=20)
    row.co_duty = co_duty
    row.reason_code, row.reason_not = "", ""
    row.save()
    trail_actions.record(events.StationingBegun(**_about(row), from_on=since), actor=actor)


@transaction.atomic
def explain_stationing(
    *, stationing_id: UUID, reason_code: str, actor: Actor, reason: str = ""
) -> None:
    """This will say why an institution is not stationed as planned; "other" needs words."""
    row = access.stationing_for(actor, stationing_id)
    _refuse_over(row)
    if row.active_from is not None:
        raise NotAllowed("已经进驻，不用说明未驻原因", way_on="撤出时再写原因。")
    entry.one_of(reason_code, kinds.NOT_STATIONED, "reason_code", "未驻原因")
    words = entry.line(reason, "reason")
    if reason_code == "other" and not words:
        raise BadInput("请写明原因", field="reason")
    row.reason_code, row.reason_not = reason_code, words
    row.save(update_fields=["reason_code", "reason_not"])
    said = "：".join(part for part in (kinds.NOT_STATIONED[reason_code], words) if part)
    trail_actions.record(events.StationingExplained(**_about(row), reason=said), actor=actor)


@transaction.atomic
def end_stationing(
    *, stationing_id: UUID, reason: str, actor: Actor, ended_on: date | None = None
) -> None:
    """This will end a stationing on a day (exclusive), or take it off the plan."""
    row = access.stationing_for(actor, stationing_id)
    _refuse_over(row)
    _end(row, entry.filled(reason, "reason", "撤出原因"), ended_on or clock.today(), actor)


@transaction.atomic
def end_stationings_of(*, institution_id: UUID, reason: str, on: date, actor: Actor) -> int:
    """This will end everything that is planned or actual of an institution; returns how many."""
    rows = Stationing.objects.select_for_update(of=("self",)).select_related("institution")
    found = list(rows.filter(institution=institution_id, active_until__isnull=True).order_by("id"))
    for row in found:
        _end(row, reason, on, actor)
    return len(found)


def _end(row: Stationing, reason: str, on: date, actor: Actor) -> None:
    row.active_until = max(on, row.active_from or on)
    row.end_reason = reason
    row.save(update_fields=["active_until", "end_reason"])
    trail_actions.record(
        events.StationingEnded(**_about(row), ended_on=row.active_until, reason=reason),
        actor=actor,
    )


def _refuse_over(row: Stationing) -> None:
    if row.active_until is not None:
        raise NotAllowed(f"已于 {row.active_until:%Y-%m-%d} 撤出，不能再修改")


def _about(row: Stationing) -> dict[str, Any]:
    return {
        "institution_id": row.institution_id,
        "name": row.institution.name,
        "region_code": row.region_id,
        "stationing_id": row.pk,
        "platform_name": kinds.PLATFORMS[row.platform],
        "way_name": kinds.WAYS[row.way],
    }
