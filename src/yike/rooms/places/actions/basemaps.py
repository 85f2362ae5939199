"""Bringing a base map, putting it into service, going back to the one before."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Protocol
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.places import basemap_events as events
from yike.rooms.places import basemaps
from yike.rooms.places.basemaps import Brought, NotMapped
from yike.rooms.providers.access import require_registrar
from yike.rooms.regions import ground
from yike.rooms.regions.ground import Base
from yike.rooms.trail import actions as trail_actions

#: bytes of an upload (the desk takes 100 MB), and how many may lie here
MOST_BYTES, MOST_KEPT = 95 * 1024 * 1024, 6


class Readable(Protocol):
    """Anything with `read(n)`: an upload, an open file, BytesIO."""

    def read(self, size: int = ..., /) -> bytes: ...


@transaction.atomic
def bring_base_map(*, county_code: str, name: str, content: Readable, actor: Actor) -> UUID:
    """This will take a base map (.pmtiles) or an OpenStreetMap file in; a job makes the map.

    Refuses NotAllowed who does not keep the county's register, BadInput another kind of file, one
    that is empty or too large, and a seventh that would lie here.
    """
    require_registrar(actor, county_code)
    plain = clean.text(PurePath(name.replace("\\", "/")).name, field="file", most=120, least=1)
    kinds = [kind for kind, ends in basemaps.ENDINGS.items() if plain.lower().endswith(ends)]
    if not kinds or plain.startswith("."):
        said = "、".join(one for ends in basemaps.ENDINGS.values() for one in ends)
        raise BadInput(f"文件名应以 {said} 结尾。", field="file")
    if len(basemaps.brought(ground.folder())) >= MOST_KEPT:
        raise BadInput(f"已经放着 {MOST_KEPT} 份底图。", way_on="请先删除不用的。", field="file")
    row = Brought(
        id=str(new_id()), file_name=plain, kind=kinds[0], size=0, digest="",
        at=clock.now().isoformat(timespec="seconds"), by=actor.label[:80],
    )  # fmt: skip
    size, digest = _keep(row, content)
    basemaps.keep(ground.folder(), replace(row, size=size, digest=digest))
    later("places.make_base_map", lock="places.make_base_map", map_id=row.id)
    _tell(row, county_code, "上传，开始制作和检查", actor)
    return UUID(row.id)


@transaction.atomic
def settle_base_map(
    *, map_id: UUID, file: str, words: list[str], fault: str = "", actor: Actor
) -> None:
    """This will say what came of making a map; the house's deed. Again changes nothing."""
    if actor.kind != "system":
        raise NotAllowed("这一步由系统自己办理")
    row = basemaps.found(ground.folder(), map_id)
    if row is None or row.state != basemaps.BUILDING:
        return
    try:
        if fault:
            raise NotMapped(fault)
        row = basemaps.settle(ground.folder(), row, Path(file), tuple(words))
    except NotMapped as why:
        basemaps.keep(ground.folder(), replace(row, state=basemaps.FAILED, fault=str(why)[:400]))
        _tell(row, "", f"没有做成：{str(why)[:120]}", actor)
        return
    _tell(row, "", "已做成，可以启用", actor)


@transaction.atomic
def use_base_map(
    *, county_code: str, map_id: UUID, approval: str, credit: str, actor: Actor
) -> None:
    """This will put a map that was made into service, with its 审图号 and whose data it is.

    Refuses NotAllowed, Clash one that is not ready or is in service already, BadInput no credit.
    """
    require_registrar(actor, county_code)
    row = _ready(map_id)
    before = basemaps.in_service(ground.folder())
    told = Base(
        name=row.name, bounds=row.bounds or (0, 0, 0, 0), source=row.file_name,
        credit=clean.text(credit, field="credit", most=200, least=2).replace("\n", " "),
        approval=clean.text(approval, field="approval", most=60).replace("\n", " "),
        used_at=clock.now().isoformat(timespec="seconds"), used_by=actor.label[:80],
    )  # fmt: skip
    same = before and (before.name, before.credit, before.approval)
    if same == (told.name, told.credit, told.approval):
        raise Clash("这份底图已经在用。", way_on="请刷新页面。")
    _tell(row, county_code, f"启用（审图号{told.approval or '没有'}）", actor)
    _use(told)


@transaction.atomic
def return_base_map(*, county_code: str, actor: Actor) -> None:
    """This will put the map that was in service before back. Refuses Clash where there is none."""
    require_registrar(actor, county_code)
    former = basemaps.former(ground.folder())
    if former is None:
        raise Clash("没有以前的底图可以换回。", way_on="请上传一份。")
    at = clock.now().isoformat(timespec="seconds")
    told = replace(former, used_at=at, used_by=actor.label[:80])
    trail_actions.record(
        events.BaseMapMoved(name=told.source, region_code=county_code, deed="换回使用"),
        actor=actor,
    )
    _use(told)


@transaction.atomic
def drop_base_map(*, county_code: str, map_id: UUID, actor: Actor) -> None:
    """This will remove one that was brought. Refuses Clash the one that is in service."""
    require_registrar(actor, county_code)
    row = _found(map_id)
    now = basemaps.in_service(ground.folder())
    if now and now.name == row.name:
        raise Clash("这份底图正在用，不能删除。", way_on="请先启用另一份。")
    _tell(row, county_code, "删除", actor)
    folder = ground.folder()
    transaction.on_commit(lambda: basemaps.drop(folder, row))


def _keep(row: Brought, content: Readable) -> tuple[int, str]:
    """Bytes and digest of what was written."""
    basemaps.keep(ground.folder(), row)
    size, mark = 0, hashlib.sha256()
    with basemaps.source_of(ground.folder(), row).open("wb") as stream:
        while (piece := content.read(1024 * 1024)) and size <= MOST_BYTES:
            size += len(piece)
            mark.update(piece)
            stream.write(piece)
    if not size or size > MOST_BYTES:
        basemaps.drop(ground.folder(), row)
        said = "文件超过 95 MB。" if size else "这个文件是空的，请换一个。"
        raise BadInput(said, way_on="请只截取本县和周边一圈的数据。", field="file")
    return size, mark.hexdigest()


def _use(told: Base) -> None:
    """Into service once the deed is committed: a map in service always stands in the trail.

    What is killed just then stands in the trail and is not in service: it is pressed once more.
    """
    folder = ground.folder()
    try:
        basemaps.check(folder, told)
    except NotMapped as why:
        raise Clash(str(why)) from why
    transaction.on_commit(lambda: basemaps.use(folder, told))


def _found(map_id: UUID) -> Brought:
    row = basemaps.found(ground.folder(), map_id)
    if row is None:
        raise NotFound("没有这份底图")
    return row


def _ready(map_id: UUID) -> Brought:
    row = _found(map_id)
    if row.state != basemaps.READY:
        raise Clash(f"这份底图{row.state_name}，不能启用。", way_on="请刷新页面。")
    return row


def _tell(row: Brought, county_code: str, deed: str, actor: Actor) -> None:
    told = events.BaseMapMoved(name=row.file_name, region_code=county_code, deed=deed)
    trail_actions.record(told, actor=actor)
