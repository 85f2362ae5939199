"""Calendars as plain values (for JSON and YAML), in words a clerk can read, and back.

week:     {mon: ["08:30-12:00", "14:00-17:30"], …}   days left out are free
seasons:  [{first: "06-15", last: "09-15", week: {…}}]
holidays: ["2026-01-01", …]      makeups: {"2026-01-04": mon, …}
closures: [{from: "2026-08-01T12:00+08:00", until: …, reason: 台风}]
openings: [{from: …, until: …, counts_as_day: false, reason: …}]
known_until: "2026-12-31"        zone: Asia/Shanghai
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from yike.engines.worktime.calendar import (
    Calendar,
    Closure,
    MakeUp,
    Opening,
    Period,
    Season,
    Week,
)
from yike.engines.worktime.errors import BadCalendarError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIELDS = frozenset(
    ("week", "seasons", "holidays", "makeups", "closures", "openings", "known_until", "zone")
)


def from_plain(facts: Mapping[str, Any]) -> Calendar:
    """This will read a calendar from plain values. Refuses unknown words with BadCalendarError."""
    if unknown := set(facts) - _FIELDS:
        raise BadCalendarError(f"unknown words in a calendar: {', '.join(sorted(unknown))}")
    try:
        return Calendar(
            week=_week(facts["week"]),
            holidays=frozenset(_date(day) for day in facts.get("holidays") or ()),
            makeups=_makeups(facts.get("makeups") or {}),
            closures=tuple(_closure(c) for c in facts.get("closures") or ()),
            openings=tuple(_opening(o) for o in facts.get("openings") or ()),
            seasons=tuple(_season(s) for s in facts.get("seasons") or ()),
            known_until=_date(known) if (known := facts.get("known_until")) else None,
            zone=ZoneInfo(facts.get("zone") or "Asia/Shanghai"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadCalendarError(f"not a readable calendar: {error!r}") from error
    except ValueError as error:
        raise BadCalendarError(str(error)) from error


def to_plain(calendar: Calendar) -> dict[str, Any]:
    """This will write a calendar as plain values, sorted, so that equal ones look alike."""
    return {
        "week": _plain_week(calendar.week),
        "seasons": [
            {
                "first": _month_day(s.first),
                "last": _month_day(s.last),
                "week": _plain_week(s.week),
            }
            for s in calendar.seasons
        ],
        "holidays": [day.isoformat() for day in sorted(calendar.holidays)],
        "makeups": {
            m.day.isoformat(): WEEKDAYS[m.like_weekday]
            for m in sorted(calendar.makeups, key=lambda m: m.day)
        },
        "closures": [
            {"from": c.start.isoformat(), "until": c.end.isoformat(), "reason": c.reason}
            for c in calendar.closures
        ],
        "openings": [
            {
                "from": o.start.isoformat(),
                "until": o.end.isoformat(),
                "counts_as_day": o.counts_as_day,
                "reason": o.reason,
            }
            for o in calendar.openings
        ],
        "known_until": calendar.known_until.isoformat() if calendar.known_until else None,
        "zone": str(calendar.zone),
    }


def read_period(text: str) -> Period:
    """This will read "08:30-12:00"; "24:00" is the end of the day."""
    start, _, end = text.partition("-")
    return Period(_minute(start), _minute(end))


def _minute(text: str) -> int:
    hours, colon, minutes = text.strip().partition(":")
    if not colon or not 0 <= int(minutes) < 60:
        raise BadCalendarError(f"not a time of day: {text!r}")
    return int(hours) * 60 + int(minutes)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _week(facts: Mapping[str, list[str]]) -> Week:
    if unknown := set(facts) - set(WEEKDAYS):
        raise BadCalendarError(f"no such weekday: {', '.join(sorted(unknown))}")
    return tuple(tuple(read_period(p) for p in facts.get(day) or ()) for day in WEEKDAYS)


def _plain_week(week: Week) -> dict[str, list[str]]:
    return {
        day: [f"{_clock(p.start)}-{_clock(p.end)}" for p in periods]
        for day, periods in zip(WEEKDAYS, week, strict=True)
        if periods
    }


def _season(facts: Mapping[str, Any]) -> Season:
    first, last = (_read_month_day(facts[end]) for end in ("first", "last"))
    return Season(first=first, last=last, week=_week(facts["week"]))


def _read_month_day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2000-{text}")
    return day.month, day.day


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02d}-{day[1]:02d}"


def _makeups(facts: Mapping[Any, str]) -> tuple[MakeUp, ...]:
    return tuple(MakeUp(_date(day), WEEKDAYS.index(like)) for day, like in facts.items())


def _closure(facts: Mapping[str, Any]) -> Closure:
    return Closure(_instant(facts["from"]), _instant(facts["until"]), facts.get("reason", ""))


def _opening(facts: Mapping[str, Any]) -> Opening:
    return Opening(
        _instant(facts["from"]),
        _instant(facts["until"]),
        bool(facts.get("counts_as_day", False)),
        facts.get("reason", ""),
    )


def _date(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _instant(value: str | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
