"""The area from which a point is reached within some minutes; for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import assembling, flow, store, warm
from yike.rooms.reach.queries.trips import in_use
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import Point

#: Minutes of the bands that maps draw.
BANDS = (5, 10, 15, 30)


@dataclass(frozen=True, kw_only=True)
class Area:
    """`areas`: GeoJSON polygons, the widest first, with `minutes` and `area_km2`; `why` if none.

    `times`: of each of the places asked the deciseconds to the point, None beyond the areas.
    """

    areas: dict[str, Any]
    licences: tuple[str, ...]
    why: str
    times: tuple[int | None, ...] = ()


def area(
    county: str,
    point: Point,
    mode: str = "walk",
    minutes: Sequence[int] = BANDS,
    *,
    places: Sequence[Point] = (),
) -> Area:
    """This will return from where a point (WGS84) is reached within each of some minutes.

    Refuses BadInput a point off every road, a mode or minutes that cannot be meant.
    """
    start = regions_queries.read_point(*point, "wgs84")
    if mode not in flow.MODES or not minutes or not all(1 <= one <= 60 for one in minutes):
        raise BadInput("请选择出行方式和 1 到 60 之间的分钟数。", field="mode")
    known = next((one for one in in_use(county) if one.mode == mode), None)
    if known is None:
        return _none(f"本县还没有{flow.MODES[mode]}路网。")
    try:
        told = warm.ask(
            "area",
            path=str(store.network_path(known.digest)),
            point=start,
            minutes=sorted(set(minutes)),
            farthest=assembling.FARTHEST,
            places=list(places),
        )
    except warm.NotRunning as no:
        return _none(str(no))
    times = tuple(told.get("times", ()))
    return Area(areas=told["areas"], licences=(known.licence,), why="", times=times)


def _none(why: str) -> Area:
    empty = {"type": "FeatureCollection", "features": []}
    return Area(areas=empty, licences=(), why=why)
