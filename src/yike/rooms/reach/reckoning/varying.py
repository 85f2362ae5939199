"""What other stations or hours would change in a run that is laid out; nothing is stored."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from yike.engines.travel.arrays import Bools, Longs
from yike.rooms.reach.reckoning import comparing
from yike.rooms.reach.reckoning.grounds import NEVER, Layer, RunGround, part
from yike.rooms.reach.reckoning.measuring import open_at
from yike.rooms.reach.reckoning.moments import Timed
from yike.rooms.reach.reckoning.shelf import Shelf

Station = dict[str, Any]


def run(asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """This will hold a run against itself with other `stations`.

    `run`: its key; `inputs`: what it is reckoned from, needed when it is not laid out: then the
    answer is {"need": true}. Returns what `comparing.compared` tells, and `engine_ms`.
    """
    key = ("run", asked["run"])
    if not shelf.has(key) and not asked.get("inputs"):
        return {"need": True}
    ground = shelf.take(key, lambda: RunGround(asked["inputs"], shelf))
    before = np.full(len(ground.cells.ids), NEVER, np.int64)
    after, spent, unjoined = before.copy(), 0.0, set[str]()
    for layer in ground.layers:
        old, new, took, names = _held(layer, ground, asked["stations"])
        before[layer.cells] = np.minimum(before[layer.cells], old)
        after[layer.cells] = np.minimum(after[layer.cells], new)
        spent += took
        unjoined |= names
    told = comparing.compared(ground.cells, before, after)
    return told | {"engine_ms": round(spent * 1e3, 3), "unjoined": sorted(unjoined)}


def _held(
    layer: Layer, ground: RunGround, stations: list[Station]
) -> tuple[Longs, Longs, float, set[str]]:
    """The times of a mode's cells before and after, seconds of search, who joins no road."""
    edits = _Edits(ground.asked["stations"], stations)
    places = [(one["lon"], one["lat"]) for one in edits.there]
    farthest = float(ground.asked["farthest"])
    joined = [layer.roads.snapper.join(*np.array([place]).T, farthest=farthest) for place in places]
    off = {one["name"] for one, j in zip(edits.there, joined, strict=True) if j.stretch[0] < 0}
    if layer.timed is not None:
        return *_by_timetable(layer, ground, stations, edits, joined), off
    if layer.times is not None:
        return *_by_hours(layer, ground, stations, edits, joined), off
    begun = time.perf_counter()
    steps = _turn(layer, edits, joined)
    spent = time.perf_counter() - begun
    try:
        more = [layer.beside(one) for one in joined]
        after = layer.nearest(edits.gone, more)
    finally:
        for _ in range(steps):
            layer.whatif.undo()
    return layer.base, after, spent, off


class _Edits:
    """What differs between two lists of stations: who is gone (or elsewhere), who is there anew."""

    def __init__(self, base: list[Station], now: list[Station]) -> None:
        places = {str(one["id"]): (one["lon"], one["lat"]) for one in now}
        olds = {str(one["id"]): (one["lon"], one["lat"]) for one in base}
        self.gone: Bools = np.array(
            [places.get(str(one["id"])) != (one["lon"], one["lat"]) for one in base], bool
        )
        self.there = [one for one in now if olds.get(str(one["id"])) != (one["lon"], one["lat"])]
        self.first = len(base)


def _turn(layer: Layer, edits: _Edits, joined: list[Any]) -> int:
    """Opens before it closes: what is filled again is less. Returns the steps to be undone."""
    steps = 0
    for at, one in enumerate(joined):
        seeds = layer.roads.snapper.seeds(one)
        if len(seeds.node):
            layer.whatif.add(edits.first + at, seeds.node, seeds.cost)
            steps += 1
    for number in np.flatnonzero(edits.gone & (layer.doors.stretch >= 0)).tolist():
        layer.whatif.remove(number)
        steps += 1
    return steps


def _by_hours(
    layer: Layer, ground: RunGround, stations: list[Station], edits: _Edits, joined: list[Any]
) -> tuple[Longs, Longs, float]:
    """Where opening hours are asked every pair counts: rows go, come, or keep other hours."""
    assert layer.times is not None
    base, since = ground.asked["stations"], ground.asked["since"]
    old = open_at(layer.times.astype(np.int64), base, since)[0]
    begun = time.perf_counter()
    number = {str(one["id"]): at for at, one in enumerate(base)}
    rows = {str(one["id"]): layer.column(j) for one, j in zip(edits.there, joined, strict=True)}
    times = [
        rows[str(one["id"])] if str(one["id"]) in rows else layer.times[number[str(one["id"])]]
        for one in stations
    ]
    new = open_at(np.array(times, np.int64), stations, since)[0]
    return old, new, time.perf_counter() - begun


def _by_timetable(
    layer: Layer, ground: RunGround, stations: list[Station], edits: _Edits, joined: list[Any]
) -> tuple[Longs, Longs, float]:
    """By boats and buses too: stations that are new, moved or keep other hours are ridden to anew.

    The rest keeps its row: what a station serves does not hang on the others.
    """
    assert layer.timed is not None
    assert layer.times is not None
    assert layer.served is not None
    begun = time.perf_counter()
    olds = {str(one["id"]): (at, one) for at, one in enumerate(ground.asked["stations"])}
    there = {str(one["id"]): j for one, j in zip(edits.there, joined, strict=True)}
    rows = []
    for one in stations:
        ref = str(one["id"])
        if ref in there:
            stands, direct = there[ref], layer.column(there[ref])[None, :]
        elif one["periods"] != olds[ref][1]["periods"]:
            number = np.array([olds[ref][0]])
            stands, direct = part(layer.doors, number), layer.times[number]
        else:
            rows.append(layer.served[olds[ref][0]])
            continue
        rows.append(_ridden(layer.timed, stands, direct, one))
    new = np.array(rows, np.int64).min(axis=0)
    return layer.served.min(axis=0), new, time.perf_counter() - begun


def _ridden(timed: Timed, stands: Any, direct: Any, station: Station) -> Longs:
    times, _ = timed.served(stands, direct.astype(np.int32), [station], timed.since)
    found: Longs = times[0]
    return found
