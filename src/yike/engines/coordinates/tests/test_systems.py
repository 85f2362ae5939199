"""The shifts: against numbers published by others, there and back, the edge of the box, metres."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.coordinates import projected, systems
from yike.engines.coordinates.errors import CoordinateError
from yike.engines.coordinates.systems import System

METRE = 1 / 111_000
STEADY = settings(derandomize=True, deadline=None)
china = st.tuples(st.floats(73, 136), st.floats(3, 54))
shifted = st.sampled_from(["gcj02", "bd09"])

#: As the table of the library coordtransform (wandergis) prints them.
PUBLISHED: list[tuple[System, System, tuple[float, float]]] = [
    ("wgs84", "gcj02", (116.41024449916938, 39.91640428150164)),
    ("gcj02", "bd09", (116.41036949371029, 39.92133699351021)),
]


def plain(pair: systems.Pair) -> tuple[float, float]:
    """This will return one point as two plain numbers."""
    return float(pair[0]), float(pair[1])


@pytest.mark.parametrize(("source", "target", "expected"), PUBLISHED)
def test_agrees_with_what_others_publish(
    source: System, target: System, expected: tuple[float, float]
) -> None:
    there = systems.convert(116.404, 39.915, source, target)
    assert plain(there) == pytest.approx(expected, abs=1e-9)


@STEADY
@given(china, shifted)
def test_there_and_back_is_far_less_than_a_millimetre(
    point: tuple[float, float], system: System
) -> None:
    back = systems.to_wgs84(*systems.from_wgs84(*point, system), system)
    assert np.abs(np.subtract(back, point)).max() < 0.001 * METRE / 10


@STEADY
@given(china, shifted)
def test_back_and_there_too(point: tuple[float, float], system: System) -> None:
    again = systems.from_wgs84(*systems.to_wgs84(*point, system), system)
    assert np.abs(np.subtract(again, point)).max() < 0.001 * METRE / 10


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_a_whole_grid_comes_back(system: System) -> None:
    lon, lat = np.meshgrid(np.linspace(73, 136, 150), np.linspace(3, 54, 150))
    there = systems.from_wgs84(lon, lat, system)
    back = systems.to_wgs84(*there, system)
    assert there[0].shape == lon.shape
    assert max(np.abs(back[0] - lon).max(), np.abs(back[1] - lat).max()) < 0.001 * METRE / 10
    moved = np.hypot((there[0] - lon) * np.cos(np.radians(lat)), there[1] - lat) / METRE
    assert 20 < moved.min() < moved.max() < 2000


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
@pytest.mark.parametrize("point", [(2.35, 48.85), (139.7, 35.7), (100.0, -10.0), (-122.4, 37.8)])
def test_nothing_is_shifted_abroad(system: System, point: tuple[float, float]) -> None:
    assert plain(systems.from_wgs84(*point, system)) == point
    assert plain(systems.to_wgs84(*point, system)) == point


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
@pytest.mark.parametrize("lon", [systems.BOX[0], systems.BOX[1]])
@pytest.mark.parametrize("lat", [systems.BOX[2], systems.BOX[3], 35.0])
def test_the_edge_belongs_to_the_box_and_comes_back(system: System, lon: float, lat: float) -> None:
    there = systems.from_wgs84(lon, lat, system)
    assert plain(there) != (lon, lat)
    back = systems.to_wgs84(*there, system)
    assert np.abs(np.subtract(back, (lon, lat))).max() < 0.001 * METRE


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_across_the_edge_every_wrong_way_back_is_said_to_be_doubtful(system: System) -> None:
    steps = np.linspace(-0.03, 0.03, 61)
    west, east, south, north = systems.BOX
    lon, lat = np.meshgrid(np.r_[west + steps, east + steps], np.r_[south + steps, north + steps])
    there = systems.from_wgs84(lon, lat, system)
    back = systems.to_wgs84(*there, system)
    wrong = np.hypot(back[0] - lon, back[1] - lat) > 0.001 * METRE
    doubt = systems.doubtful(*there, system)
    assert wrong.any()
    assert not (wrong & systems.in_box(lon, lat)).any()
    assert (doubt | ~wrong).all()
    assert not systems.doubtful(*systems.from_wgs84(121.9, 29.2, system), system)


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_where_no_place_has_these_numbers_they_stay(system: System) -> None:
    west, east, south, north = systems.BOX
    lon, lat = np.meshgrid(np.linspace(west, east, 4001), [south + 1e-4, north - 1e-4])
    none = systems.doubtful(lon, lat, system)
    assert none.any()
    back = systems.to_wgs84(lon, lat, system)
    assert (back[0][none] == lon[none]).all()


def test_the_source_is_kept_beside_the_result() -> None:
    here = systems.located([121.93], [29.2], "bd09")
    assert here.source == "bd09"
    assert (here.source_lon[0], here.source_lat[0]) == (121.93, 29.2)
    assert here.lon[0] < 121.925


def test_cgcs2000_is_taken_as_wgs84_and_an_unknown_system_refused() -> None:
    assert plain(systems.convert(121.9, 29.2, "cgcs2000", "wgs84")) == (121.9, 29.2)
    with pytest.raises(CoordinateError, match="不认识坐标系"):
        systems.to_wgs84(121.9, 29.2, "beijing54")  # type: ignore[arg-type]


@STEADY
@given(st.integers(25, 45), st.floats(-1.4, 1.4), st.floats(18, 53))
def test_metres_come_back_from_any_zone(zone: int, aside: float, lat: float) -> None:
    lon = zone * 3 + aside
    east, north = projected.to_projected(lon, lat, meridian=zone * 3)
    bare = projected.from_projected(east, north, meridian=zone * 3)
    numbered = projected.from_projected(east + zone * 1e6, north)
    assert plain(bare) == pytest.approx((lon, lat), abs=1e-8)
    assert plain(numbered) == pytest.approx((lon, lat), abs=1e-8)


def test_zones_may_be_mixed_and_six_degree_zones_are_known() -> None:
    lon, _ = projected.from_projected([40_500_000.0, 21_500_000.0], [3.2e6, 3.2e6])
    assert lon == pytest.approx([120.0, 123.0])


@pytest.mark.parametrize(
    ("east", "north", "meridian", "says"),
    [
        (500_000.0, 3.2e6, None, "请给出中央经线"),
        (500_000.0, 3.2e6, 121, "不是 3 度带"),
        (3_200_000.0, 500_000.0, None, "是否写反"),
        (40_500_000.0, 9.0e6, None, "落在国外"),
    ],
)
def test_metres_that_are_nowhere_are_refused(
    east: float, north: float, meridian: int | None, says: str
) -> None:
    with pytest.raises(CoordinateError, match=says):
        projected.from_projected(east, north, meridian=meridian)
