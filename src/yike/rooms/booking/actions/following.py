"""What becomes of booked times when a circuit's visit is put off, cancelled or missed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.booking import access, flow, returned, stock
from yike.rooms.booking.actions.giving import cancel, move
from yike.rooms.booking.models import Booking, Pattern, Slot
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, Refusal
from yike.rooms.duty import queries as duty_queries


@transaction.atomic
def follow_circuit(*, stop_id: UUID, reason: str, actor: Actor) -> int:
    """This will cut the slots of a stop anew and see to those who had booked what is gone.

    Each is moved to the first free time of the next visit there, else the booking is cancelled;
    both tell the person, with the reason. Who booked a visit about which the office must still
    decide keeps the time. Returns how many. A job of the house; may be repeated.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以跟随巡回日程。")
    now, seen = clock.now(), 0
    for pattern in Pattern.objects.filter(source="circuit", post_id=stop_id).order_by("id"):
        stock.lay(pattern, now)
        gone = Booking.objects.filter(
            pattern=pattern, state=flow.CONFIRMED, slot__state="closed", slot__from_at__gt=now
        ).exclude(day__in=duty_queries.days_in_doubt(stop_id))
        for row in gone.select_related("slot").order_by("slot__from_at", "made_at", "id"):
            _put_off(row, pattern, f"巡回日程有变：{reason}"[:200], actor)
            seen += 1
    return seen


@transaction.atomic
def follow_missed(*, stop_id: UUID, arrives_at: datetime, actor: Actor) -> int:
    """This will give back the times of a visit to which nobody came, and tell who had them.

    Nobody who was marked as missing there counts as such. Returns how many; may be repeated.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以跟随巡回日程。")
    now, day = clock.now(), arrives_at.astimezone(clock.CIVIL).date()
    rows = Booking.objects.select_for_update(of=("self",)).filter(
        pattern__source="circuit", pattern__post_id=stop_id, day=day,
        slot__from_at__gte=arrives_at, state__in=flow.row_of("fail").states,
    )  # fmt: skip
    found = list(rows.select_related("slot", "pattern").order_by("slot__from_at", "id"))
    for row in found:
        flow.refuse("fail", row.state, access.standing_of(row, actor))
        returned.give_up(row, "巡回的人当天没有到，不是您的原因；请重新约一个时间", now, actor)
    return len(found)


def _put_off(row: Booking, pattern: Pattern, why: str, actor: Actor) -> None:
    free = Slot.objects.filter(pattern=pattern, state="open", from_at__gt=clock.now()).order_by(
        "from_at"
    )
    for slot in free[:40]:
        try:
            with transaction.atomic():
                move(reference=row.reference, slot_id=slot.pk, reason=why, actor=actor)
        except Refusal:  # taken meanwhile, or too late: the next one
            continue
        return
    cancel(reference=row.reference, reason=why, actor=actor)
