"""Points: there and back again, and against centres converted by somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.regions import coordinates, locating
from yike.rooms.regions.coordinates import Crs

#: 石浦镇, 鹤浦镇, 大通街道: GCJ-02 and WGS84 as published side by side (rounded to 0.1 m)
PAIRS = [
    ((121.931399, 29.203205), (121.927445, 29.206084)),
    ((121.898362, 29.149335), (121.894415, 29.152269)),
    ((117.050148, 32.630914), (117.04455, 32.632838)),
]
china = st.tuples(st.floats(74, 134), st.floats(18, 53))


@pytest.mark.parametrize(("shifted", "true"), PAIRS)
def test_agrees_with_another_conversion(
    shifted: tuple[float, float], true: tuple[float, float]
) -> None:
    assert coordinates.distance_m(coordinates.to_wgs84(shifted, "gcj02"), true) < 0.5


@given(china, st.sampled_from(["gcj02", "bd09"]))
def test_there_and_back_is_less_than_a_millimetre(point: tuple[float, float], crs: Crs) -> None:
    back = coordinates.to_wgs84(coordinates.from_wgs84(point, crs), crs)
    assert coordinates.distance_m(point, back) < 0.001


def test_the_shift_is_hundreds_of_metres_at_home_and_nothing_abroad() -> None:
    home = (121.93, 29.2)
    assert 300 < coordinates.distance_m(home, coordinates.from_wgs84(home, "gcj02")) < 700
    assert coordinates.from_wgs84((2.35, 48.85), "gcj02") == (2.35, 48.85)


def test_great_circle_of_a_degree_of_latitude() -> None:
    assert coordinates.distance_m((121.0, 29.0), (121.0, 30.0)) == pytest.approx(111_195, abs=1)
    assert coordinates.distance_m((0, 90), (180, -90)) == pytest.approx(20_015_115, abs=1)


@given(china, china)
def test_distance_is_symmetric(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert coordinates.distance_m(one, other) == pytest.approx(
        coordinates.distance_m(other, one), abs=1e-6
    )


class TestGuess:
    towns = (
        locating.Centre("330225101000", "330225101000", (121.93, 29.20)),
        locating.Centre("330225103000", "330225103000", (121.89, 29.15)),
        locating.Centre("330225101004", "330225101000", (121.934, 29.2055)),
    )

    def test_names_the_village_only_when_its_centre_is_close(self) -> None:
        near = locating.guess((121.9341, 29.2056), self.towns)
        far = locating.guess((121.95, 29.25), self.towns)
        assert near is not None
        assert near.village == "330225101004"
        assert far is not None
        assert (far.town, far.village) == ("330225101000", "")

    def test_is_unsure_between_two_towns(self) -> None:
        middle = locating.guess((121.91, 29.175), self.towns)
        assert middle is not None
        assert not middle.sure

    def test_refuses_what_is_much_nearer_to_another_county(self) -> None:
        here = (121.93, 29.26)
        assert locating.guess(here, self.towns) is not None
        assert locating.guess(here, self.towns, [(121.93, 29.28)]) is None
        rivalled = locating.guess(here, self.towns, [(121.93, 29.31)])
        assert rivalled is not None
        assert not rivalled.sure

    def test_refuses_what_is_far_from_everything(self) -> None:
        assert locating.guess((121.5, 29.9), self.towns) is None
        assert locating.guess((121.93, 29.2), ()) is None
