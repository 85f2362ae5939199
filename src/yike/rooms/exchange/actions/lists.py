"""Another platform's own list: where it is read, when it is asked for, what came of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.exchange import access, comparing, events, fetching, point_files
from yike.rooms.exchange.actions.comparing import compare_lists
from yike.rooms.exchange.models import Peer
from yike.rooms.guard import calling
from yike.rooms.trail import actions as trail_actions

_LONGEST = 500


@transaction.atomic
def set_list(*, peer_id: UUID, url: str, layer: str, crs: str, metres: int, actor: Actor) -> None:
    """This will have a platform's list read from an address each week; of "": no more.

    `url`: a collection of its OGC API – Features. Refuses BadInput an address that may not be
    called, an unknown layer or system.
    """
    row = _standing(peer_id, actor)
    typed = url.strip()
    if typed:
        _check(typed, layer, crs, metres)
    row.list_url, row.list_layer, row.list_crs, row.list_metres = typed, layer, crs, metres
    row.list_fault, row.list_fetched_at, row.list_report = "", None, None
    row.save(update_fields=[
        "list_url", "list_layer", "list_crs", "list_metres", "list_fault", "list_fetched_at",
        "list_report",
    ])  # fmt: skip
    host = urlsplit(typed).hostname or ""
    _record(events.ListAddressSet, row, actor, host=host or "（不再取）")


@transaction.atomic
def ask_list(*, peer_id: UUID, actor: Actor) -> None:
    """This will have a platform's list fetched and compared now, by a job."""
    row = _standing(peer_id, actor)
    if not row.list_url:
        raise NotAllowed("还没有登记对方清单的地址。", way_on="请先填写地址。")
    _record(events.ListAsked, row, actor)
    later("exchange.fetch_list", queue="slow", lock=f"exchange/{row.id}", peer_id=str(row.id))


@transaction.atomic
def take_list(*, peer_id: UUID, url: str, content: bytes, fault: str, actor: Actor) -> None:
    """This will compare what was fetched, or write down why there is nothing; the job's deed.

    `url`: where it was fetched; another one registered meanwhile makes it void.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统可以取对方的清单")
    row = access.peer_for(actor, peer_id, lock=True)
    if row.ended_at is not None or not row.list_url or row.list_url != url:
        return
    report = None
    if not fault:
        try:
            with transaction.atomic():
                report = _compared(row, content, actor)
        except BadInput as no:
            fault = f"取到了，但不能比较：{no.sentence}"
    row.list_fetched_at, row.list_fault = clock.now(), fault[:300]
    row.list_report = report or row.list_report
    row.save(update_fields=["list_fetched_at", "list_fault", "list_report"])
    if fault:
        _record(events.ListNotFetched, row, actor, why=row.list_fault)


def _compared(row: Peer, content: bytes, actor: Actor) -> UUID:
    return compare_lists(
        county=row.county_code, name="", layer=row.list_layer, crs=row.list_crs,
        metres=row.list_metres, content=content, peer_id=row.id,
        file_name=f"接口：{urlsplit(row.list_url).hostname}"[:120], actor=actor,
    )  # fmt: skip


def _check(url: str, layer: str, crs: str, metres: int) -> None:
    wrong = "地址太长。" if len(url) > _LONGEST else calling.unfit(url, fetching.hosts())
    if wrong:
        raise BadInput(wrong, field="url")
    if layer not in comparing.COMPARED:
        raise BadInput("请选择图层。", field="layer")
    if crs not in point_files.SYSTEMS:
        raise BadInput("请选择坐标系。", field="crs")
    if not 1 <= metres <= 10_000:
        raise BadInput("允许相差应为 1 到 10000 米。", field="metres")


def _standing(peer_id: UUID, actor: Actor) -> Peer:
    row = access.peer_for(actor, peer_id, lock=True)
    if row.ended_at is not None:
        raise Clash("这个对接平台已经停用。", way_on="需要时请重新登记。")
    return row


def _record(kind: Any, row: Peer, actor: Actor, **more: Any) -> None:
    told = kind(peer_id=row.id, region_code=row.county_code, name=row.name, **more)
    trail_actions.record(told, actor=actor)
