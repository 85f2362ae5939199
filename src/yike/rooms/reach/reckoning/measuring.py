"""Minutes from every population cell to its nearest station, by the mode of its zone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.travel import storage
from yike.engines.travel.arrays import UNITS, UNREACHED
from yike.engines.travel.errors import PointsError
from yike.engines.travel.journeys import matrix
from yike.engines.travel.layering import prepared
from yike.engines.travel.measure import metres
from yike.engines.travel.points import Ends, Seeds
from yike.engines.travel.snapping import Joined, Snapper
from yike.engines.travel.sweeps import nearest_of_cells
from yike.rooms.reach import digests
from yike.rooms.reach.reckoning import accessing, packing, tabling
from yike.rooms.reach.reckoning.packing import Result

Times = NDArray[np.int64]


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """This will reckon one run: `minutes` (packed, as text), `tables`, and what was not joined.

    `networks`: mode → file. `modes`: the mode of each cell. `stations`: id, name, lon, lat and
    `periods` ([[opens, closes]] in minutes of the day, None: always). `since`: minute of the day
    at which people set out, None: opening hours are not asked. `before`: packed minutes of the
    run this one is compared with, or None. `supply`: service hours by station, or None.
    """
    pairs: accessing.Found = []
    result, unjoined = _measured(asked, pairs)
    data = packing.packed(result)
    tables = tabling.tables_of(result, asked)
    tables |= accessing.tables_of(result, asked, tabling.ground_of(asked["cells"]), pairs)
    tables["unjoined"] = unjoined
    if asked.get("before"):
        tables["changes"] = tabling.changes(
            packing.unpacked(digests.of_text(asked["before"])), result, asked
        )
    return {"minutes": digests.in_text(data), "tables": tables}


def _measured(asked: dict[str, Any], pairs: accessing.Found) -> tuple[Result, dict[str, Any]]:
    cells, stations = asked["cells"], asked["stations"]
    modes = np.array(asked["modes"])
    lon, lat = np.array(cells["lon"], float), np.array(cells["lat"], float)
    time = np.full(len(lon), UNREACHED, np.int64)
    station = np.full(len(lon), -1, np.int64)
    unjoined: dict[str, Any] = {}
    for mode in sorted(asked["networks"]):
        here = np.flatnonzero(modes == mode)
        found = _by_mode(Path(asked["networks"][mode]), lon[here], lat[here], asked, here, pairs)
        time[here], station[here], far = found
        unjoined[mode] = {
            "stations": [stations[at]["name"] for at in far[0].unreached()],
            "cells": len(far[1].unreached()),
        }
    return Result(time=time, station=station, metres=straight(lon, lat, stations)), unjoined


def _by_mode(
    path: Path, lon: Any, lat: Any, asked: dict[str, Any], here: Any, pairs: accessing.Found
) -> tuple[Times, Times, tuple[Joined, Joined]]:
    network = storage.load(path)
    network = network if network.hierarchy else prepared(network)
    snapper, farthest = Snapper(network), float(asked["farthest"])
    stands = [(one["lon"], one["lat"]) for one in asked["stations"]]
    places = np.array(stands, float).reshape(-1, 2)
    doors = snapper.join(places[:, 0], places[:, 1], farthest=farthest)
    homes = snapper.join(lon, lat, farthest=farthest)
    if stands and len(doors.unreached()) == len(stands):
        raise PointsError(
            f"没有一个站点在路网 {farthest:g} 米以内；请检查路网是不是本县的、站点坐标是否正确。"
        )
    seeds, ends = snapper.seeds(doors), snapper.ends(homes, doors)
    assert network.hierarchy is not None
    if not stands:
        nobody = np.full(len(lon), UNREACHED), np.full(len(lon), -1)
        return *nobody, (doors, homes)
    if accessing.wanted(asked):
        pairs.append(accessing.pairs_within(network.hierarchy, seeds, ends, here))
    if asked["since"] is None:
        time, station = nearest_of_cells(network.hierarchy, seeds, ends)
        return time[:, 0].astype(np.int64), station[:, 0].astype(np.int64), (doors, homes)
    times = matrix_of(network.hierarchy, seeds, ends)
    return *open_at(times, asked["stations"], asked["since"]), (doors, homes)


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
