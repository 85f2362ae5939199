"""Points on the ground: great-circle distance, and the three systems that maps in China use.

WGS84 is what a receiver says; GCJ-02 is the shifted system that published maps must use; BD-09 is
GCJ-02 shifted once more by one vendor. Pure. Degrees in, degrees out, longitude first.
The forward shifts are the published series; the way back is found by iteration, so that there and
back again differs by less than a millimetre (the closed formulas in circulation miss by metres).
"""

from __future__ import annotations

from collections.abc import Callable
from math import asin, atan2, cos, pi, radians, sin, sqrt
from typing import Literal

Crs = Literal["wgs84", "gcj02", "bd09"]
Point = tuple[float, float]

#: Mean earth radius in metres (IUGG): great-circle distances are within 0.5 % of the ellipsoid's.
EARTH_M = 6_371_008.8
#: Krasovsky 1940, on which the GCJ-02 series is written.
_AXIS, _ECC2 = 6_378_245.0, 0.006_693_421_622_965_943
_BD_PI = pi * 3000.0 / 180.0
#: 1e-10 degree is a hundredth of a millimetre.
_CLOSE = 1e-10


def distance_m(one: Point, other: Point) -> float:
    """This will return the straight-line (great-circle) distance of two WGS84 points in metres."""
    lon1, lat1, lon2, lat2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))


def to_wgs84(point: Point, crs: Crs) -> Point:
    """This will return the point in WGS84."""
    if crs == "gcj02":
        return _undo(gcj02_from_wgs84, point)
    if crs == "bd09":
        return _undo(gcj02_from_wgs84, _undo(bd09_from_gcj02, point))
    return point


def from_wgs84(point: Point, crs: Crs) -> Point:
    """This will return a WGS84 point in the wanted system."""
    if crs == "gcj02":
        return gcj02_from_wgs84(point)
    if crs == "bd09":
        return bd09_from_gcj02(gcj02_from_wgs84(point))
    return point


def gcj02_from_wgs84(point: Point) -> Point:
    """This will shift a WGS84 point to GCJ-02. Outside the country nothing is shifted."""
    lon, lat = point
    if not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271):
        return point
    east, north = _shift(lon - 105.0, lat - 35.0)
    sine = sin(radians(lat))
    flat = 1 - _ECC2 * sine * sine
    d_lat = north * 180.0 / (_AXIS * (1 - _ECC2) / (flat * sqrt(flat)) * pi)
    d_lon = east * 180.0 / (_AXIS / sqrt(flat) * cos(radians(lat)) * pi)
    return (lon + d_lon, lat + d_lat)


def bd09_from_gcj02(point: Point) -> Point:
    """This will shift a GCJ-02 point to BD-09."""
    lon, lat = point
    radius = sqrt(lon * lon + lat * lat) + 0.00002 * sin(lat * _BD_PI)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BD_PI)
    return (radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006)


def _shift(x: float, y: float) -> Point:
    """Metres east and north of the GCJ-02 series, for degrees from 105° E, 35° N."""
    root = sqrt(abs(x))
    wave = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave * 2.0 / 3.0
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave * 2.0 / 3.0
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    return (east, north)


def _undo(shift: Callable[[Point], Point], target: Point) -> Point:
    """The point that `shift` moves to `target`: each round leaves a hundredth of the error."""
    guess = target
    for _ in range(30):
        there = shift(guess)
        miss = (target[0] - there[0], target[1] - there[1])
        guess = (guess[0] + miss[0], guess[1] + miss[1])
        if abs(miss[0]) < _CLOSE and abs(miss[1]) < _CLOSE:
            break
    return guess
