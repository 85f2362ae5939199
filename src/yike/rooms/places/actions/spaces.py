"""Windows and rooms of stations: entering them, correcting them, and whether they are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.places import access, entry, events, kinds
from yike.rooms.places import hours as hours_rules
from yike.rooms.places.models import Space
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.trail import actions as trail_actions

MOST_SEATS = 1000


@transaction.atomic
def register_space(
    *,
    station_id: UUID,
    code: str,
    name: str,
    kind: str,
    actor: Actor,
    institution_id: UUID | None = None,
    services: Sequence[str] = (),
    hours: hours_rules.Hours | None = None,
    seats: int = 0,
    equipment: str = "",
    queue_code: str = "",
) -> UUID:
    """This will enter a window or a room of a station and return its id.

    `hours` as of a station, the station's own when left out. Refuses Clash a code used in the
    station already, NotAllowed a closed station.
    """
    station = access.station_for(actor, station_id, active=True)
    row = Space(
        station=station,
        code=entry.filled(code, "code", "编码"),
        kind=entry.one_of(kind, kinds.SPACES, "kind", "类型"),
        status_on=clock.today(),
        **_facts(name, institution_id, services, hours, seats, equipment, queue_code),
    )
    entry.insert(row, "这个站点已有同样编码的窗口或房间")
    trail_actions.record(
        events.SpaceRegistered(**_about(row), kind_name=kinds.SPACES[kind]), actor=actor
    )
    return row.pk


@transaction.atomic
def revise_space(
    *,
    space_id: UUID,
    name: str,
    actor: Actor,
    institution_id: UUID | None = None,
    services: Sequence[str] = (),
    hours: hours_rules.Hours | None = None,
    seats: int = 0,
    equipment: str = "",
    queue_code: str = "",
) -> None:
    """This will set the facts of a window or a room anew. Refuses one that is closed for good."""
    row = access.space_for(actor, space_id)
    _refuse_closed(row)
    facts = _facts(name, institution_id, services, hours, seats, equipment, queue_code)
    for field, value in facts.items():
        setattr(row, field, value)
    row.save(update_fields=list(facts))
    trail_actions.record(events.SpaceRevised(**_about(row)), actor=actor)


@transaction.atomic
def set_space_status(*, space_id: UUID, status: str, actor: Actor, reason: str = "") -> None:
    """This will open, pause or close for good a window or a room; the latter two need words."""
    row = access.space_for(actor, space_id)
    _refuse_closed(row)
    row.status = entry.one_of(status, kinds.SPACE_STATUSES, "status", "状态")
    row.status_reason = entry.line(reason, "reason")
    if status != "open" and not row.status_reason:
        raise BadInput("请写明暂停或撤销的原因", field="reason")
    row.status_on = clock.today()
    row.save(update_fields=["status", "status_reason", "status_on"])
    said = f"：{row.status_reason}" if row.status_reason else ""
    trail_actions.record(
        events.SpaceStatusSet(**_about(row), status=kinds.SPACE_STATUSES[status], reason=said),
        actor=actor,
    )


def _facts(
    name: str,
    institution_id: UUID | None,
    services: Sequence[str],
    hours: hours_rules.Hours | None,
    seats: int,
    equipment: str,
    queue_code: str,
) -> dict[str, Any]:
    if not 0 <= seats <= MOST_SEATS:
        raise BadInput(f"座位数应在 0 到 {MOST_SEATS} 之间", field="seats")
    if institution_id is not None:
        providers_queries.institution(institution_id)
    known = [entry.one_of(one, provider_kinds.SERVICES, "services", "服务") for one in services]
    return {
        "name": entry.filled(name, "name", "名称"),
        "institution_id": institution_id,
        "services": sorted(set(known)),
        "hours": entry.hours(hours or {}),
        "seats": seats,
        "equipment": entry.line(equipment, "equipment"),
        "queue_code": entry.line(queue_code, "queue_code")[:20],
    }


def _refuse_closed(row: Space) -> None:
    if row.status == "closed":
        raise NotAllowed("已经撤销，不能再修改", way_on="需要时请重新登记。")


def _about(row: Space) -> dict[str, Any]:
    return {
        "station_id": row.station_id, "name": row.station.name,
        "region_code": row.station.region_id, "space_id": row.pk, "space": row.name,
    }  # fmt: skip
