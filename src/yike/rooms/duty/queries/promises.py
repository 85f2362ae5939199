"""What stations promise directly while the published rosters name nobody for it (A2.4)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.duty import words
from yike.rooms.duty.models import OF_OPEN_POSTS, Shift
from yike.rooms.places import gaps as places_gaps
from yike.rooms.places import queries as places_queries
from yike.rooms.places.gaps import Gap

#: days, today the first, in which somebody must stand at least once
DAYS = 7

Pair = tuple[UUID, str]


def promised_unmanned(county: str) -> tuple[Gap, ...]:
    """This will list the stations of a county whose direct promise nobody is on duty for.

    Within seven days from today, by published shifts at posts of that station: main ones, with
    somebody named who is not absent. A shift of today that is over still counts.
    """
    today = clock.today()
    last = today + timedelta(days=DAYS - 1)
    manned, empty = _pairs(county, datetime.combine(today, time(), tzinfo=clock.CIVIL))
    return places_gaps.gaps_of_duty(
        places_queries.stations_in(county, on=today),
        manned,
        empty={pair: n for pair, n in empty.items() if pair not in manned},
        period=f"到 {last:%-m月%-d日}的 {DAYS} 天里",
    )


def _pairs(county: str, since: datetime) -> tuple[frozenset[Pair], Counter[Pair]]:
    """Pairs of place and service with somebody, and how many shifts have nobody."""
    rows = Shift.objects.filter(
        OF_OPEN_POSTS, county_code=county, public=True, part="main", post__place_id__isnull=False,
        until_at__gt=since, from_at__lt=since + timedelta(days=DAYS),
    ).exclude(state="substituted")  # fmt: skip
    facts = ("post__place_id", "post__services", "practitioner_id", "state")
    manned: set[Pair] = set()
    empty: Counter[Pair] = Counter()
    for place, services, who, state in rows.order_by().values_list(*facts):
        pairs = [(place, service) for service in services]
        if who is not None and state in words.STANDING:
            manned.update(pairs)
        else:
            empty.update(pairs)
    return frozenset(manned), empty
