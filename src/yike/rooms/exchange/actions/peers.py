"""Platforms that read our layers: registered, subscribed, given tables of codes, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.exchange import access, changes, events, layers, reading
from yike.rooms.exchange.models import CodeTable, Peer, Subscription
from yike.rooms.guard import clean
from yike.rooms.notices import actions as notices_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.people.actions.api_keys import LAYERS
from yike.rooms.people.faces import ApiKeyRow
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions


@dataclass(frozen=True, kw_only=True)
class NewPeer:
    """A fresh platform; `secret` signs what it is pushed and is told once, "" without a link."""

    id: UUID
    secret: str


@transaction.atomic
def register_peer(*, county: str, name: str, key_id: UUID, url: str = "", actor: Actor) -> NewPeer:
    """This will register a platform with the key it reads by, and where it is called if told.

    Security administrators: keys and addresses are theirs. Refuses BadInput a key without the
    scope, of another county, ended; Clash a key that belongs to a registered platform.
    """
    if not (actor.kind == "system" or actor.has(roles.ADMIN_SECURITY)):
        raise NotAllowed("由安全管理员登记：密钥和推送地址归其管理。")
    key = _key(key_id, county, actor)
    row = Peer(
        id=new_id(), county_code=county, name=clean.text(name, field="name", most=60, least=2),
        key_id=key_id, region_code=key.region_code, made_at=clock.now(), made_by=actor.label[:80],
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash("这个密钥已经登记给一个对接平台。", way_on="请另发一个密钥。") from None
    secret = ""
    if url:
        secret = notices_actions.make_link(
            name=row.name, url=url, region_code=key.region_code, key_id=key_id, actor=actor
        ).secret
    _record(events.PeerRegistered, row, actor)
    return NewPeer(id=row.id, secret=secret)


@transaction.atomic
def end_peer(*, peer_id: UUID, reason: str, actor: Actor) -> None:
    """This will push nothing to a platform any more. Key and address are ended on their pages."""
    row = _standing(peer_id, actor)
    row.reason = clean.text(reason, field="reason", most=200, least=2)
    row.ended_at = clock.now()
    row.save(update_fields=["reason", "ended_at"])
    _record(events.PeerEnded, row, actor)


@transaction.atomic
def subscribe(*, peer_id: UUID, layer: str, fields: Sequence[str], actor: Actor) -> None:
    """This will have a platform told of these fields of a layer; of none: of it no more.

    What was told before is not told again. Refuses BadInput an unknown field or layer.
    """
    peer = _standing(peer_id, actor)
    if layer not in reading.PUSHED:
        raise BadInput("这个图层不推送，请对方按接口读取。", field="fields")
    known = [one.name for one in layers.LAYERS_BY_ID[layer].fields]
    if set(fields) - set(known):
        raise BadInput("请从列表里选择字段。", field="fields")
    kept = [name for name in known if name in fields]
    told = {"layer_name": layers.LAYERS_BY_ID[layer].title}
    held = Subscription.objects.filter(peer=peer, layer=layer).first()
    if not kept:
        if held is None or not held.active:
            raise BadInput("请至少勾选一个字段。", field="fields")
        Subscription.objects.filter(pk=held.pk).update(active=False)
        _record(events.LayerLeft, peer, actor, **told)
        return
    if held is None:
        Subscription.objects.create(
            id=new_id(), peer=peer, county_code=peer.county_code, layer=layer, fields=kept
        )
    else:
        Subscription.objects.filter(pk=held.pk).update(fields=kept, active=True)
    _record(events.LayerSubscribed, peer, actor, **told, fields=len(kept))


@transaction.atomic
def publish_codes(*, peer_id: UUID, text: str, actor: Actor) -> int:
    """This will publish a whole new version of the table of codes; versions before it stay.

    `text`: a line for each code, kind,ours,theirs. Refuses BadInput a line that is none, and a
    table that says what the one in force says.
    """
    peer = _standing(peer_id, actor)
    rows, fault = changes.read_table(text)
    if fault:
        raise BadInput(fault, field="text")
    if not rows:
        raise BadInput("请至少写一条有对方代码的对照。", field="text")
    held = reading.newest_table(peer)
    if rows == (held.rows if held else []):
        raise BadInput("和现行的对照表一样，没有要发布的。", field="text")
    row = CodeTable.objects.create(
        id=new_id(), peer=peer, county_code=peer.county_code, rows=rows,
        version=(held.version if held else 0) + 1, published_at=clock.now(),
        published_by=actor.label[:80],
    )  # fmt: skip
    _record(events.CodesPublished, peer, actor, version=row.version, rows=len(rows))
    return row.version


@transaction.atomic
def ask_push(*, peer_id: UUID, actor: Actor) -> None:
    """This will have a platform's changes looked for and pushed now, not at the next full hour."""
    peer = _standing(peer_id, actor)
    _record(events.PushAsked, peer, actor)
    later("exchange.push", queue="slow", lock=f"exchange/{peer.id}", peer_id=str(peer.id))


def _key(key_id: UUID, county: str, actor: Actor) -> ApiKeyRow:
    found = next((one for one in people_queries.api_keys(actor=actor) if one.id == key_id), None)
    over = found is not None and (found.active_until is None or found.active_until > clock.now())
    if found is None or not found.active or not over or LAYERS not in found.scopes:
        raise BadInput("请选择有效的、可读取地图图层的密钥。", field="key_id")
    if not codes.within(found.region_code, codes.span(county)):
        raise BadInput("这个密钥不是本县的。", field="key_id")
    return found


def _standing(peer_id: UUID, actor: Actor) -> Peer:
    """Look, check and lock in one step."""
    row = access.peer_for(actor, peer_id, lock=True)
    if row.ended_at is not None:
        raise Clash("这个对接平台已经停用。", way_on="需要时请重新登记。")
    return row


def _record(kind: Any, row: Peer, actor: Actor, **more: Any) -> None:
    told = kind(peer_id=row.id, region_code=row.county_code, name=row.name, **more)
    trail_actions.record(told, actor=actor)
