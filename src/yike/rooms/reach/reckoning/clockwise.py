"""A day in twenty-four hours: who is within the minutes when setting out at each full hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNREACHED, Longs
from yike.rooms.reach.reckoning import comparing
from yike.rooms.reach.reckoning.measuring import cells_of_mode, matrix_of, open_at
from yike.rooms.reach.reckoning.moments import Timed
from yike.rooms.reach.reckoning.roads import Roads
from yike.rooms.reach.reckoning.shelf import Shelf

_MINUTE = 600
HOURS = range(24)


def run(asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """This will tell people within the minutes by hour, in all and by village.

    `inputs`: what a run is reckoned from, its stations with their periods on the day, `at` its
    midnight. In every hour covered + uncovered = total; the unreachable are among the uncovered.
    """
    inputs = asked["inputs"]
    ground = comparing.ground_of(inputs["cells"], inputs["target"], inputs["names"])
    times = np.full((len(HOURS), len(ground.ids)), UNREACHED, np.int64)
    for mode, path in sorted(inputs["networks"].items()):
        here = cells_of_mode(inputs["modes"], mode)
        timed = (inputs.get("timed") or {}).get(mode)
        found = _by_mode(timed, path, (ground.lon[here], ground.lat[here]), inputs, shelf)
        times[:, here] = np.minimum(times[:, here], found)
    return _told(ground, times)


def _by_mode(
    timed: str | None, path: str, where: tuple[Any, Any], inputs: dict[str, Any], shelf: Shelf
) -> Longs:
    roads = shelf.take(("roads", timed or path), lambda: Roads(Path(timed or path)))
    stations, farthest = inputs["stations"], float(inputs["farthest"])
    doors = roads.join([(one["lon"], one["lat"]) for one in stations], farthest)
    homes = roads.snapper.join(*where, farthest=farthest)
    seeds, ends = roads.snapper.seeds(doors), roads.snapper.ends(homes, doors)
    direct = matrix_of(roads.hierarchy, seeds, ends)
    if not timed:
        return np.stack([open_at(direct.copy(), stations, 60 * hour)[0] for hour in HOURS])
    day = Timed(roads, homes, datetime.fromisoformat(inputs["at"]), farthest)
    found = np.full((len(HOURS), direct.shape[1]), UNREACHED, np.int64)
    for _, plan in day.plans(doors, direct.astype(np.int32), stations):
        for hour in HOURS:
            cost, _ = plan.costs_at(day.shift + 60 * _MINUTE * hour)
            found[hour] = np.minimum(found[hour], cost.min(axis=1))
    return found


def _told(ground: comparing.Cells, times: Longs) -> dict[str, Any]:
    people, limit = np.maximum(ground.people, 0), ground.target * _MINUTE
    inside, count = times <= limit, len(ground.villages)
    by_village = np.array([np.bincount(ground.village, people * now, count) for now in inside])
    living = np.bincount(ground.village, people, count)
    return {
        "total": int(people.sum()),
        "covered": _sums(people, inside),
        "uncovered": _sums(people, ~inside),
        "unreachable": _sums(people, times >= UNREACHED),
        "villages": [
            {
                "code": str(code),
                "name": ground.names.get(str(code), str(code)),
                "people": int(living[at]),
                "covered": [int(one) for one in by_village[:, at]],
            }
            for at, code in enumerate(ground.villages)
        ],
    }


def _sums(people: Longs, which: Any) -> Sequence[int]:
    return [int(people[now].sum()) for now in which]
