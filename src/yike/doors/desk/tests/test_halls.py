"""A hall's items from the desk to the citizen's page of an item."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import halls as place_halls

Sit = Callable[[Actor], Client]


def test_a_hall_offers_an_item_and_the_citizen_finds_it(county: makers.County, sit: Sit) -> None:
    desk, office, citizen = sit(county.dispatcher), sit(county.wang), Client()
    site = {"name": "石浦镇便民服务中心", "kind": "near", "region_code": "330225101000"}
    assert desk.post("/desk/sites/new", site).status_code == 302
    with acting(makers.SYSTEM):
        [hall] = place_halls.halls_in("330225000000")
        items = catalogue_queries.items()
    where, first = f"/desk/halls/{hall.id}", items[0]
    page = soup(desk.get("/desk/halls")).one("main").words
    assert "一个事项也没有登记的大厅（1）" in page
    assert f"也不指引的事项（{len(items)}）" in page
    told = {"item_codes": [first.code], "status": "offered", "note": "", "window": ""}
    assert office.post(f"{where}/tell", told).status_code == 422
    assert office.post(f"{where}/tell", told | {"window": "3号窗口"}).status_code == 302
    assert f"也不指引的事项（{len(items) - 1}）" in soup(desk.get("/desk/halls")).one("main").words
    assert "3号窗口" in soup(desk.get(where)).one("main").words
    assert "能办 1 项" in soup(citizen.get("/halls")).one("main").words
    assert first.name in soup(citizen.get(f"/halls/{hall.id}")).one("main").words
    shown = soup(citizen.get(f"/items/{first.code}?town=330225103000")).one("main").words
    assert "石浦镇便民服务中心" in shown
    assert "这里能办，3号窗口" in shown
    assert sit(county.zhao).post(f"{where}/tell", told | {"window": "1"}).status_code == 422
    assert office.post(f"{where}/end", {"item_code": first.code}).status_code == 302
    assert "石浦镇便民服务中心" not in citizen.get(f"/items/{first.code}").content.decode()
