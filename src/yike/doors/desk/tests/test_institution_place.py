"""An institution's own place and hours: told, moved, forgotten; what lacks them is counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.exchange import sources
from yike.rooms.matters.tests import makers
from yike.rooms.providers import layers
from yike.rooms.providers import queries as providers_queries

Sit = Callable[[Actor], Client]


def seen(desk: Client, where: str) -> str:
    forms = soup(desk.get(where)).all("form", action=f"{where}/place")
    return next(one.attrs["value"] for one in forms[0].all("input", name="seen"))


def house(county: makers.County) -> str:
    rows = providers_queries.institutions_in(("330225000000", "330226000000"))
    found = [one for one in rows if one.kind in layers.KIND_OF_HOUSE]
    return f"/desk/institutions/{found[0].id}"


def test_a_place_and_hours_are_told_and_forgotten(county: makers.County, sit: Sit) -> None:
    desk, where = sit(county.dispatcher), house(county)
    row = next(
        one for one in providers_queries.institutions_in(("330225000000", "330226000000"))
        if where.endswith(str(one.id))
    )  # fmt: skip
    kind = layers.KIND_OF_HOUSE[row.kind]
    assert "没有登记" in soup(desk.get(where)).one("main").words
    old = seen(desk, where)
    told = {"lon": "121.8696", "lat": "29.2085", "crs": "wgs84", "hours": "工作日 8:30-17:00"}
    answer = desk.post(f"{where}/place", told | {"seen": old})
    assert answer.status_code == 302, soup(answer).one("main").words[:500]
    found = providers_queries.institution(row.id)
    assert (found.point, found.hours) == ((121.8696, 29.2085), "工作日 8:30-17:00")
    (one,) = [each for each in layers.told_of("330225000000") if each.kind == kind]
    assert (one.point, one.hours) == (1, 1)
    feature = next(
        each for each in sources.houses(kind)("330225000000", False) if each.id == str(row.id)
    )
    assert (feature.shape.x, feature.shape.y) == (121.8696, 29.2085)
    assert feature.properties["placed_by"] == "own"
    late = desk.post(f"{where}/place", told | {"seen": old, "hours": "周一"})
    assert "有人改过这条信息" in soup(late).one("div", class_="wrongs").words
    empty = {"lon": "", "lat": "", "crs": "wgs84", "hours": "", "seen": seen(desk, where)}
    assert desk.post(f"{where}/place", empty).status_code == 302
    found = providers_queries.institution(row.id)
    assert (found.point, found.hours) == (None, "")
    words = soup(desk.get("/desk/layers")).one("main").words
    assert "没有登记位置的" in words
    listed = soup(desk.get("/desk/institutions?lack=point")).one("main").words
    assert row.name in listed
    assert soup(sit(county.wang).get(where)).all("form", action=f"{where}/place") == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"lon": "29.2085", "lat": "121.8696"}, "像是写反了"),
        ({"lon": "120.15", "lat": "30.27"}, "坐标不在"),
        ({"lon": "121.8696", "lat": ""}, "要一起填写"),
        ({"lon": "nan", "lat": "29.2"}, "填写得不对"),
        ({"lon": "", "lat": "", "hours": "周" * 101}, "太长了"),
    ],
)
def test_a_place_that_cannot_be_is_refused(
    county: makers.County, sit: Sit, told: dict[str, Any], said: str
) -> None:
    desk, where = sit(county.dispatcher), house(county)
    answer = desk.post(f"{where}/place", {"crs": "wgs84", "hours": "", **told})
    assert answer.status_code == 422
    assert said in soup(answer).one("div", class_="wrongs").words
