"""The areas from which, or to which, points are reached within some minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from yike.engines.travel.arrays import UNREACHED, Floats, Mode
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.errors import PointsError
from yike.engines.travel.isochrone import outline, raster
from yike.engines.travel.isochrone.ground import Ground
from yike.engines.travel.isochrone.starts import Start, clipped

#: The side of a cell in metres: the finest that shows a lane, the coarsest that keeps a village.
FINEST, COARSEST = 15.0, 40.0
#: So many cells are drawn in a few milliseconds.
CELLS = 250_000
MINUTE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLeg:
    """How far, and how fast, one goes beside the roads: on foot at `kmh` up to `metres`."""

    kmh: float = 3.0
    metres: float = 150.0

    def __post_init__(self) -> None:
        if not (0.1 <= self.kmh <= 20 and 10 <= self.metres <= 2000):
            raise PointsError(
                "离开道路的最后一段：速度应在 0.1 到 20 千米/小时，距离在 10 到 2000 米。"
            )

    @property
    def pace(self) -> float:
        """This will return deciseconds per metre."""
        return 36.0 / self.kmh


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What is reached within some minutes: degrees WGS84, six decimals, rings by RFC 7946."""

    minutes: float
    mode: Mode
    toward: bool
    polygons: Any
    km2: float
    last_leg: LastLeg


class Areas:
    """A ground with the memory its searches need: make once, ask often, not from two threads."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._search = BucketSearch(ground.first, ground.head, ground.cost)
        self._labels = np.full(len(ground.x), UNREACHED, np.int32)

    def within(
        self,
        start: Start,
        minutes: Sequence[float],
        *,
        last_leg: LastLeg = LastLeg(),
        water: Any = None,
    ) -> list[Area]:
        """This will return one area for each of `minutes`, in rising order, each in the next.

        water: polygons in degrees, taken at six decimals, that no area may cover; parts of an
        area that water cuts off from every reached road go with it. Raises PointsError where
        there are no minutes.
        """
        rising = _rising(minutes)
        bound = round(rising[-1] * MINUTE)
        pieces = self._pieces(start, bound)
        pace, reach = last_leg.pace, last_leg.metres
        frame = raster.frame_of(pieces, reach, FINEST, COARSEST, CELLS)
        seeds = raster.seeds_of(pieces, frame)
        outlines = [
            outline.outline(
                raster.distances(seeds, frame, lap * MINUTE, pace, reach), frame, self.ground.plane
            )
            for lap in rising
        ]
        placed = outline.nested(outlines, self.ground.plane, frame.side)
        if water is not None:
            placed = self._off_water(placed, water, pieces)
        return [self._area(*pair, last_leg) for pair in zip(rising, placed, strict=True)]

    def _pieces(self, start: Start, bound: int) -> Floats:
        reached, times = self._search.ball(start.nodes, bound, cost=start.costs)
        self._labels[reached] = times
        pieces = raster.pieces_of(self.ground, reached, self._labels, bound)
        self._labels[reached] = UNREACHED
        return np.concatenate([pieces, clipped(start.pieces, bound)])

    def _off_water(self, areas: list[Any], water: Any, pieces: Floats) -> list[Any]:
        lon, lat = self.ground.plane.degrees(pieces[:, [0, 3]].ravel(), pieces[:, [1, 4]].ravel())
        return outline.off_water(areas, water, lon, lat)

    def _area(self, minutes: float, polygons: Any, last_leg: LastLeg) -> Area:
        return Area(
            minutes=minutes,
            mode=self.ground.mode,
            toward=self.ground.toward,
            polygons=polygons,
            km2=square_kilometres(polygons),
            last_leg=last_leg,
        )


def square_kilometres(polygons: Any) -> float:
    """This will return the area on the ellipsoid WGS84.

    By the cylinder of equal areas (Snyder 1987, 3-12): sides are straight on the cylinder.
    """
    flat = shapely.transform(polygons, _on_cylinder)
    return float(shapely.area(flat)) / 1e6


def _on_cylinder(points: Floats) -> Floats:
    major, e = 6_378_137.0, 0.081_819_190_842_621_5
    sine = np.sin(np.radians(points[:, 1]))
    q = (1 - e * e) * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e)
    return np.column_stack([major * np.radians(points[:, 0]), major * q / 2])


def _rising(minutes: Sequence[float]) -> list[float]:
    rising = sorted(set(minutes))
    if not rising or not all(0 < lap <= 24 * 60 for lap in rising):
        raise PointsError("分钟数要大于 0、不超过 1440，例如 15 或 5,10,15,30。")
    return rising
