"""The day and hour at which people set out, and the timetable that is in force then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.places import queries as places_queries
from yike.rooms.reach import assembling, dated, store
from yike.rooms.reach.models import Run, Season, Timetable

#: how a plan says that its tables count the people of the season, as the search does
BY_SEASON = "season"


def moment_of(run: Run, at: datetime | None, seasons: Sequence[Season]) -> dict[str, Any]:
    """This will return what a moment adds to the inputs of a plan; nothing without one.

    A plan on a run that went by a timetable goes by that run's moment unless another is asked.
    Refuses BadInput a day for which the county has no timetable.
    """
    at = at or _of_the_run(run)
    if at is None:
        return {}
    civil = at.astimezone(clock.CIVIL)
    day = civil.date()
    return {
        "moment": {
            "at": civil.isoformat(),
            "minute": civil.hour * 60 + civil.minute,
            "timetable": _told(_in_force(run.county_code, day)),
            "hours": {} if at == _of_the_run(run) else _hours(run, day),
            "in_season": [row.name for row in seasons if row.since <= day <= row.until],
        }
    }


def laid_out(inputs: dict[str, Any], networks: dict[str, Any]) -> dict[str, Any]:
    """This will return where the networks of a run lie with the plan's timetable, and the feed.

    `networks`: mode → what the run wrote down of it.
    """
    moment = inputs.get("moment")
    if not moment:
        return {"timed": {}, "feed": None}
    feed = moment["timetable"]["digest"]
    timed = {mode: str(store.timed_path(one["digest"], feed)) for mode, one in networks.items()}
    return {"timed": timed, "feed": str(store.feed_path(feed))}


def at_the_doors(inputs: dict[str, Any], run: dict[str, Any]) -> dict[str, Any]:
    """This will return the run's stations with the hours of the plan's day, and the minute."""
    moment = inputs.get("moment")
    if not moment:
        return {}
    hours = moment["hours"]
    if run["since"] is None:
        return {"since": None}
    stations = [one | {"periods": hours.get(one["id"], one["periods"])} for one in run["stations"]]
    return {"since": moment["minute"], "stations": stations}


def _of_the_run(run: Run) -> datetime | None:
    used = (run.inputs.get("timetable") or {}).get("digest")
    return datetime.fromisoformat(run.inputs["instant"]) if used else None


def _in_force(county: str, day: date) -> Timetable:
    rows = dated.of_county(county)
    found = dated.in_force(rows, day)
    if found is not None:
        return found
    known = "、".join(f"{row.since} 到 {row.until}" for row in rows[:3])
    raise BadInput(
        f"没有管 {day} 的时刻表" + (f"（现有的只管 {known}）。" if known else "。"),
        way_on="请先在“服务圈”里上传那时的时刻表（GTFS），或不填出发日期。",
        field="day",
    )


def _told(row: Timetable) -> dict[str, Any]:
    return {
        "id": str(row.pk), "version": row.version, "source": row.source, "licence": row.licence,
        "digest": row.digest, "since": str(row.since), "until": str(row.until),
    }  # fmt: skip


def _hours(run: Run, day: date) -> dict[str, Any]:
    """The hours of that day of the run's stations, where the run asks hours and is no scenario."""
    if run.inputs["since"] is None or run.parent_id is not None:
        return {}
    known = {one["id"] for one in run.inputs["stations"]}
    rows = places_queries.stations_in(run.county_code, on=day)
    return assembling.doors_on([row for row in rows if str(row.id) in known], day)
