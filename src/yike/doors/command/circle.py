"""The circle on the governance map: villages classed by a yardstick, figures, layers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yike.doors.kit import mapping
from yike.doors.kit.mapping import MapClass, MapLayer
from yike.rooms.places import kinds as place_kinds
from yike.rooms.reach.queries import PlaceRow, RunPage, StationSpot, VillageChange
from yike.rooms.regions.queries import RegionRow

#: how the map is coloured → its name
VIEWS = {"minutes": "按分钟", "radius": "按半径", "differs": "两种口径不一致的地方"}
#: which villages the list holds → its caption
PARTS = {
    "": "所有的村",
    "covered": "有人在内的村",
    "uncovered": "有人在外的村",
    "unreachable": "有人无路可达的村",
    "differs": "两种口径不一致的村",
}
_STEPS: tuple[mapping.Tone, ...] = ("step1", "step2", "step3", "step4", "step5")
_UNKNOWN = MapClass(value="unknown", label="人口不详", tone="still")
_RADIUS = (
    MapClass(value="inside", label="全在半径内", tone="step1"),
    MapClass(value="partly", label="部分在半径内", tone="step3"),
    MapClass(value="outside", label="全在半径外", tone="step5"),
    _UNKNOWN,
)
_DIFFERS = (
    MapClass(value="radius", label="只有半径算在内", tone="late"),
    MapClass(value="minutes", label="只有分钟算在内", tone="soon"),
    MapClass(value="each", label="两样都有", tone="near"),
    MapClass(value="same", label="两种口径一致", tone="step1"),
)
CHANGES = (
    MapClass(value="gained", label="新覆盖", tone="done", symbol="cross"),
    MapClass(value="lost", label="失去", tone="late", symbol="diamond"),
    MapClass(value="faster", label="更快", tone="step3"),
    MapClass(value="slower", label="更慢", tone="soon", symbol="square"),
    MapClass(value="same", label="没有变化", tone="still"),
)
_STATIONS = (
    MapClass(value="2", label=place_kinds.LEVELS[2], tone="done", symbol="star"),
    MapClass(value="3", label=place_kinds.LEVELS[3], tone="done", symbol="square"),
    MapClass(value="4", label=place_kinds.LEVELS[4], tone="done", symbol="triangle"),
    MapClass(value="5", label=place_kinds.LEVELS[5], tone="done", symbol="diamond"),
    MapClass(value="0", label="拟设的站点", tone="near", symbol="star"),
)
#: one letter of each level, on the badges that can be dragged
LETTERS = {2: "中", 3: "站", 4: "室", 5: "点", 0: "新"}
_ROLES = (
    MapClass(value="new", label="拟建", tone="soon", symbol="star"),
    MapClass(value="closes", label="拟停", tone="late", symbol="diamond"),
    MapClass(value="candidate", label="候选未选", tone="still"),
    MapClass(value="barred", label="不可建", tone="still", symbol="square"),
)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where villages lie: their rows, the names of towns, outlines that were imported, and where
    their people live, for those without outline and centre."""

    villages: Mapping[str, RegionRow]
    towns: Mapping[str, str]
    shapes: Mapping[str, Any]
    people: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One village of the list and of the map; `gained` only where two runs are compared."""

    place: PlaceRow
    town: str
    kind: MapClass
    why: str
    geometry: Mapping[str, Any] | None
    change: VillageChange | None = None

    @property
    def differing(self) -> int:
        """People whom only one of the two yardsticks counts as inside."""
        return self.place.radius_only + self.place.minutes_only


@dataclass(frozen=True, kw_only=True)
class Town:
    """One town: its people, the run's stations in it, the demands that came; `opens` lists them."""

    place: PlaceRow
    stations: int
    came: int
    opens: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of people with the list it opens."""

    name: str
    value: int
    tone: str
    icon: str
    part: str
    hint: str


def lines(
    page: RunPage, ground: Ground, view: str, changes: Sequence[VillageChange] | None
) -> tuple[Line, ...]:
    """This will return every village of a run, the changed, then those with most outside, first."""
    why = {one.code: one.why for one in page.uncovered}
    changed = {one.code: one for one in changes or ()}
    found = []
    for place in page.villages:
        region = ground.villages.get(place.code)
        change = changed.get(place.code)
        kind = _class_of(page, place, view) if changes is None else class_of_change(change)
        found.append(
            Line(
                place=place,
                town=ground.towns.get(region.parent_code, "") if region else "",
                kind=kind,
                why=why.get(place.code, ""),
                geometry=_geometry(place.code, region, ground),
                change=change,
            )
        )
    return tuple(sorted(found, key=_changed_first))


def listed(rows: Sequence[Line], part: str) -> tuple[Line, ...]:
    """This will return the villages behind a figure."""
    return tuple(one for one in rows if part == "" or _count(one, part))


def figures(page: RunPage) -> tuple[Figure, ...]:
    """This will return the people of a run: inside and outside are together all of them."""
    check, county = page.check, page.county
    differing = county.radius_only + county.minutes_only if county else 0
    within = f"{page.target} 分钟"
    rows = (
        ("总人数", check["total"], "calm", "people", "", "已知人数的人口单元"),
        (f"{within}内", check["covered"], "done", "check2-circle", "covered", _share(page)),
        (f"{within}外", check["uncovered"], "late", "exclamation-octagon-fill", "uncovered",
         f"{len(page.uncovered)} 个村"),
        (page.cut_off, check["unreachable"], "late", "slash-circle", "unreachable", "算在外的人里"),
        ("两种口径不一致", differing, "soon", "rulers", "differs", "半径和分钟说法不同"),
    )  # fmt: skip
    return tuple(
        Figure(
            name=name, value=value, tone=tone if value else "still", icon=icon, part=part, hint=hint
        )
        for name, value, tone, icon, part, hint in rows
    )


def village_layer(page: RunPage, rows: Sequence[Line], view: str, *, changes: bool) -> MapLayer:
    """This will draw the villages, as areas where outlines were imported, else as points."""
    classes, label = (CHANGES, "两次测算的差别") if changes else _legend(page, view)
    features = [_village(one, page) for one in rows if one.geometry]
    data = mapping.collection(features)
    return MapLayer(name="villages", label=label, kind="area", data=data, classes=classes)


def station_layer(spots: Sequence[StationSpot], link: str) -> MapLayer:
    """This will draw the stations by kind; `link` with the station's id behind leads on."""
    there = {str(one.level) for one in spots}
    features = [
        mapping.point(
            one.lon, one.lat, id=one.id, name=one.name, link=f"{link}{one.id}",
            link_label="如果它变了", **{"class": str(one.level)},
        )
        for one in spots
    ]  # fmt: skip
    return MapLayer(
        name="stations", label="站点", kind="point", data=mapping.collection(features),
        classes=tuple(one for one in _STATIONS if one.value in there),
    )  # fmt: skip


