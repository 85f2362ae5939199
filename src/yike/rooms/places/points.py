"""Points are checked before they are kept: own town, another point close by, another system, and
where a base map is in service, water and roads.

What cannot be (outside the county, no longitude and latitude) is refused; what may be right is
asked about, and kept with the reason of whoever says that it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import clean
from yike.rooms.places.models import Sign, Station, Terminal
from yike.rooms.providers import queries as provider_queries
from yike.rooms.regions import codes, ground, locating, outlines
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Crs, Point, distance_m, to_wgs84

#: how far a duplicate may lie, where a county decided nothing else
NEAR_CODE = "points.duplicate_metres"
_SHIFTED: tuple[tuple[Crs, str], ...] = (("gcj02", "高德（GCJ-02）"), ("bd09", "百度（BD-09）"))
#: a point further from every road is asked about; 0: none is
ROAD_CODE = "points.road_metres"
#: about one degree in the latitudes of the country, at least
_DEGREE_M = 60_000.0


def warnings(
    region_code: str, point: Point, crs: Crs, facility: str, *, but: UUID | None = None
) -> tuple[str, ...]:
    """This will return what speaks against a point, as sentences; () when nothing does.

    `point` as typed, in `crs`; `but` is the thing itself, when it is moved.
    """
    here = to_wgs84(point, crs)
    said = [*_elsewhere(region_code, point, here, crs), *_close(region_code, here, facility, but)]
    return (*said, *_ground(region_code, here))


def confirmed(
    told: Sequence[str], reason: str, *, actor: Actor, field: str = "point_reason"
) -> str:
    """This will return the reason for a point that was warned of, "" where nothing was said.

    Refuses BadInput a warned point without a reason; the house, which loads registers, gives none.
    """
    if not told:
        return ""
    why = clean.text(reason, field=field, most=200).replace("\n", " ")
    if not why and actor.kind != "system":
        raise BadInput(
            "；".join(told), way_on="请核对位置；确实无误的，写明理由后再保存。", field=field
        )
    return why


def asked(
    region_code: str, point: Point | None, crs: Crs, facility: str, reason: str, *, actor: Actor
) -> tuple[tuple[str, ...], str]:
    """This will return what is asked about a point, and the reason given; refuses a silence."""
    said = warnings(region_code, point, crs, facility) if point else ()
    return said, confirmed(said, reason, actor=actor)


def _elsewhere(region_code: str, typed: Point, here: Point, crs: Crs) -> list[str]:
    """Whether outlines say that the point lies in another town or village than its own."""
    both = (codes.at_level(region_code, "town"), codes.at_level(region_code, "village"))
    own = [code for code in both if code]
    county = codes.at_level(region_code, "county")
    drawn = outlines.around(here, county)
    wrong = next((code for code in own if code in drawn.drawn and not _holds(drawn, code)), "")
    if not wrong:
        return []
    name = region_queries.name_of(wrong)
    for system, label in _SHIFTED if crs == "wgs84" else ():
        if _holds(outlines.around(to_wgs84(typed, system), county), wrong):
            return [f"按所选坐标系不在{name}的边界内，按{label}换算就在，请核对坐标系"]
    other = next((code for code, far in sorted(drawn.near, key=_metres) if code != county), "")
    where = f"，而在{region_queries.name_of(other)}" if other else ""
    return [f"这个位置不在{name}的边界内{where}"]


def _ground(region_code: str, here: Point) -> list[str]:
    """Whether the base map shows water there, or no road; nothing where none is in service."""
    if ground.on_water(here):
        return ["按底图，这个位置在水面上"]
    metres = provider_queries.norm(ROAD_CODE, region_code).value
    if metres and ground.metres_to_road(here, within=metres) == float("inf"):
        return [f"按底图，这个位置 {metres} 米内没有道路"]
    return []


def _holds(drawn: locating.Around, code: str) -> bool:
    return any(code == one for one, _ in drawn.near)


def _metres(near: tuple[str, float]) -> float:
    return near[1]


def _close(region_code: str, here: Point, facility: str, but: UUID | None) -> list[str]:
    """Others of the same sort so near that they may be the same one twice."""
    metres = provider_queries.norm(NEAR_CODE, region_code).value
    if not metres:
        return []
    found = sorted(
        (distance_m(here, place), name)
        for ref, name, place in _OTHERS[facility](here, metres / _DEGREE_M)
        if ref != but
    )
    return [
        f"离“{name}”只有 {far:.0f} 米（{metres} 米以内要核对是不是同一个）"
        for far, name in found
        if far <= metres
    ]


Others = list[tuple[UUID, str, Point]]


def _stations(here: Point, degrees: float) -> Others:
    rows = Station.objects.filter(closed_on__isnull=True, **_box(here, degrees))
    return [(row.pk, row.name, (row.lon or 0.0, row.lat or 0.0)) for row in rows]


def _facilities(model: type[Terminal] | type[Sign]) -> Callable[[Point, float], Others]:
    def near(here: Point, degrees: float) -> Others:
        rows = model._default_manager.filter(**_box(here, degrees)).exclude(status="removed")
        return [(row.pk, row.name, (row.lon or 0.0, row.lat or 0.0)) for row in rows]

    return near


_OTHERS: dict[str, Callable[[Point, float], Others]] = {
    "station": _stations, "terminal": _facilities(Terminal), "sign": _facilities(Sign),
}  # fmt: skip


def _box(here: Point, degrees: float) -> dict[str, tuple[float, float]]:
    lon, lat = here
    return {
        "lon__range": (lon - degrees, lon + degrees), "lat__range": (lat - degrees, lat + degrees)
    }  # fmt: skip
