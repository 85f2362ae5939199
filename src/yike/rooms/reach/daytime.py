"""What a day's twenty-four figures say: the worst open hour, and who loses reach in the evening.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: Hours of the day against which an evening is held, and the hours that are the evening.
DAYTIME, EVENING = range(8, 18), range(18, 22)

Periods = Sequence[Sequence[int]]


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A village of which fewer people are within the minutes in the evening than by day.

    `lost`: people at its worst evening hour less than at its best hour of the day; `last`: the last
    full hour at which as many as by day are within, before it falls; `people`: all of them.
    """

    code: str
    name: str
    people: int
    by_day: int
    in_evening: int
    lost: int
    last: int


def open_at_hour(stations: Sequence[Periods | None], hour: int, minutes: int) -> int:
    """This will count the stations open at some time of the minutes after a full hour.

    None is open at any time. Who sets out then could be served at them within the minutes.
    """
    since, until = 60 * hour, 60 * hour + minutes
    return sum(
        one is None or any(opens <= until and closes > since for opens, closes in one)
        for one in stations
    )


def worst_hour(covered: Sequence[int], opened: Sequence[int]) -> int | None:
    """This will return the hour with fewest people of those with a station open, None without."""
    some = [hour for hour, count in enumerate(opened) if count]
    return min(some, key=lambda hour: (covered[hour], hour), default=None)


def losses(villages: Sequence[dict[str, Any]]) -> tuple[Loss, ...]:
    """This will return the villages that lose people in the evening, those who lose most first."""
    found = [_loss(one) for one in villages]
    return tuple(
        sorted((one for one in found if one.lost > 0), key=lambda one: (-one.lost, one.code))
    )


def _loss(village: dict[str, Any]) -> Loss:
    covered: Sequence[int] = village["covered"]
    by_day = max(covered[hour] for hour in DAYTIME)
    evening = min(covered[hour] for hour in EVENING)
    return Loss(
        code=village["code"],
        name=village["name"],
        people=village["people"],
        by_day=by_day,
        in_evening=evening,
        lost=by_day - evening,
        last=max(hour for hour in range(EVENING.stop) if covered[hour] == by_day),
    )
