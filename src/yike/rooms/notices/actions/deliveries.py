"""What is handed to other systems: made once, taken, settled, sent again by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yike.engines.seal import SealError
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.notices import access, events, link_kinds, link_sealing, models, posting, wording
from yike.rooms.notices.actions.telling import tell
from yike.rooms.notices.faces import Recipient
from yike.rooms.notices.models import Delivery, Link, Notice
from yike.rooms.people import holding as people_holding
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions

#: minutes after which a failed try is repeated: three days (Standard Webhooks, retry schedule)
BACKOFF_MINUTES = (1, 5, 30, 120, 300, 600, 840, 1200, 1440)
#: a delivery that was taken and never settled: its job was killed on the way
LOST_MINUTES = 15
#: days for which what was handed over can still be sent again by hand
KEPT_DAYS = 30
_PATIENT = 3
_LONGEST_REST = 60


@transaction.atomic
def relay(*, notice_id: UUID, actor: Actor) -> int:
    """This will hand a notice to staff on to the systems that listen for it; returns to how many.

    It carries no words of the notice: reference, a fixed title, what is due and the way to the
    desk. Two colleagues of one role make one delivery.
    """
    _only_house(actor)
    row = Notice.objects.filter(id=notice_id, channel=models.IN_APP).first()
    if row is None or row.template not in link_kinds.TOLD:
        return 0
    event, title = link_kinds.TOLD[row.template]
    rung = str(row.facts.get("rung", ""))
    held = _roles(row)
    made = [
        _made(link, event, f"{rung}：{title}" if rung else title, row, sorted(wanted))
        for link in _listening(event, row.region_code)
        if (wanted := held & set(link.roles))
    ]
    return _hand(made)


@transaction.atomic
def report(
    *, key_id: UUID, event: str, title: str, reference: str, data: Mapping[str, Any], once: str,
    actor: Actor,
) -> int:  # fmt: skip
    """This will tell the platform that fed a matter how it goes on, if it left an address."""
    _only_house(actor)
    link = access.link_of_key(key_id)
    if link is None:
        return 0
    row = _row(link, event, title, reference, dict(data), f"{link.id}/{once}")
    return _hand([row])


@transaction.atomic
def try_link(*, link_id: UUID, actor: Actor) -> UUID:
    """This will send a test; its fate stands in the list. Security administrators only."""
    _only_security(actor)
    link = access.link_for(link_id)
    if link.state != link_kinds.ON:
        raise NotAllowed(f"这个对接{link_kinds.STATES[link.state]}。", way_on="请先恢复。")
    data = {"title": "测试，不用处理", "reference": "", "due": "", "url": _desk("")}
    row = _row(link, link_kinds.TEST, data["title"], "", data, f"{link.id}/test/{new_id()}")
    _hand([row])
    return row.id


@transaction.atomic
def send_again(*, delivery_id: UUID, actor: Actor) -> None:
    """This will send once more what failed, is unclear or was lost over there, under its number.

    Refuses what is on its way and what is too old.
    """
    _only_security(actor)
    link, row = access.delivery_for(delivery_id)
    if row.state in (models.QUEUED, models.SENDING):
        raise NotAllowed("它正在等待发送或正在发送。", way_on="请稍等再看。")
    if row.sealed is None or link.state == link_kinds.ENDED:
        raise NotAllowed("内容已经清除或对接已停用，不能重发。")
    row.state, row.tries, row.next_at, row.done_at = models.QUEUED, 0, None, None
    row.again_by = actor.ref
    row.save(update_fields=["state", "tries", "next_at", "done_at", "again_by"])
    again = events.DeliverySentAgain(
        delivery_id=row.id, name=link.name, reference=row.reference, region_code=link.region_code
    )
    trail_actions.record(again, actor=actor)
    later("notices.deliver", queue="mail", delivery_id=str(row.id))


@transaction.atomic
def take_delivery(*, delivery_id: UUID, now: datetime, actor: Actor) -> posting.Parcel | None:
    """This will mark one delivery as being sent and return it; None when it is not its turn.

    While its system is resting after failures it is put off: one that is down holds up nobody.
    """
    _only_house(actor)
    row = access.delivery(delivery_id, models.QUEUED)
    if row is None or row.link.state != link_kinds.ON or (row.next_at and row.next_at > now):
        return None
    rests = row.link.rests_until
    if rests and rests > now:
        row.next_at = rests
        row.save(update_fields=["next_at"])
        return None
    try:
        setting, told = link_sealing.setting_of(row.link), link_sealing.unpack(row)
    except (SealError, ValueError):
        _lose(row, now, actor)
        return None
    row.state, row.tries, row.taken_at = models.SENDING, row.tries + 1, now
    row.save(update_fields=["state", "tries", "taken_at"])
    return posting.Parcel(mark=str(row.id), preset=row.link.preset, setting=setting, told=told)


@transaction.atomic
def settle_delivery(*, delivery_id: UUID, fate: posting.Fate, now: datetime, actor: Actor) -> str:
    """This will note what became of a delivery and how its system is; returns the new state.

    Days of nothing but failures break the link: it is not tried any more, and security hears.
    """
    _only_house(actor)
    link, row = access.delivery_and_link(delivery_id, models.SENDING)
    if link is None or row is None:
        return ""
    outcome = fate.outcome
    _note_health(link, fate, now, actor)
    state = outcome.state
    tired = row.tries > len(BACKOFF_MINUTES) and link.state == link_kinds.ON
    if state == models.QUEUED and tired:
        state = models.FAILED
    row.state, row.receipt = state, wording.one_line(outcome.receipt, 300)
    row.next_at = _next(row, fate, now) if state == models.QUEUED else None
    row.done_at = None if state == models.QUEUED else now
    row.refused = list(fate.refused) if row.event == link_kinds.LAYER else []
    row.save(update_fields=["state", "receipt", "refused", "next_at", "done_at"])
    if state != models.QUEUED:
        _say(link, row, actor)
    return state


@transaction.atomic
def give_up_deliveries(*, now: datetime, actor: Actor) -> int:
    """This will settle what was taken and never came back, and forget what is old.

    Whoever takes the same number once is asked again; of the others nobody knows.
    """
    _only_house(actor)
    lost = access.lost_deliveries(now - timedelta(minutes=LOST_MINUTES))
    for row in lost:
        safe = link_kinds.PRESETS[row.link.preset].adapter.same_id_once
        row.state = models.QUEUED if safe else models.UNSURE
        row.receipt, row.done_at = "发送途中程序中断", None if safe else now
        row.save(update_fields=["state", "receipt", "done_at"])
    old = Delivery.objects.filter(made_at__lt=now - timedelta(days=KEPT_DAYS))
    old.exclude(state__in=(models.QUEUED, models.SENDING)).exclude(sealed=None).update(sealed=None)
    return len(lost)


def _lose(row: Delivery, now: datetime, actor: Actor) -> None:
    """What cannot be opened any more (the keys are others) holds up nothing else."""
    row.state, row.done_at, row.receipt = models.FAILED, now, "内容打不开：密钥已经更换"
    row.save(update_fields=["state", "done_at", "receipt"])
    _say(row.link, row, actor)


def _say(link: Link, row: Delivery, actor: Actor) -> None:
    told: dict[str, Any] = {
        "delivery_id": row.id, "name": link.name, "what": link_kinds.NAMES[row.event],
        "reference": row.reference, "tries": row.tries, "region_code": link.region_code,
    }  # fmt: skip
    if row.state == models.SENT:
        trail_actions.record(events.Delivered(**told), actor=actor)
    else:
        trail_actions.record(events.DeliveryFailed(**told, outcome=row.state), actor=actor)


def _next(row: Delivery, fate: posting.Fate, now: datetime) -> datetime:
    own = BACKOFF_MINUTES[min(row.tries, len(BACKOFF_MINUTES)) - 1]
    return now + max(timedelta(minutes=own), timedelta(seconds=fate.retry_after))


def _note_health(link: Link, fate: posting.Fate, now: datetime, actor: Actor) -> None:
    """How the other system is: well, resting after failures, or broken after days of them."""
    link.said = wording.one_line(fate.outcome.receipt, 300)
    if fate.outcome.state == models.SENT:
        link.failing_since, link.fails, link.rests_until, link.last_ok_at = None, 0, None, now
    else:
        link.failing_since, link.fails = link.failing_since or now, link.fails + 1
        if link.fails >= _PATIENT:
            rest = min(2 ** min(link.fails - _PATIENT, 6), _LONGEST_REST)
            link.rests_until = now + timedelta(minutes=rest)
        days = timedelta(days=link.break_days)
        if link.state == link_kinds.ON and (fate.gone or now - link.failing_since >= days):
            _break(link, fate.gone, now, actor)
    link.save(
        update_fields=["said", "failing_since", "fails", "rests_until", "last_ok_at", "state"]
    )


def _break(link: Link, gone: bool, now: datetime, actor: Actor) -> None:
    link.state = link_kinds.BROKEN
    since = link.failing_since or now
    why = "对方说不再接收（410）" if gone else f"从 {since:%Y-%m-%d %H:%M} 起一直失败"
    broken = events.LinkBroken(
        link_id=link.id, name=link.name, reason=why, region_code=link.region_code
    )
    trail_actions.record(broken, actor=actor)
    for account in people_queries.holders_of(roles.ADMIN_SECURITY):
        tell(
            to=Recipient(account=account), template="link.broken",
            facts={"title": link.name, "reason": why}, about="link", subject=str(link.id),
            region_code=link.region_code, once=f"link/{link.id}/{since.isoformat()}/{account}",
            actor=actor,
        )  # fmt: skip


def _roles(row: Notice) -> set[str]:
    """Whose to-do it is: the roles of the person told, or of the institution's people."""
    if row.to_account:
        return set(people_holding.roles_of([UUID(row.to_account)]).get(UUID(row.to_account), ()))
    return set(people_holding.roles_in(UUID(row.to_org))) if row.to_org else set()


