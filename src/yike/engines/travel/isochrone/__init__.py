"""Isochrones: the area that is reached within some minutes, as polygons on the map."""

from __future__ import annotations

from yike.engines.travel.isochrone.area import (
    Area,
    Areas,
    LastLeg,
    Start,
    at_nodes,
    square_kilometres,
)
from yike.engines.travel.isochrone.ground import Ground, ground_of

__all__ = [
    "Area",
    "Areas",
    "Ground",
    "LastLeg",
    "Start",
    "at_nodes",
    "ground_of",
    "square_kilometres",
]
