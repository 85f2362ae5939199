"""Areas as GeoJSON (RFC 7946): WGS84, six decimals, outer rings against the clock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from yike.engines.travel.isochrone.area import Area

DECIMALS = 6


def feature_collection(areas: Sequence[Area]) -> dict[str, Any]:
    """This will describe areas as plain JSON, the widest first so that maps draw it below."""
    widest_first = sorted(areas, key=lambda area: -area.minutes)
    return {"type": "FeatureCollection", "features": [_feature(area) for area in widest_first]}


def write(areas: Sequence[Area], path: Path) -> None:
    """This will write a GeoJSON file; a broken write leaves what was there before."""
    part = path.with_name(path.name + ".part")
    try:
        words = json.dumps(feature_collection(areas), ensure_ascii=False, separators=(",", ":"))
        part.write_text(words + "\n", encoding="utf-8")
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _feature(area: Area) -> dict[str, Any]:
    parts = shapely.get_parts(area.polygons)
    return {
        "type": "Feature",
        "properties": {
            "minutes": int(area.minutes) if area.minutes == int(area.minutes) else area.minutes,
            "mode": area.mode,
            "direction": "to" if area.toward else "from",
            "area_km2": round(area.km2, 4),
            "assumptions": {
                "last_leg_kmh": area.last_leg.kmh,
                "last_leg_metres": area.last_leg.metres,
            },
        },
        "geometry": {"type": "MultiPolygon", "coordinates": [_rings(part) for part in parts]},
    }


def _rings(polygon: Any) -> list[list[list[float]]]:
    return [_ring(ring) for ring in (polygon.exterior, *polygon.interiors)]


def _ring(ring: Any) -> list[list[float]]:
    points: list[list[float]] = np.round(shapely.get_coordinates(ring), DECIMALS).tolist()
    return points
