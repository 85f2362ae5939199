"""What a village lacks: named, and what was never measured is not taken for a lack."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from yike.doors.desk import village_faces
from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.matters.tests import makers as matter_makers
from yike.rooms.providers import queries as providers_queries
from yike.rooms.reach.queries import VillageMinutes


@pytest.mark.parametrize(
    ("minutes", "visit", "said"),
    [
        (14.9, False, ()),
        (15.0, False, ()),
        (15.1, True, ("15 分钟内到不了站点",)),
        (None, True, ("15 分钟内到不了站点",)),
        (40.0, False, ("15 分钟内到不了站点", "也没有巡回")),
    ],
)
def test_gaps_are_named(minutes: float | None, visit: bool, said: tuple[str, ...]) -> None:
    told = VillageMinutes(minutes=minutes, station="", uncovered=0, total=1)
    assert village_faces.gaps_of(15, told, visit=visit, adviser=True, proxy=True) == said


def test_what_was_never_measured_is_said_as_such() -> None:
    found = village_faces.gaps_of(None, None, visit=False, adviser=False, proxy=False)
    assert found == ("没有测算过到站用时", "没有法律顾问", "没有代办渠道")
    unknown = village_faces.gaps_of(15, None, visit=False, adviser=True, proxy=True)
    assert unknown == ("到站用时不详",)


@pytest.mark.django_db
def test_a_proxy_entered_at_the_desk_stands_on_the_villages_page(
    county: matter_makers.County, sit: Callable[[Actor], Client]
) -> None:
    desk, code = sit(county.dispatcher), "330225101004"
    told = {
        "kind": "grid", "village_code": code, "name": "周网格", "unit": "石浦镇综治中心",
        "services": ["S01"], "where": "网格驿站", "hours": "工作日", "phone": "0574-65000003",
    }  # fmt: skip
    assert desk.post("/desk/proxies", {**told, "phone": ""}).status_code == 422
    assert desk.post("/desk/proxies", told).status_code == 302
    page = desk.get("/desk/villages?town=330225101000")
    assert "周网格" in page.content.decode()
    assert "周网格" in desk.get("/desk/villages.csv").content.decode()
    public = Client()
    plain = public.get(f"/village/{code}")
    assert soup(plain).one("h2", id="h-visits") is not None
    assert "网格驿站" in plain.content.decode()
    assert public.get("/village/330225101000").status_code == 404
    (row,) = providers_queries.proxies_in(code)
    assert desk.post(f"/desk/proxies/{row.id}/end", {"reason": "调离"}).status_code == 302
    assert "网格驿站" not in public.get(f"/village/{code}").content.decode()
    assert desk.get(f"/desk/proxies/{new_id()}/end").status_code == 200
