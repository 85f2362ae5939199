"""The nine resource layers: institutions and people per town and per 10,000 people, and blanks.

A rate says by which count of people; without one there is none. Small numbers are not ranked. An
institution that told no place stands at the known centre of its village, town or county.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.providers import kinds
from yike.rooms.providers.models import Institution, Practitioner
from yike.rooms.providers.queries import InstitutionRow, institutions_in, norm
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Point, distance_m
from yike.rooms.regions.queries import PopulationRow, RegionRow

PER = 10_000
#: kind of institution → the resource kind it belongs to
KIND_OF_HOUSE = {house: kind for kind, some in kinds.HOUSES_OF_KIND.items() for house in some}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One kind in one town. Rates per 10,000 people; None without a count of people."""

    kind: str
    houses: int
    people: int
    houses_rate: float | None = None
    people_rate: float | None = None
    #: 1 is the most people per 10,000; None where the number is small or nobody was counted
    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class LayerRow:
    """One town, or what stands at the county's level and serves all of it (`unit` the county)."""

    unit: RegionRow
    population: PopulationRow | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Layers:
    """The whole county: its towns, those of the county's level, the sum; `small` is not ranked."""

    rows: tuple[LayerRow, ...]
    county: LayerRow
    total: LayerRow
    small: int
    wanted: tuple[str, ...]

    @property
    def vintages(self) -> tuple[str, ...]:
        """Every count of people that a rate here stands on, once."""
        told = {row.population.vintage for row in self.rows if row.population}
        return tuple(sorted(told))

    @property
    def uncounted(self) -> tuple[str, ...]:
        """Towns without a count of people."""
        return tuple(row.unit.name for row in self.rows if row.population is None)


@dataclass(frozen=True, kw_only=True)
class Blank:
    """A town without one of a kind near enough. `km`: to the nearest known one, straight line."""

    town: RegionRow
    kind: str
    kind_name: str
    nearest: str = ""
    km: float | None = None
    #: institutions of the kind of which nobody told where they are
    unplaced: int = 0
    #: institutions elsewhere that say they serve this town
    served_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One institution of the nine kinds and the known centre at which it stands."""

    kind: str
    name: str
    point: Point | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """How much is told of the institutions of one kind: each count is of those that tell it."""

    kind: str
    name: str
    houses: int
    address: int
    phone: int
    point: int
    hours: int


@dataclass(frozen=True, kw_only=True)
class Blanks:
    """The blank-area report: towns by kind, and what could not be measured."""

    rows: tuple[Blank, ...]
    reach_km: int
    #: towns whose centre nobody told, which therefore cannot be measured
    unplaced: tuple[str, ...]


def rate(count: int, people: int | None) -> float | None:
    """This will return how many there are per 10,000 people; None when nobody was counted."""
    return count * PER / people if people else None


def ranks(cells: Sequence[tuple[int, float | None]], small: int) -> list[int | None]:
    """This will rank (count, rate) pairs, equal rates alike; small counts and no rate get none."""
    known = sorted(
        {told for count, told in cells if told is not None and count >= small}, reverse=True
    )
    return [
        known.index(told) + 1 if told is not None and count >= small else None
        for count, told in cells
    ]


def layers_of(county: str, *, kind: str = "", on: date | None = None) -> Layers:
    """This will count the institutions and people of the nine kinds (of one) in each town."""
    day = on or clock.today()
    wanted = (kind,) if kind in kinds.RESOURCE_KINDS else tuple(kinds.RESOURCE_KINDS)
    houses, people = _counts(county, day)
    units = (region_queries.region(county), *region_queries.towns_of(county))
    counted = region_queries.newest_populations([unit.code for unit in units])
    rows = [_row(unit, counted.get(unit.code), wanted, houses, people) for unit in units[1:]]
    small = norm("layers.small_count", county).value
    own = _row(units[0], None, wanted, houses, people)
    return Layers(
        rows=_ranked(rows, small),
        county=own,
        total=_total(units[0], counted.get(county), (*rows, own), wanted),
        small=small,
        wanted=wanted,
    )


def blanks_of(county: str, *, kind: str = "", on: date | None = None) -> Blanks:
    """This will name the towns with none of a kind within the county's distance of their centre."""
    wanted = (kind,) if kind in kinds.RESOURCE_KINDS else tuple(kinds.RESOURCE_KINDS)
    reach = norm("layers.reach_km", county).value
    towns = region_queries.towns_of(county)
    houses = institutions_in(codes.span(county), tuple(KIND_OF_HOUSE), on=on)
    places = region_queries.regions_of({code for one in houses for code in _around(one)})
    rows = [
        blank
        for code in wanted
        for town in towns
        if (blank := _blank(town, code, houses, places, reach))
    ]
    unplaced = tuple(town.name for town in towns if town.point is None)
    return Blanks(rows=tuple(rows), reach_km=reach, unplaced=unplaced)


def placed_of(county: str, *, kind: str = "", on: date | None = None) -> tuple[Placed, ...]:
    """This will return each institution of the nine kinds (of one) with where it stands.

    For whoever measures by road: `point` is None where no centre is known.
    """
    houses = institutions_in(codes.span(county), tuple(KIND_OF_HOUSE), on=on)
    wanted = [one for one in houses if kind in ("", KIND_OF_HOUSE[one.kind])]
    points = points_of(wanted)
    return tuple(
        Placed(kind=KIND_OF_HOUSE[one.kind], name=one.name, point=points.get(one.id))
        for one in wanted
    )


