"""The area from which a point is reached within some minutes, as GeoJSON; and places' own times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel.arrays import UNREACHED
from yike.engines.travel.isochrone import LastLeg, at_points, geojson
from yike.rooms.reach.reckoning.roads import Roads
from yike.rooms.reach.reckoning.shelf import Shelf

_MINUTE = 600


def run(asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """This will draw the areas: `path` of a network, `point`, `minutes`, `farthest` metres.

    `places` [lon, lat], if any: `times` tells of each the deciseconds to the point, None beyond
    the longest of the minutes.
    """
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
    drawn = geojson.feature_collection(areas.within(start, asked["minutes"]))
    told = {"areas": drawn}
    return told | {"times": _times(roads, asked)} if asked.get("places") else told


def _times(roads: Roads, asked: dict[str, Any]) -> list[int | None]:
    """By one search backward from the point, bounded by the longest of the minutes."""
    bound, farthest = max(asked["minutes"]) * _MINUTE, asked["farthest"]
    point = np.array(asked["point"], float).reshape(1, 2)
    places = np.array(asked["places"], float).reshape(-1, 2)
    there = roads.snapper.join(*point.T, farthest=farthest)
    homes = roads.snapper.join(*places.T, farthest=farthest)
    seeds, ends = roads.snapper.seeds(there), roads.snapper.ends(homes, there)
    label = np.full(roads.network.nodes, UNREACHED, np.int64)
    if len(seeds.node):
        nodes, spent = roads.backward.ball(seeds.node, bound, cost=seeds.cost)
        label[nodes] = spent
    cost = np.where(ends.node >= 0, ends.cost, UNREACHED)
    times = (label[np.maximum(ends.node, 0)] + cost).min(axis=1)
    cell = np.repeat(np.arange(ends.cells), np.diff(ends.direct_first))
    np.minimum.at(times, cell, ends.direct_cost.astype(np.int64))
    return [None if one > bound else one for one in times.tolist()]
