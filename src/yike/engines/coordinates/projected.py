"""Metres of the Gauss-Krüger zones of CGCS2000 (GB/T 17798, EPSG 4491-4554) as degrees.

Two ways of writing are in use: with the number of the zone before the easting (40 500 000), which
says everything, and without (500 000), which needs the central meridian.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from pyproj import Transformer

from yike.engines.coordinates.errors import CoordinateError
from yike.engines.coordinates.systems import Pair, in_box

#: EPSG numbers of the first zone: 3-degree zones 25-45 with their number before the easting and
#: without, 6-degree zones 13-23 with it.
_THREE, _THREE_PLAIN, _SIX = 4513, 4534, 4491


def from_projected(east: ArrayLike, north: ArrayLike, *, meridian: int | None = None) -> Pair:
    """This will return degrees (CGCS2000) of metres east and north in one zone or several.

    `meridian` is the central one in degrees and is needed where the easting has no zone before it.
    Surveyors write north first and call it X: give the columns by what they are.
    Refuses what is no zone, and what comes to lie outside the national box.
    """
    easting, northing = np.atleast_1d(np.asarray(east, dtype=float)), np.atleast_1d(north)
    codes = _codes(easting, meridian)
    lon, lat = np.empty(easting.shape), np.empty(easting.shape)
    for code in np.unique(codes):
        here = codes == code
        lon[here], lat[here] = _transformer(int(code)).transform(easting[here], northing[here])
    _refuse_abroad(lon, lat)
    shape = np.shape(east)
    return lon.reshape(shape), lat.reshape(shape)


def to_projected(lon: ArrayLike, lat: ArrayLike, *, meridian: int) -> Pair:
    """This will return metres east (500 000 at the meridian, no zone number) and north."""
    there = _transformer(_plain_code(meridian)).transform(lon, lat, direction="INVERSE")
    return np.asarray(there[0], dtype=np.float64), np.asarray(there[1], dtype=np.float64)


def _codes(easting: np.ndarray, meridian: int | None) -> np.ndarray:
    """The EPSG number of each point's zone."""
    zone = np.floor(easting / 1e6).astype(np.int64)
    three = (zone >= 25) & (zone <= 45)
    six = (zone >= 13) & (zone <= 23)
    codes = np.where(three, _THREE - 25 + zone, np.where(six, _SIX - 13 + zone, 0))
    plain = zone == 0
    if plain.any():
        codes[plain] = _plain_code(meridian)
    if (codes == 0).any():
        row = int(np.flatnonzero(codes == 0)[0])
        raise CoordinateError(
            f"第 {row + 1} 个点：东坐标 {easting[row]:.0f} 米没有对应的 3 度或 6 度带，"
            "请核对东、北坐标是否写反。"
        )
    return codes


def _plain_code(meridian: int | None) -> int:
    """The EPSG number of the zone around a central meridian; 3-degree zones first."""
    if meridian is None:
        raise CoordinateError("东坐标前没有带号，请给出中央经线（如 120 度）。")
    if meridian % 3 == 0 and 75 <= meridian <= 135:
        return _THREE_PLAIN + (meridian - 75) // 3
    raise CoordinateError(f"中央经线 {meridian} 度不是 3 度带的中央经线（75 至 135，3 的倍数）。")


def _refuse_abroad(lon: np.ndarray, lat: np.ndarray) -> None:
    away = np.flatnonzero(~in_box(lon, lat))
    if away.size:
        row = int(away[0])
        raise CoordinateError(
            f"第 {row + 1} 个点按所给的带换算后落在国外"
            f"（经度 {lon[row]:.4f}、纬度 {lat[row]:.4f}），"
            "请核对带号、中央经线和东、北坐标的次序。"
        )


@lru_cache(maxsize=64)
def _transformer(code: int) -> Transformer:
    return Transformer.from_crs(code, 4490, always_xy=True)