def points_of(houses: Sequence[InstitutionRow]) -> dict[UUID, Point]:
    """This will return where institutions stand, else the known centre of their village or above.

    In one query; those without either are left out.
    """
    places = region_queries.regions_of({code for one in houses for code in _around(one)})
    found = {one.id: _point(one, places) for one in houses}
    return {ref: point for ref, point in found.items() if point}


def told_of(county: str, *, kind: str = "") -> tuple[Told, ...]:
    """This will say how many institutions of the nine kinds (of one) tell address, place, hours."""
    rows = institutions_in(codes.span(county), tuple(KIND_OF_HOUSE))
    wanted = (kind,) if kind in kinds.RESOURCE_KINDS else tuple(kinds.RESOURCE_KINDS)
    by_kind = {code: [one for one in rows if KIND_OF_HOUSE[one.kind] == code] for code in wanted}
    return tuple(
        Told(
            kind=code, name=kinds.RESOURCE_KINDS[code], houses=len(some),
            address=sum(bool(one.address) for one in some),
            phone=sum(bool(one.phone) for one in some),
            point=sum(one.point is not None for one in some),
            hours=sum(bool(one.hours) for one in some),
        )
        for code, some in by_kind.items()
    )  # fmt: skip


Counts = dict[tuple[str, str], int]


def _counts(county: str, day: date) -> tuple[Counts, Counts]:
    """Institutions and people by (town or county, kind), each in one query."""
    since, until = codes.span(county)
    still = Q(active_from__lte=day) & (Q(active_until__isnull=True) | Q(active_until__gt=day))
    houses: Counts = {}
    found = Institution.objects.filter(
        still, kind__in=list(KIND_OF_HOUSE), region__gte=since, region__lt=until
    )
    for region, kind in found.values_list("region_id", "kind"):
        key = (codes.at_level(region, "town") or county, KIND_OF_HOUSE[kind])
        houses[key] = houses.get(key, 0) + 1
    people: Counts = {}
    serving = Practitioner.objects.filter(
        still, institution__region__gte=since, institution__region__lt=until
    )
    for region, kind in serving.values_list("institution__region_id", "kind"):
        key = (codes.at_level(region, "town") or county, kind)
        people[key] = people.get(key, 0) + 1
    return houses, people


def _row(
    unit: RegionRow,
    population: PopulationRow | None,
    wanted: tuple[str, ...],
    houses: Counts,
    people: Counts,
) -> LayerRow:
    count = population.count if population else None
    cells = [
        _cell(kind, houses.get((unit.code, kind), 0), people.get((unit.code, kind), 0), count)
        for kind in wanted
    ]
    return LayerRow(unit=unit, population=population, cells=tuple(cells))


def _cell(kind: str, houses: int, people: int, count: int | None) -> Cell:
    return Cell(
        kind=kind, houses=houses, people=people,
        houses_rate=rate(houses, count), people_rate=rate(people, count),
    )  # fmt: skip


def _ranked(rows: list[LayerRow], small: int) -> tuple[LayerRow, ...]:
    columns = list(zip(*(row.cells for row in rows), strict=True))
    found = [ranks([(cell.people, cell.people_rate) for cell in one], small) for one in columns]
    return tuple(
        LayerRow(
            unit=row.unit,
            population=row.population,
            cells=tuple(
                Cell(**{**vars(cell), "rank": found[column][place]})
                for column, cell in enumerate(row.cells)
            ),
        )
        for place, row in enumerate(rows)
    )


def _total(
    unit: RegionRow,
    population: PopulationRow | None,
    rows: tuple[LayerRow, ...],
    wanted: tuple[str, ...],
) -> LayerRow:
    count = population.count if population else None
    cells = [
        _cell(
            kind,
            sum(row.cells[place].houses for row in rows),
            sum(row.cells[place].people for row in rows),
            count,
        )
        for place, kind in enumerate(wanted)
    ]
    return LayerRow(unit=unit, population=population, cells=tuple(cells))


def _around(house: InstitutionRow) -> tuple[str, ...]:
    """Where its point is looked for: its own unit first, then those above, down to the county."""
    steps = codes.ancestors(house.region_code)[::-1]
    return tuple(code for code in steps if codes.level_of(code) in ("village", "town", "county"))


def _point(house: InstitutionRow, places: dict[str, RegionRow]) -> Point | None:
    known = (places[code].point for code in _around(house) if code in places)
    return house.point or next((point for point in known if point), None)


def _blank(
    town: RegionRow,
    kind: str,
    houses: Sequence[InstitutionRow],
    places: dict[str, RegionRow],
    reach: int,
) -> Blank | None:
    own = [one for one in houses if KIND_OF_HOUSE[one.kind] == kind]
    if town.point is None or any(codes.within(one.region_code, town.span) for one in own):
        return None
    far = sorted(
        (distance_m(town.point, point) / 1000, one.name)
        for one in own
        if (point := _point(one, places))
    )
    if far and far[0][0] <= reach:
        return None
    serving = tuple(
        one.name
        for one in own
        if any(
            codes.within(town.code, codes.span(area)) for area in one.areas or (one.region_code,)
        )
    )
    km, nearest = far[0] if far else (None, "")
    return Blank(
        town=town, kind=kind, kind_name=kinds.RESOURCE_KINDS[kind], nearest=nearest, km=km,
        unplaced=len(own) - len(far), served_by=serving,
    )  # fmt: skip
