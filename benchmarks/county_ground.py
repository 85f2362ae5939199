"""Makes a county of real size through the product's own actions; prints its runs as JSON.

Runs as a process of its own with the environment of the house that is measured: offices and
accounts, villages with outlines, stations, roads (an OpenStreetMap file), population cells, and two
runs: at any hour, and at an instant, where opening hours count.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import osmium
import shapely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")

#: a village's ground is put together of so many pieces, so that its border is no straight line
_PIECES = 9
LICENCE = "benchmark: drawn, no real roads"


def main() -> None:
    """This will fill the house. Arguments: roads (.osm.pbf), number of stations, of cells."""
    from yike.house import config as house_config
    from yike.house import installing

    installing.prepare(house_config.read())
    import django

    django.setup()
    from yike.demo import furnish
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting

    roads, stations, cells = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    actor = system("benchmark")
    with acting(actor):
        offices = furnish.place_offices(actor=actor)
        furnish.admit_players(offices, actor=actor)
    ground = Ground(nodes_of(roads))
    with acting(actor):
        draw_villages(ground, actor)
        open_stations(ground, stations, offices["centre"], actor)
    told = {"villages": len(ground.codes), "networks_s": take_roads(roads, actor)}
    told["people_s"] = take_cells(ground, cells, actor)
    print(json.dumps(told | reckon(actor)))


class Ground:
    """Which village every place on a road belongs to; villages of one town lie side by side."""

    def __init__(self, nodes: Any) -> None:
        from yike.demo import furnish

        self.codes, self.nodes = sorted(furnish.villages()), nodes
        chance = np.random.default_rng(11)
        seeds = chance.choice(len(nodes), len(self.codes) * _PIECES, replace=False)
        middle = nodes[seeds[: len(self.codes)]]
        self.middle = middle[_side_by_side(middle)]
        self.pieces = np.concatenate([self.middle, nodes[seeds[len(self.codes) :]]])
        nearest = shapely.STRtree(shapely.points(self.middle)).nearest(shapely.points(self.pieces))
        self.owner = nearest
        tree = shapely.STRtree(shapely.points(self.pieces))
        self.village = self.owner[tree.nearest(shapely.points(nodes))]

    def shapes(self) -> dict[str, Any]:
        """This will return the outlines of villages by code."""
        box = shapely.box(*self.nodes.min(axis=0) - 0.005, *self.nodes.max(axis=0) + 0.005)
        points = shapely.multipoints(self.pieces)
        parts = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=box, ordered=True))
        parts = shapely.intersection(parts, box)
        return {
            code: shapely.union_all(parts[self.owner == at]) for at, code in enumerate(self.codes)
        }


def _side_by_side(places: Any) -> Any:
    """An order in which neighbours follow one another: along a curve that fills the plane."""
    span = np.ptp(places, axis=0)
    x, y = ((places - places.min(axis=0)) / span * 1023).astype(np.int64).T
    key = np.zeros(len(places), np.int64)
    for bit in range(10):
        key |= ((x >> bit) & 1) << (2 * bit) | ((y >> bit) & 1) << (2 * bit + 1)
    return np.argsort(key, kind="stable")


def nodes_of(roads: Path) -> Any:
    """This will return lon, lat of the nodes on roads, each once."""
    file = osmium.FileProcessor(str(roads)).with_locations()
    found = {
        (node.lon, node.lat)
        for way in file.with_filter(osmium.filter.KeyFilter("highway"))
        if way.is_way()
        for node in way.nodes
    }
    return np.array(sorted(found))


def draw_villages(ground: Ground, actor: Any) -> None:
    """This will import the outlines as the office's page does.

    A drawn village does not lie where a real one of that code is known to: those have none.
    """
    from yike.rooms.regions import actions, outline_files
    from yike.rooms.regions import queries as regions_queries
    from yike.rooms.regions.outline_files import Said

    known = {row.code for row in regions_queries.villages_of("330225000000") if row.point}
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shapely.geometry.mapping(one)}
        for code, one in ground.shapes().items()
        if code not in known
    ]
    raw = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    made = outline_files.check(
        raw, name="drawn.geojson", county="330225000000", said=Said(sure=True)
    )
    if made.faults:
        raise SystemExit(f"outlines: {made.faults[:3]}")
    actions.import_outlines(
        outlines=made.found, year=2026, source="benchmark", crs=made.crs,
        file_name="drawn.geojson", actor=actor,
    )  # fmt: skip


def open_stations(ground: Ground, many: int, office: UUID, actor: Any) -> None:
    """This will register stations in the middle of villages, each town's first a level higher."""
    from yike.rooms.places import actions

    chance = np.random.default_rng(12)
    towns: set[str] = set()
    for number, at in enumerate(sorted(chance.choice(len(ground.codes), many, replace=False))):
        code = ground.codes[at]
        level = 2 if not number else 5 if code[:9] in towns else 3
        towns.add(code[:9])
        actions.register_station(
            code=f"B-{number:03d}", name=f"第{number + 1}公共法律服务点", level=level,
            institution_id=office, region_code=code, address="见地图", phone="12348",
            point=tuple(ground.middle[at].tolist()), point_reason="benchmark", actor=actor,
            opened_on=date(2025, 1, 1),
        )  # fmt: skip


