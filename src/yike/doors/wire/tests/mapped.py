"""A county with points, outlines and a snapshot, for tests of the layers."""

from __future__ import annotations

from datetime import date

import shapely

from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.places.models import Station, Upkeep
from yike.rooms.reach.models import PopulationSet, Run
from yike.rooms.regions import actions as regions_actions

COUNTY, SHIPU, HEPU, JINPING = makers.COUNTY, makers.SHIPU, makers.HEPU, makers.JINPING


def there() -> bool:
    """This will say whether the county is furnished already."""
    with acting(makers.SYSTEM):
        return Station.objects.filter(code="OGC-1").exists()


def furnish(county: makers.County) -> None:
    """This will place stations, a terminal's sort and signs, draw outlines, keep a snapshot."""
    house = makers.SYSTEM
    with clock.at(makers.MONDAY), acting(house):
        for no in range(1, 6):
            ref = places_actions.register_station(
                code=f"OGC-{no}", name=f"图层站点{no}", level=3, institution_id=county.firm,
                region_code=HEPU if no == 5 else SHIPU,
                point=None if no == 4 else (121.9000001 + no / 100, 29.2000002 + no / 100),
                opened_on=date(2026, no, 1), actor=house,
            )  # fmt: skip
            Station.objects.filter(pk=ref).update(featured=no == 1)
            if no in (1, 2, 5):  # what a reviewed photo leaves behind, without the photo
                Upkeep.objects.create(
                    facility="station", subject=ref, region_id=HEPU if no == 5 else SHIPU,
                    published_on=date(2026, 6, no),
                )  # fmt: skip
        for name in ("terminal", "sign"):
            for no in range(3):
                ref = places_actions.register_facility(
                    facility=name, code=f"OGC-{name}-{no}", name=f"{name}{no}", kind="自助机",
                    region_code=SHIPU,
                    point=(121.91 + no / 1000, 29.21), actor=house,
                )  # fmt: skip
                Upkeep.objects.create(
                    facility=name, subject=ref, region_id=SHIPU, published_on=date(2026, 6, 1)
                )
        drawn = {
            SHIPU: shapely.box(121.85, 29.15, 122.0, 29.3),
            HEPU: shapely.box(121.9, 29.0, 122.0, 29.15),
            JINPING: shapely.Polygon([(121.9, 29.2), (121.93, 29.2), (121.9123456, 29.23)]),
        }
        regions_actions.import_outlines(
            outlines=[
                regions_actions.OutlineFacts(
                    region_code=code, shape=shapely.to_wkb(shape), box=shape.bounds,
                    area_km2=10.0, points=5,
                )
                for code, shape in drawn.items()
            ],
            year=2024, source="检查用", crs="WGS 84", file_name="o.geojson", actor=house,
        )  # fmt: skip
        _snapshot()


def _snapshot() -> None:
    """Only what a platform reads of a run: reckoning has tests of its own."""
    people = PopulationSet.objects.create(
        county_code=COUNTY, name="检查", source="检查", vintage="2025", system="wgs84",
        state="former", taken_at=makers.MONDAY,
    )  # fmt: skip
    rows = [
        {"key": "village", "group": "all", "code": code, "name": name, "total": 100,
         "covered": [40 + no, 80], "uncovered": 60 - no, "unreachable": 0, "unknown_cells": 0,
         "median": 9.5}
        for no, (code, name) in enumerate([(JINPING, "金屏"), (makers.DASHA, "大沙")])
    ]  # fmt: skip
    for name in ("", "2026年10月"):
        Run.objects.create(
            county_code=COUNTY, name="检查", people=people, ruler="walk", state="done",
            inputs={"target": 15, "networks": {}, "stations": [], "edits": []}, snapshot=name,
            tables={"rows": rows, "minutes": [15, 30], "target": 15}, asked_at=makers.MONDAY,
        )  # fmt: skip
