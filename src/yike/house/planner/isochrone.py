"""`./yike reach isochrone N.net --lon X --lat Y --minutes 15 --out A.geojson`.

The area from which the point is reached within the minutes; with --from, the area reached from
it. Several bounds (--minutes 5,10,15,30) give areas one inside the other; --stations S.csv takes
all stations at once: the area from which any of them is reached.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from yike.engines.travel.errors import PointsError
from yike.engines.travel.isochrone import Area, Areas, LastLeg, at_points, geojson, ground_of
from yike.engines.travel.isochrone.water import read_water
from yike.engines.travel.snapping import Snapper
from yike.house.planner import moment_options, nearest, outputs, roads_asked, shifts, tables


def main(argv: Sequence[str]) -> int:
    """This will write the areas as GeoJSON and say how large they are; 0 done."""
    asked = outputs.checked(_parser().parse_args(argv))
    lon, lat = _places(asked)
    network = roads_asked.network_asked(asked)
    moment_options.remind(network, timed=False)
    leg = LastLeg(kmh=asked.last_leg_kmh, metres=asked.last_leg_metres)
    ground = ground_of(network, toward=not asked.away)
    snapper = Snapper(network)
    if asked.stations:
        shifts.tell_shift(asked.stations.name, tables.read_stations(asked.stations), snapper)
    start = at_points(ground, network, snapper, lon, lat, kmh=leg.kmh)
    water = read_water(asked.water, asked.crs) if asked.water else None
    areas = Areas(ground).within(start, asked.minutes, last_leg=leg, water=water)
    geojson.write(areas, asked.out)
    _report(areas, asked.out)
    return 0


def _places(asked: argparse.Namespace) -> tuple[list[float], list[float]]:
    if asked.stations and asked.lon is None and asked.lat is None:
        stations = tables.read_stations(asked.stations)
        return stations.lon.tolist(), stations.lat.tolist()
    if asked.stations or asked.lon is None or asked.lat is None:
        raise PointsError("请给出 --lon 和 --lat，或者只给出 --stations。")
    return [asked.lon], [asked.lat]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike reach isochrone", description=__doc__)
    roads_asked.add_network(parser)
    parser.add_argument("--lon", type=float)
    parser.add_argument("--lat", type=float)
    parser.add_argument("--stations", type=Path, help="CSV: station_id,lon,lat")
    parser.add_argument("--minutes", type=_minutes, default=[15.0], help="15, or 5,10,15,30")
    parser.add_argument("--from", dest="away", action="store_true", help="outward, not toward it")
    parser.add_argument("--last-leg-kmh", type=float, default=LastLeg().kmh)
    parser.add_argument("--last-leg-metres", type=float, default=LastLeg().metres)
    parser.add_argument("--water", type=Path, help="polygons that no area may cover")
    parser.add_argument("--crs", help="of the water, where its file does not say: EPSG:4549")
    parser.add_argument("--out", type=Path, required=True, help="the .geojson file to write")
    return parser


def _minutes(words: str) -> list[float]:
    return [nearest.day_part(word) for word in words.split(",")]


def _report(areas: Sequence[Area], out: Path) -> None:
    told = "，".join(f"{area.minutes:g} 分钟 {area.km2:.2f} 平方千米" for area in areas)
    print(f"{out}：{told}。", file=sys.stderr)
