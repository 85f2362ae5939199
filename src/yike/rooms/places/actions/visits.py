"""The basic five told and tried, and visitors counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.places import access_upkeep as access
from yike.rooms.places import basics, entry, visiting
from yike.rooms.places import visits_events as events
from yike.rooms.places.models import BasicTry, BasicWay, Station, VisitCount
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def set_basic_way(
    *, station_id: UUID, basic: str, way: str = "", to_whom: str = "", how: str = "", actor: Actor
) -> None:
    """This will write down to whom a station leads on for one of the basic five, and how.

    `way` only for what the supply matrix does not know. Refuses BadInput a second word on what the
    matrix tells, or no word where it tells nothing.
    """
    station = _tended(station_id, actor)
    name = basics.BASICS[entry.one_of(basic, basics.BASICS, "basic", "基本服务")]
    if basics.SERVICES_OF[basic] and way:
        raise BadInput(
            f"“{name}”怎样提供以供给矩阵为准，这里只写转给谁、怎么转。",
            way_on="方式留空；要改方式请到“供给与缺口”。", field="way",
        )  # fmt: skip
    if not basics.SERVICES_OF[basic]:
        entry.one_of(way, basics.WAYS, "way", "方式")
    known = BasicWay.objects.select_for_update().filter(station=station, basic=basic).first()
    row = known or BasicWay(station=station, basic=basic)
    row.way, row.told_at, row.label = way, clock.now(), _label(actor)
    row.to_whom = entry.line(to_whom, "to_whom")[:100]
    row.how = entry.line(how, "how")
    row.save()
    told = "，".join(one for one in (basics.WAYS.get(way, ""), row.to_whom, row.how) if one)
    changed = events.BasicWaySet(basic=name, told=told or "清空", **_about(station))
    trail_actions.record(changed, actor=actor)


@transaction.atomic
def record_basic_try(
    *, station_id: UUID, basic: str, on: date, outcome: str, words: str = "", actor: Actor
) -> UUID:
    """This will write down that somebody tried one of the basic five, and what came out.

    Refuses BadInput a day to come, and a try that did not wholly work without words.
    """
    station = _tended(station_id, actor)
    entry.one_of(basic, basics.BASICS, "basic", "基本服务")
    entry.one_of(outcome, basics.OUTCOMES, "outcome", "结果")
    if on > clock.today():
        raise BadInput("试办日期还没有到。", way_on="请改正日期。", field="on")
    said = entry.line(words, "words")
    if outcome != basics.WORKS and len(said) < 2:
        raise BadInput("请写明哪里没有办成。", way_on="写明后再记。", field="words")
    row = BasicTry.objects.create(
        id=new_id(), station=station, basic=basic, on=on, outcome=outcome, words=said,
        label=_label(actor), noted_at=clock.now(),
    )  # fmt: skip
    tried = events.BasicTried(
        basic=basics.BASICS[basic], outcome=basics.OUTCOMES[outcome], on=on, **_about(station)
    )
    trail_actions.record(tried, actor=actor)
    return row.id


@transaction.atomic
def count_visitors(
    *,
    station_id: UUID,
    from_on: date,
    last_on: date,
    visitors: int,
    how: str,
    words: str = "",
    actor: Actor,
) -> UUID:
    """This will write down how many came from a day to a day (both counted), and how that is known.

    Refuses BadInput days to come or in the wrong order, and more than 92 days in one number; Clash
    the very same written down once more (a second press).
    """
    station = _tended(station_id, actor)
    entry.one_of(how, visiting.HOWS, "how", "怎么数的")
    if last_on < from_on or (last_on - from_on).days > 91:
        raise BadInput("日期写反了，或超过 92 天。", way_on="请分开登记。", field="last_on")
    if last_on > clock.today():
        raise BadInput("日期还没有到。", way_on="请改正日期。", field="last_on")
    told: dict[str, Any] = {
        "station": station, "from_on": from_on, "last_on": last_on, "visitors": visitors,
        "how": how, "words": entry.line(words, "words"),
    }  # fmt: skip
    if VisitCount.objects.filter(**told, taken_back_at=None).exists():
        raise Clash(
            "同样的一条已经登记过，没有再记一遍。",
            way_on="真有两处各数出这么多，请在说明里写明是哪一处。", field="visitors",
        )  # fmt: skip
    row = VisitCount.objects.create(id=new_id(), **told, label=_label(actor), noted_at=clock.now())
    _tell(station, row, "登记", actor)
    return row.id


@transaction.atomic
def take_back_count(*, station_id: UUID, count_id: UUID, reason: str, actor: Actor) -> None:
    """This will take a wrong number back, with the reason; it stays readable and counts no more."""
    station = _tended(station_id, actor)
    rows = VisitCount.objects.select_for_update().filter(station=station, taken_back_at=None)
    row = rows.filter(pk=count_id).first()
    if row is None:
        raise NotFound("没有这条来访人次，或已经撤销")
    row.taken_back_for = entry.filled(reason, "reason", "撤销原因")
    row.taken_back_at = clock.now()
    # one sentence: row security lets nobody touch a row once it is taken back
    row.save(update_fields=["taken_back_for", "taken_back_at"])
    _tell(station, row, "撤销", actor)


def _tell(station: Station, row: VisitCount, deed: str, actor: Actor) -> None:
    told = events.VisitorsCounted(
        deed=deed, visitors=row.visitors, from_on=row.from_on, last_on=row.last_on,
        **_about(station),
    )  # fmt: skip
    trail_actions.record(told, actor=actor)


def _tended(station_id: UUID, actor: Actor) -> Station:
    row = access.tended_for(actor, "station", station_id)
    assert isinstance(row, Station)
    if row.closed_on is not None:
        raise NotAllowed(f"{row.name}已经停用", way_on="请打开承接它的站点。")
    return row


def _label(actor: Actor) -> str:
    return actor.label[:80] if actor.kind == "staff" else ""


def _about(station: Station) -> dict[str, Any]:
    return {"station_id": station.pk, "name": station.name, "region_code": station.region_id}
