"""How a booking is named: in the trail, and to people."""

from __future__ import annotations

from typing import Any

from yike.rooms.booking import kinds
from yike.rooms.booking.models import Booking


def facts_of(row: Booking) -> dict[str, Any]:
    """This will return what every sentence about a booking says."""
    return {
        "booking_id": row.pk,
        "reference": row.reference,
        "region_code": row.region_code,
        "kind_name": kinds.NAMES[row.kind],
    }
