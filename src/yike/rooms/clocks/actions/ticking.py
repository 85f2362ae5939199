"""Warnings and breaches: told once each, by whichever comes first, the ticker or the last deed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yike.rooms.clocks import events
from yike.rooms.clocks.models import RUNNING, Clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.clock import CIVIL
from yike.rooms.trail import actions as trail_actions

_Warning = events.ClockNeared | events.ClockWarned | events.ClockBroken


@transaction.atomic
def tick(*, now: datetime, actor: Actor, limit: int = 200, subject_id: UUID | None = None) -> int:
    """This will warn and tell of breaches that are due by `now`, and return how many it told.

    Call it inside `acting(actor)` of a system actor, again and again until it returns less than
    `limit`. Several tickers may run: each takes rows no other holds (SKIP LOCKED), and a row is
    told once. A warning that was missed while the house was down is told before a worse one.
    `subject_id`: only the promises made for one thing.
    """
    told = 0
    ours = Q(subject_id=subject_id) if subject_id else Q()
    for wanted, order, event, field in (
        (Q(neared_at=None, near_at__lte=now), "near_at", events.ClockNeared, "neared_at"),
        (Q(warned_at=None, warn_at__lte=now), "warn_at", events.ClockWarned, "warned_at"),
        (Q(broken_at=None, due_at__lt=now), "due_at", events.ClockBroken, "broken_at"),
    ):
        found = _take(RUNNING & ours & wanted, order, max(limit - told, 0))
        _tell(found, event, field, now, actor)
        told += len(found)
    return told


def settle(*, clock: Clock, now: datetime, actor: Actor) -> None:
    """This will tell of a breach of a locked, running clock, if it is late and was not told."""
    if clock.broken_at is None and clock.paused_at is None and now > clock.due_at:
        _tell([clock], events.ClockBroken, "broken_at", now, actor)
        clock.broken_at = now


def _take(wanted: Q, order: str, limit: int) -> list[Clock]:
    rows = Clock.objects.select_for_update(skip_locked=True, of=("self",))
    return list(rows.select_related("promise").filter(wanted).order_by(order)[:limit])


def _tell(
    clocks: list[Clock],
    event: type[_Warning],
    field: str,
    now: datetime,
    actor: Actor,
) -> None:
    """One statement marks them all; each gets its own sentence."""
    if clocks:
        Clock.objects.filter(id__in=[clock.id for clock in clocks]).update(**{field: now})
    for clock in clocks:
        trail_actions.record(_told(event, clock), actor=actor)


def _told(event: type[_Warning], clock: Clock) -> _Warning:
    return event(
        clock_id=clock.id,
        subject_kind=clock.subject_kind,
        subject_id=clock.subject_id,
        region_code=clock.region_code,
        promise_code=clock.promise.code,
        promise_name=clock.promise.name,
        due_at=clock.due_at.astimezone(CIVIL),
    )
