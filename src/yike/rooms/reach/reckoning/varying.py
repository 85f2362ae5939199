"""What other stations or hours would change in a run that is laid out; nothing is stored."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from yike.engines.travel.arrays import Bools, Longs
from yike.rooms.reach.reckoning import comparing
from yike.rooms.reach.reckoning.grounds import NEVER, Layer, RunGround, part, through_door
from yike.rooms.reach.reckoning.moments import Timed
from yike.rooms.reach.reckoning.shelf import Shelf

Station = dict[str, Any]


def run(asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """This will hold a run against itself with other `stations`.

    `run`: its key; `inputs`: what it is reckoned from, needed when it is not laid out: then the
    answer is {"need": true}. Returns what `comparing.compared` tells (`drawn`: for a map alone),
    and `engine_ms`.
    """
    key = ("run", asked["run"])
    if not shelf.has(key) and not asked.get("inputs"):
        return {"need": True}
    ground = shelf.take(key, lambda: RunGround(asked["inputs"], shelf))
    before = np.full(len(ground.cells.ids), NEVER, np.int64)
    after, spent, unjoined = before.copy(), 0.0, set[str]()
    for layer in ground.layers:
        try:
            old, new, took, names = _held(layer, ground, asked["stations"])
        except BaseException:
            shelf.drop(key)  # half a step stays in it: laid out anew for the next question
            raise
        before[layer.cells] = np.minimum(before[layer.cells], old)
        after[layer.cells] = np.minimum(after[layer.cells], new)
        spent += took
        unjoined |= names
    told = comparing.compared(ground.cells, before, after, drawn=bool(asked.get("drawn")))
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
    if layer.served is not None:
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
    """Where hours or timetables are asked, every pair counts: rows go, come, or are made anew.

    What a station serves does not hang on the others: only cells that were nearest to one that
    goes or changes are held against all the rest again.
    """
    assert layer.served is not None
    assert layer.owner is not None
    begun = time.perf_counter()
    there = {str(one["id"]): j for one, j in zip(edits.there, joined, strict=True)}
    olds = {str(one["id"]): (at, one) for at, one in enumerate(ground.asked["stations"])}
    stays, rows = np.zeros(len(olds), bool), []
    for one in stations:
        ref = str(one["id"])
        if ref not in there and one["periods"] == olds[ref][1]["periods"]:
            stays[olds[ref][0]] = True
            continue
        number = olds[ref][0] if ref not in there else None
        rows.append(_row(layer, ground, one, number, there.get(ref)))
    new = layer.base.copy()
    asking = np.flatnonzero(~stays[layer.owner])
    rest = layer.served[np.ix_(stays, asking)]
    new[asking] = rest.min(axis=0, initial=NEVER)
    for row in rows:
        np.minimum(new, row, out=new)
    return layer.base, new, time.perf_counter() - begun


def _row(layer: Layer, ground: RunGround, one: Station, number: int | None, joined: Any) -> Longs:
    """The time of each cell to a station that is new, elsewhere, or (`number`) keeps its place."""
    assert layer.times is not None
    direct: Any = layer.column(joined) if number is None else layer.times[number]
    if layer.timed is None:
        return through_door(direct, one, ground.asked["since"])
    stands = joined if number is None else part(layer.doors, np.array([number]))
    return _ridden(layer.timed, stands, direct[None, :], one)


def _ridden(timed: Timed, stands: Any, direct: Any, station: Station) -> Longs:
    times, _ = timed.served(stands, direct.astype(np.int32), [station], timed.since)
    found: Longs = times[0]
    return found
