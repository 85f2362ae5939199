"""Calendar periods: which months or quarters have ended since a day. Pure."""

from __future__ import annotations

from datetime import date

_MONTHS = {"month": 1, "quarter": 3}


def ended(period: str, since: date, today: date, *, most: int = 24) -> list[tuple[date, date]]:
    """This will return the whole periods [from, until) that began on or after a day and are over.

    Oldest first, at most the `most` newest: a house that slept for years is not asked for them all.
    """
    months = _MONTHS[period]
    found = []
    start = _first(since, months)
    while (end := _shift(start, months)) <= today:
        found.append((start, end))
        start = end
    return found[-most:]


def month_of(day: date) -> tuple[date, date]:
    """This will return the first day of a day's month and of the month after."""
    first = day.replace(day=1)
    return first, _shift(first, 1)


def _first(day: date, months: int) -> date:
    """The first day of the first whole period from this day on."""
    first = day.replace(day=1)
    start = _shift(first, -((first.month - 1) % months))
    return start if start == day else _shift(start, months)


def _shift(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
