"""An office's own road layer (GeoPackage, Shapefile, GeoJSON) made into a network."""

from __future__ import annotations

from yike.engines.travel.roads.build import Joining, network_of_lines, network_of_roads
from yike.engines.travel.roads.layer import SUFFIXES, Fields, Lines, read_lines
from yike.engines.travel.roads.table import RoadClass, RoadTable, read_table

__all__ = [
    "SUFFIXES",
    "Fields",
    "Joining",
    "Lines",
    "RoadClass",
    "RoadTable",
    "network_of_lines",
    "network_of_roads",
    "read_lines",
    "read_table",
]
