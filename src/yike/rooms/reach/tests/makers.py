"""A small county for tests: roads as OpenStreetMap XML, cells as CSV, a station, and the house."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from math import cos, radians
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from yike.engines.travel.tests import feeds
from yike.rooms.core.actor import Actor
from yike.rooms.places import queries as places_queries
from yike.rooms.places.models import Upkeep
from yike.rooms.places.tests import makers as place_makers
from yike.rooms.reach import actions, carrying, store
from yike.rooms.reach.assembling import Asked
from yike.rooms.reach.models import Network
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, KEEPER, SHIPU

TOY: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "toy_county.yaml").read_text(encoding="utf-8")
)
#: Where the road begins, and where the island lies; degrees a metre along it.
LON, LAT, ISLE_LAT = 121.93, 29.20, 29.30
DEGREE_M = 111_195.08
STEP = 100


def lon_at(metres: float) -> float:
    """The longitude so many metres east of the station."""
    return LON + metres / (DEGREE_M * cos(radians(LAT)))


def osm(metres: int = 3000, *, isle: bool = True) -> bytes:
    """A straight road with a node every hundred metres, and an island with a road of its own."""
    nodes, ways = [], []
    runs = [(1, LAT)] + ([(10_001, ISLE_LAT)] if isle else [])
    for first, lat in runs:
        ids = [first + k for k in range(metres // STEP + 1)]
        nodes += [
            f'<node id="{one}" version="1" lat="{lat}" lon="{lon_at(k * STEP):.7f}"/>'
            for k, one in enumerate(ids)
        ]
        refs = "".join(f'<nd ref="{one}"/>' for one in ids)
        ways.append(f'<way id="{first}" version="1">{refs}<tag k="highway" v="residential"/></way>')
    body = "".join(nodes + ways)
    return f'<?xml version="1.0"?><osm version="0.6">{body}</osm>'.encode()


def cells_csv(*, system_shift: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """The toy county's villages, one cell each, with their codes."""
    lines = ["cell_id,lon,lat,population,elderly,region_code"]
    for at, one in enumerate(TOY["村"], 1):
        lat = ISLE_LAT if one.get("岛") else LAT
        lon = lon_at(one.get("米", 0)) + system_shift[0]
        place = f"{lon:.7f},{lat + system_shift[1]:.7f}"
        lines.append(f"c{at},{place},{one['人']},{one['老人']},{one['代码']}")
    return ("\n".join(lines) + "\n").encode()


def station(**facts: Any) -> UUID:
    """The station at the beginning of the road."""
    known: dict[str, Any] = {"name": TOY["站"]["名"], "point": (LON, LAT)}
    known["opened_on"] = date(2026, 1, 5)
    return published(place_makers.station("TOY", **(known | facts)))


def published(station_id: UUID) -> UUID:
    """The same station, on the public map: how it came there is the matter of places."""
    told = {"region_id": SHIPU, "published_on": date(2026, 1, 6)}
    Upkeep.objects.update_or_create(facility="station", subject=station_id, defaults=told)
    return station_id


def station_stands() -> None:
    """The same station in a house that several stories share: made by whoever comes first."""
    if places_queries.station_by_code("TOY") is None:
        station()


#: Networks that the child process built in this run of the tests, by mode: what it said, the file.
_BUILT: dict[str, tuple[dict[str, Any], bytes]] = {}


def network(mode: str = "walk", content: bytes | None = None, *, actor: Actor = HOUSE) -> UUID:
    """A network, built by the child process; the toy county's own only once for each mode."""
    made = actions.take_network(
        county_code=COUNTY, mode=mode, kind="osm", name="toy.osm",
        content=io.BytesIO(osm() if content is None else content), vintage="2026-10", actor=actor,
    )  # fmt: skip
    if content is None and mode in _BUILT:
        told, kept = _BUILT[mode]
        store.place_for_new(made).write_bytes(kept)
        store.settle(made, told["digest"])
        actions.settle_network(network_id=made, made=told, actor=actor)
        return made
    carrying.build(made)
    if content is None:
        row = Network.objects.get(pk=made)
        told = {**row.facts, "digest": row.digest}
        _BUILT[mode] = told, store.network_path(row.digest).read_bytes()
    return made


def feed(*, until: str = "20261231", weekdays: bool = False) -> bytes:
    """A boat from the quay at the road's beginning to the island, three times a day."""
    calls = {f"t{hour}": f"A {hour}:00, B {hour}:30" for hour in ("08", "12", "16")}
    calls |= {f"b{hour}": f"B {hour}:00, A {hour}:30" for hour in ("09", "13", "17")}
    calendar = feeds.CALENDAR.replace("20261231", until)
    if weekdays:
        calendar = calendar.replace("1,1,1,1,1,1,1", "1,1,1,1,1,0,0")
    return _zipped(calls, calendar=calendar)


def seasonal_feed() -> bytes:
    """At nine from the island: ten minutes by the boat of the summer, thirty by the other."""
    calls = {"summer": "B 09:00, A 09:10", "winter": "B 09:00, A 09:30"}
    week = "1,1,1,1,1,1,1"
    calendar = feeds.CALENDAR.splitlines()[0] + (
        f"\nban,{week},20260501,20260915\nout1,{week},20260101,20260430"
        f"\nout2,{week},20260916,20261231\n"
    )
    calls["spring"] = calls["winter"]
    services = {"summer": "ban", "spring": "out1", "winter": "out2"}
    return _zipped(calls, calendar=calendar, services=services)


def _zipped(calls: dict[str, str], **told: Any) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        stops = {"A": (LON, LAT), "B": (LON, ISLE_LAT)}
        folder = feeds.write_feed(Path(place) / "feed", stops, calls, **told)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for one in sorted(folder.iterdir()):
                archive.write(one, one.name)
    return made.getvalue()


def timetable(content: bytes | None = None, *, actor: Actor = HOUSE) -> UUID:
    """The island's timetable, read and laid into the networks there are."""
    made = actions.take_timetable(
        county_code=COUNTY, name="boats.zip", licence="县港航中心提供，可以公开",
        content=io.BytesIO(feed() if content is None else content), actor=actor,
    )  # fmt: skip
    carrying.schedule(made)
    return made


def asked_people(
    content: bytes | None = None, *, system: str = "wgs84", actor: Actor = HOUSE
) -> UUID:
    """Cells that were read and wait to be confirmed."""
    made = actions.take_people(
        county_code=COUNTY, name="村级人口", source="县统计局", vintage="2025 年末",
        system=system, file_name_="cells.csv",
        content=io.BytesIO(cells_csv() if content is None else content), actor=actor,
    )  # fmt: skip
    carrying.place(made)
    return made


def people(*, actor: Actor = HOUSE) -> UUID:
    """Cells that count."""
    made = asked_people(actor=actor)
    actions.confirm_people(people_id=made, system="wgs84", actor=actor)
    return made


def run(*, actor: Actor = HOUSE, **asked: Any) -> UUID:
    """A run on foot, reckoned."""
    told = Asked(**{"name": "现状", "ruler": "walk"} | asked)
    made = actions.ask_run(county_code=COUNTY, asked=told, actor=actor)
    carrying.reckon(made)
    return made


__all__ = ["COUNTY", "HOUSE", "KEEPER", "TOY"]
