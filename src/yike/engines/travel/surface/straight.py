"""Straight lines with a stated detour, the last resort; and how long detours are on roads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNITS, UNREACHED, Floats, ints
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.errors import SurfaceError
from yike.engines.travel.measure import RADIUS
from yike.engines.travel.network import Network, rows
from yike.engines.travel.plane import plane_around
from yike.engines.travel.surface.grid import Estimate

#: Nearer pairs stand on the same street, farther ones are not walked.
NEAREST, FARTHEST = 200.0, 2000.0
#: A way more than so many times the straight line leads round a mountain or a bay: none at all.
LONGEST_DETOUR = 20
_CHUNK = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """Length by road over straight line, of `pairs` pairs; the middle, and a tenth either side.

    apart: pairs with no way, or one of more than twenty times the line; they are not counted in.
    """

    median: float
    p10: float
    p90: float
    pairs: int
    apart: int


def straight(
    lon: Any, lat: Any, cell_lon: Any, cell_lat: Any, *, kmh: float, detour: float
) -> Estimate:
    """This will estimate the time from each cell to the nearest station (lon, lat) by speed.

    Great circles on the sphere; water and mountains do not count, `detour` stands for them.
    """
    if not (kmh > 0 and detour >= 1):
        raise SurfaceError("直线估算的速度要大于零，绕行系数不小于 1，例如 4.5 和 1.3。")
    stations, cells = _on_ball(lon, lat), _on_ball(cell_lon, cell_lat)
    chord = np.empty(len(cells))
    source = np.empty(len(cells), np.int32)
    step = max(1, _CHUNK // max(1, len(stations)))
    for begin in range(0, len(cells), step):
        part = slice(begin, begin + step)
        alike = cells[part] @ stations.T
        source[part] = alike.argmax(axis=1)
        chord[part] = np.linalg.norm(cells[part] - stations[source[part]], axis=1)
    metres = 2 * RADIUS * np.arcsin(np.minimum(chord / 2, 1.0))
    time = np.minimum(np.rint(metres * detour * 3.6 / kmh * UNITS), UNREACHED - 1)
    by = f"estimated by straight lines x {detour:g} at {kmh:g} km/h"
    return Estimate(time=ints(time), source=source, by=by)


def fit_detour(network: Network, sample: int = 200) -> Detour:
    """This will measure detours from `sample` nodes to others 200 to 2,000 m away, by land.

    The same nodes at each call. Raises SurfaceError where no pair has a way.
    """
    plane = plane_around(network.lon, network.lat)
    x, y = plane.metres(network.lon, network.lat)
    search = BucketSearch(*_lengths(network, x, y))
    lot = np.random.default_rng(0)
    starts = lot.choice(network.nodes, min(sample, network.nodes), replace=False)
    found = [_detours(search, x, y, int(start), lot) for start in starts]
    ratios = np.concatenate(found) if found else np.empty(0)
    joined = ratios[np.isfinite(ratios)]
    if not len(joined):
        raise SurfaceError("这个路网里没有相距 200 到 2000 米而相通的两点，量不出绕行系数。")
    p10, median, p90 = (round(float(v), 3) for v in np.percentile(joined, (10, 50, 90)))
    apart = len(ratios) - len(joined)
    return Detour(median=median, p10=p10, p90=p90, pairs=len(joined), apart=apart)


def _lengths(network: Network, x: Floats, y: Floats) -> Any:
    """The roads with decimetres for times."""
    land = ~network.ferry
    tail, head = network.tails()[land], network.head[land]
    metres = np.hypot(x[head] - x[tail], y[head] - y[tail])
    return rows(network.nodes, tail, head, np.maximum(np.rint(metres * 10), 1))


def _detours(search: BucketSearch, x: Floats, y: Floats, start: int, lot: Any) -> Floats:
    """Ratios from one node to at most fifty others; infinite where there is no way."""
    line = np.hypot(x - x[start], y - y[start])
    others = np.flatnonzero((line >= NEAREST) & (line <= FARTHEST))
    others = lot.choice(others, min(50, len(others)), replace=False)
    reached, length = search.ball(start, int(FARTHEST * 10 * LONGEST_DETOUR))
    by_road = np.full(len(x), np.inf)
    by_road[reached] = length / 10.0
    ratios: Floats = by_road[others] / line[others]
    return np.where(ratios <= LONGEST_DETOUR, ratios, np.inf)


def _on_ball(lon: Any, lat: Any) -> Floats:
    east, north = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    return np.column_stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
    )
