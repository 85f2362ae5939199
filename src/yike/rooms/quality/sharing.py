"""Who calls back next: the least loaded of those who watch. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.people import queries as people_queries
from yike.rooms.quality.models import Callback

#: of equals, whoever was given fewest in so long
_LATELY = timedelta(days=90)


def least_loaded(
    region_code: str, secrecy: int, role: str, *, but: Collection[UUID]
) -> UUID | None:
    """This will return who of a role in whose span a place lies has fewest callbacks waiting.

    Of equals whoever was given fewest in ninety days, then the oldest account; None: there is none.
    """
    able = people_queries.answering_for(role, region_code=region_code, level=secrecy)
    found = [account for account in dict.fromkeys(able) if account not in but]
    if len(found) < 2:
        return next(iter(found), None)
    since = clock.now() - _LATELY
    rows = Callback.objects.filter(owner_account__in=found)
    waiting = Counter(rows.filter(ended_at=None).values_list("owner_account", flat=True))
    lately = Counter(rows.filter(found_at__gte=since).values_list("owner_account", flat=True))
    return min(found, key=lambda one: (waiting[one], lately[one], one))
