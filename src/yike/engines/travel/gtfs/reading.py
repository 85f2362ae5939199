"""A feed read from a folder or a .zip; what is not used of it is said in its notes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from yike.engines.travel.errors import TimetableError
from yike.engines.travel.gtfs import cells
from yike.engines.travel.gtfs.calendars import read_services
from yike.engines.travel.gtfs.calls import read_calls, read_headways
from yike.engines.travel.gtfs.feed import Feed, Lines, Stops, Trips
from yike.engines.travel.gtfs.files import Files, open_feed

#: location_type of what passengers do not board at: entrances, generic nodes, boarding areas
_NO_STOPS = {"2", "3", "4"}


def read_feed(path: Path) -> Feed:
    """This will read a GTFS feed whole; a bad line anywhere refuses it all with TimetableError.

    Left aside and said: transfers.txt, areas without stops, trips without calls.
    """
    files = open_feed(path)
    zone = _zone(files)
    stops = _stops(files)
    lines = _lines(files)
    services = read_services(files)
    trips = _trips(files, lines, {service.id: n for n, service in enumerate(services)})
    numbers = {name: n for n, name in enumerate(trips.ids)}
    calls, notes = read_calls(files, numbers, {name: n for n, name in enumerate(stops.ids)})
    return Feed(
        zone=zone,
        stops=stops,
        lines=Lines(
            names=tuple(name for name, _ in lines.values()),
            kind=np.array([kind for _, kind in lines.values()], dtype=np.int32),
        ),
        trips=trips,
        calls=calls,
        headways=read_headways(files, numbers, calls),
        services=services,
        notes=(*notes, *_left_aside(files)),
    )


def _zone(files: Files) -> str:
    zones = {row[0]: line for line, row in files.rows("agency.txt", ("agency_timezone",))}
    if len(zones) != 1:
        raise TimetableError(
            f"agency.txt 应只有一个时区，现在有 {len(zones)} 个：{'、'.join(zones)}。"
        )
    name, line = next(iter(zones.items()))
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        raise TimetableError(
            f"agency.txt 第 {line} 行：没有时区“{name}”，应像 Asia/Shanghai。"
        ) from error


def _stops(files: Files) -> Stops:
    found: dict[str, tuple[str, float, float, str]] = {}
    needed, wished = ("stop_id", "stop_lat", "stop_lon"), ("stop_name", "location_type")
    rows = files.rows("stops.txt", needed, (*wished, "parent_station"))
    for line, (name, lat, lon, title, kind, parent) in rows:
        where = ("stops.txt", line)
        if kind in _NO_STOPS:
            continue
        if name in found or not name:
            raise TimetableError(f"{cells.at(where)}：站点编号“{name}”重复或空缺。")
        found[name] = (title or name, *cells.place(where, title or name, lon, lat), parent)
    numbers = {name: n for n, name in enumerate(found)}
    return Stops(
        ids=tuple(found),
        names=tuple(one[0] for one in found.values()),
        lon=np.array([one[1] for one in found.values()], dtype=np.float64),
        lat=np.array([one[2] for one in found.values()], dtype=np.float64),
        station=np.array([numbers.get(one[3], -1) for one in found.values()], dtype=np.int32),
    )


def _lines(files: Files) -> dict[str, tuple[str, int]]:
    """Name and route_type of each line by its id; the id where it has no name."""
    columns = ("route_short_name", "route_long_name")
    lines = {}
    for line, (name, kind, *titles) in files.rows(
        "routes.txt", ("route_id", "route_type"), columns
    ):
        number = cells.whole(("routes.txt", line), kind, "线路类型 route_type ")
        lines[name] = (" ".join(dict.fromkeys(filter(None, titles))) or name, number)
    return lines


def _trips(files: Files, lines: Collection[str], services: dict[str, int]) -> Trips:
    places = {name: n for n, name in enumerate(lines)}
    found: dict[str, tuple[int, int, int, int, str]] = {}
    needed = ("trip_id", "route_id", "service_id")
    wished = ("trip_headsign", "bikes_allowed", "cars_allowed")
    for line, (name, route, service, sign, *carried) in files.rows("trips.txt", needed, wished):
        where = ("trips.txt", line)
        if name in found:
            raise TimetableError(f"{cells.at(where)}：班次编号“{name}”重复。")
        if route not in places:
            raise TimetableError(f"{cells.at(where)}：线路“{route}”不在 routes.txt 里。")
        if service not in services:
            raise TimetableError(f"{cells.at(where)}：服务日历“{service}”不在 calendar.txt 里。")
        bikes, cars = (cells.whole(where, text or "0", "可否带车") for text in carried)
        found[name] = (places[route], services[service], bikes, cars, sign)
    columns = np.array([one[:4] for one in found.values()], dtype=np.int32).reshape(-1, 4).T
    return Trips(
        ids=tuple(found),
        line=columns[0],
        service=columns[1],
        bikes=columns[2],
        cars=columns[3],
        headsigns=tuple(one[4] for one in found.values()),
    )


def _left_aside(files: Files) -> list[str]:
    if files.has("transfers.txt") and (count := len(files.rows("transfers.txt", ()))):
        return [f"transfers.txt 的 {count} 条换乘规定没有采用，换乘按步行和最短换乘时间计算。"]
    return []
