"""The scene's register of help: a town counted, measured and drawn."""

from __future__ import annotations

from typing import Any

import shapely

from checks.scene import HOUSE, JINPING, VISITOR, Scene
from yike.demo import cast
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import checked
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import actions as regions_actions
from yike.rooms.regions import codes


def counted(scene: Scene) -> None:
    """石浦 is counted once more, measured and drawn: a rectangle around its centre."""
    director, shape = scene.actors["director"], shapely.box(121.88, 29.17, 121.98, 29.25)
    told: dict[str, Any] = {"region_code": f"{JINPING[:9]}000", "source": "检查用"}
    with acting(director):
        regions_actions.import_figures(
            populations=[
                regions_actions.PopulationFacts(year=2024, kind="stated", count=80_000, **told)
            ],
            areas=[regions_actions.AreaFacts(year=2024, km2=120.0, **told)],
            file_name="检查.csv", actor=director,
        )  # fmt: skip
        drawn = regions_actions.OutlineFacts(
            region_code=told["region_code"], shape=shapely.to_wkb(shape), box=shape.bounds,
            area_km2=86.4, points=5,
        )  # fmt: skip
        regions_actions.import_outlines(
            outlines=[drawn], year=2024, source="检查用", crs="WGS 84", file_name="检查.geojson",
            actor=director,
        )  # fmt: skip


def corrected(scene: Scene) -> None:
    """The firm is verified; a citizen says that its telephone number is wrong."""
    director = scene.actors["director"]
    with acting(director):
        firms = providers_queries.institutions_in(codes.span(cast.COUNTY), ("law_firm",))
        house = firms[0].id
        providers_actions.verify_institution(institution_id=house, source="检查用", actor=director)
    with acting(VISITOR):
        row = providers_queries.institution(house)
        scene.ids["receipt"] = providers_actions.report_wrong(
            about="institution", subject=house, name=row.name, region_code=row.region_code,
            kind="01", wrong="phone", words="打过去是空号", actor=VISITOR,
        )  # fmt: skip
    with acting(HOUSE):
        found = checked.correction_by_code(scene.ids["receipt"], cast.COUNTY)
        scene.ids["correction"] = str(found.id)
