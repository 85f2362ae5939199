"""Where something of a county stands, as typed: what cannot be is refused with the way out."""

from __future__ import annotations

from yike.rooms.core.refusal import BadInput
from yike.rooms.regions import codes, queries
from yike.rooms.regions.coordinates import Crs, Point


def swapped(point: Point) -> bool:
    """This will say whether longitude and latitude look written the wrong way round."""
    return 3 <= point[0] <= 54 and 73 <= point[1] <= 136


def pinned(region_code: str, point: Point, crs: Crs) -> Point:
    """This will return the point in WGS84, or refuse one that cannot lie in the county."""
    if swapped(point):
        raise BadInput(
            f"经度 {point[0]:g}、纬度 {point[1]:g} 像是写反了",
            way_on="经度是东西方向，例如 121.87；纬度是南北方向，例如 29.48。",
            field="position",
        )
    found = queries.read_point(*point, crs)
    county = codes.at_level(region_code, "county")
    if county and queries.is_inside(found, county) is False:
        raise BadInput(
            f"坐标不在{queries.name_of(county)}范围内，或离已知的乡镇中心太远",
            way_on="请核对经纬度的先后和坐标系（wgs84、gcj02、bd09）。",
            field="point",
        )
    return (round(found[0], 7), round(found[1], 7))
