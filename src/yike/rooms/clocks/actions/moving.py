"""A due instant that moves: extended once by its holder, or renewed when holidays are announced."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.clocks import access, events, reckoning
from yike.rooms.clocks.faces import ClockFace, face_of, length_of
from yike.rooms.clocks.models import Clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.clock import CIVIL
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.trail import actions as trail_actions

_MOVED = ("due_at", "near_at", "warn_at", "beyond_known")


@transaction.atomic
def extend_clock(
    *, clock_id: UUID, amount: int, actor: Actor, at: datetime | None = None
) -> ClockFace:
    """This will lengthen a promise once, before it ends, by at most what its policy allows.

    `amount`: in the promise's own unit. It warns again before the new end. Refuses a second time, a
    stopped or late clock, a promise that allows none (NotAllowed), and too much (BadInput).
    """
    clock = access.clock_for(actor, clock_id, lock=True)
    moment = reckoning.moment_of(clock, at)
    _check_extension(clock, amount, moment)
    clock.extended_by = amount
    _move(clock, reckoning.again(clock))
    if clock.near_at and clock.near_at > moment:
        clock.neared_at = None
    if clock.warn_at and clock.warn_at > moment:
        clock.warned_at = None
    clock.save(update_fields=["extended_by", *_MOVED, "neared_at", "warned_at"])
    return face_of(clock)


@transaction.atomic
def renew_clocks(*, calendar_code: str, actor: Actor, limit: int = 500) -> int:
    """This will reckon again, by the newest calendar, clocks that went beyond the known holidays.

    Only these: people were told that their day may still move. Call it after a holiday notice was
    loaded, until it returns less than `limit`. Returns how many it took; each move is a sentence.
    """
    version = access.calendar_for(calendar_code).current_id
    if version is None:
        return 0
    rows = access.visible_to(actor).select_for_update(of=("self",), skip_locked=True)
    unsettled = rows.filter(
        beyond_known=True, stopped_at=None, calendar_version__calendar=calendar_code
    ).exclude(calendar_version=version)
    found = list(unsettled.order_by("id")[:limit])
    for clock in found:
        before = clock.due_at
        clock.calendar_version_id = version
        _move(clock, reckoning.again(clock, version))
        clock.save(update_fields=["calendar_version", *_MOVED])
        if clock.due_at != before:
            _tell(clock, before, actor)
    return len(found)


def _check_extension(clock: Clock, amount: int, moment: datetime) -> None:
    promise = clock.promise
    if clock.stopped_at:
        raise NotAllowed("时钟已经停止，不能延长。", way_on="请刷新页面查看现在的状态。")
    if clock.extended_by:
        raise NotAllowed("只能延长一次，已经延长过了。")
    if not promise.extend_amount:
        raise NotAllowed(f"“{promise.name}”不能延长。")
    if clock.broken_at or (not clock.paused_at and moment > clock.due_at):
        raise NotAllowed("已经超过时限，不能再延长。", way_on="请尽快办结，并说明超期原因。")
    if not 1 <= amount <= promise.extend_amount:
        most = length_of(promise.extend_amount, promise.unit)
        raise BadInput(f"最多延长{most}。", field="amount")


def _move(clock: Clock, reckoned: reckoning.Reckoned) -> None:
    clock.due_at, clock.near_at, clock.warn_at = (
        reckoned.due_at, reckoned.near_at, reckoned.warn_at,
    )  # fmt: skip
    clock.beyond_known = reckoned.beyond_known


def _tell(clock: Clock, before: datetime, actor: Actor) -> None:
    trail_actions.record(
        events.ClockMoved(
            clock_id=clock.id,
            subject_kind=clock.subject_kind,
            subject_id=clock.subject_id,
            region_code=clock.region_code,
            promise_code=clock.promise.code,
            promise_name=clock.promise.name,
            due_at=clock.due_at.astimezone(CIVIL),
            former_due_at=before.astimezone(CIVIL),
        ),
        actor=actor,
    )
