"""Outlines for maps: simplified as a coverage, names as points, a mark that changes with them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from django.test import Client

from yike.rooms.core.refusal import NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.regions import maps
from yike.rooms.regions.tests import test_outlines as outlines
from yike.rooms.regions.tests.makers import COUNTY, KEEPER, SHIPU, county

pytestmark = pytest.mark.django_db


def _told(code: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"Polygon": [], "Point": []}
    for one in json.loads(maps.outlines_of(code))["features"]:
        found.setdefault(one["geometry"]["type"], []).append(one)
    return found


@pytest.fixture
def drawn(db: None) -> None:
    """A county with two towns whose outlines an office imported."""
    with county():
        outlines.bring(outlines.geojson(outlines.moved(lambda x, y: (x, y))))


def test_outlines_lose_corners_but_no_ground_and_every_town_has_a_name(drawn: None) -> None:
    told = _told(COUNTY)
    shapes = {
        one["properties"]["id"]: shapely.from_geojson(json.dumps(one)) for one in told["Polygon"]
    }
    assert set(shapes) == {SHIPU, outlines.HEPU}
    kept, whole = shapes[SHIPU], outlines.SHAPES["330225101"]
    assert shapely.symmetric_difference(kept, whole).area < whole.area / 500
    assert shapely.get_num_coordinates(kept) < 12
    assert not kept.overlaps(shapes[outlines.HEPU])
    names = {one["properties"]["id"] for one in told["Point"]}
    assert names >= {SHIPU, outlines.HEPU}


def test_the_mark_changes_with_an_outline(drawn: None) -> None:
    before = maps.edition(COUNTY)
    moved = outlines.geojson(outlines.moved(lambda x, y: (x - 0.01, y)))
    with acting(KEEPER):
        outlines.bring(moved, year=2025)
    assert maps.edition(COUNTY) != before


def test_bounds_are_those_of_the_outlines(drawn: None) -> None:
    assert maps.bounds_of(COUNTY) == pytest.approx((121.87, 29.06, 121.99, 29.25))


def test_without_outlines_names_remain(db: None) -> None:
    with county():
        told = _told(COUNTY)
    assert not told["Polygon"]
    assert told["Point"]


@pytest.mark.parametrize("code", ["330000000000", "330225101001", "1", "..."])
def test_other_units_have_no_map(code: str, db: None) -> None:
    with pytest.raises(NotFound):
        maps.outlines_of(code)


def test_anybody_gets_them_and_nothing_twice(drawn: None) -> None:
    web = Client()
    found = web.get(f"/maps/outlines/{COUNTY}.geojson")
    assert found.headers["Content-Type"] == "application/geo+json"
    assert len(found.json()["features"]) >= 4
    again = web.get(found.request["PATH_INFO"], headers={"If-None-Match": found.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert web.get("/maps/outlines/330225.geojson").status_code == 404


def test_drawn_villages_are_told_by_code_and_towns_are_not(drawn: None) -> None:
    village = "330225101202"
    square = shapely.box(121.90, 29.19, 121.92, 29.21)
    assert maps.villages_of(COUNTY) == {}
    with acting(KEEPER):
        outlines.bring(outlines.geojson({village: square}))
    told = maps.villages_of(COUNTY)
    assert set(told) == {village}
    assert shapely.from_geojson(json.dumps(told[village])).equals(square)
