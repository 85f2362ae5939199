"""Which object of OpenStreetMap is drawn in which layer, as which kind: tables, and no geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Tags that make an object worth a look.
KEYS = (
    "natural", "waterway", "landuse", "leisure", "highway", "route", "railway", "building",
    "place", "amenity", "aeroway",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the base map: the zooms whose tiles hold it."""

    name: str
    first: int
    last: int = 14


#: Layers and the first zoom of each; 14 is the last, drawn larger beyond.
LAYERS = (
    Layer("cover", 8),
    Layer("water", 6),
    Layer("waterway", 9),
    Layer("building", 14),
    Layer("road", 6),
    Layer("street", 12),
    Layer("ferry", 8),
    Layer("rail", 9),
    Layer("outline", 6),
    Layer("place", 6),
    Layer("village", 10),
    Layer("poi", 13),
    Layer("water_name", 11),
)

_GREEN = {
    "landuse": ("forest", "grass", "meadow", "orchard", "village_green", "recreation_ground"),
    "natural": ("wood", "grassland", "scrub", "heath"),
    "leisure": ("park", "garden", "golf_course"),
}
_BUILT = {"landuse": ("residential", "commercial", "industrial", "retail")}
_WATER = {
    "natural": ("water",),
    "waterway": ("riverbank", "dock"),
    "landuse": ("reservoir", "basin"),
}
_ROADS = ("motorway", "trunk", "primary", "secondary", "tertiary")
_LOCAL = ("unclassified", "residential", "living_street", "pedestrian", "service", "road", "busway")
_PATHS = ("track", "path", "footway", "cycleway", "bridleway", "steps")
_RAILS = ("rail", "light_rail", "narrow_gauge", "monorail", "subway", "tram")
_PLACES = ("city", "county", "town", "island")
_VILLAGES = ("village", "suburb", "quarter", "neighbourhood", "hamlet", "islet", "locality")
_POINTS = {
    "amenity": (
        "townhall", "courthouse", "police", "hospital", "school", "university", "college",
        "bus_station", "ferry_terminal", "community_centre",
    ),
    "railway": ("station", "halt"),
    "aeroway": ("aerodrome",),
    "natural": ("peak",),
}  # fmt: skip

Tags = Mapping[str, str]


def name_of(tags: Tags) -> str:
    """This will return the Chinese name of an object, else the name on its signs."""
    return tags.get("name:zh-Hans") or tags.get("name:zh") or tags.get("name", "")


def area(tags: Tags) -> tuple[str, str] | None:
    """This will return layer and kind of an area, None when it is not drawn."""
    if _has(tags, _WATER):
        return "water", "river" if tags.get("water") in ("river", "canal") else "lake"
    if tags.get("building", "no") != "no":
        return "building", "building"
    if _has(tags, _GREEN):
        return "cover", "green"
    return ("cover", "built") if _has(tags, _BUILT) else None


def line(tags: Tags) -> tuple[str, str] | None:
    """This will return layer and kind of a line, None when it is not drawn."""
    road = tags.get("highway", "").removesuffix("_link")
    if road in _ROADS:
        return "road", road
    if road in _LOCAL or road in _PATHS:
        return "street", "local" if road in _LOCAL else "path"
    if tags.get("route") == "ferry":
        return "ferry", "ferry"
    if tags.get("railway") in _RAILS:
        return "rail", "rail"
    water = tags.get("waterway", "")
    return ("waterway", water) if water in ("river", "canal", "stream") else None


def point(tags: Tags) -> tuple[str, str] | None:
    """This will return layer and kind of a named point, None when it is not drawn."""
    place = tags.get("place", "")
    if place in _PLACES:
        return "place", place
    if place in _VILLAGES:
        return "village", place
    for key, values in _POINTS.items():
        if tags.get(key) in values:
            return "poi", tags[key]
    return None


def _has(tags: Tags, table: Mapping[str, tuple[str, ...]]) -> bool:
    return any(tags.get(key) in values for key, values in table.items())
