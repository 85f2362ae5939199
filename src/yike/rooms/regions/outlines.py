"""Outlines that offices imported, read from their table: which is current, what holds a point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import shapely
from django.db.models import QuerySet

from yike.rooms.regions import codes
from yike.rooms.regions.coordinates import Point
from yike.rooms.regions.ground import metres_to
from yike.rooms.regions.locating import NEAR_M, Around
from yike.rooms.regions.models import Boundary

#: Mean metres of a degree of latitude.
_DEGREE_M = 111_195.0


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The current outline of a unit with its shape (shapely, WGS84, longitude first)."""

    region_code: str
    year: int
    source: str
    area_km2: float
    shape: Any


def drawn_in(code: str) -> tuple[Drawn, ...]:
    """This will return the current outlines of a unit and of all below it, by code."""
    return tuple(
        Drawn(
            region_code=row.region_id, year=row.year, source=row.source, area_km2=row.area_km2,
            shape=shapely.from_wkb(bytes(row.shape)),
        )
        for row in current_in(code)
    )  # fmt: skip


def current_in(code: str) -> QuerySet[Boundary]:
    """The current outline of each unit of a county or town: the newest year, then the last one."""
    since, until = codes.span(code)
    rows = Boundary.objects.filter(region__gte=since, region__lt=until)
    return rows.order_by("region_id", "-year", "-imported_at").distinct("region_id")


def around(point: Point, county: str) -> Around:
    """This will return which outlines of the county hold a WGS84 point or pass near it."""
    lon, lat = point
    wide, high = _degrees(lat)
    boxes = current_in(county).values_list("pk", "region_id", "west", "south", "east", "north")
    rows = list(boxes)
    hits = [
        pk
        for pk, _, west, south, east, north in rows
        if west - wide <= lon <= east + wide and south - high <= lat <= north + high
    ]
    shapes = Boundary.objects.filter(pk__in=hits).values_list("region_id", "shape") if hits else ()
    found = ((code, metres_to(shapely.from_wkb(bytes(shape)), point)) for code, shape in shapes)
    return Around(
        drawn=frozenset(row[1] for row in rows),
        near=tuple((code, metres) for code, metres in found if metres <= NEAR_M),
    )


def shape_of(code: str) -> Any:
    """This will return the current outline of one unit as a shapely polygon, None without one."""
    found = current_in(code).filter(region=code).values_list("shape", flat=True).first()
    return None if found is None else shapely.from_wkb(bytes(found))


def shapes_of(wanted: Iterable[str]) -> dict[str, Any]:
    """This will return the current outlines of some units; those without are left out."""
    rows = Boundary.objects.filter(region__in=list(wanted))
    rows = rows.order_by("region_id", "-year", "-imported_at").distinct("region_id")
    return {
        code: shapely.from_wkb(bytes(shape)) for code, shape in rows.values_list("region", "shape")
    }


def _degrees(lat: float) -> tuple[float, float]:
    return NEAR_M / (_DEGREE_M * cos(radians(lat))), NEAR_M / _DEGREE_M
