"""A surface of travel speeds: square cells with a pace each, and times across them.

For places without a network (AccessMod 5 and the Malaria Atlas do the same): one steps from cell
to one of eight neighbours, half the way at the pace of each. Roads, where some are drawn, are
burnt in; water is impassable, and nobody slips diagonally between two cells of it. Roads that lie
within one cell of each other fuse, so times come out low: cells of 30 m at most.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from yike.engines.travel.arrays import UNREACHED, Bools, Floats, Ints, ints
from yike.engines.travel.errors import PointsError, SurfaceError
from yike.engines.travel.network import Network
from yike.engines.travel.plane import Plane
from yike.engines.travel.surface import crossing

#: A cell crossed more slowly than this many milliseconds a half is not crossed.
SLOWEST_HALF = 3_600_000
MOST_CELLS = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surface:
    """Cells of `side` metres from the corner (x, y) of a plane; row 0 is the southernmost.

    half: int32[rows, columns], milliseconds to cross half a cell straight on; 0: impassable.
    """

    plane: Plane
    x: float
    y: float
    side: float
    half: Ints

    def cells_of(self, lon: Any, lat: Any) -> tuple[Ints, Ints]:
        """This will return (row, column) of places; raises PointsError for one outside."""
        x, y = self.plane.metres(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
        row = np.floor((y - self.y) / self.side)
        column = np.floor((x - self.x) / self.side)
        inside = (row >= 0) & (column >= 0)
        inside &= (row < self.half.shape[0]) & (column < self.half.shape[1])
        _refuse(~inside, lon, lat, "不在这张速度面的范围内；请扩大范围或检查坐标")
        return row.astype(np.int32), column.astype(np.int32)

    def middles(self) -> tuple[Floats, Floats]:
        """This will return lon, lat of the middle of every cell: float64[rows, columns]."""
        rows, columns = self.half.shape
        x = self.x + (np.arange(columns) + 0.5) * self.side
        y = self.y + (np.arange(rows) + 0.5) * self.side
        lon, lat = self.plane.degrees(*np.meshgrid(x, y))
        return lon, lat


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate:
    """Deciseconds to the nearest source and its number (-1: unreached); `by`: how estimated."""

    time: Ints
    source: Ints
    by: str


def open_country(
    west: float, south: float, east: float, north: float, *, side: float = 30.0, kmh: float = 1.0
) -> Surface:
    """This will make a surface over a box in degrees, of one speed beside the roads."""
    plane = Plane(lon=(west + east) / 2, lat=(south + north) / 2)
    x, y = plane.metres(np.array([west, east]), np.array([south, north]))
    if not (west < east and south < north and side > 0):
        raise SurfaceError("范围应为 西,南,东,北 四个度数，西小于东、南小于北，格边长大于零。")
    rows, columns = (int(np.ceil((edge[1] - edge[0]) / side)) for edge in (y, x))
    if rows * columns > MOST_CELLS:
        raise SurfaceError(f"范围有 {rows * columns} 格，太多；请缩小范围或加大格边长。")
    pace = np.full((rows, columns), 3.6 / kmh)
    return surface_of(pace, plane=plane, x=float(x[0]), y=float(y[0]), side=side)


def surface_of(pace: Floats, *, plane: Plane, x: float, y: float, side: float) -> Surface:
    """This will make a surface of seconds per metre; not a number, infinite, <= 0: impassable."""
    passable = np.isfinite(pace) & (pace > 0)
    half = np.rint(np.where(passable, pace, 0.0) * side * 500)
    passable &= half <= SLOWEST_HALF
    steps = np.where(passable, np.maximum(half, 1), 0)
    return Surface(plane=plane, x=x, y=y, side=side, half=ints(steps))


def with_water(surface: Surface, water: Any) -> Surface:
    """This will make every cell impassable whose middle lies in the polygons (degrees).

    Water narrower than a cell may leave gaps between its cells.
    """
    lon, lat = surface.middles()
    shapely.prepare(water)
    wet = shapely.contains_xy(water, lon.ravel(), lat.ravel()).reshape(lon.shape)
    return dataclasses.replace(surface, half=ints(np.where(wet, 0, surface.half)))


def with_roads(surface: Surface, network: Network) -> Surface:
    """This will burn the arcs of a network in, each cell at the best pace of its arcs.

    Also over water: so bridges and ferries cross it. Call after `with_water`.
    """
    x, y = surface.plane.metres(network.lon, network.lat)
    tail, head = network.tails(), network.head
    length = np.hypot(x[head] - x[tail], y[head] - y[tail])
    half = 50.0 * network.cost * surface.side / np.maximum(length, 0.1)
    half = np.clip(np.rint(half), 1, SLOWEST_HALF)
    burnt = surface.half.copy()
    places = ((x - surface.x) / surface.side, (y - surface.y) / surface.side)
    crossing.burn(*places, tail, head, ints(half), burnt)
    return dataclasses.replace(surface, half=burnt)


def nearest(surface: Surface, lon: Any, lat: Any, *, bound: int = UNREACHED - 1) -> Estimate:
    """This will return times from the nearest of some places to all cells: int32[rows, columns].

    The same both ways. bound: deciseconds. Raises PointsError for a place outside or on water.
    """
    row, column = surface.cells_of(lon, lat)
    _refuse(surface.half[row, column] == 0, lon, lat, "在水面上；请把它移到岸上")
    most = min(bound * 100, UNREACHED - 1)
    milliseconds, source = crossing.search(surface.half, row, column, most)
    reached = milliseconds < UNREACHED
    time = np.where(reached, (milliseconds.astype(np.int64) + 50) // 100, UNREACHED)
    by = f"estimated by a surface of {surface.side:g} m cells"
    return Estimate(time=ints(time), source=source, by=by)


def _refuse(wrong: Bools, lon: Any, lat: Any, why: str) -> None:
    if wrong.any():
        at = int(wrong.argmax())
        place = f"经度 {np.asarray(lon)[at]:g}、纬度 {np.asarray(lat)[at]:g}"
        raise PointsError(f"第 {at + 1} 个点（{place}）{why}。")
