"""From one point to every station: minutes by each mode, whether by ferry, the departure taken."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNREACHED
from yike.engines.travel.errors import OutOfDateError
from yike.engines.travel.gtfs.feed import Feed
from yike.rooms.reach.reckoning import sailing
from yike.rooms.reach.reckoning.roads import Roads
from yike.rooms.reach.reckoning.shelf import Shelf

#: Nobody is told of a way that takes longer than so many deciseconds.
LONGEST = 6 * 36_000


def run(asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """This will reckon every mode asked for.

    `networks`: mode → {path, timed: path or None}; `point`: lon, lat; `stations`: [[lon, lat]];
    `farthest` metres; `at`: instant with zone, or None. Returns mode → {metres: to the road or
    None, ways: [[deciseconds, ferry] or None by station], taken: station → departure, note}.
    """
    return {"modes": {mode: _mode(told, asked, shelf) for mode, told in asked["networks"].items()}}


def _mode(told: dict[str, Any], asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    at = datetime.fromisoformat(asked["at"]) if asked["at"] else None
    note = ""
    if at and told.get("timed"):
        try:
            return _timed(told["timed"], asked, at, shelf)
        except OutOfDateError as old:
            note = str(old)
    roads = _roads(told["path"], shelf)
    ways, metres, _ = _static(roads, asked)
    return {"metres": metres, "ways": ways, "taken": {}, "note": note}


def _static(roads: Roads, asked: dict[str, Any]) -> tuple[list[Any], float | None, Any]:
    places = np.array([asked["point"]], float)
    here = roads.snapper.join(places[:, 0], places[:, 1], farthest=asked["farthest"])
    stations = roads.join(asked["stations"], asked["farthest"])
    ends = roads.snapper.ends(here, stations)
    many = roads.snapper.seeds(stations), ends
    times = roads.onward.to(ends, many, LONGEST)
    dry = roads.dry.to(ends, many, LONGEST) if roads.dry else times
    ways = [
        None if time >= UNREACHED else [time, land > time]
        for time, land in zip(times.tolist(), dry.tolist(), strict=True)
    ]
    metres = None if here.stretch[0] < 0 else round(float(here.metres[0]), 1)
    return ways, metres, (here, ends, times)


def _timed(path: str, asked: dict[str, Any], at: datetime, shelf: Shelf) -> dict[str, Any]:
    roads = _roads(path, shelf)
    feed = roads.feed
    assert feed is not None
    ways, metres, start = _static(roads, asked)
    key = ("day", path, str(at.date()), hash(str(asked["stations"])), asked["farthest"])
    day = shelf.take(key, lambda: _day(roads, feed, at, asked))
    times, taken = sailing.soonest(roads, feed, day, at, start, LONGEST)
    for lane, one in taken.items():
        ways[lane] = [int(times[lane]), one["ferry"]]
    told = {str(lane): one for lane, one in taken.items()}
    return {"metres": metres, "ways": ways, "taken": told, "note": ""}


def _day(roads: Roads, feed: Feed, at: datetime, asked: dict[str, Any]) -> sailing.Day:
    stations = roads.join(asked["stations"], asked["farthest"])
    return sailing.day_of(roads, feed, at, stations, asked["farthest"])


def _roads(path: str, shelf: Shelf) -> Roads:
    return shelf.take(("roads", path), lambda: Roads(Path(path)))
