"""Moments as a citizen reads them. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yike.rooms.booking.kinds import WEEKDAYS
from yike.rooms.core.clock import CIVIL

_DAY, _SOON = timedelta(hours=24), timedelta(hours=2)


def day_words(day: date) -> str:
    """This will return 11月24日（周二）."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def moment_words(moment: datetime) -> str:
    """This will return 11月24日（周二）09:30."""
    here = moment.astimezone(CIVIL)
    return f"{day_words(here.date())}{here:%H:%M}"


def first_reminder(from_at: datetime, now: datetime) -> datetime | None:
    """This will return when to remind first: a day before, two hours before, or not at all."""
    return next((at for at in (from_at - _DAY, from_at - _SOON) if at > now), None)


def next_reminder(from_at: datetime, now: datetime) -> datetime | None:
    """This will return when to remind again after a reminder at `now`."""
    soon = from_at - _SOON
    return soon if soon > now else None
