"""A sketch is straight lines with a detour and nothing else: lengths, islands, places on lines."""

from __future__ import annotations

import json
from itertools import pairwise
from math import cos, dist, radians

import pytest

from yike.demo.sketch import DETOUR, Place, Sketch

SQUARE = {"a": (121.80, 29.30), "b": (121.90, 29.30), "c": (121.90, 29.38), "far": (121.85, 29.10)}
SKETCH = Sketch(centres=SQUARE, piece={"far": "岛"})


def _metres(at: Place) -> Place:
    middle = sum(lat for _, lat in SQUARE.values()) / len(SQUARE)
    return at[0] * 111_195 * cos(radians(middle)), at[1] * 111_195


def _lines() -> list[list[Place]]:
    told = json.loads(SKETCH.geojson("乡道"))
    assert {one["properties"]["class"] for one in told["features"]} == {"乡道"}
    return [[(lon, lat) for lon, lat in one["geometry"]["coordinates"]] for one in told["features"]]


def test_each_line_is_as_long_as_the_straight_one_times_the_detour() -> None:
    for line in _lines():
        flat = [_metres(at) for at in line]
        drawn = sum(dist(one, other) for one, other in pairwise(flat))
        assert drawn == pytest.approx(DETOUR * dist(flat[0], flat[-1]), rel=1e-4)


def test_neighbours_are_joined_and_an_island_is_not() -> None:
    # the diagonal has the corner b on its circle: a little inside, so it is no neighbour
    assert SKETCH.lines in ((("a", "b"), ("b", "c")), (("a", "b"), ("a", "c"), ("b", "c")))
    ends = [{line[0], line[-1]} for line in _lines()]
    assert sum(SQUARE["far"] in pair for pair in ends) == 4, "stubs of its own"
    assert not any(SQUARE["far"] in pair and pair & {SQUARE["a"], SQUARE["b"]} for pair in ends)


@pytest.mark.parametrize("town", ["a", "b", "far"])
def test_villages_are_strung_along_the_lines_of_their_town(town: str) -> None:
    corners = {at for line in _lines() for at in line}
    placed = list(SKETCH.strung(town, 12))
    assert len(placed) == 12
    assert all(any(dist(at, corner) < 2e-7 for corner in corners) for at in placed)
    assert SQUARE[town] not in placed, "nobody is put at the centre itself"
    away = [dist(_metres(at), _metres(SQUARE[town])) for at in placed]
    assert 150 < min(away) < 1500 < max(away) < 6000