def _listening(event: str, region_code: str) -> Iterable[Link]:
    rows = Link.objects.filter(kind=link_kinds.OA, events__contains=[event])
    found = rows.exclude(state=link_kinds.ENDED).order_by("id")
    return [one for one in found if codes.within(region_code, codes.span(one.region_code))]


def _made(link: Link, event: str, title: str, row: Notice, wanted: list[str]) -> Delivery:
    reference = str(row.facts.get("order_no") or row.facts.get("reference") or "")
    office = UUID(row.to_org) if row.to_org else None
    names = providers_queries.names_of([office]) if office else {}
    data = {
        "reference": reference,
        "title": title,
        "due": str(row.facts.get("due", "")),
        "due_at": str(row.facts.get("due_at", "")),
        "office": names.get(office, "") if office else "",
        "roles": wanted,
        "url": _desk(str(row.facts.get("reference", ""))),
    }
    told = (row.once or str(row.id)).rsplit("/", 1)[0]
    once = f"{link.id}/{told}/{row.template}/{row.to_org}/{','.join(wanted)}"
    return _row(link, event, title, reference, data, once, at=row.made_at)


def _row(
    link: Link, event: str, title: str, reference: str, data: dict[str, Any], once: str,
    *, at: datetime | None = None,
) -> Delivery:  # fmt: skip
    when = at or clock.now()
    row = Delivery(
        id=new_id(), link=link, event=event, title=title[:120], reference=reference[:40],
        made_at=when, state=models.QUEUED, once=hashlib.sha256(once.encode()).hexdigest(),
    )  # fmt: skip
    stamp = when.astimezone(clock.CIVIL).isoformat(timespec="seconds")
    link_sealing.pack(row, {"type": event, "timestamp": stamp, "data": data})
    return row


def _hand(made: list[Delivery]) -> int:
    """What was made before is made no second time; a job for it does no harm."""
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    for row in made:
        later("notices.deliver", queue="mail", delivery_id=str(row.id))
    return len(made)


def _desk(reference: str) -> str:
    base = str(settings.YIKE.public_url).rstrip("/")
    return f"{base}/desk/m/{reference}" if reference else f"{base}/desk/"


def _only_house(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotAllowed("只有系统可以推送给其他平台")


def _only_security(actor: Actor) -> None:
    if not (actor.kind == "staff" and actor.has(roles.ADMIN_SECURITY)):
        raise NotAllowed("只有安全管理员可以测试和重发。")