def take_roads(roads: Path, actor: Any) -> dict[str, float]:
    """This will import the roads for each mode, carried out as the job does; seconds by mode."""
    from yike.rooms.guard.acting import acting
    from yike.rooms.reach import actions, carrying, flow

    told = {}
    for mode in flow.MODES:
        begun = time.perf_counter()
        with acting(actor), roads.open("rb") as content:
            made = actions.take_network(
                county_code="330225000000", mode=mode, kind="osm", name=roads.name,
                content=content, vintage="2026", licence=LICENCE, actor=actor,
            )  # fmt: skip
        carrying.build(made)
        told[mode] = round(time.perf_counter() - begun, 1)
    return told


def take_cells(ground: Ground, many: int, actor: Any) -> float:
    """This will import population cells beside the roads and confirm them; returns seconds."""
    from yike.rooms.guard.acting import acting
    from yike.rooms.reach import actions, carrying

    chance = np.random.default_rng(13)
    chosen = chance.choice(len(ground.nodes), many, replace=many > len(ground.nodes))
    places = ground.nodes[chosen] + chance.normal(0, 2e-4, (many, 2))
    heads = chance.integers(1, 24, many)
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerow(("cell_id", "lon", "lat", "population", "elderly", "region_code"))
    for number, (at, place, people) in enumerate(zip(chosen, places, heads, strict=True)):
        code = ground.codes[ground.village[at]]
        rows.writerow((f"G{number:05d}", *place.round(6), people, people // 4, code))
    begun = time.perf_counter()
    with acting(actor):
        made = actions.take_people(
            county_code="330225000000", name="人口单元", source="benchmark", vintage="2026",
            system="wgs84", file_name_="cells.csv", content=io.BytesIO(sheet.getvalue().encode()),
            actor=actor,
        )  # fmt: skip
    carrying.place(made)
    with acting(actor):
        actions.confirm_people(people_id=made, system="wgs84", actor=actor)
    return round(time.perf_counter() - begun, 1)


def reckon(actor: Any) -> dict[str, Any]:
    """This will count every registered station, and reckon the runs; ids and seconds."""
    from yike.rooms.guard.acting import acting
    from yike.rooms.reach import actions, assembling, carrying
    from yike.rooms.reach import queries as reach_queries

    with acting(actor):
        ruler = reach_queries.ruler(actor, county="330225000000")
        actions.set_yardstick(
            county_code="330225000000", minutes=ruler.minutes,
            modes={one["zone"]: one["mode"] for one in ruler.zones},
            metres={one["zone"]: one["metres"] for one in ruler.zones},
            places=ruler.places, source=ruler.source, checked_on=ruler.checked_on,
            published=False, actor=actor,
        )  # fmt: skip
    told: dict[str, Any] = {}
    at = datetime(2026, 5, 6, 1, tzinfo=UTC)
    for name, when in (("hours", at), ("run", None)):
        begun = time.perf_counter()
        with acting(actor):
            asked = assembling.Asked(name=f"现状{'（九点）' if when else ''}", at=when)
            made = actions.ask_run(county_code="330225000000", asked=asked, actor=actor)
        carrying.reckon(made)
        told |= {name: str(made), f"{name}_s": round(time.perf_counter() - begun, 1)}
    return told


if __name__ == "__main__":
    main()
