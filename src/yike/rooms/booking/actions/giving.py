"""Giving out times: held while somebody fills in, confirmed, moved, given back, waited for."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.booking import access, events, flow, remote, repeats, returned, taking, times
from yike.rooms.booking.faces import Held, Receipt, Told
from yike.rooms.booking.models import Booking, Pattern, Slot
from yike.rooms.booking.names import facts_of
from yike.rooms.core import clock, prepared, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.notices import hours
from yike.rooms.people import actions as people_actions
from yike.rooms.people import roles
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions

#: Times to come that one telephone may have from the net.
_MOST_UPCOMING = 5
#: what a platform's key must be good for
PEER_SCOPE = "bookings:make"
_BOOKERS = (
    roles.CLERK, roles.AGENT, roles.OFFICER, roles.DISPATCHER, roles.PRACTITIONER, roles.DIRECTOR,
)  # fmt: skip


@transaction.atomic
def hold(*, slot_id: UUID, item_code: str = "", matter_reference: str = "", actor: Actor) -> Held:
    """This will hold a place for some minutes while somebody fills in; it expires by itself.

    An earlier place held by the same browser is given back. Refuses Clash when the slot is full,
    with the next free times.
    """
    slot, now = access.slot_for(slot_id), clock.now()
    taking.must_open(slot, now, led=actor.kind != "staff")
    _give_back(actor, now)
    rule = access.rule_of(slot.county_code)
    row = _row(slot.pattern, slot.day, actor, now, item_code, matter_reference)
    row.slot, row.state = slot, flow.HELD
    row.hold_key = secrets.token_hex(32)
    row.expires_at = now + timedelta(minutes=rule.hold_minutes)
    row.account_id = slot.account_id
    taking.take(slot, now, lambda: prepared.insert(row))
    held = events.PlaceHeld(**facts_of(row), from_at=slot.from_at)
    trail_actions.record(held, actor=actor)
    return Held(reference=row.reference, key=row.hold_key, expires_at=row.expires_at)


@transaction.atomic
def confirm(
    *, reference: str, told: Told | None = None, slot_id: UUID | None = None, actor: Actor
) -> Receipt:
    """This will make a held place somebody's. A double click confirms once.

    `slot_id`: another slot, chosen when the held place was lost. `told` may be left out by who
    waited and was offered the place. Refuses Clash with the next free times, and NotAllowed on the
    net whoever did not come too often.
    """
    row, now = access.booking_for(actor, reference, lock=True), clock.now()
    if row.state == flow.CONFIRMED and slot_id in (None, row.slot_id):
        return _receipt(row, repeated=True)
    slot = _slot_of(row, slot_id)
    _ask("confirm", row, actor, now)
    taking.must_open(slot, now, led=False)
    if row.party_id is None:
        _identify(row, told, actor)
    _must_be_welcome(row.phone_index, slot.county_code, actor, now)
    _put(row, slot, now)
    row.state, row.expires_at = flow.CONFIRMED, None
    taking.take(slot, now, row.save)
    confirmed = events.BookingConfirmed(**facts_of(row), from_at=slot.from_at)
    trail_actions.record(confirmed, actor=actor)
    return _receipt(row)


@transaction.atomic
def book(
    *,
    slot_id: UUID,
    told: Told,
    item_code: str = "",
    matter_reference: str = "",
    demo: bool = False,
    once: str = "",
    far: tuple[str, UUID] | None = None,
    actor: Actor,
) -> Receipt:
    """This will book a time for somebody who calls or stands at the window, in one step.

    Staff and the house; also for those who may not book on the net any more. Another platform with
    the scope, for its own people: by the rules of the net, only in its key's region, and with the
    same `once` only once (Clash when something else is asked under it). `far`: kind and id of the
    terminal or room at a station that is reserved for a talk by video (places, remote).
    """
    if not _may_book(actor):
        raise NotAllowed("您不能替别人预约", way_on="请打 12348 预约。")
    by_peer = actor.kind == "peer"
    if by_peer and (was := repeats.found(actor, once, slot_id, told)) is not None:
        return _receipt(was, repeated=True)
    slot, now = access.slot_for(slot_id), clock.now()
    if by_peer and not codes.within(slot.region_code, (actor.region_from, actor.region_until)):
        raise BadInput("这个时段不在您的密钥的区划里", way_on="请换一个时段。", field="slot_id")
    taking.must_open(slot, now, led=by_peer)
    row = _row(slot.pattern, slot.day, actor, now, item_code, matter_reference)
    row.demo, row.peer_id, row.once = demo, actor.ref if by_peer else "", once
    if far is not None:
        remote.reserve(row, slot, far, actor)
    _identify(row, told, actor)
    _must_be_welcome(row.phone_index, slot.county_code, actor, now)
    _put(row, slot, now)
    row.state = flow.CONFIRMED
    taking.take(slot, now, lambda: prepared.insert(row))
    confirmed = events.BookingConfirmed(**facts_of(row), from_at=slot.from_at)
    trail_actions.record(confirmed, actor=actor)
    return _receipt(row)


@transaction.atomic
def move(*, reference: str, slot_id: UUID, reason: str = "", actor: Actor) -> Receipt:
    """This will move a booking to another slot of the same kind; reference and code stay.

    The terminal or room at the station goes along; how one joins is to be told anew.
    Either both happen or nothing: when the new slot is full the old time is kept. Staff give a
    reason.
    """
    old, now = access.booking_for(actor, reference, lock=True), clock.now()
    slot = access.slot_for(slot_id)
    _ask("move", old, actor, now)
    if old.slot is None or slot.pk == old.slot_id or slot.kind != old.kind:
        raise BadInput("请选择另一个时间", field="slot")
    taking.must_open(slot, now, led=actor.kind in ("citizen", "peer"))
    was = old.slot.from_at
    why = _reason(reason, actor)
    new = _successor(old, slot, now)
    remote.must_be_open(new, slot)

    def both() -> None:
        old.state, old.changed_at, old.remind_at, old.reason = flow.MOVED, now, None, why
        old.save(update_fields=["state", "changed_at", "remind_at", "reason"])
        prepared.insert(new)

    taking.take(slot, now, both)
    moved = events.BookingMoved(**facts_of(new), from_at=was, to_at=slot.from_at)
    trail_actions.record(moved, actor=actor)
    return _receipt(new)


@transaction.atomic
def cancel(*, reference: str, reason: str = "", actor: Actor) -> None:
    """This will give a time back, or leave the line; who waits is offered it. Staff say why."""
    row, now = access.booking_for(actor, reference, lock=True), clock.now()
    _ask("cancel", row, actor, now)
    returned.give_up(row, _reason(reason, actor), now, actor)


@transaction.atomic
def wait(*, pattern_id: UUID, day: date, told: Told, item_code: str = "", actor: Actor) -> Receipt:
    """This will put somebody in line for a day that is full; the first is offered what falls free.

    Refuses NotAllowed while there still is a free time on that day.
    """
    pattern = Pattern.objects.filter(pk=pattern_id).first()
    if pattern is None:
        raise NotFound("没有这个预约地点", way_on="请重新选择。")
    now = clock.now()
    slots = list(Slot.objects.filter(pattern=pattern, day=day, state="open", from_at__gt=now))
    if not slots:
        raise BadInput("这一天不接受预约", way_on="请换一天。", field="day")
    if any(taking.free(slots, now).values()):
        raise NotAllowed("这一天还有空的时间，不用候补", way_on="请直接选一个时间。")
    row = _row(pattern, day, actor, now, item_code, "")
    _identify(row, told, actor)
    _must_be_welcome(row.phone_index, pattern.county_code, actor, now)
    row.state = flow.WAITING
    prepared.insert(row)
    joined = events.WaitingJoined(**facts_of(row), day=day)
    trail_actions.record(joined, actor=actor)
    return _receipt(row)


def _may_book(actor: Actor) -> bool:
    if actor.kind == "staff":
        return actor.has(*_BOOKERS)
    return actor.kind == "system" or (actor.kind == "peer" and actor.has(PEER_SCOPE))


def _ask(verb: str, row: Booking, actor: Actor, now: datetime) -> None:
    standing = access.standing_of(row, actor)
    flow.refuse(verb, row.state, standing, access.facts_of(row, now))


def _slot_of(row: Booking, slot_id: UUID | None) -> Slot:
    """The slot that is to be confirmed; whoever lost the held one has chosen another."""
    if slot_id is not None and slot_id != row.slot_id:
        slot = access.slot_for(slot_id)
        if slot.kind != row.kind:
            raise BadInput("请重新选择时间", field="slot")
        row.slot, row.pattern, row.org = slot, slot.pattern, slot.org
        row.region_code = slot.region_code
    if row.slot is None:
        raise BadInput("请先选择时间", way_on="请回到上一步。", field="slot")
    return row.slot


def _put(row: Booking, slot: Slot, now: datetime) -> None:
    row.slot, row.day, row.account_id = slot, slot.day, slot.account_id
    row.changed_at = now
    row.remind_at = times.first_reminder(slot.from_at, now)


def _row(
    pattern: Pattern, day: date, actor: Actor, now: datetime, item_code: str, matter: str
) -> Booking:
    return Booking(
        id=refs.new_id(),
        reference=refs.new_reference(now),
        code=f"{secrets.randbelow(10_000):04d}",
        pattern=pattern,
        kind=pattern.kind,
        item_code=item_code[:40],
        org=pattern.org,
        region_code=pattern.region_code,
        day=day,
        matter_reference=refs.read_reference(matter),
        door=actor.door,
        by_account=actor.account_id,
        made_at=now,
        changed_at=now,
    )


def _successor(old: Booking, slot: Slot, now: datetime) -> Booking:
    kept = (
        "reference", "code", "kind", "item_code", "hold_key", "party_id", "party_mask",
        "phone_mask", "phone_index", "contact_way", "safe_from", "safe_until", "note",
        "matter_reference", "door", "by_account", "peer_id", "made_at", "demo",
        "far_kind", "far_spot", "far_name", "far_station", "far_region",
    )  # fmt: skip
    new = Booking(id=refs.new_id(), **{name: getattr(old, name) for name in kept})
    new.pattern, new.org, new.region_code = slot.pattern, slot.org, slot.region_code
    new.state, new.moved_from = flow.CONFIRMED, old
    _put(new, slot, now)
    return new


def _identify(row: Booking, told: Told | None, actor: Actor) -> None:
    if told is None or not told.name.strip():
        raise BadInput("请填写姓名。", field="name")
    if not told.phone.strip():
        raise BadInput("请填写电话，我们好提醒您。", field="phone")
    party = people_actions.record_party(
        told=people_actions.PartyTold(
            name=told.name, phone=told.phone, email=told.email, agreed=told.agreed
        ),
        actor=actor,
    )
    row.party_id, row.party_mask = party.id, party.name_mask
    row.phone_mask, row.phone_index = party.phone_mask, party.phone_index
    row.note = clean.text(told.note, field="note", most=200)
    row.contact_way = told.contact_way[:20]
    row.safe_from, row.safe_until = hours.read(told.safe_from), hours.read(told.safe_until)
    if bool(row.safe_from) != bool(row.safe_until):
        raise BadInput("请把方便联系的时间写全：从几点到几点。", field="safe_from")


def _must_be_welcome(index: str, county: str, actor: Actor, now: datetime) -> None:
    """The rule on those who did not come, and on how many times one telephone may have."""
    if actor.kind in ("staff", "system"):
        return
    rule = access.rule_of(county)
    since = now.astimezone(clock.CIVIL).date() - timedelta(days=rule.within_days)
    ((missed, upcoming),) = prepared.run(_KNOWN, [index, since, index, now])
    if rule.no_shows and missed >= rule.no_shows:
        raise NotAllowed(
            f"这个电话在最近 {rule.within_days} 天里有 {missed} 次约了没有来，暂时不能在网上预约",
            way_on=f"请打 12348 或到窗口预约。{rule.words}",
        )
    if upcoming >= _MOST_UPCOMING:
        raise NotAllowed(
            f"这个电话已经有 {_MOST_UPCOMING} 个还没有到时间的预约",
            way_on="请先取消用不上的；确实需要更多请打 12348。",
        )


_KNOWN = "select booking_no_shows(%s, %s), booking_upcoming(%s, %s)"


def _give_back(actor: Actor, now: datetime) -> None:
    """The place this browser held before; what is confirmed already stays."""
    if actor.kind != "citizen":
        return
    rows = Booking.objects.select_for_update().filter(
        reference=actor.claim_ref, state=flow.HELD, party_id=None
    )
    for row in rows:
        returned.give_up(row, "", now, actor)


def _reason(typed: str, actor: Actor) -> str:
    least = 2 if actor.kind == "staff" else 0
    return clean.text(typed, field="reason", most=200, least=least)


def _receipt(row: Booking, *, repeated: bool = False) -> Receipt:
    return Receipt(
        booking_id=row.pk,
        reference=row.reference,
        code=row.code,
        state=row.state,
        phone_index=row.phone_index,
        from_at=row.slot.from_at if row.slot else None,
        repeated=repeated,
    )
