"""Second presses and second thoughts: codes, where they hang, public places taken off the list."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers
from yike.rooms.places import upkeep_pages

Sit = Callable[[Actor], Client]
CODE = {
    "name": "办事指南码𠮷", "platform": "own", "target": "https://example.cn/guide",
    "owner": "县司法局", "region_code": "330225101000",
}  # fmt: skip


def test_a_second_press_makes_no_second_code(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    made = desk.post("/desk/qr/new", CODE)
    assert made.status_code == 302
    again = desk.post("/desk/qr/new", CODE)
    assert "已经登记过" in soup(again).one("div", class_="wrongs").words
    hang = {"site_id": "", "station_id": "", "words": "一楼大厅"}
    where = made.headers["Location"]
    assert desk.post(f"{where}/put_up", hang).status_code == 302
    twice = desk.post(f"{where}/put_up", hang)
    assert "已经张贴在一楼大厅" in soup(twice).one("div", class_="wrongs").words
    (row,) = upkeep_pages.codes_in("330225101000")
    assert len(row.places) == 1


def test_who_scans_an_ended_code_is_told_so(county: makers.County, sit: Sit) -> None:
    desk, citizen = sit(county.dispatcher), Client()
    where = desk.post("/desk/qr/new", CODE).headers["Location"]
    (row,) = upkeep_pages.codes_in("330225101000")
    assert desk.post(f"{where}/end").status_code == 302
    dead = citizen.get(f"/q/{row.slug}")
    assert dead.status_code == 404
    words = soup(dead).one("main").words
    assert "这个码已经停用，或者没有登记" in words
    assert "12348" in words
    assert soup(citizen.get("/q/zzzzzzz")).one("main").words == words, "none and ended: the same"


def test_a_place_taken_off_the_list_comes_back_as_itself(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {"name": "渔港法治文化园", "kind": "park", "region_code": "330225101000"}
    assert desk.post("/desk/sites/new", told).status_code == 302
    assert desk.post("/desk/sites/new", told).status_code == 422
    (row,) = upkeep_pages.sites_in("330225101000")
    page = soup(desk.get("/desk/sites"))
    (form,) = page.all("form", action=f"/desk/sites/{row.id}/end")
    assert "撤出“渔港法治文化园”" in form.words, "the button says what it does"
    assert desk.post(f"/desk/sites/{row.id}/end").status_code == 302
    assert upkeep_pages.sites_in("330225101000") == ()
    assert desk.post("/desk/sites/new", told | {"kind": "front"}).status_code == 302
    (back,) = upkeep_pages.sites_in("330225101000")
    assert (back.id, back.kind) == (row.id, "front")
