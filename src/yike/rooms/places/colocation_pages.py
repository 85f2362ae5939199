"""Reads of places with several elements: one place, all of a region, completeness by town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yike.rooms.core.refusal import NotFound
from yike.rooms.places import colocation, queries, upkeep
from yike.rooms.places.models import PublicSite, SiteElement
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries


@dataclass(frozen=True, kw_only=True)
class ElementRow:
    """One element that was told."""

    id: UUID
    kind: str
    name: str
    unit: str
    since: date
    evidence: str
    number: str
    function: str
    label: str


@dataclass(frozen=True, kw_only=True)
class PointRow:
    """One station or public place with everything it is."""

    host: str
    id: UUID
    #: its number in this house's own register of stations; "" of a public place
    code: str
    name: str
    kind_name: str
    town_code: str
    region_name: str
    demo: bool
    #: what it is by itself, "" for nothing
    own: str
    told: tuple[ElementRow, ...]

    @property
    def there(self) -> frozenset[str]:
        """Every element that is there."""
        return frozenset({one.kind for one in self.told} | ({self.own} if self.own else set()))

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(name for code, name in colocation.ELEMENTS.items() if code in self.there)

    @property
    def missing(self) -> tuple[str, ...]:
        """What lacks of the three that belong together."""
        return colocation.missing(self.there)


@dataclass(frozen=True, kw_only=True)
class TownRow:
    """How many places of a town have none, one, two, all of the three."""

    code: str
    name: str
    none: int
    one: int
    two: int
    whole: int


def points_in(region_code: str) -> tuple[PointRow, ...]:
    """This will return the open stations and listed public places of a region."""
    since, until = codes.span(region_code)
    found = SiteElement.objects.filter(
        ended_on=None, region__code__gte=since, region__code__lt=until
    )
    told: defaultdict[UUID, list[ElementRow]] = defaultdict(list)
    for one in found:
        told[one.station_id or one.site_id].append(_element(one))  # type: ignore[index]
    stations = tuple(
        PointRow(
            host="station", id=row.id, code=row.code, name=row.name, kind_name=row.level_name,
            town_code=codes.at_level(row.region_code, "town"), region_name=row.region_name,
            demo=row.demo, own=colocation.own_element("station"), told=tuple(told[row.id]),
        )
        for row in queries.stations_in(region_code)
    )  # fmt: skip
    return stations + _sites(since, until, told)


def point(host: str, ref: UUID) -> PointRow:
    """This will return one place. Refuses NotFound."""
    region = ""
    if host == "station":
        region = queries.station(ref).region_code
    elif host == "site":
        region = PublicSite.objects.filter(pk=ref).values_list("region_id", flat=True).first() or ""
    found = [row for row in points_in(region) if row.id == ref] if region else []
    if not found:
        raise NotFound("没有这个地方")
    return found[0]


def by_town(rows: Iterable[PointRow], towns: Iterable[tuple[str, str]]) -> tuple[TownRow, ...]:
    """This will count by town how many of the three are together; the county's level first."""
    kept = list(rows)
    found = []
    for code, name in [("", "县级"), *towns]:
        none, one, two, whole = colocation.by_count(
            row.there for row in kept if row.town_code == code
        )
        found.append(TownRow(code=code, name=name, none=none, one=one, two=two, whole=whole))
    return tuple(found)


def _sites(since: str, until: str, told: dict[UUID, list[ElementRow]]) -> tuple[PointRow, ...]:
    rows = list(
        PublicSite.objects.filter(
            ended_on=None, region__code__gte=since, region__code__lt=until
        ).order_by("kind", "region_id", "name")
    )
    paths = region_queries.paths_of({row.region_id for row in rows})
    return tuple(
        PointRow(
            host="site", id=row.id, code="", name=row.name, kind_name=upkeep.SITE_KINDS[row.kind],
            town_code=codes.at_level(row.region_id, "town"), demo=row.demo,
            region_name=paths[row.region_id].text, own=colocation.own_element("site", row.kind),
            told=tuple(told[row.id]),
        )
        for row in rows
    )  # fmt: skip


def _element(one: SiteElement) -> ElementRow:
    return ElementRow(
        id=one.id, kind=one.kind, name=colocation.ELEMENTS[one.kind], unit=one.unit,
        since=one.since, evidence=one.evidence, number=one.number, function=one.function,
        label=one.label,
    )  # fmt: skip
