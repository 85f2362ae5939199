"""Shifted and miswritten uploads are recognised, true ones left in peace, the rest is unsure."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.coordinates import projected, shifted, written
from yike.engines.coordinates.errors import CoordinateError
from yike.engines.coordinates.evidence import sign_test
from yike.engines.coordinates.systems import Floats, Pair, System, from_wgs84, to_wgs84

STEADY = settings(derandomize=True, deadline=None, max_examples=60)
DEGREE_M = 111_195.0
seeds = st.integers(0, 10_000)
systems = st.sampled_from(["gcj02", "bd09"])


def stations(seed: int, size: int = 37) -> Pair:
    """Stations of a county, each within some metres of a road."""
    chance = np.random.default_rng(seed)
    return chance.uniform(121.6, 122.1, size), chance.uniform(29.1, 29.6, size)


def road_metres(lon: Floats, lat: Floats) -> Floats:
    """Metres to the nearest road of a county whose roads cross every 0.011 degrees."""
    east = np.abs((lon / 0.011 + 0.5) % 1 - 0.5) * 0.011 * np.cos(np.radians(lat))
    north = np.abs((lat / 0.011 + 0.5) % 1 - 0.5) * 0.011
    return np.asarray(np.minimum(east, north) * DEGREE_M)


def on_roads(seed: int, size: int = 37) -> Pair:
    """Stations within ten metres of such a road."""
    lon, lat = stations(seed, size)
    off = np.random.default_rng(seed + 1).uniform(-9e-5, 9e-5, size)
    return np.round(lon / 0.011) * 0.011 + off, lat


def told_roads(lon: Floats, lat: Floats) -> dict[System, Floats]:
    return {name: road_metres(*to_wgs84(lon, lat, name)) for name in shifted.HYPOTHESES}


@STEADY
@given(seeds, systems)
def test_a_shifted_upload_is_recognised_by_roads(seed: int, system: System) -> None:
    lon, lat = from_wgs84(*on_roads(seed), system)
    verdict = shifted.recognise(lon, lat, roads=told_roads(lon, lat))
    assert verdict.likeness == system
    assert verdict.points == 37
    assert "请确认坐标系后再导入" in verdict.sentence


def test_the_sentence_has_the_numbers() -> None:
    lon, lat = from_wgs84(*on_roads(4), "gcj02")
    roads = told_roads(lon, lat)
    verdict = shifted.recognise(lon, lat, roads=roads)
    better = int((roads["gcj02"] < roads["wgs84"]).sum())
    before, after = np.median(roads["wgs84"]), np.median(roads["gcj02"])
    assert verdict.agreeing == better
    assert verdict.sentence == (
        f"37 个点中有 {better} 个按高德坐标（GCJ-02）换算后离道路更近，中位距离从 {before:.0f} 米"
        f"降到 {after:.0f} 米，像是高德坐标（GCJ-02），请确认坐标系后再导入。"
    )


@STEADY
@given(seeds)
def test_a_true_upload_is_left_in_peace(seed: int) -> None:
    lon, lat = on_roads(seed)
    known = (lon + 1e-4, lat)
    verdict = shifted.recognise(lon, lat, roads=told_roads(lon, lat), references=known)
    assert verdict.likeness == "as_said"


@STEADY
@given(seeds)
def test_points_far_from_all_roads_are_not_called_shifted(seed: int) -> None:
    chance = np.random.default_rng(seed)
    metres = {name: chance.uniform(0, 900, 40) for name in shifted.HYPOTHESES}
    lon, lat = stations(seed, 40)
    assert shifted.recognise(lon, lat, roads=metres).likeness in {"as_said", "unsure"}


@STEADY
@given(seeds, systems)
def test_known_places_recognise_too_even_where_only_some_are_known(
    seed: int, system: System
) -> None:
    lon, lat = stations(seed, 30)
    known = lon.copy(), lat.copy()
    known[0][::3] = np.nan
    verdict = shifted.recognise(*from_wgs84(lon, lat, system), references=known)
    assert verdict.likeness == system
    assert verdict.evidence[0].points == 20


def test_polygons_recognise_and_say_how_many_come_inside() -> None:
    lon, lat = stations(3)
    towns = shapely.buffer(shapely.points(lon, lat), 0.002)
    verdict = shifted.recognise(*from_wgs84(lon, lat, "gcj02"), polygons=list(towns))
    assert verdict.likeness == "gcj02"
    assert "从 0 个变为 37 个" in verdict.sentence
    assert shifted.recognise(lon, lat, polygons=list(towns)).likeness == "as_said"


def test_witnesses_that_contradict_leave_it_unsure() -> None:
    true = on_roads(5)
    lon, lat = from_wgs84(*true, "gcj02")
    towns = list(shapely.buffer(shapely.points(lon, lat), 0.002))
    verdict = shifted.recognise(lon, lat, roads=told_roads(lon, lat), polygons=towns)
    assert verdict.likeness == "unsure"
    assert "两者不一致" in verdict.sentence


def test_three_points_are_too_few_and_without_witness_nothing_is_claimed() -> None:
    true = stations(6, 3)
    lon, lat = from_wgs84(*true, "gcj02")
    few = shifted.recognise(lon, lat, references=true)
    assert few.likeness == "unsure"
    assert "点太少" in few.sentence
    assert shifted.recognise(lon, lat).likeness == "unsure"


def packed(value: Floats) -> Floats:
    """Degrees written as DDD.MMSS."""
    seconds = np.round(value * 3600).astype(int)
    return np.asarray(seconds // 3600 + seconds // 60 % 60 / 100 + seconds % 60 / 10_000)


def test_miswritten_columns_are_told_apart() -> None:
    lon, lat = stations(7)
    east, north = projected.to_projected(lon, lat, meridian=123)
    looks = {
        "swapped": shifted.recognise(lat, lon),
        "dms": shifted.recognise(packed(lon), packed(lat)),
        "projected": shifted.recognise(east, north),
        "projected_zone": shifted.recognise(north, east + 41e6),
        "unknown": shifted.recognise(lon * 60, lat * 60),
    }
    assert [one.likeness for one in looks.values()] == list(looks)
    assert "请交换两列" in looks["swapped"].sentence
    assert "分、秒" in looks["dms"].sentence
    assert np.abs(written.degrees_of_dms(packed(lon)) - lon).max() < 0.6 / 3600


@STEADY
@given(seeds, st.integers(1, 5))
def test_decimal_degrees_are_never_taken_for_minutes(seed: int, places: int) -> None:
    lon, lat = (np.round(values, places) for values in stations(seed, 60))
    assert shifted.recognise(lon, lat).likeness == "unsure"


def test_two_points_that_could_be_minutes_are_not_called_so() -> None:
    lon, lat = (packed(values) for values in stations(7, 2))
    assert shifted.recognise(lon, lat).likeness == "unsure"


def test_single_rows_that_differ_are_named() -> None:
    lon, lat = stations(8)
    lon[4], lat[4] = lat[4], lon[4]
    verdict = shifted.recognise(lon, lat)
    assert (verdict.likeness, verdict.odd_rows) == ("mixed", (4,))
    assert "第 5 个" in verdict.sentence
    assert "写反" in verdict.sentence


def test_witnesses_of_another_length_are_refused() -> None:
    lon, lat = stations(9)
    for wrong in (
        {"polygons": [shapely.box(121, 29, 122, 30)] * 2},
        {"roads": {name: [1.0] for name in shifted.HYPOTHESES}},
        {"references": ([121.0], [29.0])},
    ):
        with pytest.raises(CoordinateError):
            shifted.recognise(lon, lat, **wrong)
    with pytest.raises(CoordinateError):
        shifted.recognise([], [])


def test_the_sign_test_is_the_tail_of_fair_coins() -> None:
    assert sign_test(7, 0) == 1 / 128
    assert sign_test(3, 1) == pytest.approx(5 / 16)
    assert sign_test(0, 0) == 1.0
    assert sign_test(4000, 0) >= 0.0
