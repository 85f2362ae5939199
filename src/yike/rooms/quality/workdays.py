"""Whether offices work on a day, by the office calendar."""

from __future__ import annotations

from datetime import datetime

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core.refusal import NotFound

_CALENDAR = "office"


def works(moment: datetime) -> bool:
    """This will say whether offices work on the day of an instant; yes when nobody can tell."""
    try:
        days = clocks_queries.calendar_days(_CALENDAR, moment.date())
    except NotFound:
        return True
    return next((bool(one.periods) for one in days if one.day == moment.date()), True)
