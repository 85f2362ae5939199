"""The lists a form offers, read from the rooms that own them. No list lives in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

Choices = list[tuple[str, str]]
BLANK: tuple[str, str] = ("", "请选择")


def county() -> str:
    """This will return the twelve digits of the county whose desk this is."""
    return f"{settings.YIKE.county:0<12}"


def of(pairs: Mapping[str, str] | Iterable[tuple[str, str]], *, blank: str = "") -> Choices:
    """This will return the choices of a code table, with a first empty one when named."""
    rows = pairs.items() if isinstance(pairs, Mapping) else pairs
    return ([("", blank)] if blank else []) + [(str(code), name) for code, name in rows]


def towns(*, blank: str = "请选择乡镇（街道）") -> Choices:
    """This will return the towns of the county."""
    return of(((row.code, row.name) for row in regions_queries.towns_of(county())), blank=blank)


def villages(town: str, *, blank: str = "不清楚是哪个村") -> Choices:
    """This will return the villages of a town; only the blank one for no town."""
    rows = regions_queries.villages_of(town) if codes.is_code(town) else ()
    return of(((row.code, row.name) for row in rows), blank=blank)


def places(*, blank: str = "请选择") -> Choices:
    """This will return the county and all its towns and villages, indented by level."""
    rows = regions_queries.regions_in(codes.span(county()))
    depth = {"county": "", "town": "　", "village": "　　"}
    return of(((row.code, depth.get(row.level, "") + row.name) for row in rows), blank=blank)


def categories(*, blank: str = "请选择") -> Choices:
    """This will return the legal matters."""
    rows = catalogue_queries.legal_matters()
    return of(((row.code, f"{row.code} {row.name}") for row in rows), blank=blank)


def items(*, blank: str = "请选择") -> Choices:
    """This will return the service items in force."""
    return of(((row.code, row.name) for row in catalogue_queries.items()), blank=blank)


def institutions(*, handling: bool = False, blank: str = "请选择") -> Choices:
    """This will return the county's institutions, only those that take orders when asked."""
    rows = providers_queries.institutions_in(
        codes.span(county()), handles_orders=True if handling else None
    )
    return of(((str(row.id), row.name) for row in rows), blank=blank)


def practitioners(*, blank: str = "请选择") -> Choices:
    """This will return who serves in the county, with their institution."""
    rows = providers_queries.practitioners_in(codes.span(county()))
    return of(((str(row.id), f"{row.name}（{row.institution_name}）") for row in rows), blank=blank)


def stations(*, blank: str = "请选择") -> Choices:
    """This will return the stations of the county that are open."""
    return of(
        ((str(row.id), row.name) for row in places_queries.stations_in(county())), blank=blank
    )
