"""How long demands took, and by which door they came, in the region somebody answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters.queries.figures import region_of
from yike.rooms.regions import codes

#: so many of the newest are looked at
_MOST = 20_000
_CALENDAR = "office"


@dataclass(frozen=True, kw_only=True)
class Durations:
    """Demands of a period: working hours from the demand to the answer and to its end, the doors.

    By the office calendar; `known` False: there is none, and hours are those of the wall clock.
    `online` came by the portal or another platform.
    """

    opened: int
    online: int
    reply_hours: tuple[float, ...]
    close_hours: tuple[float, ...]
    known: bool = True


def durations(actor: Actor, since: date, until: date, region_code: str = "") -> Durations:
    """This will return the demands opened in [since, until), of one place if told.

    Refuses NotAllowed whoever answers for no region. A sub-order is no demand of its own.
    """
    begin, end = (datetime.combine(day, time(), tzinfo=clock.CIVIL) for day in (since, until))
    rows = region_of(actor).filter(parent=None, opened_at__gte=begin, opened_at__lt=end)
    if region_code:
        first, last = codes.span(region_code)
        rows = rows.filter(region_code__gte=first, region_code__lt=last)
    told = list(
        rows.order_by("-opened_at").values_list("opened_at", "answered_at", "closed_at", "door")[
            :_MOST
        ]
    )
    answers = [(at, then) for at, then, _, _ in told if then]
    ends = [(at, then) for at, _, then, _ in told if then]
    found = clocks_queries.worked_hours(_CALENDAR, [*answers, *ends])
    known, hours = found is not None, found or tuple(_hours(*one) for one in (*answers, *ends))
    replied, closed = hours[: len(answers)], hours[len(answers) :]
    return Durations(
        opened=len(told),
        online=sum(door in ("portal", "wire") for *_, door in told),
        reply_hours=replied,
        close_hours=closed,
        known=known,
    )


def _hours(since: datetime, until: datetime) -> float:
    return max(timedelta(), until - since).total_seconds() / 3600
