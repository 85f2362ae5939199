"""WGS84, CGCS2000, GCJ-02 and BD-09 for one point or arrays of them, both ways. Degrees.

WGS84 is what a receiver says; GCJ-02 is the shifted system that published maps must use; BD-09 is
GCJ-02 shifted once more by one vendor. CGCS2000 is taken as WGS84: they differ by decimetres, as
the frames drift apart with the plate (EPSG's own transformation is the identity).
The forward shifts are the series in circulation; the way back is found by iteration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yike.engines.coordinates.errors import CoordinateError

System = Literal["wgs84", "cgcs2000", "gcj02", "bd09"]
Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]
_Change = Callable[[Floats, Floats, System], Pair]

SYSTEMS: tuple[System, ...] = ("wgs84", "cgcs2000", "gcj02", "bd09")
#: The national box, edges included: least and most longitude, least and most latitude. Outside it
#: nothing is shifted. It reaches beyond the country everywhere.
BOX = (72.004, 137.8347, 0.8293, 55.8271)
#: Krasovsky 1940, on which the GCJ-02 series is written.
_AXIS, _ECC2 = 6_378_245.0, 0.006_693_421_622_965_943
_BD_PI = pi * 3000.0 / 180.0
#: No shift is longer than this many degrees anywhere in the box.
_FAR = 0.05
#: Each round leaves about a thirtieth of the error, of at most 2 km to begin with.
_ROUNDS = 9
#: A tenth of a millimetre: what rounding may put a point of the edge outside.
_EDGE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Points in WGS84, and beside them what they came from, so that nobody converts them twice."""

    lon: Floats
    lat: Floats
    source: System
    source_lon: Floats
    source_lat: Floats


def located(lon: ArrayLike, lat: ArrayLike, source: System) -> Located:
    """This will return points of any system in WGS84, with the system and numbers they came in."""
    lon, lat = _pair(lon, lat)
    there = to_wgs84(lon, lat, source)
    return Located(lon=there[0], lat=there[1], source=source, source_lon=lon, source_lat=lat)


def in_box(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """This will tell which WGS84 points lie in the national box, its edges included."""
    lon, lat = _pair(lon, lat)
    west, east, south, north = BOX
    inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    return np.asarray(inside, dtype=np.bool_)


def from_wgs84(lon: ArrayLike, lat: ArrayLike, system: System) -> Pair:
    """This will return WGS84 points in the wanted system; outside the box they stay.

    Same shape as given. No refusal but for an unknown system: what is not a number stays so.
    """
    lon, lat = _pair(lon, lat)
    if _is_true(system):
        return lon.copy(), lat.copy()
    return _where(in_box(lon, lat), _moved, lon, lat, system)


def to_wgs84(lon: ArrayLike, lat: ArrayLike, system: System) -> Pair:
    """This will return points of the given system in WGS84, to a micrometre inside the box.

    Where the shift begins, at the box's edge, one pair of numbers may stand for two places or for
    none (`doubtful` tells): of two the one inside the box is returned, of none the numbers given.
    """
    lon, lat = _pair(lon, lat)
    if _is_true(system):
        return lon.copy(), lat.copy()
    return _where(_near_box(lon, lat), _home, lon, lat, system)


def doubtful(lon: ArrayLike, lat: ArrayLike, system: System) -> NDArray[np.bool_]:
    """This will tell which numbers stand for two places or for none, within 2 km of the box's edge.

    All of them are at sea or abroad, more than 100 km from the country.
    """
    lon, lat = _pair(lon, lat)
    if _is_true(system):
        return np.zeros(lon.shape, dtype=np.bool_)
    there = to_wgs84(lon, lat, system)
    stays = (there[0] == lon) & (there[1] == lat)
    return np.asarray(np.where(stays, in_box(lon, lat), ~in_box(lon, lat)), dtype=np.bool_)


def convert(lon: ArrayLike, lat: ArrayLike, source: System, target: System) -> Pair:
    """This will return points of one system in another, by way of WGS84."""
    return from_wgs84(*to_wgs84(lon, lat, source), target)


def _pair(lon: ArrayLike, lat: ArrayLike) -> Pair:
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def _is_true(system: System) -> bool:
    """Whether the system is the true one; refuses one that nobody knows."""
    if system not in SYSTEMS:
        raise CoordinateError(
            f"不认识坐标系“{system}”，请从 WGS84、CGCS2000、GCJ-02、BD-09 中选择。"
        )
    return system in {"wgs84", "cgcs2000"}


def _where(
    chosen: NDArray[np.bool_], change: _Change, lon: Floats, lat: Floats, system: System
) -> Pair:
    """The points with `change` done to the chosen ones; only those are computed."""
    new_lon, new_lat = np.array(lon, ndmin=1), np.array(lat, ndmin=1)
    mask = np.atleast_1d(chosen)
    new_lon[mask], new_lat[mask] = change(new_lon[mask], new_lat[mask], system)
    return new_lon.reshape(lon.shape), new_lat.reshape(lat.shape)


def _near_box(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    west, east, south, north = BOX
    near = (west - _FAR < lon) & (lon < east + _FAR) & (south - _FAR < lat) & (lat < north + _FAR)
    return np.asarray(near, dtype=np.bool_)


def _home(lon: Floats, lat: Floats, system: System) -> Pair:
    """The places in the box that the shift moves here; where there is none, the numbers given."""
    back_lon, back_lat = lon, lat
    for _ in range(_ROUNDS):
        there = _moved(back_lon, back_lat, system)
        back_lon, back_lat = back_lon + (lon - there[0]), back_lat + (lat - there[1])
    kept_lon = np.clip(back_lon, BOX[0], BOX[1])
    kept_lat = np.clip(back_lat, BOX[2], BOX[3])
    real = (np.abs(kept_lon - back_lon) < _EDGE) & (np.abs(kept_lat - back_lat) < _EDGE)
    return np.where(real, kept_lon, lon), np.where(real, kept_lat, lat)


def _moved(lon: Floats, lat: Floats, system: System) -> Pair:
    """The shift itself, without the box."""
    east, north = _series(lon - 105.0, lat - 35.0)
    angle = np.radians(lat)
    flat = 1 - _ECC2 * np.sin(angle) ** 2
    root = np.sqrt(flat)
    lat = lat + np.degrees(north * flat * root / (_AXIS * (1 - _ECC2)))
    lon = lon + np.degrees(east * root / (_AXIS * np.cos(angle)))
    return _turned(lon, lat) if system == "bd09" else (lon, lat)


def _turned(lon: Floats, lat: Floats) -> Pair:
    """GCJ-02 as BD-09."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_PI)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _series(x: Floats, y: Floats) -> Pair:
    """Metres east and north of the GCJ-02 series, for degrees from 105° E, 35° N."""
    a, b = x * pi, y * pi
    root = np.sqrt(np.abs(x))
    wave = 20.0 * (np.sin(6.0 * a) + np.sin(2.0 * a))
    east = wave + 20.0 * np.sin(a) + 40.0 * np.sin(a / 3.0)
    east += 150.0 * np.sin(a / 12.0) + 300.0 * np.sin(a / 30.0)
    north = wave + 20.0 * np.sin(b) + 40.0 * np.sin(b / 3.0)
    north += 160.0 * np.sin(b / 12.0) + 320.0 * np.sin(b / 30.0)
    east = east * 2.0 / 3.0 + 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    north = north * 2.0 / 3.0 - 100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    return east, north
