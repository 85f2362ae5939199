"""Small timetable feeds, written as a feed's own files from a few words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

WEEK = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"
AGENCY = "agency_name,agency_timezone\n象山轮渡,Asia/Shanghai\n"
CALENDAR = f"service_id,{WEEK},start_date,end_date\nall,1,1,1,1,1,1,1,20260101,20261231\n"

Places = Mapping[str, tuple[float, float]]


def write_feed(
    folder: Path,
    places: Places,
    runs: Mapping[str, str],
    /,
    *,
    calendar: str = CALENDAR,
    services: Mapping[str, str] | None = None,
    headways: str = "",
    **files: str,
) -> Path:
    """This will write a feed: `runs` maps a trip to its calls, "A 08:00, B 08:20-08:25, C 08:40".

    A call that ends with `!` lets nobody board, with `?` nobody leave. `services` names the service
    of a trip where it is not `all`; `headways` are lines of frequencies.txt; `files` are further
    whole files by name without ".txt", and replace those made here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "agency": AGENCY,
        "stops": _table(
            "stop_id,stop_name,stop_lon,stop_lat", ((k, k, *v) for k, v in places.items())
        ),
        "routes": "route_id,route_short_name,route_long_name,route_type\nr,1,石浦线,4\n",
        "trips": _table(
            "route_id,service_id,trip_id",
            (("r", (services or {}).get(trip, "all"), trip) for trip in runs),
        ),
        "stop_times": _table(
            "trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type",
            (call for trip, calls in runs.items() for call in _calls(trip, calls)),
        ),
        "calendar": calendar,
    }
    if headways:
        told["frequencies"] = f"trip_id,start_time,end_time,headway_secs,exact_times\n{headways}\n"
    for name, text in (told | files).items():
        if text:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def _table(head: str, rows: object) -> str:
    assert hasattr(rows, "__iter__")
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n"


def _calls(trip: str, calls: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for order, call in enumerate(filter(None, calls.split(","))):
        stop, *times = call.strip().rstrip("!?").split()
        arrive, _, depart = (times[0] if times else "").partition("-")
        rows.append(
            (
                *(trip, order, stop, _clock(arrive), _clock(depart or arrive)),
                int(call.strip().endswith("!")),
                int(call.strip().endswith("?")),
            )
        )
    return rows


def _clock(text: str) -> str:
    return text if text.count(":") != 1 else f"{text}:00"
