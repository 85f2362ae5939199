"""Areas around points beside a road, and what is said of points that lie nowhere near one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from yike.engines.travel.errors import PointsError, RoadsError
from yike.engines.travel.isochrone import Area, Areas, LastLeg, at_nodes, at_points, ground_of
from yike.engines.travel.isochrone.water import read_water
from yike.engines.travel.network import Network
from yike.engines.travel.snapping import Snapper
from yike.engines.travel.tests import plans_of_roads as plans

LEG = LastLeg()


def around(
    network: Network, *spots: tuple[float, float], minutes: float = 15, toward: bool = True
) -> Area:
    ground = ground_of(network, toward=toward)
    places = [plans.at(*spot) for spot in spots]
    lon, lat = [p.x for p in places], [p.y for p in places]
    start = at_points(ground, network, Snapper(network), lon, lat, kmh=LEG.kmh)
    return Areas(ground).within(start, [minutes])[0]


def likeness(one: Any, other: Any) -> float:
    return float(one.intersection(other).area / one.union(other).area)


def in_metres(area: Area) -> Any:
    def turn(points: Any) -> Any:
        return np.column_stack(plans.PLANE.metres(points[:, 0], points[:, 1]))

    return shapely.transform(area.polygons, turn)


@pytest.mark.parametrize("minutes", [3, 10, 30])
@pytest.mark.parametrize("toward", [True, False])
def test_a_point_in_the_middle_of_a_road_is_like_a_node_there(minutes: int, toward: bool) -> None:
    whole = plans.network_of([(0, 0), (3000, 0), (3000, 900)], plans.road(0, 1, 2))
    cut = plans.network_of([(0, 0), (1300, 0), (3000, 0), (3000, 900)], plans.road(0, 1, 2, 3))
    ground = ground_of(cut, toward=toward)
    (truth,) = Areas(ground).within(at_nodes(ground, 1), [minutes])
    found = around(whole, (1300, 0), minutes=minutes, toward=toward)
    assert likeness(found.polygons, truth.polygons) > 0.98


def test_the_way_to_the_road_takes_its_time() -> None:
    """100 m at 3 km/h are two minutes, then 8 minutes at 4.5 km/h are 600 m either way."""
    line = plans.network_of([(0, 0), (4000, 0)], plans.road(0, 1))
    west, south, east, north = in_metres(around(line, (2000, 100), minutes=10)).bounds
    assert (west, east) == (pytest.approx(1400, abs=15), pytest.approx(2600, abs=15))
    assert (south, north) == (pytest.approx(-150, abs=5), pytest.approx(250, abs=5))


def test_a_one_way_road_is_left_and_entered_in_its_direction() -> None:
    line = plans.network_of([(0, 0), (4000, 0)], plans.road(0, 1, both=False))
    west, _, east, _ = in_metres(around(line, (2000, 0), minutes=10)).bounds
    assert (west, east) == (pytest.approx(1250, abs=15), pytest.approx(2150, abs=15))
    west, _, east, _ = in_metres(around(line, (2000, 0), minutes=10, toward=False)).bounds
    assert (west, east) == (pytest.approx(1850, abs=15), pytest.approx(2750, abs=15))


def test_several_points() -> None:
    network = plans.banks()
    both = around(network, (100, 20), (900, 420), minutes=5).polygons
    apart = [around(network, spot, minutes=5).polygons for spot in ((100, 20), (900, 420))]
    assert likeness(both, shapely.union_all(apart)) > 0.98


@pytest.mark.parametrize(
    ("lon", "lat", "word"),
    [
        ([29.48], [121.87], "写反"),
        ([120.0], [29.48], "不在路网的范围内（经度 121.8"),
        ([121.875], [29.49], "没有道路"),
        ([121.87, 121.875], [29.48, 29.49], "第 2 个点"),
        ([float("nan")], [29.48], "不在路网的范围内"),
    ],
)
def test_points_that_lie_nowhere(lon: list[float], lat: list[float], word: str) -> None:
    network = plans.banks()
    ground = ground_of(network)
    with pytest.raises(PointsError, match=word):
        at_points(ground, network, Snapper(network), lon, lat, kmh=3.0)


@pytest.mark.parametrize(("kmh", "metres"), [(0.0, 150.0), (3.0, 0.0), (3.0, 9000.0)])
def test_a_last_leg_that_cannot_be_meant(kmh: float, metres: float) -> None:
    with pytest.raises(PointsError, match="最后一段"):
        LastLeg(kmh=kmh, metres=metres)


def write(file: Path, shape: Any, crs: str | None) -> Path:
    kind = {"geometry_type": shape.geom_type, "crs": crs}
    pyogrio.raw.write(file, shapely.to_wkb(np.array([shape])), [], [], **kind)
    return file


def test_water_is_read_in_any_system(tmp_path: Path) -> None:
    lake = shapely.box(500_000, 3_262_000, 501_000, 3_263_000)
    water = read_water(write(tmp_path / "lake.gpkg", lake, "EPSG:4549"))
    assert water.centroid.x == pytest.approx(120.005, abs=0.001)
    assert water.centroid.y == pytest.approx(29.48, abs=0.01)
    unsaid = write(tmp_path / "unsaid.shp", lake, "EPSG:4549")
    unsaid.with_suffix(".prj").unlink()
    with pytest.raises(RoadsError, match="--crs"):
        read_water(unsaid)


def test_water_without_polygons(tmp_path: Path) -> None:
    line = write(tmp_path / "line.gpkg", shapely.LineString([(1, 1), (2, 2)]), "EPSG:4326")
    with pytest.raises(PointsError, match="没有面"):
        read_water(line)
    with pytest.raises(PointsError, match="读不出来"):
        read_water(tmp_path / "none.gpkg")
