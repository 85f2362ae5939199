"""From rasters of distances to areas on the map: valid, oriented, one inside the other.

Outlines of several bounds are thinned, put on the grid of six decimals, and then cut into faces
by all outlines together; each area is the union of its faces and those of the lesser bounds. So
the lesser lies in the greater by construction, whatever thinning and rounding did to the lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import contourpy
import numpy as np
import shapely

from yike.engines.travel.arrays import Floats
from yike.engines.travel.isochrone.raster import Frame, Singles
from yike.engines.travel.isochrone.rings import thinned
from yike.engines.travel.plane import Plane

Geometry = Any
#: Six decimals of a degree, about a tenth of a metre (RFC 7946, 11.2).
GRID = 1e-6
#: Outlines are thinned by this part of a cell's side: less than the raster's own error.
THINNED = 0.2
#: Holes and specks of fewer cells are noise of the raster.
LEAST_CELLS = 2.0
#: Outlines keep this part of a cell's side away from the middles of cells: more than the grid.
OFF_CORNERS = 0.02


def outline(field: Singles, frame: Frame, plane: Plane) -> Geometry:
    """This will return what has no positive distance, as valid polygons in degrees on the grid."""
    lines = contourpy.contour_generator(
        z=_off_corners(field, frame.side),
        name="serial",
        fill_type=contourpy.FillType.ChunkCombinedOffsetOffset,
    )
    drawn: Any = lines.filled(-np.inf, 0.0)
    (points,), (rings,), (outers,) = drawn
    if points is None:
        return shapely.MultiPolygon()
    quick = _placed(thinned(points, rings, outers, THINNED, LEAST_CELLS), frame, plane)
    if shapely.is_valid(quick):
        return quick
    whole = _placed((points, rings, outers), frame, plane)
    slow = shapely.simplify(whole, THINNED * _square_degrees(frame.side, plane) ** 0.5)
    return shapely.set_precision(slow, GRID)


def _off_corners(field: Singles, side: float) -> Singles:
    """The distances, none too near to nought: no outline runs through a corner of the raster.

    So no two outlines touch, and rounding to the grid makes none cross.
    """
    least = np.float32(OFF_CORNERS * side)
    near = np.abs(field) < least
    return np.where(near, np.where(field <= 0, -least, least), field)


def _placed(drawn: tuple[Any, Any, Any], frame: Frame, plane: Plane) -> Geometry:
    points, rings, outers = drawn
    lon, lat = plane.degrees(*((points + 0.5) * frame.side + (frame.x, frame.y)).T)
    places = np.round(np.column_stack([lon, lat]), 6)
    parts = shapely.from_ragged_array(shapely.GeometryType.POLYGON, places, (rings, outers))
    return shapely.multipolygons(parts)


def nested(placed: Sequence[Geometry], plane: Plane, side: float) -> list[Geometry]:
    """This will make areas of rising bounds lie each inside the next."""
    least = LEAST_CELLS * _square_degrees(side, plane)
    within = placed if len(placed) == 1 else faces(placed, shapely.MultiPolygon())
    return [_oriented(_without_specks(area, least)) for area in within]


def faces(areas: Sequence[Geometry], without: Geometry) -> list[Geometry]:
    """This will make areas lie one in the next, and none on `without`, exactly.

    areas: rising, in degrees on the grid; the order of those given last wins no ground.
    """
    lines = [shapely.boundary(area) for area in (*areas, without)]
    noded = shapely.union_all(lines, grid_size=GRID)
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    points = shapely.point_on_surface(parts)
    dry = ~_covered(without, points)
    reached = np.zeros(len(parts), bool)
    nested = []
    for area in areas:
        reached = reached | _covered(area, points)
        nested.append(shapely.coverage_union_all(parts[reached & dry]))
    return nested


def _covered(area: Geometry, points: Geometry) -> Any:
    shapely.prepare(area)
    return shapely.intersects(area, points)


def _square_degrees(side: float, plane: Plane) -> float:
    lon, lat = plane.degrees(np.array([side]), np.array([side]))
    return float((lon[0] - plane.lon) * (lat[0] - plane.lat))


def _without_specks(area: Geometry, least: float) -> Geometry:
    """Specks and holes under one size for all bounds: the lesser stays inside the greater.

    What lies in a hole too small is filled, in the greater area as well, whose holes are smaller.
    """
    parts = shapely.get_parts(area)
    rings = shapely.polygons(shapely.get_rings(parts))
    if (shapely.area(parts) >= least).all() and (shapely.area(rings) >= least).all():
        return shapely.multipolygons(parts)
    return shapely.multipolygons([_filled(part, least) for part in parts if part.area >= least])


def _filled(part: Geometry, least: float) -> Geometry:
    holes = [hole for hole in part.interiors if shapely.Polygon(hole).area >= least]
    return shapely.Polygon(part.exterior, holes)


def _oriented(area: Geometry) -> Geometry:
    return shapely.orient_polygons(area, exterior_cw=False)


def off_water(areas: Sequence[Geometry], water: Geometry, lon: Floats, lat: Floats) -> list[Any]:
    """This will take the water off areas of rising bounds, and what it cuts off from the roads.

    lon, lat: points of the reached roads; a part without one is the other bank.
    """
    box = shapely.box(*shapely.total_bounds(areas[-1]))
    near = shapely.set_precision(shapely.intersection(shapely.make_valid(water), box), GRID)
    roads = shapely.points(lon, lat)
    return [_oriented(_with_roads(area, roads)) for area in faces(areas, near)]


def _with_roads(area: Geometry, roads: Geometry) -> Geometry:
    parts = shapely.get_parts(area)
    found = shapely.STRtree(parts).query(roads, predicate="intersects")[1]
    return shapely.multipolygons(parts[np.unique(found)])
