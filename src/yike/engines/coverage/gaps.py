"""Gaps: the uncovered that lie together, ranked by their people, with their nearest station."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import (
    MINUTE,
    UNKNOWN,
    UNREACHED,
    Floats,
    Ground,
    Ints,
    minutes_of,
)
from yike.engines.coverage.shares import weighted_quantiles

#: Mean metres of a degree of latitude.
_DEGREE_M = 111_195.0
Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One connected group of uncovered cells. `station` is the nearest one of most of its people.

    `nearest`, `median`: minutes of its best and of its median inhabitant, None where unreachable.
    `unknown_cells`: cells whose people nobody knows.
    """

    rank: int
    people: int
    cells: tuple[int, ...]
    unknown_cells: int
    station: int | None
    nearest: float | None
    median: float | None


def gaps(
    deciseconds: Ints, station: Ints, ground: Ground, *, minutes: int, adjacent: Pairs
) -> list[Gap]:
    """This will return the groups of uncovered cells, most people first.

    `deciseconds`, `station`: to the nearest station and its index, -1 where there is none, n each.
    `adjacent`: pairs of neighbouring cells (`within_metres`, `touching`). Empty cells join groups
    but make none alone.
    """
    late = deciseconds > minutes * MINUTE
    one, other = adjacent
    kept = late[one] & late[other]
    label = _joined(len(late), one[kept], other[kept])
    cells = np.flatnonzero(late)
    cells = cells[np.argsort(label[cells], kind="stable")]
    edges = np.flatnonzero(np.diff(label[cells])) + 1
    groups = np.split(cells, edges) if len(cells) else []
    found = [_gap(group, deciseconds, station, ground.people) for group in groups]
    found = [one for one in found if one.people or one.unknown_cells]
    found.sort(key=lambda one: (-one.people, one.cells[0]))
    return [replace(one, rank=rank) for rank, one in enumerate(found, 1)]


def within_metres(lon: Floats, lat: Floats, metres: float) -> Pairs:
    """This will return the pairs of points at most so far apart, on a plane: right in a county."""
    if metres <= 0 or not np.isfinite(lon).all() or not np.isfinite(lat).all():
        raise CoverageError("相邻距离应大于零，且每个人口单元都要有经纬度。")
    east = lon * np.cos(np.radians(np.mean(lat))) * _DEGREE_M
    points = shapely.points(east, lat * _DEGREE_M)
    return _each_once(shapely.STRtree(points).query(points, predicate="dwithin", distance=metres))


def touching(polygons: Sequence[Any]) -> Pairs:
    """This will return the pairs of polygons that share a point of their borders."""
    shapes = np.asarray(polygons, dtype=object)
    return _each_once(shapely.STRtree(shapes).query(shapes, predicate="intersects"))


def _each_once(found: NDArray[np.int64]) -> Pairs:
    one, other = found[0].astype(np.intp), found[1].astype(np.intp)
    return one[one < other], other[one < other]


def _joined(size: int, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    """The least index of each cell's group: labels sink along the pairs, roots pointing lower."""
    label = np.arange(size, dtype=np.intp)
    while (label[one] != label[other]).any():
        low = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], low)
        np.minimum.at(label, label[other], low)
        while (label[label] != label).any():
            label = label[label]
    return label


def _gap(cells: NDArray[np.intp], deciseconds: Ints, station: Ints, people: Ints) -> Gap:
    known = np.where(people[cells] == UNKNOWN, 0, people[cells])
    weights = known if known.any() else np.ones(len(cells), dtype=np.int64)
    order = np.argsort(deciseconds[cells], kind="stable")
    times = deciseconds[cells][order]
    median = weighted_quantiles(times, weights[order], (50,))[0]
    return Gap(
        rank=0,
        people=int(known.sum()),
        cells=tuple(int(cell) for cell in cells),
        unknown_cells=int((people[cells] == UNKNOWN).sum()),
        station=_nearest(cells, weights, deciseconds, station),
        nearest=minutes_of(int(times[0])),
        median=minutes_of(median),
    )


def _nearest(
    cells: NDArray[np.intp], weights: Ints, deciseconds: Ints, station: Ints
) -> int | None:
    """The station nearest to most of the people; the lowest index of equals."""
    votes: Counter[int] = Counter()
    for cell, weight in zip(cells, weights, strict=True):
        if deciseconds[cell] < UNREACHED:
            votes[int(station[cell])] += int(weight)
    return min(votes, key=lambda one: (-votes[one], one)) if votes else None
