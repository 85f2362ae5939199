"""The same request of a platform, sent again because a line broke, books once."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from yike.rooms.booking import flow
from yike.rooms.booking.faces import Told
from yike.rooms.booking.models import Booking
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash
from yike.rooms.people import sealing


def found(actor: Actor, once: str, slot_id: UUID, told: Told) -> Booking | None:
    """This will return what was booked under this number, as it stands now; None for a new one.

    Two at once wait for one another here. Refuses Clash another slot or another person.
    """
    if not 8 <= len(once) <= 64:
        raise BadInput("请给请求编号，8 到 64 个字符。", field="Idempotency-Key")
    with connection.cursor() as cursor:
        lock = f"booking/{actor.ref}/{once}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    first = Booking.objects.filter(peer_id=actor.ref, once=once).first()
    if first is None:
        return None
    if first.slot_id != slot_id or first.phone_index != sealing.phone_index(told.phone):
        raise Clash(
            "这个 Idempotency-Key 已经用过，内容不同。", way_on="新的预约请用新的 Idempotency-Key。"
        )
    now = Booking.objects.filter(reference=first.reference).exclude(state=flow.MOVED)
    return now.select_related("slot", "pattern").first() or first
