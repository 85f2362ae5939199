"""Areas against brute force, and on plans that lead a careless contour astray."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.travel.errors import PointsError
from yike.engines.travel.isochrone import (
    Area,
    Areas,
    LastLeg,
    at_nodes,
    geojson,
    ground_of,
    square_kilometres,
)
from yike.engines.travel.network import Network
from yike.engines.travel.tests import plans_of_roads as plans

LEG = LastLeg()
STEADY = settings(deadline=None, derandomize=True, max_examples=25)
BANDS = [5, 10, 15, 30]


def areas_of(network: Network, node: int, minutes: Any, **more: Any) -> list[Area]:
    toward = more.pop("toward", True)
    ground = ground_of(network, toward=toward)
    return Areas(ground).within(at_nodes(ground, node), minutes, **more)


def covers(area: Area, x: float, y: float) -> bool:
    return bool(area.polygons.contains(plans.at(x, y)))


def agreement(network: Network, node: int, minutes: int, *, toward: bool = True) -> float:
    """Intersection over union on 1,500 points."""
    ground = ground_of(network, toward=toward)
    (area,) = Areas(ground).within(at_nodes(ground, node), [minutes])
    samples = plans.road_samples(ground, node, minutes * 600)
    points = plans.points_around(samples, LEG.metres, 1500, seed=node)
    truth = plans.brute_force(samples, points, minutes * 600, LEG)
    drawn = shapely.contains_xy(area.polygons, *ground.plane.degrees(points[:, 0], points[:, 1]))
    return float((truth & drawn).sum() / (truth | drawn).sum())


@pytest.mark.parametrize(
    ("network", "node"),
    [(plans.grid(12, 150.0), 65), (plans.banks(), 4), (plans.island(), 0), (plans.ring(), 3)],
    ids=["grid", "river", "island", "ring"],
)
@pytest.mark.parametrize("minutes", [5, 15])
def test_areas_equal_brute_force(network: Network, node: int, minutes: int) -> None:
    assert agreement(network, node, minutes) >= 0.97


@pytest.mark.parametrize("water", [None, shapely.box(121.8, 29.4815, 121.9, 29.483)])
def test_each_area_lies_in_the_next_and_is_valid(water: Any) -> None:
    nested = areas_of(plans.grid(12, 150.0), 65, BANDS, water=water)
    assert [area.minutes for area in nested] == BANDS
    for lesser, greater in itertools.pairwise(nested):
        assert greater.polygons.covers(lesser.polygons)
        assert lesser.km2 < greater.km2
    assert all(area.polygons.is_valid for area in nested)


def test_the_hole_of_a_ring_is_kept() -> None:
    (area,) = areas_of(plans.ring(), 0, [30])
    (hole,) = area.polygons.geoms[0].interiors
    assert shapely.Polygon(hole).contains(plans.at(0, 0))
    assert square_kilometres(shapely.Polygon(hole)) == pytest.approx(np.pi * 0.35**2, rel=0.05)


def test_a_bridge_does_not_make_the_river_reachable() -> None:
    (area,) = areas_of(plans.banks(), 4, [30])
    assert not covers(area, 600, 200)
    assert covers(area, 60, 200)
    assert covers(area, 600, 400)


def test_the_far_bank_is_reached_by_the_bridge_only() -> None:
    (area,) = areas_of(plans.banks(), 4, [15])
    assert covers(area, 600, 0)
    assert not covers(area, 600, 400)


def test_no_area_on_water_and_none_on_the_bank_without_a_reached_road() -> None:
    south, north = plans.at(-500, 60), plans.at(1500, 120)
    river = shapely.set_precision(shapely.box(south.x, south.y, north.x, north.y), 1e-6)
    (free,) = areas_of(plans.banks(), 4, [10])
    (dry,) = areas_of(plans.banks(), 4, [10], water=river)
    assert covers(free, 800, 130)
    assert covers(free, 800, 90)
    assert not covers(dry, 800, 130)
    assert dry.polygons.intersection(river).area == pytest.approx(0, abs=1e-12)
    assert covers(dry, 800, -50)


def test_an_island_appears_and_its_ferry_does_not() -> None:
    (area,) = areas_of(plans.island(), 2, [15])
    assert covers(area, 3300, 200)
    assert not covers(area, 1500, 500)
    assert not covers(area, 750, 250)
    assert len(area.polygons.geoms) == 2


def test_the_last_metres_of_a_road_are_kept_and_are_no_spike() -> None:
    places = [(float(metre), 0.0) for metre in (0, 1000, 2000, 3000, 4000, 4980, 6000)]
    lines = plans.road(*range(len(places)), kmh=60)
    (area,) = areas_of(plans.network_of(places, lines), 0, [5])
    assert covers(area, 4980, 0)
    assert not covers(area, 5040, 0)
    assert not covers(area, 4980, 30)


def test_nobody_leaves_a_motorway_between_its_ends() -> None:
    points = [(0.0, 0.0), (2000.0, 0.0), (4000.0, 0.0), (4000.0, 300.0)]
    lines = plans.road(0, 1, 2, kmh=100, kind="motorway") + plans.road(2, 3)
    network = plans.network_of([*points, (0.0, 300.0)], [*lines, *plans.road(0, 4)])
    (area,) = areas_of(network, 4, [15])
    assert covers(area, 4000, 150)
    assert not covers(area, 2000, 0)


def test_people_to_the_station_and_people_from_it() -> None:
    line = plans.network_of([(0, 0), (600, 0), (1200, 0)], plans.road(0, 1, 2, both=False, kmh=4.5))
    (toward,) = areas_of(line, 1, [10])
    (away,) = areas_of(line, 1, [10], toward=False)
    assert covers(toward, 300, 0)
    assert not covers(toward, 900, 0)
    assert covers(away, 900, 0)
    assert not covers(away, 300, 0)


def test_a_road_ends_where_the_minutes_end() -> None:
    line = plans.network_of([(0, 0), (3000, 0)], plans.road(0, 1, kmh=6))
    (area,) = areas_of(line, 0, [15])
    west, _, east, _ = area.polygons.bounds
    x = ground_of(line).plane.metres(np.array([west, east]), np.array([29.48, 29.48]))[0]
    assert x[1] - x[0] == pytest.approx(1500 + 150, abs=2 * 12.5)


def test_no_spikes() -> None:
    """By car the last leg shrinks over kilometres: the strip ends where it grows thin."""
    line = plans.network_of([(0, 0), (30_000, 0)], plans.road(0, 1, kmh=60))
    (area,) = areas_of(line, 0, [15])
    flat = shapely.transform(area.polygons, lambda p: p * (96_800, 111_195))
    opened = flat.buffer(-10).buffer(10.5)
    assert flat.difference(opened).area / flat.area < 0.001


@pytest.mark.parametrize("turn", [0.0, 0.02, 0.03, 0.08, 0.3, 1.1])
def test_no_string_of_beads(turn: float) -> None:
    """A strip that grows thin over kilometres stays one, however it lies to the raster."""
    far = (30_000 * float(np.cos(turn)), 30_000 * float(np.sin(turn)))
    line = plans.network_of([(0, 0), far], plans.road(0, 1, kmh=100))
    (area,) = areas_of(line, 0, [15], last_leg=LastLeg(kmh=0.5))
    assert len(area.polygons.geoms) == 1


def test_several_stations_at_once_are_the_union_of_each() -> None:
    network = plans.grid(14, 150.0)
    ground = ground_of(network)
    areas = Areas(ground)
    (both,) = areas.within(at_nodes(ground, [0, 195]), [5])
    apart = [areas.within(at_nodes(ground, node), [5])[0].polygons for node in (0, 195)]
    union = shapely.union_all(apart)
    assert both.polygons.symmetric_difference(union).area / union.area < 0.02


def test_asking_again_gives_the_same() -> None:
    ground = ground_of(plans.grid(8, 150.0))
    areas = Areas(ground)
    first = geojson.feature_collection(areas.within(at_nodes(ground, 9), BANDS))
    areas.within(at_nodes(ground, 50), [15])
    assert geojson.feature_collection(areas.within(at_nodes(ground, 9), BANDS)) == first


def test_the_file_is_geojson(tmp_path: Path) -> None:
    nested = areas_of(plans.ring(), 0, [5, 30])
    file = tmp_path / "a.geojson"
    geojson.write(nested, file)
    stored = json.loads(file.read_text(encoding="utf-8"))
    assert [f["properties"]["minutes"] for f in stored["features"]] == [30, 5]
    assert stored["features"][0]["properties"]["assumptions"]["last_leg_metres"] == 150.0
    outer, hole = stored["features"][0]["geometry"]["coordinates"][0]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    assert all(number == round(number, 6) for point in outer for number in point)
    assert list(tmp_path.iterdir()) == [file]


def test_a_square_kilometre() -> None:
    """A degree square at the equator, by the tables of the ellipsoid: 12,308.464 km²."""
    assert square_kilometres(shapely.box(0, 0, 1, 1)) == pytest.approx(12_308.464, rel=1e-7)


@pytest.mark.parametrize("minutes", [[], [0], [-5, 10], [1441]])
def test_minutes_that_cannot_be_meant(minutes: list[int]) -> None:
    with pytest.raises(PointsError, match="分钟"):
        areas_of(plans.ring(), 0, minutes)


@st.composite
def towns(draw: st.DrawFn) -> Network:
    """Points anywhere in three kilometres, roads between any of them."""
    spots = st.tuples(st.integers(0, 3000), st.integers(0, 3000))
    points = draw(st.lists(spots, min_size=2, max_size=12, unique=True))
    nodes = st.integers(0, len(points) - 1)
    kinds = st.sampled_from(["road", "road", "road", "ferry"])
    speeds = st.sampled_from([3.0, 4.5, 20.0])
    lines = st.tuples(nodes, nodes, speeds, st.booleans(), kinds)
    drawn = draw(st.lists(lines, min_size=1, max_size=20))
    return plans.network_of(points, [(0, 1, 4.5, True, "road"), *drawn])


@STEADY
@given(towns(), st.lists(st.integers(1, 60), min_size=1, max_size=4, unique=True), st.booleans())
def test_any_town(network: Network, minutes: list[int], toward: bool) -> None:
    nested = areas_of(network, 0, minutes, toward=toward)
    for area in nested:
        assert area.polygons.is_valid
        assert area.km2 > 0
    for lesser, greater in itertools.pairwise(nested):
        assert greater.polygons.covers(lesser.polygons)


@STEADY
@given(towns(), st.integers(4, 20), st.booleans())
def test_any_town_against_brute_force(network: Network, minutes: int, toward: bool) -> None:
    assert agreement(network, 0, minutes, toward=toward) >= 0.95
