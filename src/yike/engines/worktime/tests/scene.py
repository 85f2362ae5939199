"""The real calendar of 2019 to 2026, and a minute counter that shares nothing with the engine."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from yike.engines.worktime import CIVIL, Calendar, MakeUp, Period

HERE = Path(__file__).parent
OFFICE = (Period(8 * 60 + 30, 12 * 60), Period(14 * 60, 17 * 60 + 30))
WEEK = (OFFICE,) * 5 + ((), ())
KNOWN = date(2026, 12, 31)


@cache
def notices() -> tuple[frozenset[date], frozenset[date]]:
    """The rest days and the make-up days of the notices."""
    with (HERE / "data" / "holidays_2019_2026.csv").open(encoding="utf-8") as file:
        rows = [
            (date.fromisoformat(r["date"]), r["is_off_day"] == "1") for r in csv.DictReader(file)
        ]
    off = frozenset(day for day, is_off in rows if is_off)
    return off, frozenset(day for day, is_off in rows if not is_off)


@cache
def real() -> Calendar:
    """The office hours of a 司法所 with the country's real holidays."""
    off, on = notices()
    return Calendar(
        week=WEEK,
        holidays=off,
        makeups=tuple(MakeUp(day) for day in sorted(on)),
        known_until=KNOWN,
    )


def at(text: str) -> datetime:
    """An instant in civil time."""
    return datetime.fromisoformat(text).replace(tzinfo=CIVIL)


class MinuteCounter:
    """One byte for each minute of 2019 to 2027: 1 when the office works. Counts by looking."""

    def __init__(self) -> None:
        self.origin = at("2019-01-01T00:00")
        off, on = notices()
        rest, day = bytes(1440), bytearray(1440)
        for minute in (*range(510, 720), *range(840, 1050)):
            day[minute] = 1
        self.days: list[bool] = []
        for number in range((date(2028, 1, 1) - date(2019, 1, 1)).days):
            today = date(2019, 1, 1) + timedelta(days=number)
            self.days.append(today in on or (today.weekday() < 5 and today not in off))
        self.minutes = b"".join(bytes(day) if works else rest for works in self.days)

    def place(self, instant: datetime) -> int:
        """The number of an instant's minute."""
        return (instant - self.origin) // timedelta(minutes=1)

    def add(self, start: datetime, amount: int) -> datetime:
        """Step minute by minute until so many working minutes are done."""
        place = self.place(start)
        while amount:
            amount -= self.minutes[place]
            place += 1
        return self.origin + timedelta(minutes=place)

    def between(self, a: datetime, b: datetime) -> int:
        """Count the working minutes from a to b."""
        return self.minutes.count(1, self.place(a), self.place(b))

    def works(self, day: date) -> bool:
        """Whether a day is a working day."""
        return self.days[(day - date(2019, 1, 1)).days]


@cache
def counter() -> MinuteCounter:
    """The minute counter, made once."""
    return MinuteCounter()
