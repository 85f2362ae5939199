"""Access beside minutes: service hours shared out by two-step catchments, Lorenz curves, gaps.

The hours come from outside as plain inputs of the run; a run without them has no access, and says
so. Times are of any hour: opening hours are already in the service hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from yike.engines.coverage.catchments import SLOW, Access, thirds_decay, two_step
from yike.engines.coverage.gaps import Gap, gaps, within_metres
from yike.engines.coverage.ground import MINUTE, UNKNOWN, Ground
from yike.engines.coverage.shares import EVERYBODY
from yike.engines.coverage.spread import Spread, spread, spread_of_minutes
from yike.engines.travel.kept import Kept, kept_pairs
from yike.engines.travel.points import Ends, Seeds
from yike.rooms.reach.reckoning.packing import Result

#: Who is further than so many minutes from a station takes nothing of its hours.
BOUND = 30
#: Uncovered cells at most so many metres apart are one gap.
TOGETHER = 1500
#: A curve is told in so many points at most.
_POINTS = 101
#: Access is told in hours for so many people.
PER = 1000


class Within(NamedTuple):
    """The pairs of one network, and the index in the county of each of its cells."""

    pairs: Kept
    here: NDArray[np.intp]

    def batches(self) -> Iterator[NDArray[np.int64]]:
        """This will give back station, cell and time, int64[3, pairs], some stations at a time."""
        for one in self.pairs.batches():
            yield np.stack((one.station, self.here[one.cell], one.cost)).astype(np.int64)


#: by network: the same stations in each
Found = list[Within]


def wanted(asked: dict[str, Any]) -> bool:
    """This will say whether a run asks for access: whether it holds service hours."""
    return bool(asked.get("supply"))


def pairs_within(hierarchy: Any, seeds: Seeds, ends: Ends, here: NDArray[np.intp]) -> Within:
    """This will find every pair of a cell and a station within the bound, by one network.

    `here`: the index in the county of each cell that was asked.
    """
    return Within(kept_pairs(hierarchy, seeds, ends, BOUND * MINUTE, numbered=True), here)


def tables_of(
    result: Result, asked: dict[str, Any], ground: Ground, pairs: Found
) -> dict[str, Any]:
    """This will return what a run tells about equity: `spread`, `gaps`, and `access` if asked."""
    told = {
        "spread": _curve(spread_of_minutes(result.time, ground.people)),
        "gaps": _gaps(result, asked, ground),
    }
    if wanted(asked):
        told["access"] = _access(asked, ground, pairs)
    return told


def least(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """This will keep of each station and cell the quickest, where several networks found both.

    Each part int64[3, pairs] names a pair once; stations are few and follow one another.
    """
    if len(parts) == 1:
        return parts[0]
    station, cell, _ = np.concatenate(parts, axis=1)
    if not len(station):
        return parts[0]
    low = station.min()
    never = np.iinfo(np.int64).max
    quickest = np.full((station.max() + 1 - low, cell.max() + 1), never)
    for one in parts:
        here = one[0] - low, one[1]
        quickest[here] = np.minimum(quickest[here], one[2])
    found = np.nonzero(quickest < never)
    return np.stack((found[0] + low, found[1], quickest[found]))


def shared_out(supply: NDArray[np.float64], people: NDArray[np.int64], pairs: Found) -> Access:
    """This will return what the stations offer, some at a time: what each shares is its own."""
    ratio, demand, access = np.zeros(len(supply)), np.zeros(len(supply)), np.zeros(len(people))
    for batch in zip(*(one.batches() for one in pairs), strict=True):
        station, cell, time = least(batch)
        part = two_step(
            station, cell, time, supply=supply, people=people, decay=thirds_decay(BOUND)
        )
        ratio, demand, access = ratio + part.ratio, demand + part.demand, access + part.access
    return Access(access=access, ratio=ratio, demand=demand, idle=np.flatnonzero(demand == 0))


def _access(asked: dict[str, Any], ground: Ground, pairs: Found) -> dict[str, Any]:
    hours = asked["supply"]["hours"]
    supply = np.array([float(hours.get(one["id"], 0.0)) for one in asked["stations"]])
    found = shared_out(supply, ground.people, pairs)
    return {
        "bound": BOUND,
        "weights": list(SLOW),
        "rows": _rows(found.access * PER, ground, asked["names"]),
        "stations": _stations(found, supply, asked),
        **_curve(spread(found.access, np.where(ground.people == UNKNOWN, 0, ground.people))),
    }


def _stations(found: Access, supply: NDArray[np.float64], asked: dict[str, Any]) -> list[Any]:
    """Hours and weighed people of every station; one with hours and nobody near reaches no one."""
    return [
        {
            "name": one["name"],
            "hours": round(float(supply[at]), 2),
            "people": round(float(found.demand[at])),
            "told": one["id"] in asked["supply"]["hours"],
        }
        for at, one in enumerate(asked["stations"])
    ]


def _rows(access: NDArray[np.float64], ground: Ground, names: dict[str, str]) -> list[Any]:
    """Mean access by place and group, and how many people have none at all."""
    rows = []
    for group, people in {EVERYBODY: ground.people, **ground.groups}.items():
        rows.append(_row(EVERYBODY, EVERYBODY, group, access, people, names))
        for key in ("town", "village"):
            column = np.array(ground.keys[key])
            for code in dict.fromkeys(ground.keys[key]):
                here = column == code
                rows.append(_row(key, code, group, access[here], people[here], names))
    return rows


def _row(
    key: str, code: str, group: str, access: Any, people: Any, names: dict[str, str]
) -> dict[str, Any]:
    known = np.where(people == UNKNOWN, 0, people)
    total = int(known.sum()) if (people != UNKNOWN).any() else None
    mean = float((known * access).sum()) / total if total else None
    return {
        "key": key,
        "code": code,
        "name": names.get(code, code),
        "group": group,
        "total": total,
        "mean": None if mean is None else round(mean, 4),
        "without": int(known[access <= 0].sum()) if total is not None else None,
    }


def _gaps(result: Result, asked: dict[str, Any], ground: Ground) -> list[dict[str, Any]]:
    cells = asked["cells"]
    adjacent = within_metres(np.array(cells["lon"], float), np.array(cells["lat"], float), TOGETHER)
    found = gaps(
        result.time, result.station, ground, minutes=int(asked["target"]), adjacent=adjacent
    )
    return [_gap(one, asked) for one in found]


def _gap(one: Gap, asked: dict[str, Any]) -> dict[str, Any]:
    villages = dict.fromkeys(asked["cells"]["village"][cell] for cell in one.cells)
    towns = dict.fromkeys(asked["cells"]["town"][cell] for cell in one.cells)
    names = asked["names"]
    return asdict(one) | {
        "cells": len(one.cells),
        "station": None if one.station is None else asked["stations"][one.station]["name"],
        "villages": [names.get(code, code) for code in villages],
        "towns": [names.get(code, code) for code in towns],
    }


def _curve(found: Spread) -> dict[str, Any]:
    """Gini and the Lorenz curve thinned to whole percents of the people."""
    told: dict[str, Any] = {"gini": None, "lorenz": [], "left_out": found.left_out}
    if found.gini is None:
        return told
    steps = np.linspace(0.0, 1.0, _POINTS)
    values = np.interp(steps, found.people, found.value)
    curve = [[round(float(x), 4), round(float(y), 6)] for x, y in zip(steps, values, strict=True)]
    return told | {"gini": round(found.gini, 6), "lorenz": curve}
