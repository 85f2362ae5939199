"""The tree, centres and population that ship with the house. Sources: data/SOURCES.md."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from yike.rooms.core.actor import Actor
from yike.rooms.regions import actions, codes
from yike.rooms.regions.coordinates import Crs, Point

DATA = Path(__file__).parent / "data"
TREE = "国家统计局统计用区划代码 2023"
CENTRES = "Vonng/adcode 2016（CC BY 4.0）"


def load_reference(*, actor: Actor) -> actions.Written:
    """This will bring the shipped units, centres and counts into the tables.

    Idempotent: a second run writes nothing. Rows of an imported file are left as they are.
    """
    return actions.load_regions(regions=region_facts(), populations=population_facts(), actor=actor)


def region_facts(*spans: tuple[str, str]) -> list[actions.RegionFacts]:
    """This will return the shipped units, only those of some ranges of codes when asked."""
    points = {
        row["code"]: ((float(row["lon"]), float(row["lat"])), cast(Crs, row["crs"]))
        for row in _lines("points.csv")
    }
    return [
        _facts(row, points)
        for name in ("nation.csv", "towns.csv", "villages.csv")
        for row in _lines(name)
        if not spans or any(codes.within(row["code"], span) for span in spans)
    ]


def _facts(row: dict[str, str], points: dict[str, tuple[Point, Crs]]) -> actions.RegionFacts:
    point, crs = points.get(row["code"], (None, "wgs84"))
    return actions.RegionFacts(
        code=row["code"],
        name=row["name"],
        level=cast(codes.Level, row["level"]),
        point=point,
        crs=cast(Crs, crs),
        point_source=CENTRES if point else "",
        source=TREE,
    )


def population_facts() -> list[actions.PopulationFacts]:
    """This will return the shipped counts of people."""
    return [
        actions.PopulationFacts(
            region_code=row["code"],
            year=int(row["year"]),
            kind=row["kind"],
            count=int(row["count"]),
            source=row["source"],
            verified=row["verified"] == "1",
            note=row["note"],
        )
        for row in _lines("population.csv")
    ]


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
