"""Minutes from every population cell to its nearest station, by the mode of its zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.travel.arrays import UNITS, UNREACHED
from yike.engines.travel.errors import PointsError
from yike.engines.travel.journeys import matrix
from yike.engines.travel.measure import metres
from yike.engines.travel.points import Ends, Seeds
from yike.engines.travel.snapping import Joined
from yike.engines.travel.sweeps import nearest_of_cells
from yike.rooms.reach import digests
from yike.rooms.reach.reckoning import accessing, packing, reasons, tabling
from yike.rooms.reach.reckoning.moments import Timed
from yike.rooms.reach.reckoning.packing import Result
from yike.rooms.reach.reckoning.roads import Roads

Times = NDArray[np.int64]
Mask = NDArray[np.bool_]


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """This will reckon one run: `minutes` (packed, as text), `tables`, and what was not joined.

    `networks`: mode → file; `timed`: mode → file with the timetable of the day, where one is asked.
    `modes`: the modes of each cell, joined by "+". `stations`: id, name, lon, lat and
    `periods` ([[opens, closes]] in minutes of the day, None: always). `since`: minute of the day
    at which people set out (`at`: the instant), None: neither hours nor timetable are asked.
    `before`: packed minutes of the run this one is compared with, or None. `supply`: service hours
    by station, or None.
    """
    found = _measured(asked)
    data = packing.packed(found.result)
    tables = tabling.tables_of(found.result, asked)
    ground = tabling.ground_of(asked["cells"])
    tables |= accessing.tables_of(found.result, asked, ground, found.pairs)
    tables["unjoined"] = found.unjoined
    if asked["since"] is not None:
        reached = found.result.time < UNREACHED
        tables["reasons"] = reasons.villages(reached, found.reason, asked["cells"])
    if asked.get("timed"):
        tables["riders"] = reasons.riders(found.rides, asked["cells"])
    if asked.get("before"):
        tables["changes"] = tabling.changes(
            packing.unpacked(digests.of_text(asked["before"])), found.result, asked
        )
    return {"minutes": digests.in_text(data), "tables": tables}


def cells_of_mode(modes: list[str], mode: str) -> NDArray[np.intp]:
    """This will return the cells whose people may go by a mode; a cell may name several."""
    which = {word: mode in word.split("+") for word in set(modes)}
    found: NDArray[np.intp] = np.flatnonzero([which[word] for word in modes])
    return found


@dataclass(slots=True, kw_only=True, eq=False)
class _Found:
    """By cell: the result, whether a ride is taken, why nothing is reached; and what is beside."""

    result: Result
    rides: Mask
    reason: Times
    unjoined: dict[str, Any]
    pairs: accessing.Found


@dataclass(slots=True, kw_only=True, eq=False)
class _Part:
    """The same of one mode's cells."""

    time: Times
    station: Times
    rides: Mask
    reason: Times


def _measured(asked: dict[str, Any]) -> _Found:
    cells, stations = asked["cells"], asked["stations"]
    lon, lat = np.array(cells["lon"], float), np.array(cells["lat"], float)
    time = np.full(len(lon), UNREACHED, np.int64)
    station = np.full(len(lon), -1, np.int64)
    result = Result(time=time, station=station, metres=straight(lon, lat, stations))
    found = _Found(
        result=result, rides=np.zeros(len(lon), bool), reason=np.zeros(len(lon), np.int64),
        unjoined={}, pairs=[],
    )  # fmt: skip
    for mode in sorted(asked["networks"]):
        here = cells_of_mode(asked["modes"], mode)
        part, far = _by_mode(mode, lon[here], lat[here], asked, here, found.pairs)
        _take(found, here, part)
        found.unjoined[mode] = {
            "stations": [stations[at]["name"] for at in far[0].unreached()],
            "cells": len(far[1].unreached()),
        }
    return found


def _take(found: _Found, here: Any, part: _Part) -> None:
    """Of several modes the quickest counts, of equal ones the first."""
    sooner = part.time < found.result.time[here]
    at = here[sooner]
    found.result.time[at], found.result.station[at] = part.time[sooner], part.station[sooner]
    found.rides[at] = part.rides[sooner]
    found.reason[here] = np.maximum(found.reason[here], part.reason)


