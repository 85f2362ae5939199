"""Where other systems are called: registered, changed, paused, resumed, ended. Security decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import calling, clean
from yike.rooms.notices import (
    access,
    events,
    link_kinds,
    link_sealing,
    models,
    posting,
    signing,
)
from yike.rooms.notices.link_sealing import Setting
from yike.rooms.notices.models import Delivery, Link
from yike.rooms.people import roles
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions

#: hours for which a changed secret and the one before are both good
BOTH_HOURS = 24
_LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """A fresh link with its secret, to be told once."""

    id: UUID
    secret: str


@transaction.atomic
def make_link(
    *,
    name: str,
    url: str,
    region_code: str,
    preset: str = "standard",
    events_wanted: Sequence[str] = (),
    roles_wanted: Sequence[str] = (),
    key_id: UUID | None = None,
    secret: str = "",
    app_key: str = "",
    tenant: str = "",
    receivers: str = "",
    break_days: int = 3,
    actor: Actor,
) -> NewLink:
    """This will register where another system is called. Security administrators and the house.

    With `key_id` the platform of that key is told how its matters go on; without, an office's own
    system is told of the to-dos of some roles. Refuses BadInput: an address that is not https (but
    for loopback), in the office's own network, or of another kind of system.
    """
    _only_security(actor)
    shown = clean.text(name, field="name", most=60, least=2).replace("\n", " ")
    use = link_kinds.PRESETS.get("standard" if key_id else preset)
    if use is None:
        raise BadInput("请选择格式。", field="preset")
    if not codes.is_code(region_code):
        raise BadInput("请从区划树里选择区划。", field="region_code")
    if key_id is None:
        _check_wishes(events_wanted, roles_wanted)
    if not 1 <= break_days <= 30:
        raise BadInput("熔断天数应为 1 到 30。", field="break_days")
    setting = _setting(use, url, secret, app_key, tenant, receivers)
    row = Link(
        kind=link_kinds.PEER if key_id else link_kinds.OA, name=shown, preset=use.code,
        host=_host(setting.url), region_code=region_code, key_id=key_id,
        events=list(dict.fromkeys(events_wanted)) if not key_id else [],
        roles=list(dict.fromkeys(roles_wanted)) if not key_id else [],
        state=link_kinds.ON, break_days=break_days, made_at=clock.now(), made_by=actor.ref,
    )  # fmt: skip
    link_sealing.keep(row, setting)
    try:
        with transaction.atomic():
            Link.objects.bulk_create([row])
    except IntegrityError:
        raise Clash("这个平台已经登记了回告地址。", way_on="请先停用原来的。") from None
    _record(row, "登记", "", actor)
    return NewLink(id=row.id, secret=setting.secret if use.signed == "standard" else "")


@transaction.atomic
def change_secret(*, link_id: UUID, actor: Actor) -> NewLink:
    """This will make a new secret; for a day what is sent is signed with both. Standard shape only.

    The other side has the day to take the new one over: nothing it receives is unsigned.
    """
    _only_security(actor)
    row = access.link_for(link_id, lock=True)
    _must(row, link_kinds.ON, link_kinds.PAUSED, link_kinds.BROKEN)
    if link_kinds.PRESETS[row.preset].signed != "standard":
        raise NotAllowed("这种格式的密钥由对方平台给出。", way_on="请停用后按新的密钥重新登记。")
    now, own = clock.now(), link_sealing.setting_of(row)
    until = (now + timedelta(hours=BOTH_HOURS)).isoformat()
    fresh = replace(own, secret=signing.new_secret(), former=own.secret, former_until=until)
    link_sealing.keep(row, fresh)
    row.save(update_fields=["sealed"])
    _record(row, "更换密钥", "", actor)
    return NewLink(id=row.id, secret=fresh.secret)


@transaction.atomic
def pause_link(*, link_id: UUID, reason: str, actor: Actor) -> None:
    """This will stop handing over for a while; what happens meanwhile is kept and sent later."""
    _move(link_id, (link_kinds.ON,), link_kinds.PAUSED, "暂停", reason, actor)


@transaction.atomic
def resume_link(*, link_id: UUID, actor: Actor) -> None:
    """This will hand over again, first all that was kept. Also after it broke."""
    row = _move(link_id, (link_kinds.PAUSED, link_kinds.BROKEN), link_kinds.ON, "恢复", "", actor)
    row.failing_since, row.rests_until, row.fails = None, None, 0
    row.save(update_fields=["failing_since", "rests_until", "fails"])
    waiting = Delivery.objects.filter(link=row, state=models.QUEUED)
    waiting.update(next_at=None, tries=0)


@transaction.atomic
def end_link(*, link_id: UUID, reason: str, actor: Actor) -> None:
    """This will end a link for good: what was not handed over is not any more."""
    open_ = (link_kinds.ON, link_kinds.PAUSED, link_kinds.BROKEN)
    row = _move(link_id, open_, link_kinds.ENDED, "停用", reason, actor)
    waiting = Delivery.objects.filter(link=row, state=models.QUEUED)
    waiting.update(
        state=models.FAILED, sealed=None, next_at=None, done_at=clock.now(), receipt="对接已停用"
    )


def _move(
    link_id: UUID, from_: tuple[str, ...], to: str, said: str, reason: str, actor: Actor
) -> Link:
    _only_security(actor)
    row = access.link_for(link_id, lock=True)
    _must(row, *from_)
    why = "" if to == link_kinds.ON else clean.text(reason, field="reason", most=200, least=2)
    row.state = to
    row.save(update_fields=["state"])
    _record(row, said, why, actor)
    return row


def _record(row: Link, said: str, why: str, actor: Actor) -> None:
    changed = events.LinkChanged(
        link_id=row.id, name=row.name, said=said, reason=why, region_code=row.region_code
    )
    trail_actions.record(changed, actor=actor)


def _must(row: Link, *states: str) -> None:
    if row.state not in states:
        raise NotAllowed(f"这个对接{link_kinds.STATES[row.state]}。", way_on="请刷新后再看。")


def _check_wishes(events_wanted: Sequence[str], roles_wanted: Sequence[str]) -> None:
    if not events_wanted or set(events_wanted) - set(link_kinds.EVENTS):
        raise BadInput("请选择要推送哪些事件。", field="events_wanted")
    if not roles_wanted or set(roles_wanted) - set(roles.ROLES):
        raise BadInput("请选择推送哪些岗位的待办。", field="roles_wanted")


def _setting(
    use: link_kinds.Preset, url: str, secret: str, app_key: str, tenant: str, receivers: str
) -> Setting:
    typed = url.strip()
    wrong = "地址太长。" if len(typed) > _LONGEST else calling.unfit(typed, posting.hosts())
    if wrong:
        raise BadInput(wrong, way_on="请和对方核对地址。", field="url")
    if use.host and _host(typed) != use.host and _host(typed) not in posting.hosts():
        raise BadInput(f"{use.name}的地址以 https://{use.host} 开头。", field="url")
    given = {"secret": secret, "app_key": app_key, "tenant": tenant, "receivers": receivers}
    told = {name: clean.text(given[name], field=name, most=200) for name in use.needs}
    for name, value in told.items():
        if not value and use.signed == "government":
            raise BadInput("这种格式需要填写。", way_on="由对方平台给出。", field=name)
    if use.signed == "standard":
        told["secret"] = signing.new_secret()
    return Setting(**(asdict(Setting(url=typed)) | told))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _only_security(actor: Actor) -> None:
    admin = actor.kind == "staff" and actor.has(roles.ADMIN_SECURITY)
    if not (admin or actor.kind == "system"):
        raise NotAllowed("只有安全管理员可以登记和停用对接地址。")
