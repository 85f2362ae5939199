"""How long demands took, and by which door they came, in the region somebody answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters.queries.figures import region_of

#: so many of the newest are looked at
_MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Durations:
    """Demands of a period: hours from the demand to the answer and to its end, and the doors.

    `answered`: those with an answer so far; `online` came by the portal or another platform.
    """

    opened: int
    online: int
    reply_hours: tuple[float, ...]
    close_hours: tuple[float, ...]


def durations(actor: Actor, since: date, until: date) -> Durations:
    """This will return the demands opened in [since, until), as hours by the clock on the wall.

    Refuses NotAllowed whoever answers for no region. A sub-order is no demand of its own.
    """
    begin, end = (datetime.combine(day, time(), tzinfo=clock.CIVIL) for day in (since, until))
    rows = region_of(actor).filter(parent=None, opened_at__gte=begin, opened_at__lt=end)
    told = list(
        rows.order_by("-opened_at").values_list("opened_at", "answered_at", "closed_at", "door")[
            :_MOST
        ]
    )
    return Durations(
        opened=len(told),
        online=sum(door in ("portal", "wire") for *_, door in told),
        reply_hours=tuple(_hours(at, then) for at, then, _, _ in told if then),
        close_hours=tuple(_hours(at, then) for at, _, then, _ in told if then),
    )


def _hours(since: datetime, until: datetime) -> float:
    return max(timedelta(), until - since).total_seconds() / 3600
