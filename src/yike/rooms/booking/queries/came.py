"""Who came for a demand: the days of kept appointments, for counting visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from yike.rooms.booking import flow
from yike.rooms.booking.models import Booking


def days_came(references: Collection[str]) -> dict[str, frozenset[date]]:
    """This will return by demand (its reference) the days on which its citizen came by booking.

    As far as the actor may see bookings; a talk from afar at a station is a visit as well.
    """
    days: dict[str, set[date]] = defaultdict(set)
    rows = Booking.objects.filter(state=flow.CAME).exclude(matter_reference="")
    for reference, day in rows.filter(matter_reference__in=set(references)).values_list(
        "matter_reference", "day"
    ):
        days[reference].add(day)
    return {key: frozenset(value) for key, value in days.items()}
