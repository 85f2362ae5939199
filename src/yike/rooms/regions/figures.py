"""Reads for pages: what is known of the units of a county, side by side, and what is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yike.rooms.regions import outlines, queries
from yike.rooms.regions.models import Area, Boundary
from yike.rooms.regions.queries import PopulationRow, RegionRow

#: An area measured on the outline that differs more from the given one is worth a question.
APART = 0.05


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """How large a unit is by one source."""

    region_code: str
    year: int
    km2: float
    source: str


@dataclass(frozen=True, kw_only=True)
class OutlineRow:
    """One outline of a unit, without its points. `area_km2` on the ellipsoid."""

    region_code: str
    year: int
    source: str
    file_name: str
    crs: str
    area_km2: float
    points: int
    imported_at: datetime


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """What is used of one unit: people, area, outline; None where nobody told it."""

    unit: RegionRow
    population: PopulationRow | None = None
    area: AreaRow | None = None
    outline: OutlineRow | None = None

    @property
    def apart(self) -> float | None:
        """By which share the measured area differs from the given one; None without both."""
        if self.area is None or self.outline is None:
            return None
        return self.outline.area_km2 / self.area.km2 - 1

    @property
    def questionable(self) -> bool:
        """Whether measured and given area are too far apart to be the same unit."""
        return self.apart is not None and abs(self.apart) > APART


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A unit and those directly below it, with how many of them are told."""

    own: UnitFigures
    rows: tuple[UnitFigures, ...]

    @property
    def counted(self) -> int:
        """How many of the units below have a count of people."""
        return sum(1 for row in self.rows if row.population)

    @property
    def drawn(self) -> int:
        """How many of the units below have an outline."""
        return sum(1 for row in self.rows if row.outline)


@dataclass(frozen=True, kw_only=True)
class UnitPage:
    """One unit with everything that was told of it; the first of each is the one in use."""

    overview: Overview
    path: tuple[RegionRow, ...]
    populations: tuple[PopulationRow, ...]
    areas: tuple[AreaRow, ...]
    outlines: tuple[OutlineRow, ...]


def overview(code: str) -> Overview:
    """This will return what is used of a unit and of those directly below it."""
    return _overview(queries.region(code))


def unit_page(code: str) -> UnitPage:
    """This will return everything known of one unit. Refuses NotFound an unknown code."""
    own = queries.region(code)
    drawn = Boundary.objects.filter(region=code).defer("shape").order_by("-year", "-imported_at")
    return UnitPage(
        overview=_overview(own),
        path=queries.regions_on_path(code),
        populations=queries.population_of(code),
        areas=tuple(_area(row) for row in _areas([code])[::-1]),
        outlines=tuple(_outline(row) for row in drawn),
    )


def _overview(own: RegionRow) -> Overview:
    units = (own, *queries.children(own.code))
    wanted = [unit.code for unit in units]
    people = queries.newest_populations(wanted)
    sizes = {row.region_id: _area(row) for row in _areas(wanted)}
    drawn = {
        row.region_id: _outline(row)
        for row in outlines.current_in(own.code).filter(region__in=wanted).defer("shape")
    }
    first, *rest = (
        UnitFigures(
            unit=unit,
            population=people.get(unit.code),
            area=sizes.get(unit.code),
            outline=drawn.get(unit.code),
        )
        for unit in units
    )
    return Overview(own=first, rows=tuple(rest))


def _areas(wanted: Iterable[str]) -> list[Area]:
    """The current one of each unit last: the newest year, then the last one told."""
    return list(Area.objects.filter(region__in=list(wanted)).order_by("year", "id"))


def _area(row: Area) -> AreaRow:
    return AreaRow(region_code=row.region_id, year=row.year, km2=row.km2, source=row.source)


def _outline(row: Boundary) -> OutlineRow:
    return OutlineRow(
        region_code=row.region_id,
        year=row.year,
        source=row.source,
        file_name=row.file_name,
        crs=row.crs,
        area_km2=row.area_km2,
        points=row.points,
        imported_at=row.imported_at,
    )
