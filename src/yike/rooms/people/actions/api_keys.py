"""Other platforms' keys: made once, shown once, ended with a reason, admitted at every request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean, limits
from yike.rooms.people import being, events, keycards, keyfinding, roles
from yike.rooms.people import networks as networks_of
from yike.rooms.people.models import ApiKey
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions

#: reading layers of the map that are not for everybody
LAYERS = "layers:read"
#: What a key may be good for.
SCOPES = {
    "matters:open": "提交诉求",
    "matters:follow": "查询本平台提交的诉求",
    "matters:answer": "登记当场答复（限已选机构的密钥）",
    "bookings:make": "替群众预约、改期、取消",
    LAYERS: "读取地图图层：未发布的点位、边界、覆盖情况（限密钥的区划）",
}
#: what a key is good for when nothing is said
USUAL = ("matters:open", "matters:follow")
_WRONG_PER_MINUTE = 30
#: Requests of a platform that are counted at once, at most: what it may send in a second.
_MOST_AHEAD = 20


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """A fresh key, to be told once: it cannot be shown again."""

    id: UUID
    key: str


@transaction.atomic
def make_api_key(
    *,
    name: str,
    region_code: str,
    org: UUID | None = None,
    scopes: Sequence[str] = USUAL,
    per_minute: int = 60,
    networks: Sequence[str] = (),
    until: datetime | None = None,
    demo: bool = False,
    actor: Actor,
) -> NewKey:
    """This will give another platform a key for one region. Security administrators and the house.

    `networks`: where it may be used from, empty = everywhere. Refuses with NotAllowed or BadInput
    (no name, unknown scope, rate outside 1 to 6,000 a minute, a network that is none).
    """
    _only_security(actor)
    shown = clean.text(name, field="name", most=60, least=2).replace("\n", " ")
    if not codes.is_code(region_code):
        raise BadInput("请从区划树里选择区划。", field="region_code")
    if not scopes or set(scopes) - set(SCOPES):
        raise BadInput("请选择密钥的权限范围。", field="scopes")
    if "matters:answer" in scopes and org is None:
        raise BadInput("登记当场答复的密钥要选定机构：答复以这个机构的名义作出。", field="org")
    if not 1 <= per_minute <= 6000:
        raise BadInput("每分钟次数应为 1 到 6000。", field="per_minute")
    if until is not None and until <= clock.now():
        raise BadInput("截止时间已经过去。", way_on="请写以后的时间，或不填。", field="until")
    _check_networks(networks)
    key, prefix, digest = keycards.new_key()
    made = NewKey(id=new_id(), key=key)
    ApiKey.objects.create(
        id=made.id,
        name=shown,
        prefix=prefix,
        digest=digest,
        org=org,
        region_code=region_code,
        scopes=list(dict.fromkeys(scopes)),
        per_minute=per_minute,
        networks=list(networks),
        active_from=clock.now(),
        active_until=until,
        created_by=actor.ref,
        demo=demo,
    )
    trail_actions.record(
        events.ApiKeyMade(key_id=made.id, name=shown, region_code=region_code), actor=actor
    )
    return made


@transaction.atomic
def end_api_key(*, key_id: UUID, reason: str, actor: Actor) -> None:
    """This will end a key at once. Refuses with NotAllowed, NotFound, BadInput or Clash."""
    _only_security(actor)
    why = clean.text(reason, field="reason", most=200, least=2)
    found = ApiKey.objects.filter(id=key_id).first()
    if found is None:
        raise NotFound("没有找到这个平台密钥。")
    if not ApiKey.objects.filter(id=key_id, active=True).update(active=False):
        raise Clash("这个平台密钥已经停用。")
    trail_actions.record(events.ApiKeyEnded(key_id=key_id, reason=why), actor=actor)


def admit_peer(*, api_key: str, actor: Actor) -> Actor | None:
    """This will return the actor of a presented key and count the request; None = no such key.

    `actor` is the visitor of the request. Refuses with TooMany when the key's own rate is used up,
    or after 30 wrong keys a minute from one address.
    """
    found, under = keyfinding.find_key(api_key) or (None, "")
    if found is None or not networks_of.inside(actor.address, found.networks):
        limits.allow(what="api-key", who=actor.address, per_seconds=60, at_most=_WRONG_PER_MINUTE)
        return None
    limits.allow(
        what="peer", who=str(found.id), per_seconds=60, at_most=found.per_minute,
        ahead=min(_MOST_AHEAD, found.per_minute // 60),
    )  # fmt: skip
    return being.peer(
        found, under=under, door=actor.door, request_id=actor.request_id, address=actor.address
    )


def forget_keys(*, actor: Actor) -> None:
    """This will let this process read every key again: one of them has changed. Anybody may ask."""
    del actor
    keyfinding.forget()


def _check_networks(listed: Sequence[str]) -> None:
    try:
        networks_of.read_networks(listed)
    except ValueError:
        raise BadInput(
            "来源网络写得不对。", way_on="例如 10.2.0.0/16，多个用逗号分开。", field="networks"
        ) from None


def _only_security(actor: Actor) -> None:
    admin = actor.kind == "staff" and actor.has(roles.ADMIN_SECURITY)
    if not (admin or actor.kind == "system"):
        raise NotAllowed("只有安全管理员可以开设和停用平台密钥。")
