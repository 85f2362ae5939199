"""Isochrones: the area that is reached within some minutes, as polygons on the map."""

from __future__ import annotations

from yike.engines.travel.isochrone.area import (
    Area,
    Areas,
    LastLeg,
    square_kilometres,
)
from yike.engines.travel.isochrone.ground import Ground, ground_of
from yike.engines.travel.isochrone.starts import Start, at_nodes, at_points

__all__ = [
    "Area",
    "Areas",
    "Ground",
    "LastLeg",
    "Start",
    "at_nodes",
    "at_points",
    "ground_of",
    "square_kilometres",
]
