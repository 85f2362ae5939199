"""calendar.txt and calendar_dates.txt: on which days a service runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from yike.engines.travel.errors import TimetableError
from yike.engines.travel.gtfs import cells
from yike.engines.travel.gtfs.feed import Service
from yike.engines.travel.gtfs.files import Files

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(slots=True)
class _Exceptions:
    """Days added and removed of one service while the file is read."""

    added: set[date] = field(default_factory=set)
    removed: set[date] = field(default_factory=set)


def read_services(files: Files) -> tuple[Service, ...]:
    """This will return all services in the order in which the files first name them."""
    if not (files.has("calendar.txt") or files.has("calendar_dates.txt")):
        raise TimetableError(
            f"时刻表 {files.feed} 既没有 calendar.txt 也没有 calendar_dates.txt，不知哪天开行。"
        )
    services = _weekly(files) if files.has("calendar.txt") else {}
    exceptions = _exceptions(files) if files.has("calendar_dates.txt") else {}
    for name, found in exceptions.items():
        services[name] = replace(
            services.get(name, Service(id=name)),
            added=frozenset(found.added),
            removed=frozenset(found.removed),
        )
    return tuple(services.values())


def _weekly(files: Files) -> dict[str, Service]:
    services: dict[str, Service] = {}
    columns = ("service_id", "start_date", "end_date", *WEEKDAYS)
    for line, (name, start, end, *days) in files.rows("calendar.txt", columns):
        where = ("calendar.txt", line)
        since, until = cells.day(where, start), cells.day(where, end)
        if until < since:
            raise TimetableError(f"{cells.at(where)}：结束日期 {end} 早于开始日期 {start}。")
        if name in services:
            raise TimetableError(f"{cells.at(where)}：服务日历“{name}”重复。")
        weekdays = tuple(
            cells.flag(where, text, weekday) for text, weekday in zip(days, WEEKDAYS, strict=True)
        )
        services[name] = Service(id=name, weekdays=weekdays, since=since, until=until)
    return services


def _exceptions(files: Files) -> dict[str, _Exceptions]:
    found: dict[str, _Exceptions] = {}
    columns = ("service_id", "date", "exception_type")
    for line, (name, day, kind) in files.rows("calendar_dates.txt", columns):
        where = ("calendar_dates.txt", line)
        if kind not in {"1", "2"}:
            raise TimetableError(f"{cells.at(where)}：exception_type 应是 1 或 2，不能是“{kind}”。")
        one = found.setdefault(name, _Exceptions())
        (one.added if kind == "1" else one.removed).add(cells.day(where, day))
    return found
