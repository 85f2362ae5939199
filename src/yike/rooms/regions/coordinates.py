"""Points on the ground: great-circle distance, and the three systems that maps in China use.

The shifts themselves live in `engines.coordinates`, on arrays; here they are asked for one point.
Degrees in, degrees out, longitude first.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Literal

from yike.engines.coordinates import systems

Crs = Literal["wgs84", "gcj02", "bd09"]
Point = tuple[float, float]

#: Mean earth radius in metres (IUGG): great-circle distances are within 0.5 % of the ellipsoid's.
EARTH_M = 6_371_008.8


def distance_m(one: Point, other: Point) -> float:
    """This will return the straight-line (great-circle) distance of two WGS84 points in metres."""
    lon1, lat1, lon2, lat2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def to_wgs84(point: Point, crs: Crs) -> Point:
    """This will return the point in WGS84."""
    return _plain(systems.to_wgs84(*point, crs))


def from_wgs84(point: Point, crs: Crs) -> Point:
    """This will return a WGS84 point in the wanted system. Abroad nothing is shifted."""
    return _plain(systems.from_wgs84(*point, crs))


def gcj02_from_wgs84(point: Point) -> Point:
    """This will shift a WGS84 point to GCJ-02. Outside the country nothing is shifted."""
    return from_wgs84(point, "gcj02")


def bd09_from_gcj02(point: Point) -> Point:
    """This will shift a GCJ-02 point to BD-09. Outside the country nothing is shifted."""
    return _plain(systems.convert(*point, "gcj02", "bd09"))


def _plain(pair: systems.Pair) -> Point:
    return (float(pair[0]), float(pair[1]))
