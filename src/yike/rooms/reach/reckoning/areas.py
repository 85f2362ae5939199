"""The area from which a point is reached within some minutes, as GeoJSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yike.engines.travel.isochrone import LastLeg, at_points, geojson
from yike.rooms.reach.reckoning.roads import Roads
from yike.rooms.reach.reckoning.shelf import Shelf


def run(asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """This will draw the areas: `path` of a network, `point`, `minutes`, `farthest` metres."""
    path, (lon, lat) = str(asked["path"]), asked["point"]
    roads = shelf.take(("roads", path), lambda: Roads(Path(path)))
    areas, leg = roads.toward, LastLeg()
    start = at_points(
        areas.ground,
        roads.network,
        roads.snapper,
        lon,
        lat,
        kmh=leg.kmh,
        farthest=asked["farthest"],
    )
    return {"areas": geojson.feature_collection(areas.within(start, asked["minutes"]))}
