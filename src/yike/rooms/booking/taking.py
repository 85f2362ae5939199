"""Takes a place of a slot: the database counts under a lock, here its no is put into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from yike.rooms.booking import times
from yike.rooms.booking.models import Slot
from yike.rooms.core import prepared
from yike.rooms.core.refusal import BadInput, Clash

_FULL = "booking_slot_capacity"
#: the terminal or room at the station has somebody else then
_FAR = "booking_far_spot"
#: free times named when one was taken meanwhile
_NEXT = 3


def take(slot: Slot, now: datetime, deed: Callable[[], object]) -> None:
    """This will write what takes a place of the slot. Refuses Clash when none is left."""
    try:
        with transaction.atomic():
            deed()
    except IntegrityError as error:
        if _constraint(error) == _FAR:
            raise far_taken(slot) from None
        if _constraint(error) != _FULL:
            raise
        raise full(slot, now) from None


def must_open(slot: Slot, now: datetime, *, led: bool) -> None:
    """This will refuse a slot that is closed, over, or (`led`) too near to be booked on the net."""
    if slot.state != "open":
        raise Clash("这个时段已经停止预约", way_on=_way(slot, now))
    if slot.from_at <= now:
        raise BadInput("这个时段已经开始了", way_on=_way(slot, now), field="slot")
    if led and slot.from_at - now < timedelta(minutes=slot.pattern.lead_minutes):
        said = f"要至少提前 {slot.pattern.lead_minutes} 分钟预约"
        raise BadInput(said, way_on=f"{_way(slot, now)}急事请打 12348。", field="slot")


def full(slot: Slot, now: datetime) -> Clash:
    """This will return the refusal that names the next free times."""
    said = f"{times.moment_words(slot.from_at)} 刚刚被约满了"
    return Clash(said, way_on=_way(slot, now))


def far_taken(slot: Slot) -> Clash:
    """This will return the refusal that the remote spot is somebody else's at this time."""
    said = f"{times.moment_words(slot.from_at)} 这个远程点已经留给别人了"
    return Clash(said, way_on="请换一个时间，或者换一个终端、视频室。")


def free(slots: list[Slot], now: datetime) -> dict[object, int]:
    """This will return how many places are left of each slot, by its id: one query."""
    if not slots:
        return {}
    taken = _taken([row.pk for row in slots], now)
    return {row.pk: max(0, row.capacity - taken.get(row.pk, 0)) for row in slots}


def _taken(slots: Iterable[UUID], now: datetime) -> dict[UUID, int]:
    asked = [list(slots), now]
    return dict(prepared.run("select slot_id, taken from booking_taken(%s::uuid[], %s)", asked))


def ahead(booking_id: UUID) -> int:
    """This will return how many are before somebody in the same line."""
    with connection.cursor() as cursor:
        cursor.execute("select booking_ahead(%s)", [booking_id])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def next_free(slot: Slot, now: datetime, count: int = _NEXT) -> list[Slot]:
    """This will return the free slots at the same place and of the same kind that come nearest."""
    rows = Slot.objects.filter(
        county_code=slot.county_code, kind=slot.kind, org=slot.org, place_id=slot.place_id,
        state="open", from_at__gt=now,
    )  # fmt: skip
    rooms = {
        ref: (from_at, capacity)
        for ref, from_at, capacity, lead, ahead_days in rows.order_by("from_at").values_list(
            "pk", "from_at", "capacity", "pattern__lead_minutes", "pattern__ahead_days"
        )[:400]
        if _within(from_at, now, lead, ahead_days)
    }
    taken = _taken(rooms, now)
    left = (ref for ref, (_, capacity) in rooms.items() if capacity > taken.get(ref, 0))
    near = sorted(left, key=lambda ref: abs(rooms[ref][0] - slot.from_at))[:count]
    found = Slot.objects.select_related("pattern").filter(pk__in=near)
    return list(found.order_by("from_at", "pk")) if near else []


def bookable(slot: Slot, now: datetime) -> bool:
    """This will say whether a slot lies within the days and minutes its office takes people."""
    return _within(slot.from_at, now, slot.pattern.lead_minutes, slot.pattern.ahead_days)


def _within(from_at: datetime, now: datetime, lead_minutes: int, ahead_days: int) -> bool:
    soonest = now + timedelta(minutes=lead_minutes)
    return soonest <= from_at < now + timedelta(days=ahead_days + 1)


def _way(slot: Slot, now: datetime) -> str:
    found = next_free(slot, now)
    if not found:
        return "这里近期都约满了，可以换一个地点，或者候补。"
    named = "、".join(times.moment_words(one.from_at) for one in found)
    return f"接下来还有空的：{named}。"


def _constraint(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
