"""What citizens say it cost them, beside what the handler said."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from yike.rooms.quality.models import Rating

#: by demand: visits, fen
SaidEfforts = dict[UUID, tuple[int | None, int | None]]


def said_efforts(matter_ids: Collection[UUID]) -> SaidEfforts:
    """This will return by demand the visits and the fen its citizen named, None for not named.

    As far as the actor may see ratings; one that does not count corrects nothing.
    """
    rows = Rating.objects.filter(matter__in=set(matter_ids), standing="counted")
    told = rows.values_list("matter_id", "said_visits", "said_fen")
    return {
        key: (visits, fen) for key, visits, fen in told if visits is not None or fen is not None
    }