def _by_mode(
    mode: str, lon: Any, lat: Any, asked: dict[str, Any], here: Any, pairs: accessing.Found
) -> tuple[_Part, tuple[Joined, Joined]]:
    timed = (asked.get("timed") or {}).get(mode)
    roads, farthest = Roads(Path(timed or asked["networks"][mode])), float(asked["farthest"])
    doors, homes = _joined(roads, lon, lat, asked)
    stations = asked["stations"]
    if stations and len(doors.unreached()) == len(stations):
        raise PointsError(
            f"没有一个站点在路网 {farthest:g} 米以内；请检查路网是不是本县的、站点坐标是否正确。"
        )
    many = len(lon)
    part = _Part(
        time=np.full(many, UNREACHED), station=np.full(many, -1), rides=np.zeros(many, bool),
        reason=np.zeros(many, np.int64),
    )  # fmt: skip
    if not stations:
        return part, (doors, homes)
    seeds, ends = roads.snapper.seeds(doors), roads.snapper.ends(homes, doors)
    if accessing.wanted(asked):
        pairs.append(_pairs(mode, roads, (lon, lat), asked, here))
    if asked["since"] is None:
        time, station = nearest_of_cells(roads.hierarchy, seeds, ends)
        part.time, part.station = time[:, 0].astype(np.int64), station[:, 0].astype(np.int64)
        return part, (doors, homes)
    direct = matrix_of(roads.hierarchy, seeds, ends)
    if timed:
        _by_timetable(part, roads, (doors, homes), direct, asked)
    else:
        off, free = homes.stretch < 0, direct.min(axis=0) < UNREACHED
        part.time, part.station = open_at(direct, stations, asked["since"])
        none = np.zeros(many, bool)
        part.reason = reasons.reasons_of(
            off=off, by_road=free, by_ride=none, earlier=none, near_a_stop=none
        )
    return part, (doors, homes)


def _joined(roads: Roads, lon: Any, lat: Any, asked: dict[str, Any]) -> tuple[Joined, Joined]:
    farthest = float(asked["farthest"])
    stands = [(one["lon"], one["lat"]) for one in asked["stations"]]
    places = np.array(stands, float).reshape(-1, 2)
    doors = roads.snapper.join(places[:, 0], places[:, 1], farthest=farthest)
    return doors, roads.snapper.join(lon, lat, farthest=farthest)


def _pairs(
    mode: str, roads: Roads, where: tuple[Any, Any], asked: dict[str, Any], here: Any
) -> accessing.Within:
    """Access is of any hour: where a timetable is asked, by the roads as they are without it."""
    if (asked.get("timed") or {}).get(mode):
        roads = Roads(Path(asked["networks"][mode]))
    doors, homes = _joined(roads, *where, asked)
    seeds, ends = roads.snapper.seeds(doors), roads.snapper.ends(homes, doors)
    return accessing.pairs_within(roads.hierarchy, seeds, ends, here)


def _by_timetable(
    part: _Part, roads: Roads, joined: tuple[Joined, Joined], direct: Times, asked: dict[str, Any]
) -> None:
    doors, homes = joined
    stations, roads_only = asked["stations"], direct.astype(np.int32)
    day = Timed(roads, homes, datetime.fromisoformat(asked["at"]), float(asked["farthest"]))
    times, rides = day.served(doors, roads_only, stations, day.since)
    part.station = times.argmin(axis=0)
    each = np.arange(times.shape[1])
    part.time, part.rides = times[part.station, each], rides[part.station, each]
    part.station = np.where(part.time >= UNREACHED, -1, part.station)
    part.rides &= part.time < UNREACHED
    now, first = (
        day.served(doors, roads_only, None, since)[0].min(axis=0) < UNREACHED
        for since in (day.since, day.shift)
    )
    part.reason = reasons.reasons_of(
        off=homes.stretch < 0, by_road=direct.min(axis=0) < UNREACHED, by_ride=now, earlier=first,
        near_a_stop=day.near_a_stop(),
    )  # fmt: skip


def matrix_of(hierarchy: Any, seeds: Seeds, ends: Ends) -> Times:
    """This will return the time of every cell to every station: int64[stations, cells]."""
    times: Times = matrix(hierarchy, seeds, ends).astype(np.int64)
    return times


def open_at(times: Times, stations: list[dict[str, Any]], since: int) -> tuple[Times, Times]:
    """This will find the nearest station that is open when one arrives: (time, station) by cell.

    `times` [stations, cells] is written over. Who comes too early or too late is not served. Asked
    pair by pair: the nearest station may be shut where the second is open.
    """
    open_on_arrival(times, stations, since)
    station = times.argmin(axis=0)
    time = times[station, np.arange(times.shape[1])]
    return time, np.where(time >= UNREACHED, -1, station)


def open_on_arrival(times: Times, stations: list[dict[str, Any]], since: int) -> None:
    """This will mark as unreached, in the rows of `stations`, whoever arrives at a shut door."""
    minute = 60 * UNITS
    arrive = times + since * minute
    for at, one in enumerate(stations):
        if one["periods"] is None:
            continue
        served = np.zeros(times.shape[1], bool)
        for opens, closes in one["periods"]:
            served |= (arrive[at] >= opens * minute) & (arrive[at] < closes * minute)
        times[at, ~served] = UNREACHED


def straight(lon: Any, lat: Any, stations: list[dict[str, Any]]) -> Times:
    """This will return whole metres in a straight line to the nearest station; -1 without any."""
    if not stations:
        return np.full(len(lon), -1, np.int64)
    nearest = np.full(len(lon), np.inf)
    for one in stations:
        np.minimum(nearest, metres(lon, lat, one["lon"], one["lat"]), out=nearest)
    whole: Times = np.rint(nearest).astype(np.int64)
    return whole
