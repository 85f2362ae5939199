"""The rings of a contour thinned: points that lie nearly on a straight line go (Douglas, Peucker).

So are specks and small holes, before anybody spends time on them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Bools, Floats

Offsets = npt.NDArray[np.int64]


def thinned(
    points: Floats, rings: Any, outers: Any, farthest: float, least: float
) -> tuple[Floats, Offsets, Offsets]:
    """This will thin closed rings: (points, where each ring begins, where each outer ring does).

    points float64[n, 2]; rings: where each ring begins, and the end; outers: which rings begin a
    polygon, and how many there are. No point that goes lies farther than `farthest` from the line;
    rings of a lesser area than `least` go, with an outer ring its holes.
    """
    kept = np.zeros(len(points), np.bool_)
    first, parts = rings.astype(np.int64), outers.astype(np.int64)
    lengths = np.zeros(len(first) - 1, np.int64)
    sizes = np.zeros(len(parts) - 1, np.int64)
    _thin(points, first, parts, farthest, least, kept, lengths, sizes)
    ring_at = np.concatenate(([0], np.cumsum(lengths[lengths > 0])))
    outer_at = np.concatenate(([0], np.cumsum(sizes[sizes > 0])))
    return points[kept], ring_at, outer_at


@compiled
def _thin(
    points: Floats,
    rings: Offsets,
    outers: Offsets,
    farthest: float,
    least: float,
    kept: Bools,
    lengths: Offsets,
    sizes: Offsets,
) -> None:
    stack = np.empty((len(points) + 2, 2), np.int64)
    for part in range(len(outers) - 1):
        for ring in range(outers[part], outers[part + 1]):
            low, high = rings[ring], rings[ring + 1]
            if _area(points, low, high) >= least:
                lengths[ring] = _ring(points, low, high, farthest, kept, stack)
            sizes[part] += lengths[ring] > 0
            if sizes[part] == 0:
                break


@compiled
def _area(points: Floats, low: int, high: int) -> float:
    twice = 0.0
    for at in range(low, high - 1):
        twice += points[at, 0] * points[at + 1, 1] - points[at + 1, 0] * points[at, 1]
    return abs(twice) / 2


@compiled
def _ring(points: Floats, low: int, high: int, farthest: float, kept: Bools, stack: Offsets) -> int:
    """Marks the points to keep of one ring, the first of which is its last; how many, or none.

    Fewer than four points enclose nothing: such a ring goes.
    """
    kept[low] = kept[high - 1] = True
    stack[0, 0], stack[0, 1] = low, high - 1
    deep, count = 1, 2
    while deep > 0:
        deep -= 1
        begin, end = stack[deep]
        at = _farthest(points, begin, end, farthest)
        if at >= 0:
            kept[at] = True
            count += 1
            stack[deep, 0], stack[deep, 1] = begin, at
            stack[deep + 1, 0], stack[deep + 1, 1] = at, end
            deep += 2
    if count < 4:
        kept[low:high] = False
        count = 0
    return count


@compiled
def _farthest(points: Floats, begin: int, end: int, least: float) -> int:
    """The point farthest from the line between two others, or -1 where all are nearer."""
    x, y = points[begin]
    dx, dy = points[end, 0] - x, points[end, 1] - y
    square = dx * dx + dy * dy
    found, most = -1, least * least
    for at in range(begin + 1, end):
        px, py = points[at, 0] - x, points[at, 1] - y
        if square > 0:
            share = min(max((px * dx + py * dy) / square, 0.0), 1.0)
            px -= share * dx
            py -= share * dy
        away = px * px + py * py
        if away > most:
            found, most = at, away
    return found
