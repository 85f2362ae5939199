"""Which timetable is in force on a day, and that it is laid into the roads a run stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from yike.rooms.core import clock
from yike.rooms.reach import child, flow, store
from yike.rooms.reach.child import ChildError
from yike.rooms.reach.models import Network, Run, SitingPlan, Timetable


def of_moment(county_code: str, at: datetime) -> dict[str, Any]:
    """This will tell the timetable in force on the day of a moment, as a run keeps it.

    Without one `digest` is empty, and `since`, `until` say which days the one in use is for.
    """
    newest = of_county(county_code)
    row = in_force(newest, at.astimezone(clock.CIVIL).date())
    if row is not None:
        return _told(row) | {"digest": row.digest}
    return (_told(newest[0]) if newest else {}) | {"digest": ""}


def of_county(county_code: str) -> list[Timetable]:
    """This will return the timetables of a county: that in use first, then the newest former."""
    rows = Timetable.objects.filter(
        county_code=county_code, state__in=(flow.CURRENT, flow.FORMER)
    ).exclude(digest="")
    return sorted(rows, key=lambda row: (row.state != flow.CURRENT, -row.version))


def in_force(rows: Sequence[Timetable], day: date) -> Timetable | None:
    """This will return the first whose days hold this one and whose file is there."""
    for row in rows:
        if _holds(row, day) and store.is_there(str(store.feed_path(row.digest))):
            return row
    return None


def timed_paths(inputs: Mapping[str, Any]) -> dict[str, str]:
    """This will return mode → roads with the run's timetable laid in; {} for a run without one."""
    digest = (inputs.get("timetable") or {}).get("digest")
    if not digest:
        return {}
    return {
        mode: str(store.timed_path(one["digest"], digest))
        for mode, one in inputs["networks"].items()
    }


def lay(inputs: Mapping[str, Any]) -> None:
    """This will lay a run's timetable into its roads where that is not done. Refuses ChildError."""
    lacking = [
        [str(store.network_path(inputs["networks"][mode]["digest"])), path]
        for mode, path in sorted(timed_paths(inputs).items())
        if not store.is_there(path)
    ]
    if not lacking:
        return
    told = inputs["timetable"]
    feed = str(store.feed_path(told["digest"]))
    if not store.is_there(feed):
        raise ChildError("测算所用的时刻表文件不在存储里，请恢复备份或重新上传时刻表。")
    child.ask("schedule", path=feed, networks=lacking, today=told["since"])


def unneeded() -> list[str]:
    """This will name the roads with a timetable laid in that no run or plan stands on."""
    return sorted(store.timed_names() - _needed())


def _needed() -> set[str]:
    runs = Run.objects.filter(inputs__timetable__digest__gt="")
    told = runs.values_list("inputs__networks", "inputs__timetable__digest")
    pairs = {(one["digest"], feed) for networks, feed in told for one in networks.values()}
    plans = SitingPlan.objects.filter(inputs__moment__timetable__digest__gt="")
    kept = plans.values_list("run__inputs__networks", "inputs__moment__timetable__digest")
    pairs |= {(one["digest"], feed) for networks, feed in kept for one in networks.values()}
    feeds = Timetable.objects.filter(state=flow.CURRENT).values_list("digest", flat=True)
    roads = Network.objects.filter(state=flow.CURRENT).values_list("digest", flat=True)
    pairs |= {(network, feed) for network in roads for feed in feeds}
    return {store.timed_path(*pair).name for pair in pairs}


def _holds(row: Timetable, day: date) -> bool:
    return row.since is not None and row.until is not None and row.since <= day <= row.until


def _told(row: Timetable) -> dict[str, Any]:
    return {
        "version": row.version, "source": row.source, "licence": row.licence,
        "since": str(row.since), "until": str(row.until),
    }  # fmt: skip
