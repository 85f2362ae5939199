"""Two times of every cell side by side: totals, villages that change, cells that change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNREACHED, Bools, Floats, Longs

_MINUTE = 600
#: So many cells and villages are told; those with most people first.
MOST_CELLS, MOST_VILLAGES = 4000, 300
#: Drawn is every cell; more than so many are not sent.
MOST_DRAWN = 60_000
#: Places are drawn in whole steps of so many to a degree: a metre.
STEPS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Where the cells lie, who lives there (-1: unknown), and to which village they belong.

    `village` [cells]: its number in `villages`, which are codes; `target` in minutes.
    """

    target: int
    names: dict[str, str]
    ids: list[str]
    lon: Floats
    lat: Floats
    people: Longs
    villages: Any
    village: Longs


def ground_of(cells: dict[str, Any], target: int, names: dict[str, str]) -> Cells:
    """This will lay stored cells out by column."""
    villages, village = np.unique(np.array(cells["village"]), return_inverse=True)
    return Cells(
        target=int(target),
        names=names,
        ids=cells["id"],
        lon=np.array(cells["lon"], float),
        lat=np.array(cells["lat"], float),
        people=np.array(cells["people"], np.int64),
        villages=villages,
        village=village,
    )


def compared(ground: Cells, before: Longs, after: Longs, *, drawn: bool = False) -> dict[str, Any]:
    """This will return `total`, `villages` and `cells` (GeoJSON) of what differs.

    People unknown (-1) count as none. Minutes are None where no way leads to a station. `drawn`:
    places by class for a map instead of `cells`, as few bytes as they can be.
    """
    limit = ground.target * _MINUTE
    people = np.maximum(ground.people, 0)
    moved = np.flatnonzero(before != after)
    told = {
        "target": ground.target,
        "total": _total(people, before, after, limit),
        "villages": _villages(ground, people, before, after, limit),
    }
    if drawn:
        places = _drawn(ground, moved[:MOST_DRAWN], before, after, limit)
        return told | {"drawn": places, "left_out": max(len(moved) - MOST_DRAWN, 0)}
    cells = _cells(ground, people, moved, before, after)
    return told | {"cells": cells, "left_out": max(len(moved) - MOST_CELLS, 0)}


def _drawn(
    ground: Cells, moved: Longs, before: Longs, after: Longs, limit: int
) -> dict[str, list[int]]:
    """Class → lon, lat, lon, lat, … in steps, each less the one before: small whole numbers."""
    was, now = before[moved] <= limit, after[moved] <= limit
    faster = after[moved] < before[moved]
    classes = {
        "gained": ~was & now,
        "lost": was & ~now,
        "faster": (was == now) & faster,
        "slower": (was == now) & ~faster,
    }
    steps = np.rint(np.column_stack((ground.lon[moved], ground.lat[moved])) * STEPS)
    told = {}
    for name, which in classes.items():
        here = steps[which].astype(np.int64)
        told[name] = np.diff(here, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel().tolist()
    return told


def _total(people: Longs, before: Longs, after: Longs, limit: int) -> dict[str, Any]:
    both = (before < UNREACHED) & (after < UNREACHED)
    saved = int((people * (before - after))[both].sum())
    among = int(people[both].sum())
    counts: dict[str, Bools] = {
        "people": np.ones(len(people), bool),
        "covered_before": before <= limit,
        "covered_after": after <= limit,
        "newly_covered": (before > limit) & (after <= limit),
        "lost": (before <= limit) & (after > limit),
        "faster": after < before,
        "slower": after > before,
        "reached": (before >= UNREACHED) & (after < UNREACHED),
        "cut_off": (before < UNREACHED) & (after >= UNREACHED),
    }
    told: dict[str, Any] = {name: int(people[which].sum()) for name, which in counts.items()}
    told["minutes_saved"] = round(saved / among / _MINUTE, 2) if among else None
    return told


def _villages(
    ground: Cells, people: Longs, before: Longs, after: Longs, limit: int
) -> list[dict[str, Any]]:
    """Those with a cell that changes: people, mean minutes before and after, covered people."""
    count = len(ground.villages)
    moved = np.bincount(ground.village[before != after], minlength=count)
    columns = {
        "people": np.bincount(ground.village, people, count),
        "covered_before": np.bincount(ground.village, people * (before <= limit), count),
        "covered_after": np.bincount(ground.village, people * (after <= limit), count),
    }
    there = np.flatnonzero(moved)
    was, now = (_mean(ground, people, times, there) for times in (before, after))
    found = [
        {
            "code": str(ground.villages[at]),
            "name": ground.names.get(str(ground.villages[at]), str(ground.villages[at])),
            **{name: int(column[at]) for name, column in columns.items()},
            "before": was[number],
            "after": now[number],
        }
        for number, at in enumerate(there.tolist())
    ]
    found.sort(key=_weight)
    return found[:MOST_VILLAGES]


def _weight(one: dict[str, Any]) -> tuple[int, int, str]:
    """Those first where most people gain or lose; of equal ones the larger."""
    return -abs(one["covered_after"] - one["covered_before"]), -one["people"], one["code"]


def _mean(ground: Cells, people: Longs, times: Longs, asked: Longs) -> list[float | None]:
    """Minutes of some villages, by people; by cells where nobody is counted; None without a way."""
    count, there = len(ground.villages), times < UNREACHED
    here, spent = ground.village[there], times[there].astype(np.float64)
    heads = np.bincount(here, people[there], count)
    cells = np.bincount(here, minlength=count)
    weighed = np.bincount(here, people[there] * spent, count)
    plain = np.bincount(here, spent, count)
    return [
        round((weighed[at] / heads[at] if heads[at] else plain[at] / cells[at]) / _MINUTE, 1)
        if cells[at]
        else None
        for at in asked.tolist()
    ]


def _cells(
    ground: Cells, people: Longs, moved: Longs, before: Longs, after: Longs
) -> dict[str, Any]:
    """GeoJSON points: id, people, minutes before and after (None: no way)."""
    told = moved[np.argsort(-people[moved], kind="stable")][:MOST_CELLS]
    places = np.round(np.column_stack((ground.lon[told], ground.lat[told])), 6).tolist()
    columns = (ground.people[told].tolist(), _minutes(before[told]), _minutes(after[told]))
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": place},
            "properties": {"id": ground.ids[at], "people": heads, "before": was, "after": now},
        }
        for at, place, heads, was, now in zip(told.tolist(), places, *columns, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _minutes(times: Longs) -> list[float | None]:
    return [None if one >= UNREACHED else round(one / _MINUTE, 1) for one in times.tolist()]
