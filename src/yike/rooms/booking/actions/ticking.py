"""What time does by itself: places expire, those who wait are offered one, people are reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from yike.rooms.booking import access, events, flow, taking, times
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.booking.names import facts_of
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, Refusal
from yike.rooms.trail import actions as trail_actions

_LIMIT = 200
#: nobody is asked by night whether they want a place: hours from, until
_AWAKE = (7, 22)


@transaction.atomic
def tick(*, now: datetime, actor: Actor) -> int:
    """This will do what is due and return how many things were done. The house only.

    Late or not, nothing is lost: a held place stopped counting when it expired, and a reminder
    whose moment passed while the house was down is told if the time itself has not come.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以清理占位。")
    return _lapse(now, actor) + _offer(now, actor) + _remind(now, actor)


def _lapse(now: datetime, actor: Actor) -> int:
    """Held places that expired, and waiting for days that are over."""
    today = now.astimezone(clock.CIVIL).date()
    held = Booking.objects.filter(state=flow.HELD, expires_at__lte=now)
    waiting = Booking.objects.filter(state=flow.WAITING, day__lt=today)
    rows = [*_locked(held), *_locked(waiting)]
    for row in rows:
        was = flow.STATES[row.state]
        _set(row, "lapse", now, actor)
        row.save(update_fields=["state", "changed_at"])
        lapsed = events.PlaceLapsed(**facts_of(row), was=was)
        trail_actions.record(lapsed, actor=actor)
    return len(rows)


def _offer(now: datetime, actor: Actor) -> int:
    """The first in each line is offered what fell free."""
    here = now.astimezone(clock.CIVIL)
    if not _AWAKE[0] <= here.hour < _AWAKE[1]:
        return 0
    today = here.date()
    line = Booking.objects.filter(state=flow.WAITING, day__gte=today)
    done = 0
    for pattern_id, day in sorted(set(line.values_list("pattern_id", "day"))):
        slots = Slot.objects.select_related("pattern").filter(
            pattern=pattern_id, day=day, state="open", from_at__gt=now
        )
        found = list(slots.order_by("from_at"))
        left = taking.free(found, now)
        places = [slot for slot in found for _ in range(left[slot.pk])]
        waiting = line.filter(pattern=pattern_id, day=day).order_by("made_at", "id")
        for slot, row in zip(places, _locked(waiting, most=len(places)), strict=False):
            done += _offer_one(row, slot, now, actor)
    return done


def _offer_one(row: Booking, slot: Slot, now: datetime, actor: Actor) -> int:
    minutes = access.rule_of(slot.county_code).offer_minutes
    until = min(now + timedelta(minutes=minutes), slot.from_at)
    _set(row, "offer", now, actor)
    row.slot, row.account_id, row.expires_at = slot, slot.account_id, until
    try:
        taking.take(slot, now, row.save)
    except Refusal:  # somebody on the net was faster: the line goes on with the next beat
        return 0
    offered = events.PlaceOffered(**facts_of(row), from_at=slot.from_at, until_at=until)
    trail_actions.record(offered, actor=actor)
    return 1


def _remind(now: datetime, actor: Actor) -> int:
    due = Booking.objects.filter(state=flow.CONFIRMED, remind_at__lte=now)
    rows = _locked(due)
    for row in rows:
        assert row.slot is not None
        row.remind_at = times.next_reminder(row.slot.from_at, now)
        row.save(update_fields=["remind_at"])
        if row.slot.from_at > now:
            told = events.BookingReminded(**facts_of(row), from_at=row.slot.from_at)
            trail_actions.record(told, actor=actor)
    return len(rows)


def _locked(rows: Iterable[Booking], most: int = _LIMIT) -> list[Booking]:
    found = rows.select_for_update(of=("self",), skip_locked=True)  # type: ignore[attr-defined]
    return list(found.select_related("slot", "pattern")[:most])


def _set(row: Booking, verb: str, now: datetime, actor: Actor) -> None:
    standing = access.standing_of(row, actor)
    row.state = flow.refuse(verb, row.state, standing, access.facts_of(row, now)).to
    row.changed_at = now
