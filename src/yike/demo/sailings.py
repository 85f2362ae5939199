"""A made-up timetable for the demonstration: boats to the islands of the play, no real times. Pure.

Every name in it says 示例, and what is told beside each answer says that these are no real times.
The quays are put at the known centres of the towns, where the sketch of ways begins.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Place = tuple[float, float]
FILE = "示例航班（演示，非真实时刻）.zip"
LICENCE = "示例航班，非真实时刻：为演示编造，出行请看码头公布的时刻；请换成本县真实时刻表"
#: the calendar holds from so many days before it is made until so many after
_BEFORE, _AFTER = 30, 400
_MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A boat between two quays: names, places (WGS84), minutes; made up.

    `first`, `last`: when the first and the last boat leave each side, in minutes of the day;
    `every`: minutes between boats.
    """

    name: str
    quays: tuple[str, str]
    places: tuple[Place, Place]
    minutes: int
    first: int
    last: int
    every: int


def feed(today: date, crossings: Sequence[Crossing]) -> bytes:
    """This will return the boats as a GTFS file (.zip), in force around a day, every day alike."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, rows in _tables(today, crossings).items():
            sheet = io.StringIO()
            csv.writer(sheet, lineterminator="\n").writerows(rows)
            packed.writestr(f"{name}.txt", sheet.getvalue())
    return held.getvalue()


def _tables(today: date, crossings: Sequence[Crossing]) -> dict[str, list[tuple[object, ...]]]:
    quays = {
        quay: place for one in crossings for quay, place in zip(one.quays, one.places, strict=True)
    }
    stops = {quay: f"Q{number}" for number, quay in enumerate(quays, 1)}
    since, until = today - timedelta(days=_BEFORE), today + timedelta(days=_AFTER)
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    trips = list(_trips(crossings))
    return {
        "agency": [
            ("agency_id", "agency_name", "agency_url", "agency_timezone"),
            ("demo", "示例航运（演示，并无此单位）", "https://example.invalid", "Asia/Shanghai"),
        ],
        "calendar": [
            ("service_id", *days, "start_date", "end_date"),
            ("daily", *[1] * 7, f"{since:%Y%m%d}", f"{until:%Y%m%d}"),
        ],
        "stops": [
            ("stop_id", "stop_name", "stop_lat", "stop_lon"),
            *((stops[name], name, lat, lon) for name, (lon, lat) in quays.items()),
        ],
        "routes": [
            ("route_id", "agency_id", "route_short_name", "route_type"),
            *((f"R{number}", "demo", one.name, 4) for number, one in enumerate(crossings)),
        ],
        "trips": [
            ("route_id", "service_id", "trip_id", "bikes_allowed", "cars_allowed"),
            *((f"R{number}", "daily", trip, 1, 1) for number, trip, *_ in trips),
        ],
        "stop_times": [
            ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
            *(row for _, trip, start, end, (one, other) in trips for row in (
                (trip, _clock(start), _clock(start), stops[one], 1),
                (trip, _clock(end), _clock(end), stops[other], 2),
            )),
        ],
    }  # fmt: skip


def _trips(
    crossings: Sequence[Crossing],
) -> Iterator[tuple[int, str, int, int, tuple[str, str]]]:
    """Each boat: number of its crossing, id, when it leaves and lands, its two quays in order."""
    for number, one in enumerate(crossings):
        for way, quays in enumerate((one.quays, one.quays[::-1])):
            for start in range(one.first, one.last + 1, one.every):
                end = start + one.minutes
                yield number, f"T{number}-{way}-{start}", start, end, (quays[0], quays[1])


def _clock(minute: int) -> str:
    assert 0 <= minute < _MINUTES_OF_A_DAY
    return f"{minute // 60:02d}:{minute % 60:02d}:00"
