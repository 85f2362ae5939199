"""The coordinate systems in which layers are handed out and taken in. Pure.

Places are kept in WGS84. CGCS2000 (EPSG:4490) carries the same numbers: the frames differ by
decimetres, and EPSG's own transformation is the identity. What differs is the order of the axes:
CRS84 writes longitude first, EPSG:4326 and EPSG:4490 latitude first, as their registers say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

#: a coordinate is written with so many decimals: about a centimetre
DECIMALS = 7


@dataclass(frozen=True, kw_only=True)
class Crs:
    """One system. `swapped`: its first axis is latitude."""

    code: str
    uri: str
    name: str
    swapped: bool


CRS84 = Crs(
    code="CRS84", uri="http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    name="WGS84，经度在前", swapped=False,
)  # fmt: skip
EPSG_4326 = Crs(
    code="EPSG:4326", uri="http://www.opengis.net/def/crs/EPSG/0/4326",
    name="WGS84，纬度在前", swapped=True,
)  # fmt: skip
EPSG_4490 = Crs(
    code="EPSG:4490", uri="http://www.opengis.net/def/crs/EPSG/0/4490",
    name="CGCS2000，纬度在前", swapped=True,
)  # fmt: skip
ALL = (CRS84, EPSG_4326, EPSG_4490)
BY_URI = {one.uri: one for one in ALL}


def drawn(shape: Any, crs: Crs) -> Any:
    """This will return a shape (longitude first, WGS84) as this system writes it."""

    def written(xy: Any) -> Any:
        return np.round(xy[:, ::-1] if crs.swapped else xy, DECIMALS)

    return shapely.transform(shape, written)
