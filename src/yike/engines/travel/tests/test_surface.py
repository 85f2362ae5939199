"""Surfaces against scipy on the same cells, water and bridges, and straight lines with a detour."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from yike.engines.travel.arrays import UNREACHED, Ints
from yike.engines.travel.errors import PointsError, SurfaceError
from yike.engines.travel.surface import (
    Surface,
    fit_detour,
    nearest,
    open_country,
    straight,
    surface_of,
    with_roads,
    with_water,
)
from yike.engines.travel.tests import plans_of_roads as plans

STEADY = settings(deadline=None, derandomize=True, max_examples=40)
SIDE = 30.0
WALK = 3.6 / 4.5


def field(pace: object) -> Surface:
    cells = np.array(pace, np.float64)
    return surface_of(cells, plane=plans.PLANE, x=0.0, y=0.0, side=SIDE)


def middle(row: int, column: int) -> tuple[float, float]:
    lon, lat = plans.PLANE.degrees(np.array([column + 0.5]) * SIDE, np.array([row + 0.5]) * SIDE)
    return float(lon[0]), float(lat[0])


def times(surface: Surface, *cells: tuple[int, int], bound: int = UNREACHED - 1) -> Ints:
    places = [middle(*cell) for cell in cells]
    lon, lat = [place[0] for place in places], [place[1] for place in places]
    return nearest(surface, lon, lat, bound=bound).time


def by_scipy(half: Ints, begin: list[int]) -> Ints:
    """The same steps as a sparse graph, in milliseconds."""
    rows, columns = half.shape
    tail, head, cost = [], [], []
    for row in range(rows):
        for column in range(columns):
            for up in (row - 1, row, row + 1):
                for right in (column - 1, column, column + 1):
                    inside = 0 <= up < rows and 0 <= right < columns
                    inside &= (up, right) != (row, column)
                    if not inside or not half[up, right] or not half[row, column]:
                        continue
                    step = int(half[row, column] + half[up, right])
                    if up != row and right != column:
                        if not half[up, column] and not half[row, right]:
                            continue
                        step = step * 1414 // 1000
                    tail.append(row * columns + column)
                    head.append(up * columns + right)
                    cost.append(step)
    graph = coo_matrix((cost, (tail, head)), (half.size, half.size)).tocsr()
    found = dijkstra(graph, indices=begin, min_only=True)
    deciseconds = np.where(np.isfinite(found), np.floor((found + 50) / 100), UNREACHED)
    return deciseconds.astype(np.int32).reshape(half.shape)


paces = st.sampled_from([0.06, 0.4, 0.8, 0.8, 3.6, float("inf"), float("nan")])


@STEADY
@given(st.data(), st.integers(1, 9), st.integers(1, 9))
def test_times_equal_scipy(data: st.DataObject, rows: int, columns: int) -> None:
    cells = data.draw(st.lists(paces, min_size=rows * columns, max_size=rows * columns))
    surface = field(np.reshape(cells, (rows, columns)))
    dry = np.flatnonzero(surface.half)
    if not len(dry):
        return
    begin = data.draw(st.lists(st.sampled_from(dry.tolist()), min_size=1, max_size=3))
    found = times(surface, *[divmod(cell, columns) for cell in begin])
    assert (found == by_scipy(surface.half, begin)).all()


def test_a_large_field_equals_scipy() -> None:
    lot = np.random.default_rng(3)
    pace = lot.choice([0.06, 0.8, 0.8, 3.6, np.inf], (60, 80))
    pace[[5, 40], [5, 60]] = WALK
    surface = field(pace)
    found = times(surface, (5, 5), (40, 60))
    assert (found == by_scipy(surface.half, [5 * 80 + 5, 40 * 80 + 60])).all()


def test_open_ground_is_crossed_at_its_pace() -> None:
    found = times(field(np.full((11, 11), WALK)), (0, 0))
    assert found[0, 10] == 10 * SIDE * 8
    assert found[10, 10] == pytest.approx(10 * SIDE * 8 * 2**0.5, rel=1e-3)


def test_a_bound_and_the_lower_number_of_two_as_near() -> None:
    surface = field(np.full((1, 9), WALK))
    assert (times(surface, (0, 0), bound=480)[0] < UNREACHED).sum() == 3
    lon, lat = zip(middle(0, 8), middle(0, 0), strict=True)
    assert nearest(surface, lon, lat).source.tolist() == [[1, 1, 1, 1, 0, 0, 0, 0, 0]]


def test_nobody_slips_diagonally_between_two_cells_of_water() -> None:
    pace = np.full((5, 5), WALK)
    np.fill_diagonal(pace, np.inf)
    found = times(field(pace), (0, 4))
    assert found[4, 0] == UNREACHED
    assert found[3, 4] < UNREACHED


def test_a_river_is_crossed_by_its_bridge_alone() -> None:
    network = plans.banks()
    river = shapely.box(
        plans.at(-900, 0).x, plans.at(0, 100).y, plans.at(1900, 0).x, plans.at(0, 300).y
    )
    south_west, north_east = plans.at(-200, -200), plans.at(1200, 600)
    land = open_country(south_west.x, south_west.y, north_east.x, north_east.y, kmh=2)
    wet = with_water(land, river)
    spot = plans.at(1000, 0)
    far = wet.cells_of([plans.at(1000, 400).x], [plans.at(1000, 400).y])
    assert nearest(wet, [spot.x], [spot.y]).time[far] == UNREACHED
    bridged = with_roads(wet, network)
    time = nearest(bridged, [spot.x], [spot.y]).time[far]
    assert time == pytest.approx((1000 + 400 + 1000) * 8, rel=0.05)
    on_water = plans.at(600, 200)
    with pytest.raises(PointsError, match="水面"):
        nearest(wet, [on_water.x], [on_water.y])


def test_a_slanting_bridge_holds() -> None:
    """Every cell of it shares a side with the next: no corner is passed over water."""
    lot = np.random.default_rng(1)
    for turn in lot.uniform(0, 2 * np.pi, 40):
        far = (900 * float(np.cos(turn)), 900 * float(np.sin(turn)))
        network = plans.network_of([(0.0, 0.0), far], plans.road(0, 1))
        corner, other = plans.at(-1000, -1000), plans.at(1000, 1000)
        sea = shapely.box(corner.x - 1, corner.y - 1, other.x + 1, other.y + 1)
        surface = with_water(open_country(corner.x, corner.y, other.x, other.y), sea)
        bridged = with_roads(surface, network)
        end = bridged.cells_of(network.lon[1:], network.lat[1:])
        time = nearest(bridged, network.lon[:1], network.lat[:1]).time[end]
        assert time == pytest.approx(900 * 8, rel=0.2)


def test_what_is_estimated_says_so() -> None:
    spot = middle(0, 0)
    assert "30 m" in nearest(field([[1.0, 1.0]]), *([v] for v in spot)).by
    line = straight(*([v] for v in spot), *([v] for v in spot), kmh=4.5, detour=1.3)
    assert line.by == "estimated by straight lines x 1.3 at 4.5 km/h"


def test_straight_lines() -> None:
    lon, lat = [121.0, 122.0], [29.0, 30.0]
    found = straight(lon, lat, [121.0, 121.9, 122.0], [29.01, 30.0, 30.0], kmh=4.5, detour=1.3)
    assert found.source.tolist() == [0, 1, 1]
    degree = np.radians(1) * 6_371_008.8
    expected = [0.01 * degree, 0.1 * degree * np.cos(np.radians(30.0)), 0]
    assert found.time == pytest.approx([metres * 1.3 * 8 for metres in expected], rel=1e-4)


def test_detours_in_a_grid_of_streets() -> None:
    """Between 1 and the square root of two; the middle of |cos| + |sin| is 1.31."""
    found = fit_detour(plans.grid(30, 100.0), sample=60)
    assert found.apart == 0
    assert found.pairs > 1000
    assert found.median == pytest.approx(1.307, abs=0.04)
    assert 1 <= found.p10 < found.median < found.p90 <= 2**0.5
    assert found == fit_detour(plans.grid(30, 100.0), sample=60)


def test_detours_are_by_land() -> None:
    with pytest.raises(SurfaceError, match="绕行系数"):
        fit_detour(plans.network_of([(0, 0), (900, 0)], plans.road(0, 1, kind="ferry")))


def test_refusals() -> None:
    with pytest.raises(PointsError, match="第 2 个点"):
        nearest(field([[1.0]]), [middle(0, 0)[0], 9.0], [middle(0, 0)[1], 9.0])
    with pytest.raises(SurfaceError, match="西小于东"):
        open_country(122, 29, 121, 30)
    with pytest.raises(SurfaceError, match="太多"):
        open_country(121, 29, 122, 30, side=5)
    with pytest.raises(SurfaceError, match="不小于 1"):
        straight([1], [1], [1], [1], kmh=4.5, detour=0.9)
