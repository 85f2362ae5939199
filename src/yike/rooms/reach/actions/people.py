"""Taking in population cells: an upload is read and judged by a job, and confirmed by a planner."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.reach import access, digests, events, flow, store
from yike.rooms.reach.models import PopulationSet
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def take_people(
    *,
    county_code: str,
    name: str,
    source: str,
    vintage: str,
    system: str,
    file_name_: str,
    content: store.Readable,
    actor: Actor,
) -> UUID:
    """This will take a CSV of cells in and have a job read and judge it. Refuses BadInput."""
    access.require_planner(actor, county_code)
    plain = store.file_name(file_name_, (".csv", ".txt"))
    row = _new(county_code, name, source, vintage, system, actor)
    store.keep_upload(row.id, plain, content)
    row.save(force_insert=True)
    later("reach.place", lock="reach", people_id=str(row.id))
    _record(events.PeopleTaken, row, actor)
    return row.id


@transaction.atomic
def derive_people(*, county_code: str, actor: Actor) -> UUID:
    """This will make cells of the villages' centres and counts, as the room of regions knows them.

    A village without centre counts at its town's; one without count has an even share of what its
    town has left. It says so. Refuses BadInput when no centre is known.
    """
    access.require_planner(actor, county_code)
    rows, said = _from_villages(county_code)
    if not rows:
        raise BadInput(
            "区划里还没有村的中心和人口，推算不出来。",
            way_on="请上传人口单元表，或先导入区划的中心点和人口。",
        )
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\n").writerows(
        [("cell_id", "lon", "lat", "population", "region_code"), *rows]
    )
    row = _new(county_code, "村中心推算", said, "见区划人口", "wgs84", actor)
    row.derived = True
    store.keep_upload(row.id, "villages.csv", io.BytesIO(sheet.getvalue().encode()))
    row.save(force_insert=True)
    later("reach.place", lock="reach", people_id=str(row.id))
    _record(events.PeopleTaken, row, actor)
    return row.id


@transaction.atomic
def settle_people(*, people_id: UUID, found: dict[str, Any], actor: Actor) -> None:
    """This will write down what was read, for a planner to confirm; the job's deed."""
    row = access.people_for(actor, people_id, lock=True)
    if row.state != flow.CHECKING:
        return
    cells = found["cells"]
    row.cells = digests.pack(cells)
    row.digest = digests.of_words(cells)
    row.count = len(cells["id"])
    row.total = sum(one for one in cells["people"] if one > 0)
    row.verdict, row.likeness = found["verdict"][:400], found["likeness"]
    row.warnings, row.state = found["warnings"], flow.ASKED
    row.save()


@transaction.atomic
def fail_people(*, people_id: UUID, reason: str, actor: Actor) -> None:
    """This will write down why a table was not taken over; the job's deed."""
    row = access.people_for(actor, people_id, lock=True)
    if row.state != flow.CHECKING:
        return
    row.state, row.fault = flow.REFUSED, reason[:400]
    row.save(update_fields=["state", "fault"])
    _record(events.PeopleRefused, row, actor)


@transaction.atomic
def confirm_people(*, people_id: UUID, system: str, actor: Actor) -> bool:
    """This will make cells the current ones; in another system than asked, they are read again.

    Returns whether they are current now. Refuses Clash when they do not wait to be confirmed.
    """
    row = access.people_for(actor, people_id, lock=True)
    if row.state != flow.ASKED:
        raise Clash("这份人口数据不在等待确认。", way_on="请刷新页面看最新情况。")
    if system not in flow.SYSTEMS:
        raise BadInput("请选择坐标系。", field="system")
    if system != row.system:
        return _read_again(row, system)
    same = PopulationSet.objects.filter(county_code=row.county_code, state=flow.CURRENT)
    same.update(state=flow.FORMER)
    row.state = flow.CURRENT
    row.save(update_fields=["state"])
    store.drop_upload(row.id)
    _record(events.PeopleConfirmed, row, actor, cells=row.count, total=row.total)
    return True


@transaction.atomic
def drop_people(*, people_id: UUID, actor: Actor) -> None:
    """This will give up cells that wait to be confirmed; nothing of them stays but this line."""
    row = access.people_for(actor, people_id, lock=True)
    if row.state != flow.ASKED:
        raise NotAllowed("只有等待确认的数据可以作废。")
    row.state, row.cells, row.fault = flow.REFUSED, None, "核对后作废，没有导入。"
    row.save(update_fields=["state", "cells", "fault"])
    store.drop_upload(row.id)
    _record(events.PeopleRefused, row, actor)


def _read_again(row: PopulationSet, system: str) -> bool:
    if store.upload_of(row.id) is None:
        raise Clash("原来的文件已经清理。", way_on="请重新上传，并选对坐标系。", field="system")
    row.system, row.state, row.cells = system, flow.CHECKING, None
    row.save(update_fields=["system", "state", "cells"])
    later("reach.place", lock="reach", people_id=str(row.id))
    return False


def _new(
    county_code: str, name: str, source: str, vintage: str, system: str, actor: Actor
) -> PopulationSet:
    if system not in flow.SYSTEMS:
        raise BadInput("请选择坐标系。", field="system")
    return PopulationSet(
        id=new_id(),
        county_code=county_code,
        name=clean.text(name, field="name", most=80, least=2),
        source=clean.text(source, field="source", most=160, least=2),
        vintage=clean.text(vintage, field="vintage", most=40, least=2),
        system=system,
        state=flow.CHECKING,
        taken_at=clock.now(),
        taken_by=actor.label,
    )


def _from_villages(county_code: str) -> tuple[list[tuple[str, float, float, str, str]], str]:
    """Rows of a sheet: each village with a centre, and each town for its villages without one."""
    span = codes.span(county_code)
    villages = [row.code for row in regions_queries.villages_of(county_code)]
    own = regions_queries.populations_in(span, level="village")
    towns = regions_queries.populations_in(span, level="town")
    shares = _shares(villages, own, towns)
    places = {row.code: row.point for row in regions_queries.regions_in(span) if row.point}
    held: dict[str, float | None] = {}
    for code in villages:
        at = code if code in places else codes.at_level(code, "town")
        if at in places:
            share, sum_ = shares.get(code), held.get(at, 0.0)
            held[at] = None if share is None or sum_ is None else sum_ + share
    rows = [
        (code, *places[code], "" if people is None else f"{people:.4f}", code)
        for code, people in held.items()
    ]
    placed = sum(code in places for code in villages)
    said = (
        f"由区划推算：{placed} 个村（社区）按村中心，其余 {len(villages) - placed} 个按乡镇中心；"
        f"{sum(code in own for code in villages)} 个用村的人口，其余按乡镇人口平均分摊"
    )
    return rows, said


def _shares(villages: list[str], own: dict[str, Any], towns: dict[str, Any]) -> dict[str, float]:
    """People of each village: its own count, or an even share of what its town has left."""
    found = {code: float(own[code].count) for code in villages if code in own}
    for town, row in towns.items():
        here = [code for code in villages if codes.at_level(code, "town") == town]
        asking = [code for code in here if code not in own]
        left = row.count - sum(own[code].count for code in here if code in own)
        if asking and left >= 0:
            found |= {code: left / len(asking) for code in asking}
    return found


def _record(kind: Any, row: PopulationSet, actor: Actor, **more: Any) -> None:
    told = kind(people_id=row.id, region_code=row.county_code, name=row.name, **more)
    trail_actions.record(told, actor=actor)
