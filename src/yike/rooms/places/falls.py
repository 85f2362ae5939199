"""Where a typed point falls: its numbers in the three systems, its place, what speaks against it.

Reads only; nothing is converted silently, what looks shifted is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yike.engines.coordinates import shifted
from yike.engines.coordinates.systems import System
from yike.rooms.core.refusal import BadInput
from yike.rooms.places import entry, points
from yike.rooms.places.origins import SYSTEMS
from yike.rooms.regions import codes, ground, outlines
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Crs, Point, distance_m, from_wgs84, to_wgs84

_WRITTEN = ("swapped", "dms", "projected", "projected_zone", "unknown")
#: farther from every road than this says nothing about the system
_ROADS_M = 1_000
CRS: tuple[Crs, ...] = ("wgs84", "gcj02", "bd09")


@dataclass(frozen=True, kw_only=True)
class Fall:
    """Where a point falls. `point`: WGS84, None where the numbers are no degrees."""

    point: Point | None
    #: name of the system, longitude, latitude
    numbers: tuple[tuple[str, float, float], ...] = ()
    #: metres between the numbers read as WGS84 and where they are
    shift_m: int = 0
    where: str = ""
    said: tuple[str, ...] = ()


def fall(
    typed: Point, crs: Crs, *, county: str, region_code: str = "", facility: str = "",
    but: UUID | None = None,
) -> Fall:  # fmt: skip
    """This will say where a typed point falls, and what is asked about it.

    With `region_code` and `facility` it is asked what `points.warnings` would ask when saving.
    """
    verdict = shifted.recognise([typed[0]], [typed[1]])
    if verdict.likeness in _WRITTEN:
        return Fall(point=None, said=(verdict.sentence,))
    here = to_wgs84(typed, crs)
    said = _looks_like(typed, crs, region_code)
    try:
        entry.point_in(region_code or county, typed, crs)
        if region_code and facility:
            said += points.warnings(region_code, typed, crs, facility, but=but)
    except BadInput as no:
        said = (f"{no.sentence}。{no.way_on}", *said)
    return Fall(
        point=here, shift_m=round(distance_m(typed, here)), said=said,
        where=place_of(here, county),
        numbers=tuple((SYSTEMS[one], *from_wgs84(here, one)) for one in CRS),
    )  # fmt: skip


def crs_of(typed: str) -> Crs:
    """This will return the system of that name, WGS84 for any other word."""
    return next((one for one in CRS if one == typed), "wgs84")


def place_of(here: Point, county: str) -> str:
    """This will name the smallest unit whose outline holds a WGS84 point, "" where none does."""
    held = [code for code, far in outlines.around(here, county).near if far == 0]
    code = max(held, key=lambda one: codes.WIDTHS[codes.level_of(one)], default="")
    return region_queries.path_of(code).text if code else ""


def _looks_like(typed: Point, crs: Crs, region_code: str) -> tuple[str, ...]:
    """What a point called WGS84 would be were it shifted; one point alone proves nothing."""
    if crs != "wgs84":
        return ()
    roads: dict[System, Any] = {}
    for system in CRS:
        metres = ground.metres_to_road(to_wgs84(typed, system), within=_ROADS_M)
        roads[system] = [float("nan") if metres is None else min(metres, _ROADS_M)]
    near = {one: far[0] for one, far in roads.items()}
    best = min(near, key=lambda one: near[one])
    if best == "wgs84" or not near["wgs84"] - near[best] > 150:
        return ()
    name = SYSTEMS[best]
    return (
        f"照 WGS84 离最近的道路约 {near['wgs84']:.0f} 米，按{name}换算只有 {near[best]:.0f} 米："
        "可能是从那种地图上抄来的，请核对坐标系",
    )
