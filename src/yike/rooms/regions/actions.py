"""Every write of the tree: the shipped reference, a county from a file, figures, outlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash
from yike.rooms.regions import access, choosing, codes, coordinates, events
from yike.rooms.regions.models import Area, Boundary, Population, Region
from yike.rooms.regions.naming import short_name
from yike.rooms.trail import actions as trail_actions


@dataclass(frozen=True, kw_only=True)
class RegionFacts:
    """What is to be known of one unit. The point is in `crs`; None when unknown."""

    code: str
    name: str
    level: codes.Level
    point: coordinates.Point | None = None
    crs: coordinates.Crs = "wgs84"
    point_source: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PopulationFacts:
    """One count of people. `groups`: of choosing.GROUPS those that are known."""

    region_code: str
    year: int
    kind: str
    count: int
    source: str
    verified: bool = False
    note: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AreaFacts:
    """How large a unit is, in square kilometres."""

    region_code: str
    year: int
    km2: float
    source: str


@dataclass(frozen=True, kw_only=True)
class OutlineFacts:
    """The outline of a unit: WKB of a polygon or several in WGS84, and its area on the ellipsoid.

    `box`: west, south, east, north.
    """

    region_code: str
    shape: bytes
    box: tuple[float, float, float, float]
    area_km2: float
    points: int


@dataclass(frozen=True, kw_only=True)
class Written:
    """How many rows a load added and changed."""

    added: int
    changed: int
    populations: int


@transaction.atomic
def import_regions(
    *,
    regions: Sequence[RegionFacts],
    populations: Sequence[PopulationFacts] = (),
    file_name: str,
    actor: Actor,
) -> Written:
    """This will add or correct the units of one file, in one deed; nothing is ever removed.

    Refuses BadInput an empty file. Whoever reads the file has checked it (`checking.check`).
    """
    if not regions:
        raise BadInput("文件里没有任何区划", field="file")
    written = _write(regions, populations)
    top = min(regions, key=lambda facts: (codes.WIDTHS[facts.level], facts.code)).code
    trail_actions.record(
        events.RegionsImported(
            region_code=top,
            file_name=file_name,
            added=written.added,
            changed=written.changed,
            populations=written.populations,
        ),
        actor=actor,
    )
    return written


@transaction.atomic
def load_regions(
    *, regions: Sequence[RegionFacts], populations: Sequence[PopulationFacts], actor: Actor
) -> Written:
    """This will bring the shipped tree up to date; records nothing when nothing changed."""
    written = _write(regions, populations)
    touched = written.added + written.changed
    if touched or written.populations:
        trail_actions.record(
            events.ReferenceLoaded(regions=touched, populations=written.populations), actor=actor
        )
    return written


def _write(regions: Sequence[RegionFacts], populations: Sequence[PopulationFacts]) -> Written:
    """This will write what differs from the tables, in bulk, parents before children.

    Inside a transaction of the caller. Rows from an imported file outrank the shipped ones: a
    county that corrected its tree keeps the correction when the shipped data is loaded again.
    """
    present = {row.code: row for row in Region.objects.filter(pk__in=[r.code for r in regions])}
    known = set(Region.objects.values_list("code", flat=True)) | {r.code for r in regions}
    rows = [_region(facts, known) for facts in regions]
    fresh = [row for row in rows if row.code not in present]
    changed = [row for row in rows if row.code in present and _outdates(row, present[row.code])]
    fresh.sort(key=lambda row: (codes.WIDTHS[codes.level_of(row.code)], row.code))
    Region.objects.bulk_create(fresh, batch_size=2000)
    if changed:
        Region.objects.bulk_update(changed, _FIELDS, batch_size=500)
    return Written(
        added=len(fresh), changed=len(changed), populations=_write_populations(populations)
    )


_FIELDS = ["name", "short_name", "lon", "lat", "point_crs", "point_source", "source"]


def _region(facts: RegionFacts, known: set[str]) -> Region:
    above = [code for code in codes.ancestors(facts.code)[:-1] if code in known]
    point = coordinates.to_wgs84(facts.point, facts.crs) if facts.point else None
    return Region(
        code=facts.code,
        level=facts.level,
        parent_id=above[-1] if above else None,
        name=facts.name,
        short_name=short_name(facts.name, facts.level),
        lon=round(point[0], 7) if point else None,
        lat=round(point[1], 7) if point else None,
        point_crs=facts.crs if point else "",
        point_source=facts.point_source if point else "",
        source=facts.source,
    )


def _outdates(new: Region, old: Region) -> bool:
    """Whether the new row says something else, and is not a shipped row against a local one."""
    if old.source.startswith("import:") and not new.source.startswith("import:"):
        return False
    if new.lon is None:  # no news about the centre is not news of its absence
        new.lon, new.lat = old.lon, old.lat
        new.point_crs, new.point_source = old.point_crs, old.point_source
    return any(getattr(new, name) != getattr(old, name) for name in _FIELDS)


def _write_populations(populations: Sequence[PopulationFacts]) -> int:
    asked = {facts.region_code for facts in populations}
    present = {
        _vintage(row): (row.count, row.verified, row.note)
        for row in Population.objects.filter(region__in=asked)
    }
    rows = [_population(facts) for facts in populations]
    news = [
        row for row in rows if present.get(_vintage(row)) != (row.count, row.verified, row.note)
    ]
    Population.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["region", "year", "kind", "source"],
        update_fields=["count", "verified", "note"],
    )
    return len(news)


def _vintage(row: Population) -> tuple[str, int, str, str]:
    return (row.region_id, row.year, row.kind, row.source)


def _population(facts: PopulationFacts) -> Population:
    return Population(
        region_id=facts.region_code,
        year=facts.year,
        kind=facts.kind,
        count=facts.count,
        source=facts.source,
        verified=facts.verified,
        note=facts.note,
        **facts.groups,
    )


@transaction.atomic
def import_figures(
    *,
    populations: Sequence[PopulationFacts],
    areas: Sequence[AreaFacts],
    file_name: str,
    actor: Actor,
) -> Written:
    """This will add counts of people and areas beside those known, all of them or none.

    What is known already, equal in everything, is left. Refuses BadInput an empty file, groups
    that do not fit their total; Clash another number of the same unit, year, kind and source;
    NotAllowed units that the actor does not keep. Whoever reads a file has checked it
    (`population_files.check`).
    """
    wanted = {f.region_code for f in populations} | {f.region_code for f in areas}
    if not wanted:
        raise BadInput("文件里没有任何数字", field="file")
    access.require_keeper(actor, wanted)
    people, sizes = _news(populations, wanted), _new_areas(areas, wanted)
    Population.objects.bulk_create(people)
    Area.objects.bulk_create(sizes)
    if people or sizes:
        trail_actions.record(
            events.FiguresImported(
                region_code=_top(wanted),
                file_name=file_name[:120],
                populations=len(people),
                areas=len(sizes),
            ),
            actor=actor,
        )
    return Written(added=len(sizes), changed=0, populations=len(people))


def _news(populations: Sequence[PopulationFacts], wanted: set[str]) -> list[Population]:
    known = {_vintage(row): row for row in Population.objects.filter(region__in=wanted)}
    news = []
    for facts in populations:
        if said := choosing.group_fault(facts.count, dict(facts.groups)):
            raise BadInput(said, field="file")
        row = _population(facts)
        old = known.get(_vintage(row))
        if old is None:
            news.append(row)
        elif _numbers(old) != _numbers(row):
            raise Clash(
                choosing.same_vintage(facts.region_code, old.count), way_on=choosing.OTHER_SOURCE
            )
    return news


def _new_areas(areas: Sequence[AreaFacts], wanted: set[str]) -> list[Area]:
    known = {
        (row.region_id, row.year, row.source): row.km2
        for row in Area.objects.filter(region__in=wanted)
    }
    news = []
    for facts in areas:
        old = known.get((facts.region_code, facts.year, facts.source))
        if old is None:
            news.append(
                Area(
                    region_id=facts.region_code,
                    year=facts.year,
                    km2=facts.km2,
                    source=facts.source,
                )
            )
        elif old != facts.km2:
            raise Clash(choosing.same_vintage(facts.region_code, old), way_on=choosing.OTHER_SOURCE)
    return news


def _numbers(row: Population) -> tuple[int | None, ...]:
    return (row.count, *(getattr(row, name) for name in choosing.GROUPS))


@transaction.atomic
def import_outlines(
    *,
    outlines: Sequence[OutlineFacts],
    year: int,
    source: str,
    crs: str,
    file_name: str,
    actor: Actor,
) -> int:
    """This will add an office's outlines beside those known, all or none, and return how many.

    Refuses BadInput none at all; Clash one of the same unit, year and source; NotAllowed units
    that the actor does not keep. Whoever reads a file has checked it (`outline_files.check`).
    """
    wanted = {facts.region_code for facts in outlines}
    if not wanted:
        raise BadInput("文件里没有任何边界", field="file")
    access.require_keeper(actor, wanted)
    twice = Boundary.objects.filter(region__in=wanted, year=year, source=source).first()
    if twice is not None:
        raise Clash(
            f"{twice.region_id} 已有 {year} 年、来源“{source}”的边界", way_on=choosing.OTHER_SOURCE
        )
    now = clock.now()
    Boundary.objects.bulk_create(
        Boundary(
            region_id=facts.region_code, year=year, source=source, file_name=file_name[:120],
            shape=facts.shape, crs=crs, west=facts.box[0], south=facts.box[1], east=facts.box[2],
            north=facts.box[3], area_km2=facts.area_km2, points=facts.points, imported_at=now,
        )
        for facts in outlines
    )  # fmt: skip
    trail_actions.record(
        events.OutlinesImported(
            region_code=_top(wanted),
            file_name=file_name[:120],
            outlines=len(outlines),
            year=year,
            crs=crs,
        ),
        actor=actor,
    )
    return len(outlines)


def _top(wanted: set[str]) -> str:
    """The county of the units, where their history is read."""
    first = min(wanted)
    return codes.at_level(first, "county") or first
