"""Reads the rooms below as features; `published`: only what anybody may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import shapely

from yike.rooms.exchange.features import Feature, Value
from yike.rooms.places import queries as places_queries
from yike.rooms.places import upkeep_pages
from yike.rooms.places.origins import Origin
from yike.rooms.places.queries import StationRow
from yike.rooms.places.upkeep_faces import KeptRow
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.providers import layers as provider_layers
from yike.rooms.providers import queries as provider_queries
from yike.rooms.providers.queries import InstitutionRow
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import SnapshotRow
from yike.rooms.regions import codes, outlines
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Point

Source = Callable[[str, bool], tuple[Feature, ...]]


def stations(region: str, published: bool) -> tuple[Feature, ...]:
    """This will return the open stations of a region."""
    kept = {row.id: row for row in upkeep_pages.kept_in(region, facility="station")}
    rows = places_queries.stations_in(region)
    return tuple(
        _station(row, kept.get(row.id)) for row in rows if _shown(kept.get(row.id), published)
    )


def featured(region: str, published: bool) -> tuple[Feature, ...]:
    """This will return the stations that are a brand of their own."""
    return tuple(one for one in stations(region, published) if one.properties["featured"])


def terminals(region: str, published: bool) -> tuple[Feature, ...]:
    """This will return the self-service machines of a region."""
    return _facilities("terminal", region, published)


def signs(region: str, published: bool) -> tuple[Feature, ...]:
    """This will return the guide signs of a region."""
    return _facilities("sign", region, published)


def houses(kind: str) -> Source:
    """This will return what reads the institutions of one of the nine kinds."""

    def read(region: str, published: bool) -> tuple[Feature, ...]:
        wanted = provider_kinds.HOUSES_OF_KIND[kind]
        rows = provider_queries.institutions_in(codes.span(region), wanted)
        points = provider_layers.points_of(rows)
        placed = region_queries.regions_of({code for one in rows for code in _above(one)})
        paths = region_queries.paths_of({one.region_code for one in rows})
        return tuple(
            _house(one, points.get(one.id), _by(one, placed), paths[one.region_code].text)
            for one in rows
        )

    return read


def towns(region: str, published: bool) -> tuple[Feature, ...]:
    """This will return the outlines of towns."""
    return _outlines(region, "town")


def villages(region: str, published: bool) -> tuple[Feature, ...]:
    """This will return the outlines of villages."""
    return _outlines(region, "village")


def coverage(region: str, published: bool) -> tuple[Feature, ...]:
    """This will return the latest snapshot's villages."""
    county, span = codes.at_level(region, "county"), codes.span(region)
    told = reach_queries.snapshot_villages(county) if county else ()
    rows = [row for row in told if codes.within(row.code, span)]
    drawn = {one.region_code: one.shape for one in outlines.drawn_in(region)} if rows else {}
    centres = region_queries.regions_of([row.code for row in rows])
    places = {code: _at(one.point) for code, one in centres.items()} | drawn
    return tuple(_covered(row, places.get(row.code)) for row in rows)


def _shown(kept: KeptRow | None, published: bool) -> bool:
    if not published:
        return True
    return kept is not None and kept.published_on is not None and kept.point is not None


def _facilities(facility: str, region: str, published: bool) -> tuple[Feature, ...]:
    rows = upkeep_pages.kept_in(region, facility=facility)
    return tuple(_facility(row) for row in rows if _shown(row, published))


def _station(row: StationRow, kept: KeptRow | None) -> Feature:
    return Feature(
        id=str(row.id), region_code=row.region_code, shape=_at(row.point), since=row.opened_on,
        until=row.closed_on,
        properties={
            "code": row.code, "name": row.name, "level": row.level,
            "level_name": row.level_name,
            **_where(row.region_code, row.region_name, row.address),
            "phone": row.phone, "hours": row.hours_sentence, "services": row.services_sentence,
            "grade": row.grade, "institution": row.institution_name, "featured": row.featured,
            "theme": row.theme, "opened_on": row.opened_on.isoformat(),
            **_kept(kept, row.origin, demo=row.demo),
        },
    )  # fmt: skip


def _facility(row: KeptRow) -> Feature:
    return Feature(
        id=str(row.id), region_code=row.region_code, shape=_at(row.point), since=row.since,
        properties={
            "code": row.code, "name": row.name, "kind": row.kind, "status": row.status,
            "status_name": row.status_name,
            **_where(row.region_code, row.region_name, row.address),
            "installed_on": row.since.isoformat(), **_kept(row, row.origin, demo=row.demo),
        },
    )  # fmt: skip


def _house(row: InstitutionRow, point: Point | None, by: str, region: str) -> Feature:
    return Feature(
        id=str(row.id), region_code=row.region_code, shape=_at(point), since=row.active_from,
        until=row.active_until,
        properties={
            "code": row.code, "name": row.name, "kind": row.kind, "kind_name": row.kind_name,
            **_where(row.region_code, region, row.address), "phone": row.phone,
            "hours": row.hours, "uscc": row.uscc, "placed_by": by, "demo": row.demo,
        },
    )  # fmt: skip


def _outlines(region: str, level: codes.Level) -> tuple[Feature, ...]:
    rows = [one for one in outlines.drawn_in(region) if codes.level_of(one.region_code) == level]
    known = region_queries.regions_of([one.region_code for one in rows])
    return tuple(
        Feature(
            id=one.region_code, region_code=one.region_code, shape=one.shape,
            since=date(one.year, 1, 1),
            properties={
                "code": one.region_code, "name": known[one.region_code].name,
                "parent_code": known[one.region_code].parent_code, "year": one.year,
                "source": one.source, "area_km2": round(one.area_km2, 4),
            },
        )
        for one in rows
    )  # fmt: skip


def _covered(row: SnapshotRow, shape: Any) -> Feature:
    told: dict[str, Value] = {
        "code": row.code, "name": row.name, "town_code": _town(row.code),
        "snapshot": row.snapshot, "minutes": row.minutes, "median_minutes": row.median,
        "share": row.share, "people": row.people, "people_within": row.within,
        "people_beyond": row.beyond, "licence": row.licence,
    }  # fmt: skip
    return Feature(id=row.code, region_code=row.code, shape=shape, properties=told)


def _where(code: str, name: str, address: str) -> dict[str, Value]:
    return {
        "region_code": code, "region_name": name, "town_code": _town(code), "address": address
    }  # fmt: skip


def _kept(kept: KeptRow | None, origin: Origin, *, demo: bool) -> dict[str, Value]:
    published = kept.published_on if kept else None
    confirmed = kept.confirmed_on if kept else None
    return {
        "point_crs": origin.crs, "point_way": origin.way,
        "point_accuracy_m": origin.accuracy_m,
        "published_on": published.isoformat() if published else None,
        "confirmed_on": confirmed.isoformat() if confirmed else None, "demo": demo,
    }  # fmt: skip


def _above(house: InstitutionRow) -> tuple[str, ...]:
    steps = codes.ancestors(house.region_code)[::-1]
    return tuple(code for code in steps if codes.level_of(code) in ("village", "town", "county"))


def _by(house: InstitutionRow, placed: dict[str, Any]) -> str:
    """ "own" where its place was told, else the level whose centre it stands at; "" for none."""
    if house.point:
        return "own"
    known = (code for code in _above(house) if code in placed and placed[code].point)
    code = next(known, "")
    return codes.level_of(code) if code else ""


def _town(code: str) -> str:
    return codes.at_level(code, "town")


def _at(point: Point | None) -> Any:
    return None if point is None else shapely.Point(*point)
