"""A clock's life: started with a promise, paused and resumed, stopped. Never set back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.clocks import access, reckoning
from yike.rooms.clocks.actions.ticking import settle
from yike.rooms.clocks.faces import ClockFace, face_of
from yike.rooms.clocks.models import Clock, ClockPause
from yike.rooms.core import clock as core_clock
from yike.rooms.core import prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotAllowed

_INSERT = """
insert into clocks_clock
  (id, subject_kind, subject_id, region_code, promise_id, calendar_version_id,
   purpose, started_at, due_at, near_at, warn_at, beyond_known, extended_by, restarts)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, 0)
"""
#: Without a savepoint: a second running clock of the same promise inserts nothing.
_INSERT_ONCE = f"{_INSERT} on conflict do nothing returning 1"


@transaction.atomic
def start_clock(
    *,
    subject_kind: str,
    subject_id: UUID,
    promise_code: str,
    region_code: str,
    actor: Actor,
    purpose: str = "",
    started_at: datetime | None = None,
) -> ClockFace:
    """This will start a clock for one thing, its due instant frozen with policy and calendar.

    `started_at`: aware, now if left out. Refuses an unknown promise (NotFound), and a second
    running clock of the same promise for the same thing (Clash).
    """
    del actor  # who started it is told by the subject's own sentence
    clock = _ready(promise_code, started_at or core_clock.now())
    _belongs(clock, subject_kind, subject_id, region_code, purpose)
    if not prepared.run(_INSERT_ONCE, _row(clock)):
        raise Clash(f"“{clock.promise.name}”的时钟已经在走。")
    return face_of(clock)


@transaction.atomic(savepoint=False)  # part of a deed, which a refusal undoes as a whole
def start_clocks(
    *,
    subject_kind: str,
    subject_id: UUID,
    promise_codes: Sequence[str],
    region_code: str,
    actor: Actor,
    purposes: Sequence[str] = (),
    started_at: datetime | None = None,
) -> tuple[ClockFace, ...]:
    """This will start several clocks for one new thing at one instant, as `start_clock` does one.

    `purposes`: one for each promise, or none at all. A thing of which a clock runs already is not
    new: the database refuses it.
    """
    del actor
    start = started_at or core_clock.now()
    clocks = [_ready(code, start) for code in promise_codes]
    for clock, purpose in zip(clocks, purposes or [""] * len(clocks), strict=True):
        _belongs(clock, subject_kind, subject_id, region_code, purpose)
        prepared.tell(_INSERT, _row(clock))
    return tuple(face_of(clock) for clock in clocks)


@transaction.atomic
def restart_clocks_of(
    *,
    subject_kind: str,
    subject_id: UUID,
    promise_code: str,
    purpose: str,
    region_code: str,
    actor: Actor,
) -> ClockFace:
    """This will begin a promise anew for one thing, by the policy of today; start it if none runs.

    For promises that each step renews. A breach that nobody told is told first. The same row is
    used again: what was told of it stays in the history of the thing.
    """
    about = access.clocks_about(actor, subject_kind, subject_id, purposes=(purpose,))
    if not about:
        return start_clock(
            subject_kind=subject_kind, subject_id=subject_id, promise_code=promise_code,
            region_code=region_code, purpose=purpose, actor=actor,
        )  # fmt: skip
    now, clock = core_clock.now(), about[0]
    for other in about[1:]:  # begun under two policies: one goes on
        _stop(other, now, actor)
    settle(clock=clock, now=now, actor=actor)
    fresh = _ready(promise_code, now)
    for name in _ANEW:
        setattr(clock, name, getattr(fresh, name))
    clock.restarts += 1
    ClockPause.objects.filter(clock_id=clock.id).delete()
    clock.save(update_fields=[*_ANEW, "restarts"])
    return face_of(clock)


_ANEW = (
    "promise", "calendar_version_id", "started_at", *reckoning.REACHED, "extended_by",
    "paused_at", "neared_at", "warned_at", "broken_at",
)  # fmt: skip


def _ready(promise_code: str, start: datetime) -> Clock:
    promise, version = access.promise_on(promise_code, start.astimezone(core_clock.CIVIL).date())
    reckoned = reckoning.reckon(promise, version, start)
    return Clock(
        promise=promise,
        calendar_version_id=version,
        started_at=start,
        due_at=reckoned.due_at,
        near_at=reckoned.near_at,
        warn_at=reckoned.warn_at,
        beyond_known=reckoned.beyond_known,
    )


@transaction.atomic
def pause_clock(
    *, clock_id: UUID, reason: str, actor: Actor, at: datetime | None = None
) -> ClockFace:  # fmt: skip
    """This will let a running clock stand still, for example while papers are awaited.

    Refuses one that stands still or has stopped (NotAllowed). A breach that nobody told is told.
    """
    clock = access.clock_for(actor, clock_id, lock=True)
    return _pause(clock, reason, reckoning.moment_of(clock, at), actor)


@transaction.atomic
def resume_clock(*, clock_id: UUID, actor: Actor, at: datetime | None = None) -> ClockFace:
    """This will let a clock go on with what remained, under its own policy and calendar version.

    Refuses one that does not stand still (NotAllowed).
    """
    clock = access.clock_for(actor, clock_id, lock=True)
    return _resume(clock, reckoning.moment_of(clock, at))


@transaction.atomic
def stop_clock(*, clock_id: UUID, actor: Actor, at: datetime | None = None) -> ClockFace:
    """This will stop a clock for good: the promise is kept, or its breach is told now.

    Refuses one that has stopped (NotAllowed).
    """
    clock = access.clock_for(actor, clock_id, lock=True)
    return _stop(clock, reckoning.moment_of(clock, at), actor)


@transaction.atomic
def pause_clocks_of(
    *, subject_kind: str, subject_id: UUID, reason: str, actor: Actor, promise_code: str = ""
) -> tuple[ClockFace, ...]:
    """This will pause every running clock of one thing (or those of one promise)."""
    return _each(
        access.clocks_about(actor, subject_kind, subject_id, promise_code=promise_code),
        lambda clock: clock.paused_at is None,
        lambda clock: _pause(clock, reason, reckoning.moment_of(clock, None), actor),
    )


@transaction.atomic
def resume_clocks_of(
    *, subject_kind: str, subject_id: UUID, actor: Actor, promise_code: str = ""
) -> tuple[ClockFace, ...]:
    """This will resume every paused clock of one thing (or those of one promise)."""
    return _each(
        access.clocks_about(actor, subject_kind, subject_id, promise_code=promise_code),
        lambda clock: clock.paused_at is not None,
        lambda clock: _resume(clock, reckoning.moment_of(clock, None)),
    )


@transaction.atomic
def stop_clocks_of(
    *,
    subject_kind: str,
    subject_id: UUID,
    actor: Actor,
    promise_code: str = "",
    purposes: Collection[str] = (),
) -> tuple[ClockFace, ...]:
    """This will stop every clock of one thing that has not stopped.

    Or only those of one promise, or of some purposes.
    """
    return _each(
        access.clocks_about(
            actor, subject_kind, subject_id, promise_code=promise_code, purposes=purposes
        ),
        lambda clock: clock.stopped_at is None,
        lambda clock: _stop(clock, reckoning.moment_of(clock, None), actor),
    )


def _belongs(clock: Clock, kind: str, subject: UUID, region_code: str, purpose: str) -> None:
    clock.subject_kind, clock.subject_id = kind, subject
    clock.region_code, clock.purpose = region_code, purpose


def _row(clock: Clock) -> tuple[object, ...]:
    return (
        clock.id,
        clock.subject_kind,
        clock.subject_id,
        clock.region_code,
        clock.promise_id,
        clock.calendar_version_id,
        clock.purpose,
        clock.started_at,
        clock.due_at,
        clock.near_at,
        clock.warn_at,
        clock.beyond_known,
    )


def _each(
    clocks: list[Clock], fits: Callable[[Clock], bool], deed: Callable[[Clock], ClockFace]
) -> tuple[ClockFace, ...]:
    return tuple(deed(clock) for clock in clocks if fits(clock))


def _pause(clock: Clock, reason: str, at: datetime, actor: Actor) -> ClockFace:
    if clock.stopped_at or clock.paused_at:
        raise NotAllowed("时钟没有在走，不能中止。", way_on="请刷新页面查看现在的状态。")
    settle(clock=clock, now=at, actor=actor)
    ClockPause.objects.create(clock_id=clock.id, paused_at=at, reason=reason)
    clock.paused_at = at
    clock.save(update_fields=["paused_at"])
    return face_of(clock)


def _resume(clock: Clock, at: datetime) -> ClockFace:
    if clock.stopped_at or not clock.paused_at:
        raise NotAllowed("时钟没有中止，不能恢复。", way_on="请刷新页面查看现在的状态。")
    _end_pause(clock, at)
    reckoning.put(clock, reckoning.again(clock))
    clock.save(update_fields=[*reckoning.REACHED, "paused_at"])
    return face_of(clock)


def _stop(clock: Clock, at: datetime, actor: Actor) -> ClockFace:
    if clock.stopped_at:
        raise NotAllowed("时钟已经停止。", way_on="请刷新页面查看现在的状态。")
    settle(clock=clock, now=at, actor=actor)
    if clock.paused_at:
        _end_pause(clock, at)
    clock.stopped_at = at
    clock.save(update_fields=["paused_at", "stopped_at"])
    return face_of(clock)


def _end_pause(clock: Clock, at: datetime) -> None:
    ClockPause.objects.filter(clock_id=clock.id, resumed_at=None).update(resumed_at=at)
    clock.paused_at = None
