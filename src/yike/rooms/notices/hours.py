"""The hours of the day in which a person may safely be reached. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from yike.rooms.core.clock import CIVIL


def read(typed: str) -> str:
    """This will return "HH:MM", or "" for what is no time of day."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])", typed.strip())
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def next_open(now: datetime, begins: str, ends: str) -> datetime:
    """This will return `now` inside the hours [begins, ends), else when they begin next.

    Civil time; hours that end before they begin span midnight; one or none given means always.
    """
    if not begins or not ends or begins == ends:
        return now
    here = now.astimezone(CIVIL)
    time = f"{here:%H:%M}"
    inside = begins <= time < ends if begins < ends else time >= begins or time < ends
    if inside:
        return now
    hour, minute = map(int, begins.split(":"))
    opens = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return opens if opens > here else opens + timedelta(days=1)
