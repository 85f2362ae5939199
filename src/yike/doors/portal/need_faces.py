"""Who serves a need: institutions and stations, the nearest first, and what items cost."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.catalogue.queries import ItemRow
from yike.rooms.matters.guide import SERVICE_OF
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import StationRow
from yike.rooms.providers import kinds
from yike.rooms.providers import layers as providers_layers
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import InstitutionRow
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import Point, distance_m

#: resource kind → the kind of the catalogue's items
ITEMS_OF = {**kinds.RESOURCE_KINDS, "08": "法治宣传"}
FREE = "免费"
#: so many stations are listed, the nearest
MOST = 10


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One who serves. `open_now` None: no opening hours are registered. `km` in a straight line."""

    id: UUID
    station: bool
    name: str
    sort: str
    where: str
    phone: str
    hours: str = ""
    open_now: bool | None = None
    km: float | None = None
    #: whether the distance is to its own point, not to the centre of its village or town
    exact: bool = False
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class NeedFace:
    """What serves a need, from where it was measured, and the items with what they cost."""

    #: those whose work it is, and stations that give the service or lead to it
    houses: tuple[Offer, ...]
    stations: tuple[Offer, ...]
    items: tuple[ItemRow, ...]
    start: str
    more: int


def need_face(
    county: str, kind: str, *, start: Point | None, told: str, open_only: bool, price: str
) -> NeedFace:
    """This will list who serves a need: the nearest first, or stations first without a start."""
    houses = [] if open_only else sorted(_houses(county, kind, start), key=_far)
    stations = [one for one in _stations(county, kind, start) if one.open_now or not open_only]
    stations.sort(key=_far)
    items = [
        one
        for one in catalogue_queries.items(kind=ITEMS_OF[kind])
        if not price or (one.fee == FREE) == (price == "free")
    ]
    return NeedFace(
        houses=tuple(houses), stations=tuple(stations[:MOST]), items=tuple(items), start=told,
        more=max(0, len(stations) - MOST),
    )  # fmt: skip


def _far(one: Offer) -> tuple[bool, float]:
    return (one.km is None, one.km or 0.0)


def _stations(county: str, kind: str, start: Point | None) -> list[Offer]:
    service = SERVICE_OF[kind]
    rows = places_queries.stations_in(county)
    given = {
        row.id: "、".join(one.mode_name for one in row.services if one.service == service)
        for row in rows
    }
    opened = places_queries.open_among(rows)
    return [_station(row, given[row.id], row.id in opened, start) for row in rows if given[row.id]]


def _station(row: StationRow, modes: str, opened: bool, start: Point | None) -> Offer:
    return Offer(
        id=row.id, station=True, name=row.name, sort=f"{row.level_name}，{modes}", phone=row.phone,
        where=f"{row.region_name} {row.address}".strip(), hours=row.hours_sentence,
        open_now=opened, exact=True, demo=row.demo,
        km=distance_m(start, row.point) / 1000 if start and row.point else None,
    )  # fmt: skip


def _houses(county: str, kind: str, start: Point | None) -> list[Offer]:
    rows = providers_queries.institutions_in(codes.span(county), kinds.HOUSES_OF_KIND[kind])
    points = providers_layers.points_of(rows)
    paths = regions_queries.paths_of({row.region_code for row in rows})
    return [_house(row, paths[row.region_code].text, start, points.get(row.id)) for row in rows]


def _house(row: InstitutionRow, where: str, start: Point | None, point: Point | None) -> Offer:
    return Offer(
        id=row.id, station=False, name=row.name, sort=row.kind_name, phone=row.phone,
        where=f"{where} {row.address}".strip(), demo=row.demo,
        km=distance_m(start, point) / 1000 if start and point else None,
    )  # fmt: skip
