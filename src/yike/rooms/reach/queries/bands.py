"""Who lives within 5, 10, 15 and 30 minutes of a point: the areas, and the villages by band."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import assembling, flow
from yike.rooms.reach.models import PopulationSet
from yike.rooms.reach.queries.areas import BANDS, Area, area
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.coordinates import Point

_MINUTE = 600


@dataclass(frozen=True, kw_only=True)
class BandRow:
    """One village: its people (None: unknown) and how many of them are within each of the minutes.

    `band`: the least of the minutes within which half of its people are; None beyond them all.
    """

    code: str
    name: str
    town: str
    people: int | None
    within: tuple[int, ...]
    band: int | None


@dataclass(frozen=True, kw_only=True)
class Bands:
    """`rows`: villages with somebody within the widest band, the nearest first; `beyond`: those
    without. `within` of all people of the county: one number a band. `people_name`: whose count,
    "" where villages' centres stand for their people."""

    mode_name: str
    minutes: tuple[int, ...]
    area: Area
    rows: tuple[BandRow, ...]
    beyond: int
    total: int
    within: tuple[int, ...]
    people_name: str

    @property
    def by_band(self) -> tuple[tuple[int | None, tuple[BandRow, ...]], ...]:
        """The villages of each band, the nearest band first; bands without any are left out."""
        told = [
            (band, tuple(row for row in self.rows if row.band == band))
            for band in (*self.minutes, None)
        ]
        return tuple((band, rows) for band, rows in told if rows)

    @property
    def sums(self) -> tuple[tuple[int, int], ...]:
        """Minutes, and the people within them."""
        return tuple(zip(self.minutes, self.within, strict=True))


def bands(actor: Actor, county: str, point: Point, mode: str) -> Bands:
    """This will return who is within each of the bands of a point (WGS84), by the network in use.

    Crossings count by their stated minutes. Refuses BadInput as `area` does.
    """
    held = PopulationSet.objects.filter(county_code=county, state=flow.CURRENT).first()
    villages = {row.code: row for row in regions_queries.villages_of(county)}
    homes = _cells(held) if held else _centres(villages.values())
    found = area(county, point, mode, places=[home[:2] for home in homes])
    rows = _rows(homes, found.times, villages, _towns(county)) if not found.why else ()
    near = tuple(row for row in rows if any(row.within) or row.band is not None)
    return Bands(
        mode_name=flow.MODES[mode],
        minutes=BANDS,
        area=found,
        rows=tuple(sorted(near, key=_nearness)),
        beyond=len(rows) - len(near),
        total=sum(row.people or 0 for row in rows),
        within=tuple(sum(row.within[at] for row in rows) for at in range(len(BANDS))),
        people_name=held.name if held else "",
    )


def bands_geojson(found: Bands) -> str:
    """This will return the areas as GeoJSON (WGS84), the licences beside them. Refuses BadInput."""
    if found.area.why:
        raise BadInput(found.area.why)
    told = {**found.area.areas, "licence": "；".join(found.area.licences)}
    return json.dumps(told, ensure_ascii=False)


#: longitude, latitude, people (-1: unknown), village
Home = tuple[float, float, int, str]


def _cells(held: PopulationSet) -> list[Home]:
    cells = assembling.cells_of(held)
    columns = (cells[name] for name in ("lon", "lat", "people", "village"))
    return list(zip(*columns, strict=True))


def _centres(villages: Any) -> list[Home]:
    return [(*row.point, -1, row.code) for row in villages if row.point]


def _towns(county: str) -> dict[str, str]:
    return {row.code: row.short_name for row in regions_queries.towns_of(county)}


def _rows(
    homes: Sequence[Home],
    times: Sequence[int | None],
    villages: dict[str, Any],
    towns: dict[str, str],
) -> tuple[BandRow, ...]:
    living: dict[str, list[tuple[int, int | None]]] = {}
    for (_, _, people, code), spent in zip(homes, times, strict=True):
        living.setdefault(code, []).append((people, spent))
    return tuple(_row(code, cells, villages, towns) for code, cells in sorted(living.items()))


def _row(
    code: str,
    cells: list[tuple[int, int | None]],
    villages: dict[str, Any],
    towns: dict[str, str],
) -> BandRow:
    known = any(people >= 0 for people, _ in cells)
    total = sum(max(people, 0) for people, _ in cells)
    weighed = [(max(people, 0) if total else 1, spent) for people, spent in cells]
    inside = [
        sum(weight for weight, spent in weighed if spent is not None and spent <= minutes * _MINUTE)
        for minutes in BANDS
    ]
    half = sum(weight for weight, _ in weighed)
    band = next((m for m, now in zip(BANDS, inside, strict=True) if 2 * now >= half), None)
    region = villages.get(code)
    town = towns.get(codes.at_level(code, "town"), "")
    return BandRow(
        code=code, name=region.short_name if region else towns.get(code, code), town=town,
        people=total if known else None, within=tuple(inside) if total else (0,) * len(BANDS),
        band=band,
    )  # fmt: skip


def _nearness(row: BandRow) -> tuple[int, int, str]:
    return row.band or max(BANDS) + 1, -(row.people or 0), row.code
