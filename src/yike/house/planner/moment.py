"""What `reach build --gtfs` and `reach nearest --at` add: timetables, and doors at an instant.

`--at 2026-05-06T09:00` is the moment of setting out, on the clock of the timetable's own place. The
table of stations may have a column `open`: Mo-Fr 08:30-12:00,14:00-17:30; PH off, or the same in
Chinese; where it is empty the station counts as open, and is told.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNITS, Ints
from yike.engines.travel.doors import Doors, Periods, doors
from yike.engines.travel.errors import HoursError
from yike.engines.travel.gtfs.day import (
    Connections,
    connections_on,
    day_clock,
    no_rides,
    refuse_out_of_date,
)
from yike.engines.travel.gtfs.feed import Feed
from yike.engines.travel.gtfs.reading import read_feed
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.hours import Holidays, Hours, open_periods, read_hours
from yike.engines.travel.network import Network
from yike.engines.travel.snapping import Joined, Snapper
from yike.engines.travel.timetable.attached import feed_of, with_timetable
from yike.engines.travel.timetable.covered import NEAR
from yike.engines.travel.timetable.moments import k_soonest, quays_of, rows_of
from yike.house.planner.tables import Stations, TableError, text_of

_NAMED = 10
_FREE, _WORKED = {"休", "1"}, {"班", "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """The instant of setting out: its date, and deciseconds of that day."""

    on: date
    since: int
    feed: Feed | None


def scheduled(network: Network, asked: argparse.Namespace) -> Network:
    """This will lay the feed asked for into the network, telling on stderr what that changed."""
    feed = read_feed(asked.gtfs)
    if asked.date:
        refuse_out_of_date(feed, asked.date)
    near = NEAR if asked.quay_distance is None else asked.quay_distance
    found = with_timetable(network, feed, asked.gtfs.name, near=near)
    told = found.facts["timetable"]
    _say(
        f"{asked.gtfs.name}：{told['lines']} 条线路，{told['trips']} 个班次，"
        f"{told['stops']} 个站点，有效期 {told['valid'][0]} 到 {told['valid'][1]}。"
    )
    for crossing in told["scheduled"]:
        _say(f"  按时刻表计算、不再按路网中的航线计算：{_ends(crossing)}")
    for crossing in told["unscheduled"]:
        _say(f"  时刻表里没有、仍按路网计算的航线：{_ends(crossing)}")
    for note in told["notes"]:
        _say(f"  {note}")
    return found


def soonest(
    asked: argparse.Namespace,
    network: Network,
    layers: Hierarchy,
    snapper: Snapper,
    stations: Stations,
    where: list[Joined],
) -> tuple[Ints, Ints]:
    """This will find the k stations where each cell is served soonest: (time, station).

    `where`: how stations and cells join the network.
    """
    moment = _moment(network, asked.at)
    stops = _stops(moment.feed, snapper, asked)
    time, station, _ = k_soonest(
        layers,
        snapper.seeds(where[0]),
        quays_of(snapper, stops, where[0]),
        rows_of(snapper, where[1], where[0], stops),
        _rides(moment, network, asked),
        since=moment.since,
        k=asked.k,
        doors=_doors(asked, stations, moment.on),
        change=asked.change * 60 * UNITS,
    )
    return time, station


def _moment(network: Network, at: datetime) -> _Moment:
    feed = feed_of(network)
    if feed is not None:
        on, since = day_clock(feed, at)
        return _Moment(on=on, since=since, feed=feed)
    if at.tzinfo is not None:
        raise TableError(
            "路网里没有时刻表，不知道当地的时区；--at 请写当地的时刻，不带时区，"
            "如 2026-05-06T09:00。"
        )
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    since = round((at - midnight).total_seconds() * UNITS)
    return _Moment(on=at.date(), since=since, feed=None)


def _stops(feed: Feed | None, snapper: Snapper, asked: argparse.Namespace) -> Joined:
    none = np.zeros(0)
    lon, lat = (feed.stops.lon, feed.stops.lat) if feed else (none, none)
    stops = snapper.join(lon, lat, farthest=asked.farthest, pace=asked.pace)
    far = stops.unreached()
    if feed and len(far):
        named = "、".join(feed.stops.names[at] for at in far[:_NAMED])
        more = f" 等 {len(far)} 个" if len(far) > _NAMED else ""
        _say(f"时刻表：站点 {named}{more}距最近的路超过 {asked.farthest:g} 米，不能上下。")
    return stops


def _rides(moment: _Moment, network: Network, asked: argparse.Namespace) -> Connections:
    if moment.feed is None:
        return no_rides(moment.on)
    rides = connections_on(moment.feed, moment.on, mode=network.mode, headways=asked.headways)
    if not len(rides.run):
        _say(f"{moment.on} 没有任何班次开行。")
    return rides


def _doors(asked: argparse.Namespace, stations: Stations, on: date) -> Doors:
    holidays = _holidays(asked.holidays)
    hours = _hours(asked.stations.name, stations)
    unknown = sum(one is None for one in hours)
    if stations.open is not None and unknown:
        _say(f"{asked.stations.name}：{unknown} 个站点没有写开放时间，按一直开放计算。")
    silent = sum(one is not None and not one.speaks_of_holidays() for one in hours)
    if silent and on in holidays.days:
        _say(f"{asked.stations.name}：{on} 是节假日，{silent} 个站点没有写节假日，按平日计算。")
    periods: list[Periods | None] = [
        None if one is None else open_periods(one, on, holidays) for one in hours
    ]
    return doors(periods, asked.doors, before_closing=asked.before_closing * 60 * UNITS)


def _hours(name: str, stations: Stations) -> list[Hours | None]:
    found: list[Hours | None] = []
    for station, text in zip(stations.ids, stations.open or [""] * len(stations.ids), strict=True):
        try:
            found.append(read_hours(text))
        except HoursError as why:
            raise TableError(f"{name} 的站点“{station}”：{why}") from why
    return found


def _holidays(path: Path | None) -> Holidays:
    """Reads the table of `./yike calendar`, or date,name,is_off_day."""
    if path is None:
        return Holidays()
    free: set[date] = set()
    worked: set[date] = set()
    try:
        for row in csv.DictReader(text_of(path).splitlines()):
            kind = row["kind"] if "kind" in row else row["is_off_day"]
            if kind not in _FREE | _WORKED:
                raise ValueError(kind)
            (free if kind in _FREE else worked).add(date.fromisoformat(row["date"]))
    except TableError:
        raise
    except (ValueError, KeyError, TypeError, csv.Error) as why:
        raise TableError(
            f"读不懂 {path.name}：{why}。应有 date,kind 两列，kind 为休或班。"
        ) from why
    return Holidays(days=frozenset(free), makeups=frozenset(worked))


def _ends(crossing: dict[str, Any]) -> str:
    return " — ".join(f"{end['stop']}（{end['lon']}, {end['lat']}）" for end in crossing["ends"])


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
