"""What changed in a platform's layers since it was last told, handed over once; what became of it.

All in one transaction: what is written down as told is what the outbox holds, and the platform's
row is locked, so that the hourly job and the button never tell the same change twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.exchange import access, changes, events, layers, reading
from yike.rooms.exchange.changes import Change, Known
from yike.rooms.exchange.models import CodeTable, Peer, Push, Subscription, Told
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import link_kinds
from yike.rooms.notices import queries as notices_queries
from yike.rooms.people import holding as people_holding
from yike.rooms.people.actions.api_keys import LAYERS
from yike.rooms.trail import actions as trail_actions

#: pushes whose end is not known yet
_OPEN = ("waiting", "sending", "refused", "unsure", "lost")


@transaction.atomic
def push_changes(*, peer_id: UUID, actor: Actor) -> int:
    """This will hand over what changed in a platform's layers; returns how many changes.

    For the house. Nothing is noted as told while the key may not read or no address is left.
    """
    _only_house(actor)
    peer = access.peer_for(actor, peer_id, lock=True)
    if peer.ended_at is not None:
        return 0
    _look_after(peer)
    subs, table = reading.active_of(peer), reading.newest_table(peer)
    peer.hindrance = _hindrance(peer, subs)
    done: list[Change] = []
    if not peer.hindrance:
        done = [one for sub in subs for one in _push_layer(peer, sub, table, actor)]
    peer.looked_at = clock.now()
    peer.save(update_fields=["pushes", "looked_at", "hindrance"])
    if done:
        sums = Counter(one.verb for one in done)
        told = events.ChangesPushed(
            peer_id=peer.id, region_code=peer.county_code, name=peer.name,
            added=sums[changes.ADDED], changed=sums[changes.CHANGED], removed=sums[changes.REMOVED],
        )  # fmt: skip
        trail_actions.record(told, actor=actor)
    return len(done)


@transaction.atomic
def note_fate(*, reference: str, actor: Actor) -> None:
    """This will note on a push what became of its delivery, in the platform's own words."""
    _only_house(actor)
    known = Push.objects.select_related("peer")
    row = known.filter(id=found).first() if (found := _uuid(reference)) else None
    if row is not None:
        _copy([row], row.peer)


def _look_after(peer: Peer) -> None:
    _copy(Push.objects.filter(peer=peer, fate__in=_OPEN), peer)


def _copy(rows: Sequence[Push] | Any, peer: Peer) -> None:
    """What deliveries say now; those forgotten over there keep what was said last."""
    known = {str(row.id): row for row in rows}
    for found in notices_queries.deliveries_about(peer.key_id, list(known)):
        row = known[found.reference]
        row.fate, row.tries = changes.fate(found.state, found.receipt), found.tries
        row.receipt, row.next_at, row.done_at = found.receipt, found.next_at, found.done_at
        row.refused = list(found.refused)
        row.save(update_fields=["fate", "tries", "receipt", "refused", "next_at", "done_at"])


def _hindrance(peer: Peer, subs: Sequence[Subscription]) -> str:
    if not subs:
        return "还没有订阅图层。"
    if not people_holding.is_good_for(peer.key_id, LAYERS):
        return "平台密钥已停用、到期或不能读取地图图层。"
    if not notices_queries.hears(peer.key_id):
        return "没有登记推送地址，对方只能自己读取。"
    return ""


def _push_layer(
    peer: Peer, sub: Subscription, table: CodeTable | None, actor: Actor
) -> tuple[Change, ...]:
    before = {
        row.feature: Known(version=row.version, body=row.body)
        for row in Told.objects.filter(subscription=sub)
    }
    found = changes.difference(before, reading.bodies(peer, sub, reading.codes_of(table)))
    for part in changes.batches(found):
        _hand_over(peer, sub, table, part, before, actor)
    Told.objects.bulk_create(
        [
            Told(
                id=new_id(), subscription=sub, county_code=peer.county_code, feature=one.id,
                version=one.version, body=one.body,
            )
            for one in found
        ],
        update_conflicts=True, unique_fields=["subscription", "feature"],
        update_fields=["version", "body"],
    )  # fmt: skip
    return found


def _hand_over(
    peer: Peer, sub: Subscription, table: CodeTable | None, part: tuple[Change, ...],
    before: dict[str, Known], actor: Actor,
) -> None:  # fmt: skip
    peer.pushes += 1
    missing = changes.unmapped(sub.layer, [one.body for one in part if one.body])
    sums = Counter(one.verb for one in part)
    row = Push.objects.create(
        id=new_id(), peer=peer, county_code=peer.county_code, number=peer.pushes, layer=sub.layer,
        table_version=table.version if table else 0, added=sums[changes.ADDED],
        changed=sums[changes.CHANGED], removed=sums[changes.REMOVED],
        points=[_named(one, before) for one in part], unmapped=reading.as_json(missing),
        made_at=clock.now(), fate="waiting",
    )  # fmt: skip
    notices_actions.report(
        key_id=peer.key_id, event=link_kinds.LAYER, reference=str(row.id),
        title=f"{layers.LAYERS_BY_ID[sub.layer].title} 第 {row.number} 次，{len(part)} 处",
        data=_data(row, part), once=f"layer/{row.id}", actor=actor,
    )  # fmt: skip


def _named(one: Change, before: dict[str, Known]) -> dict[str, Any]:
    """What people read of a change; what is gone by what it was called."""
    body = one.body or before[one.id].body or {"properties": {}}
    told = body["properties"]
    return {
        "id": one.id, "verb": one.verb, "version": one.version,
        "code": told.get("code") or "", "name": told.get("name") or "",
    }  # fmt: skip


def _data(row: Push, part: tuple[Change, ...]) -> dict[str, Any]:
    base = str(settings.YIKE.public_url).rstrip("/")
    return {
        "layer": row.layer, "number": row.number, "codes_version": row.table_version,
        "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "changes": [_told(one) for one in part], "unmapped": row.unmapped,
        "url": f"{base}/ogc/collections/{row.layer}",
    }  # fmt: skip


def _told(one: Change) -> dict[str, Any]:
    told = asdict(one)
    body = told.pop("body") or {}
    return told | {"fields": list(one.fields)} | body


def _uuid(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None


def _only_house(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotAllowed("只有系统可以推送给其他平台")
