"""A due instant that moves: extended once by its holder, or renewed when holidays are announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.clocks import access, events, reckoning
from yike.rooms.clocks.faces import ClockFace, face_of, length_of
from yike.rooms.clocks.models import Clock, Recalculation
from yike.rooms.core import clock as core_clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.clock import CIVIL
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.trail import actions as trail_actions

_MOVED = reckoning.REACHED
_TOLD = ("neared_at", "warned_at", "broken_at")
#: longest reason
REASON_MOST = 500


@transaction.atomic
def extend_clock(
    *,
    clock_id: UUID,
    amount: int,
    actor: Actor,
    reason: str = "延期",
    at: datetime | None = None,
) -> ClockFace:
    """This will lengthen a promise once, before it ends, by at most what its policy allows.

    The old and the new instant are kept with the reason (Recalculation). `amount`: in the promise's
    own unit. It warns again before the new end. Refuses a second time, a stopped or late clock, a
    promise that allows none (NotAllowed), and too much (BadInput).
    """
    clock = access.clock_for(actor, clock_id, lock=True)
    moment = reckoning.moment_of(clock, at)
    _check_extension(clock, amount, moment)
    before = _Before.of(clock)
    clock.extended_by = amount
    reckoning.put(clock, reckoning.again(clock))
    _untell(clock, moment)
    clock.save(update_fields=["extended_by", *_MOVED, *_TOLD])
    _keep(before, clock, "extended", reason, actor, moment)
    return face_of(clock)


@transaction.atomic
def recalculate(
    *, clock_id: UUID, reason: str, actor: Actor, at: datetime | None = None
) -> ClockFace:
    """This will reckon a promise again by today's policy and calendar: an explicit, recorded deed.

    Nothing else ever moves a promise that was made (a closure, a changed policy do not). Kept:
    reason, old and new instant, both versions of policy and calendar. The thing's own sentence
    tells of it. Refuses a stopped clock (NotAllowed), and no reason, no change, or an end that
    would lie in the past (BadInput).
    """
    clock = access.clock_for(actor, clock_id, lock=True)
    moment = reckoning.moment_of(clock, at)
    why = clean.text(reason, field="reason", most=REASON_MOST, least=2)
    if clock.stopped_at:
        raise NotAllowed("时钟已经停止，不能重算。", way_on="请刷新页面查看现在的状态。")
    before = _Before.of(clock)
    today = moment.astimezone(CIVIL).date()
    clock.promise, clock.calendar_version_id = access.promise_on(clock.promise.code, today)
    reckoning.put(clock, reckoning.again(clock))
    if clock.due_at == before.due_at:
        raise BadInput("按现行时限和日历重算，到期时间没有变化。", field="reason")
    if clock.due_at <= moment and clock.due_at < before.due_at:
        raise BadInput("重算后的到期时间已经过去，不能这样缩短承诺。", field="reason")
    _untell(clock, moment)
    clock.save(update_fields=["promise", "calendar_version_id", *_MOVED, *_TOLD])
    _keep(before, clock, "policy", why, actor, moment)
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
        before = _Before.of(clock)
        clock.calendar_version_id = version
        reckoning.put(clock, reckoning.again(clock, version))
        clock.save(update_fields=["calendar_version", *_MOVED])
        if clock.due_at != before.due_at:
            _keep(before, clock, "holidays", "放假安排公布", actor, core_clock.now())
            _tell(clock, before.due_at, actor)
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


def _untell(clock: Clock, moment: datetime) -> None:
    """What lies ahead again will be told again."""
    if clock.near_at and clock.near_at > moment:
        clock.neared_at = None
    if clock.warn_at and clock.warn_at > moment:
        clock.warned_at = None
    if clock.due_at > moment:
        clock.broken_at = None


@dataclass(frozen=True, kw_only=True)
class _Before:
    """What a clock went by before it was moved."""

    due_at: datetime
    promise: UUID
    calendar: UUID

    @classmethod
    def of(cls, clock: Clock) -> _Before:
        return cls(
            due_at=clock.due_at, promise=clock.promise_id, calendar=clock.calendar_version_id
        )


def _keep(
    before: _Before, clock: Clock, kind: str, reason: str, actor: Actor, moment: datetime
) -> None:
    Recalculation.objects.bulk_create(
        [
            Recalculation(
                clock_id=clock.id,
                at=moment,
                kind=kind,
                reason=reason[:REASON_MOST],
                former_due_at=before.due_at,
                due_at=clock.due_at,
                former_promise_id=before.promise,
                promise_id=clock.promise_id,
                former_calendar_id=before.calendar,
                calendar_id=clock.calendar_version_id,
                extended_by=clock.extended_by,
                by=actor.account_id,
                label=actor.label[:80],
            )
        ]
    )


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