def plan_layer(name: str, told: str) -> MapLayer:
    """This will draw what a siting plan builds and closes, and what it could choose among."""
    features = json.loads(told)["features"]
    drawn = [_planned(one) for one in features if one["properties"]["role"] != "stays"]
    there = {one["properties"]["class"] for one in drawn}
    return MapLayer(
        name="plan", label=f"方案：{name}", kind="point", data=mapping.collection(drawn),
        classes=tuple(one for one in _ROLES if one.value in there),
    )  # fmt: skip


def class_of_change(change: VillageChange | None) -> MapClass:
    """This will return how a village changed: newly covered people before mere minutes."""
    if change is None:
        return _change("same")
    if change.gained:
        return _change("gained" if change.gained > 0 else "lost")
    before, after = _far(change.before), _far(change.after)
    return _change("faster" if after < before else "slower" if after > before else "same")


def _class_of(page: RunPage, place: PlaceRow, view: str) -> MapClass:
    if view == "differs":
        told = {(True, True): 2, (True, False): 0, (False, True): 1, (False, False): 3}
        return _DIFFERS[told[place.radius_only > 0, place.minutes_only > 0]]
    if not place.total:
        return _UNKNOWN
    if view == "radius":
        share = place.radius_percent or 0
        return _RADIUS[0 if share >= 100 else 1 if share else 2]
    classes = _legend(page, view)[0]
    if place.median is None:
        return classes[len(page.minutes) + 1]
    at = sum(place.median > one for one in page.minutes)
    return classes[at]


def _legend(page: RunPage, view: str) -> tuple[tuple[MapClass, ...], str]:
    if view == "radius":
        return _RADIUS, "村（半径口径）"
    if view == "differs":
        return _DIFFERS, "村（两种口径）"
    steps = [
        MapClass(value=f"within{one}", label=f"{one} 分钟内", tone=_STEPS[min(at, 3)])
        for at, one in enumerate(page.minutes)
    ]
    far = MapClass(value="far", label=f"超过 {page.minutes[-1]} 分钟", tone="step5")
    none = MapClass(value="none", label=f"多数人{page.cut_off}", tone="late")
    return (*steps, far, none, _UNKNOWN), "村（一半人能到的时间）"


def _village(one: Line, page: RunPage) -> dict[str, Any]:
    value = f"{one.place.total if one.place.total is not None else '不详'} 人"
    value += f"，{page.target} 分钟外 {one.place.uncovered} 人" if one.place.total else ""
    told = {"id": one.place.code, "name": one.place.name, "class": one.kind.value, "value": value}
    return {"type": "Feature", "properties": told, "geometry": one.geometry}


def _planned(one: Mapping[str, Any]) -> dict[str, Any]:
    told = one["properties"]
    value = f"服务 {told['serves']} 人，新覆盖 {told['newly']} 人" if "serves" in told else ""
    lon, lat = one["geometry"]["coordinates"]
    more = {"class": told["role"], "name": told["name"], "value": value}
    return mapping.point(lon, lat, id=f"plan-{one['id']}", **more)


def _geometry(code: str, region: RegionRow | None, ground: Ground) -> Mapping[str, Any] | None:
    if code in ground.shapes:
        found: Mapping[str, Any] = ground.shapes[code]
        return found
    at = region.point if region and region.point else ground.people.get(code)
    return {"type": "Point", "coordinates": list(at)} if at else None


def _changed_first(one: Line) -> tuple[int, int]:
    if one.change is None:
        return 1, 0
    return 0, -abs(one.change.gained)


def _count(one: Line, part: str) -> int:
    return one.differing if part == "differs" else int(getattr(one.place, part))


def _share(page: RunPage) -> str:
    return "" if page.row.percent is None else f"占 {page.row.percent}%"


def _change(value: str) -> MapClass:
    return next(one for one in CHANGES if one.value == value)


def _far(minutes: float | None) -> float:
    return float("inf") if minutes is None else minutes
