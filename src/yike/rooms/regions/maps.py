"""Outlines and names of units as GeoJSON for maps: simplified, the same for everybody.

Neighbours stay neighbours: shared edges are simplified once for both (a coverage).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

import shapely

from yike.rooms.core.refusal import NotFound
from yike.rooms.regions import codes, outlines, queries

#: A map of a unit draws it and what lies directly below; edges move by at most this share of it.
_FINE = 1 / 2000


def edition(code: str) -> str:
    """This will return a short digest that changes when an outline or a name of the unit does."""
    told = [str(pk) for pk in outlines.current_in(code).values_list("pk", flat=True)]
    told += [f"{row.code}{row.short_name}{row.point}" for row in _labelled(code)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def outlines_of(code: str) -> str:
    """This will return the GeoJSON of a county or town: outlines of it and of its parts, names.

    Polygons carry id, name, level, source and year; points with level and name are labels, for
    units without an outline as well. Refuses NotFound for a unit above the county.
    """
    if not codes.is_code(code) or codes.level_of(code) not in ("county", "town"):
        raise NotFound("没有这个区划的地图", way_on="请从列表中选择县或乡镇。")
    return _drawn(code, edition(code))


def villages_of(county: str) -> dict[str, Any]:
    """This will return the drawn villages of a county by code: GeoJSON geometries, simplified."""
    told: dict[str, Any] = json.loads(_villages(county, edition(county)))
    return told


def bounds_of(code: str) -> tuple[float, float, float, float] | None:
    """This will return west, south, east, north of a unit: of its outlines, else of its centres."""
    boxes = list(outlines.current_in(code).values_list("west", "south", "east", "north"))
    if not boxes:
        points = [row.point for row in _labelled(code) if row.point]
        boxes = [(lon, lat, lon, lat) for lon, lat in points]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


@lru_cache(maxsize=64)
def _drawn(code: str, edition: str) -> str:
    del edition
    rows = outlines.current_in(code).values_list("region_id", "shape", "source", "year")
    names = {row.code: row for row in _labelled(code)}
    drawn = [row for row in rows if row[0] in names]
    shapes = _simplified([(row[0], shapely.from_wkb(bytes(row[1]))) for row in drawn], code)
    features = [
        _feature(shape, names[of], {"source": source, "year": year})
        for shape, (of, _, source, year) in zip(shapes, drawn, strict=True)
    ]
    spots = dict(zip((row[0] for row in drawn), shapes, strict=True))
    labels = [_label(row, spots.get(row.code)) for row in names.values() if row.code != code]
    found = ",".join([*features, *(one for one in labels if one)])
    return f'{{"type":"FeatureCollection","features":[{found}]}}'


@lru_cache(maxsize=8)
def _villages(county: str, edition: str) -> str:
    del edition
    rows = queries.villages_of(county)
    drawn = sorted(outlines.shapes_of(row.code for row in rows).items())
    shapes = _simplified(drawn, county)
    told = (
        f'"{code}":{shapely.to_geojson(shape)}'
        for (code, _), shape in zip(drawn, shapes, strict=True)
    )
    return "{" + ",".join(told) + "}"


def _labelled(code: str) -> tuple[queries.RegionRow, ...]:
    level = "town" if codes.level_of(code) == "county" else "village"
    below = queries.children(code)
    return (*(row for row in below if row.level == level), *queries.regions_of([code]).values())


def _simplified(drawn: list[tuple[str, Any]], whole: str) -> list[Any]:
    """The parts are one coverage; the whole lies over them and is simplified by itself."""
    if not drawn:
        return []
    west, south, east, north = shapely.total_bounds([shape for _, shape in drawn])
    fine = max(east - west, north - south) * _FINE
    parts = [shape for code, shape in drawn if code != whole]
    done = iter(shapely.coverage_simplify(parts, fine) if parts else ())
    found = [shape.simplify(fine) if code == whole else next(done) for code, shape in drawn]
    return [shapely.transform(shape, lambda xy: xy.round(5)) for shape in found]


def _feature(shape: Any, row: queries.RegionRow, more: dict[str, Any]) -> str:
    told = {"id": row.code, "name": row.short_name, "level": row.level, **more}
    written = json.dumps(told, ensure_ascii=False)
    return f'{{"type":"Feature","properties":{written},"geometry":{shapely.to_geojson(shape)}}}'


def _label(row: queries.RegionRow, shape: Any) -> str:
    if row.point:
        spot = shapely.Point(row.point)
    elif shape is not None and not shape.is_empty:
        spot = shapely.point_on_surface(shape)
    else:
        return ""
    return _feature(spot, row, {})
