"""Finds what a typed address names: units, stations, signs, roads and places of the base map.

The office's own gazetteer, and only when somebody asks, 天地图 (geocoder.py). Every answer is a
candidate: it says what of the address it matched and how exact that is. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yike.rooms.places import queries
from yike.rooms.regions import codes, ground, outlines
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Point, distance_m
from yike.rooms.regions.naming import short_name

#: how exact a candidate is, the best first → its words
EXACT = {
    "point": "到点：登记过的同一个地方",
    "place": "到地名",
    "road": "到道路：没有门牌，是路上的一点",
    "village": "到村（社区）：是村的中心点",
    "town": "到乡镇（街道）：是乡镇的中心点",
}
#: metres by which each may be off, as far as nothing better is known
METRES = {"point": 50.0, "place": 300.0, "road": 500.0, "village": 1_500.0, "town": 5_000.0}
MOST = 8
#: kinds of the base map that name a whole unit; others are places
_KINDS = {
    "city": "town", "county": "town", "town": "town", "island": "village", "village": "village",
    "suburb": "village", "quarter": "village",
}  # fmt: skip
_SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A place that may be meant. `matched`: which part of the address says so; point in WGS84."""

    name: str
    source: str
    exact: str
    matched: str
    point: Point
    metres: float
    where: str = ""

    @property
    def exact_words(self) -> str:
        """How exact it is, in words."""
        return EXACT[self.exact]


def candidates(address: str, *, county: str, region_code: str = "") -> tuple[Candidate, ...]:
    """This will return what an address may mean in a county, the most exact first.

    `region_code`: the town or village it is said to be in; what lies elsewhere comes after.
    """
    text = plain(address)
    if len(text) < _SHORTEST:
        return ()
    units = _units(text, county)
    towns = [one.region for one in units if one.candidate.exact == "town"]
    home = next(iter([*towns, region_code, *(one.region for one in units)]), "")
    found = [*_registered(text, county), *_drawn(text, county, home), *units]
    order = list(EXACT)
    ranked = sorted(
        (one for one in found if _possible(one.candidate.point, county)),
        key=lambda one: (
            not _within(one.region, home), order.index(one.candidate.exact),
            -len(one.candidate.matched), one.candidate.name,
        ),
    )  # fmt: skip
    return tuple(_once(one.candidate for one in ranked))[:MOST]


def plain(address: str) -> str:
    """This will return an address without spaces and what nobody can see; at most 80 letters."""
    return "".join(sign for sign in address if sign.isprintable() and not sign.isspace())[:80]


@dataclass(frozen=True)
class _Found:
    candidate: Candidate
    region: str


def _units(text: str, county: str) -> list[_Found]:
    """Towns and villages whose name, whole or without its last word, the address holds."""
    found = []
    for row in region_queries.regions_in(codes.span(county)):
        level = codes.level_of(row.code)
        said = _said(row.name, text) or _said(short_name(row.name, level), text)
        if row.point is None or not said or level not in ("town", "village"):
            continue
        made = Candidate(
            name=row.name, source="区划", exact=level, matched=said, point=row.point,
            metres=METRES[level], where=_path(row.code),
        )  # fmt: skip
        found.append(_Found(made, row.code))
    return found


def _registered(text: str, county: str) -> list[_Found]:
    """Stations, terminals and signs whose name or whole address the address holds."""
    rows: list[Any] = [*queries.stations_in(county), *queries.facilities_in(county)]
    found = []
    for row in rows:
        said = _said(row.name, text) or _said(row.address, text, least=5)
        if row.point is None or not said:
            continue
        made = Candidate(
            name=row.name, source="本平台登记", exact="point", matched=said, point=row.point,
            metres=max(METRES["point"], row.origin.accuracy_m or 0.0),
            where=_path(row.region_code),
        )  # fmt: skip
        found.append(_Found(made, row.region_code))
    return found


def _drawn(text: str, county: str, home: str) -> list[_Found]:
    """Named places and roads of the base map that the address names."""
    at = _centre(home, county)
    found = []
    for name, kind, point in ground.named_within(text):
        region, exact = _region(point, county), _KINDS.get(kind, "place")
        found.append(_Found(_on_map(name, exact, point, METRES[exact], region), region))
    for name, lines in ground.roads_within(text).items():
        for point, metres in ground.spots_on(lines, near=at):
            region = _region(point, county)
            found.append(_Found(_on_map(name, "road", point, metres, region), region))
    return found


def _on_map(name: str, exact: str, point: Point, metres: float, region: str) -> Candidate:
    return Candidate(
        name=name, source="底图", exact=exact, matched=name, point=point, metres=metres,
        where=_path(region) if region else "",
    )  # fmt: skip


def _said(name: str, text: str, *, least: int = _SHORTEST) -> str:
    name = "".join(name.split())
    return name if len(name) >= least and name in text else ""


def _within(region: str, home: str) -> bool:
    """Whether it lies in the town told; what lies nowhere known is not pushed back."""
    town = codes.at_level(home, "town") if home else ""
    return not town or not region or codes.within(region, codes.span(town))


def _region(point: Point, county: str) -> str:
    """The smallest unit whose outline holds a point, "" where no outline does."""
    held = [code for code, far in outlines.around(point, county).near if far == 0]
    return max(held, key=lambda code: codes.WIDTHS[codes.level_of(code)], default="")


def _possible(point: Point, county: str) -> bool:
    return region_queries.is_inside(point, county) is not False


def _centre(home: str, county: str) -> Point | None:
    path = region_queries.regions_on_path(home or county)
    return next((row.point for row in reversed(path) if row.point), None)


def _path(code: str) -> str:
    return region_queries.path_of(code).text


def _once(rows: Iterable[Candidate]) -> Iterable[Candidate]:
    """One of those that have one name and lie within a hundred metres."""
    kept: list[Candidate] = []
    for row in rows:
        if all(row.name != one.name or distance_m(row.point, one.point) > 100 for one in kept):
            kept.append(row)
    return kept
