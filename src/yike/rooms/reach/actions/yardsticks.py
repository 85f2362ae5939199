"""Setting how far help may be: another version beside the old ones, never instead of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import clean
from yike.rooms.reach import access, events, flow, yardsticks
from yike.rooms.reach.models import Yardstick
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def set_yardstick(
    *,
    county_code: str,
    minutes: int,
    modes: Mapping[str, str],
    metres: Mapping[str, int],
    places: Mapping[str, str],
    source: str,
    article: str = "",
    checked_on: date,
    published: bool = True,
    actor: Actor,
) -> UUID:
    """This will set the county's next yardstick: minutes, and mode and radius by class of zone.

    `places`: town or village code → class. `published`: only stations on the map count.
    Several modes are joined by "+": the quickest counts.
    Refuses NotAllowed, and BadInput what cannot be meant.
    """
    access.require_planner(actor, county_code)
    if not 1 <= minutes <= 120:
        raise BadInput("分钟数应在 1 到 120 之间。", field="minutes")
    if checked_on > clock.today():
        raise BadInput("核对日期不能晚于今天。", field="checked_on")
    zones = [
        _zone(one, minutes, modes.get(one["zone"], ""), metres.get(one["zone"], 0))
        for one in yardsticks.current(county_code).zones
    ]
    row = Yardstick(
        id=new_id(),
        county_code=county_code,
        version=yardsticks.next_version(county_code),
        minutes=minutes,
        zones=zones,
        places=_places(county_code, places, {one["zone"] for one in zones}),
        source=clean.text(source, field="source", most=200, least=2),
        article=clean.text(article, field="article", most=120),
        checked_on=checked_on,
        published=published,
        set_at=clock.now(),
        set_by=actor.label,
    )
    row.save(force_insert=True)
    told = events.YardstickSet(yardstick_id=row.id, region_code=county_code, version=row.version)
    trail_actions.record(told, actor=actor)
    return row.id


def _zone(old: dict[str, Any], minutes: int, mode: str, metres: int) -> dict[str, Any]:
    name = old["names"][0]
    if not mode or flow.BETWEEN.join(flow.modes_in(mode)) != mode:
        raise BadInput(f"请选择{name}的出行方式。", field=f"mode_{old['zone']}")
    if not 100 <= metres <= 50_000:
        raise BadInput(f"{name}的半径应在 100 到 50000 米之间。", field=f"metres_{old['zone']}")
    text = f"{name}以{flow.mode_name(mode)}{minutes}分钟（{metres / 1000:.1f}公里）为标准"
    changed = {"minutes": minutes, "mode": mode, "metres": metres, "text": text}
    return old | changed


def _places(county_code: str, places: Mapping[str, str], zones: set[str]) -> dict[str, str]:
    span = codes.span(county_code)
    for code, zone in places.items():
        if not codes.is_code(code) or not codes.within(code, span) or zone not in zones:
            raise BadInput("乡镇的类别不对，请从列表中选择。", field="places")
    return dict(places)
