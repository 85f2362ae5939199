"""Population cells from an upload, or from villages: placed, judged, counted in whole people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.coordinates.shifted import recognise
from yike.engines.coordinates.systems import to_wgs84
from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import whole_people
from yike.rooms.reach.reckoning import sheet

#: A cell further than so many metres from every known centre is told of, not taken for granted.
FAR = 15_000.0
_DEGREE_M = 111_195.0


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """This will read cells and judge where they lie.

    `path`: the CSV file; `system`: wgs84, cgcs2000, gcj02 or bd09 as the planner says. `centres`:
    [code, lon, lat, town code] of the county's known villages; `known`: code → lon, lat of villages
    and towns; `villages`: all codes → town code, towns as themselves. Returns `cells` by column
    (WGS84), the verdict, and warnings.
    """
    table = sheet.read(Path(asked["path"]))
    lon, lat = np.array(table.lon), np.array(table.lat)
    there = to_wgs84(lon, lat, asked["system"])
    known = _known_centres(table.codes, asked["known"])
    verdict = recognise(*there, references=known)
    if verdict.likeness in ("swapped", "dms", "projected", "projected_zone", "unknown", "mixed"):
        raise CoverageError(verdict.sentence)
    codes, far = _villages(table, there, asked)
    people = whole_people([np.nan if one < 0 else one for one in table.people])
    groups = {
        name: whole_people([np.nan if one < 0 else one for one in values]).tolist()
        for name, values in table.groups.items()
    }
    return {
        "cells": _cells(table, there, codes, people, groups, asked["villages"]),
        "likeness": verdict.likeness,
        "verdict": verdict.sentence,
        "warnings": _warnings(table, codes, far, people),
    }


def _cells(
    table: sheet.Sheet, there: Any, codes: list[str], people: Any, groups: Any, towns: Any
) -> dict[str, Any]:
    return {
        "id": table.ids,
        "lon": np.round(there[0], 7).tolist(),
        "lat": np.round(there[1], 7).tolist(),
        "people": people.tolist(),
        "groups": groups,
        "village": codes,
        "town": [towns[code] for code in codes],
        "zone": table.zones,
    }


def _known_centres(codes: list[str], place: dict[str, list[float]]) -> Any:
    """For each cell the known centre of where it says it lies; None where none says."""
    if not any(code in place for code in codes):
        return None
    found = [place.get(code, (np.nan, np.nan)) for code in codes]
    told = np.array(found, float)
    return told[:, 0], told[:, 1]


def _villages(table: sheet.Sheet, there: Any, asked: dict[str, Any]) -> tuple[list[str], list[int]]:
    """The code of each cell as it says, or of the nearest known centre; and those far from all."""
    towns, codes, asking = asked["villages"], list(table.codes), []
    for at, code in enumerate(codes):
        if code and code not in towns:
            raise CoverageError(
                f"第 {table.lines[at]} 行的区划代码“{code}”不是本县的村或乡镇，请核对或留空。"
            )
        if not code:
            asking.append(at)
    if not asking:
        return codes, []
    if not asked["centres"]:
        raise CoverageError(
            f"第 {table.lines[asking[0]]} 行没有区划代码，本县又没有已知的村中心可比对；"
            "请在 region_code 列填写村或乡镇代码。"
        )
    nearest, away = _nearest(there, asking, asked["centres"])
    for at, which in zip(asking, nearest, strict=True):
        codes[at] = asked["centres"][which][0]
    return codes, [asking[k] for k in np.flatnonzero(away > FAR)]


def _nearest(there: Any, asking: list[int], centres: list[list[Any]]) -> Any:
    places = np.array([(lon, lat) for _, lon, lat, _ in centres], float)
    narrow = np.cos(np.radians(places[:, 1].mean()))
    scale = np.array([narrow, 1.0]) * _DEGREE_M
    points = np.column_stack(there)[asking] * scale
    best, away = np.empty(len(points), np.int64), np.empty(len(points))
    for start in range(0, len(points), 4096):
        some = points[start : start + 4096]
        apart = np.hypot(*(some[:, None] - places[None] * scale).transpose(2, 0, 1))
        best[start : start + 4096] = apart.argmin(axis=1)
        away[start : start + 4096] = apart.min(axis=1)
    return best, away


def _warnings(table: sheet.Sheet, codes: list[str], far: list[int], people: Any) -> list[str]:
    said = []
    guessed = sum(not code for code in table.codes)
    if guessed:
        said.append(f"{guessed} 个单元没有区划代码，按最近的村（乡镇）中心归属。")
    if far:
        names = "、".join(table.ids[at] for at in far[:5])
        said.append(
            f"{len(far)} 个单元（如 {names}）离本县所有已知中心都超过 15 公里，请核对坐标。"
        )
    if (people < 0).any():
        said.append(f"{int((people < 0).sum())} 个单元没有填人口：不知道的不算作零，另行列出。")
    empty = int((people == 0).sum())
    if empty:
        said.append(f"{empty} 个单元人口为零。")
    return said
