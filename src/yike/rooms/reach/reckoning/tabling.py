"""The tables of a run: by village, town and zone, both yardsticks, and what a scenario changes.

In every table covered + uncovered = total: the engine refuses lost people, and `check` writes
the three numbers down.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from yike.engines.coverage.ground import MINUTE, UNREACHED, Ground, counts
from yike.engines.coverage.scenarios import Change, compare
from yike.engines.coverage.shares import EVERYBODY, Row, tables
from yike.engines.coverage.spread import spread_of_minutes
from yike.engines.coverage.yardsticks import Fourfold, Standard, Zone, both_yardsticks
from yike.rooms.reach.reckoning.packing import Result

#: Minutes whose shares every run tells.
THRESHOLDS = (5, 10, 15, 30)
_KEYS = ("village", "town", "zone")


def tables_of(result: Result, asked: dict[str, Any]) -> dict[str, Any]:
    """This will return every table of a run as plain JSON; people in whole numbers."""
    ground, target = ground_of(asked["cells"]), int(asked["target"])
    minutes = sorted({*THRESHOLDS, target})
    rows = tables(result.time, ground, minutes=minutes, by=_KEYS)
    told = [_row(row, asked["names"], minutes, target) for row in rows]
    where = result.metres if len(asked["stations"]) else np.full(len(ground.names), 10**9)
    both = both_yardsticks(
        result.time,
        where.astype(np.float64),
        ground,
        zones=ground.keys["zone"],
        standard=standard_of(asked["standard"]),
        by=_KEYS,
        minutes=target,
    )
    return {
        "minutes": minutes,
        "target": target,
        "rows": told,
        "both": [_both(one, asked["names"]) for one in both],
        "uncovered": _uncovered(told, result, asked),
        "check": _check(told),
        "gini": _rounded(spread_of_minutes(result.time, ground.people).gini),
    }


def changes(before: Result, after: Result, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """This will return who gains and who loses, in all and by village and town."""
    ground = ground_of(asked["cells"])
    told = compare(
        before.time, after.time, ground, minutes=int(asked["target"]), by=("village", "town")
    )
    return [_change(one, asked["names"]) for one in told]


def ground_of(cells: dict[str, Any]) -> Ground:
    """This will return the engine's view of stored cells; -1 stands for people nobody knows."""
    return Ground(
        names=cells["id"],
        people=counts(cells["people"]),
        keys={key: cells[key] for key in _KEYS},
        groups={name: counts(values) for name, values in cells["groups"].items()},
    )


def _row(row: Row, names: dict[str, str], minutes: list[int], target: int) -> dict[str, Any]:
    at = minutes.index(target)
    known = row.total is not None
    return {
        "key": row.key,
        "code": row.name,
        "name": names.get(row.name, row.name),
        "group": row.group,
        "cells": row.cells,
        "unknown_cells": row.unknown_cells,
        "total": row.total,
        "covered": list(row.covered),
        "uncovered": row.uncovered[at] if known else None,
        "unreachable": row.unreachable,
        "share": [_rounded(one) for one in row.shares()],
        "median": row.median,
    }


def standard_of(told: dict[str, Any]) -> Standard:
    """This will return the engine's view of a stored yardstick."""
    zones = tuple(Zone(**{**one, "names": tuple(one["names"])}) for one in told["zones"])
    return Standard(
        version=told["version"],
        active_from=None,
        active_until=None,
        source=told["source"],
        article=told["article"],
        checked_on=date.fromisoformat(told["checked_on"]),
        zones=zones,
    )


def _both(one: Fourfold, names: dict[str, str]) -> dict[str, Any]:
    name = names.get(one.name, one.name)
    sentence = one.sentence.replace(f"{one.name}：", f"{name}：", 1)
    return asdict(one) | {"code": one.name, "name": name, "sentence": sentence}


def _change(one: Change, names: dict[str, str]) -> dict[str, Any]:
    return asdict(one) | {"code": one.name, "name": names.get(one.name, one.name)}


def _uncovered(
    rows: list[dict[str, Any]], result: Result, asked: dict[str, Any]
) -> list[dict[str, Any]]:
    """The villages with somebody uncovered, or with cells that no way reaches, most people first.

    `least`: minutes of its nearest cell; `station`: the station nearest to that cell.
    """
    villages = np.array(asked["cells"]["village"])
    limit = int(asked["target"]) * MINUTE
    found = []
    for row in rows:
        if row["key"] != "village" or row["group"] != EVERYBODY:
            continue
        here = np.flatnonzero(villages == row["code"])
        late = here[result.time[here] > limit]
        if not len(late) or not (row["uncovered"] or row["unknown_cells"]):
            continue
        found.append(_village(row, here, late, result, asked))
    found.sort(key=lambda one: (-one["people"], one["code"]))
    return found


def _village(
    row: dict[str, Any], here: Any, late: Any, result: Result, asked: dict[str, Any]
) -> dict[str, Any]:
    best = int(late[result.time[late].argmin()])
    time, station = int(result.time[best]), int(result.station[best])
    reached = time < UNREACHED
    return {
        "code": row["code"],
        "name": row["name"],
        "town": asked["names"].get(asked["cells"]["town"][int(here[0])], ""),
        "people": row["uncovered"] or 0,
        "total": row["total"],
        "unreachable": row["unreachable"] or 0,
        "whole": len(late) == len(here),
        "minutes": round(time / MINUTE, 1) if reached else None,
        "station": asked["stations"][station]["name"] if reached else None,
        "metres": int(result.metres[late].min()),
    }


def _check(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Covered, uncovered and total of everybody, as they were held against each other."""
    whole = next(row for row in rows if row["key"] == EVERYBODY and row["group"] == EVERYBODY)
    total, uncovered = whole["total"] or 0, whole["uncovered"] or 0
    return {
        "covered": total - uncovered,
        "uncovered": uncovered,
        "total": total,
        "unreachable": whole["unreachable"] or 0,
        "unknown_cells": whole["unknown_cells"],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
