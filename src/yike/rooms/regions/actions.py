"""Every write of the tree: the shipped reference, and a county from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.regions import codes, coordinates, events
from yike.rooms.regions.models import Population, Region
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
    """One count of people."""

    region_code: str
    year: int
    kind: str
    count: int
    source: str
    verified: bool = False
    note: str = ""


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
        (row.region_id, row.year, row.kind): (row.count, row.source, row.verified, row.note)
        for row in Population.objects.filter(region__in=asked)
    }
    news = [
        Population(
            region_id=facts.region_code,
            year=facts.year,
            kind=facts.kind,
            count=facts.count,
            source=facts.source,
            verified=facts.verified,
            note=facts.note,
        )
        for facts in populations
        if present.get((facts.region_code, facts.year, facts.kind))
        != (facts.count, facts.source, facts.verified, facts.note)
    ]
    Population.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["region", "year", "kind"],
        update_fields=["count", "source", "verified", "note"],
    )
    return len(news)
