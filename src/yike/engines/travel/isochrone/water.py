"""Water that no area may cover, from a layer of polygons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from yike.engines.travel.arrays import Floats
from yike.engines.travel.errors import PointsError
from yike.engines.travel.roads.layer import system_of, to_wgs84


def read_water(path: Path, crs: str | None = None) -> Any:
    """This will read the polygons of a file (GeoPackage, Shapefile, GeoJSON) as one, in WGS84.

    Raises RoadsError for a system that is not said, PointsError for a file without polygons.
    """
    try:
        kinds = [(str(name), str(kind)) for name, kind in pyogrio.list_layers(path)]
        layers = [name for name, kind in kinds if "Polygon" in kind or kind == "Unknown"]
        read = [pyogrio.raw.read(path, layer=layer, columns=[]) for layer in layers]
    except pyogrio.errors.DataSourceError as why:
        raise PointsError(
            f"水面图层 {path.name} 读不出来（{why}）；请检查路径或重新导出。"
        ) from why
    polygons = [_polygons(path, meta, wkb, crs) for meta, _, wkb, _ in read]
    if not any(map(len, polygons)):
        raise PointsError(f"水面图层 {path.name} 里没有面；请导出水面的多边形。")
    return shapely.union_all(shapely.make_valid(np.concatenate(polygons)))


def _polygons(path: Path, meta: Any, wkb: Any, crs: str | None) -> Any:
    shapes = shapely.get_parts(shapely.from_wkb(wkb))
    polygons = shapes[shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON]
    system = system_of(path, meta, crs)

    def turn(points: Floats) -> Floats:
        return np.column_stack(to_wgs84(path, points, system))

    return shapely.transform(polygons, turn)
