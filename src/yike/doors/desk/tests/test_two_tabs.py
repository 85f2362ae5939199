"""Two who correct one entry at once; a fact that is emptied; a slip of the year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers
from yike.rooms.places import queries as places_queries
from yike.rooms.places import upkeep_pages
from yike.rooms.places.queries import StationRow

Sit = Callable[[Actor], Client]
TERMINAL: dict[str, str] = {
    "code": "ZD-SP-9", "name": "渔港自助终端𠮷㛃", "kind": "24小时公共法律服务自助终端",
    "region_code": "330225101000", "installed_on": "2026-01-05", "lon": "121.8696",
    "lat": "29.2085", "owner": "石浦司法所", "model": "甲型", "warranty_until": "2028-01-01",
}  # fmt: skip


def form_of(page: Any) -> dict[str, str]:
    """What the correction's form holds as it is shown."""
    form = next(one for one in page.all("form") if one.attrs.get("action", "").endswith("revise"))
    told: dict[str, str] = {}
    for name in ("input", "textarea"):
        for one in form.all(name):
            if one.attrs.get("type") not in ("checkbox", "submit") and "name" in one.attrs:
                told[one.attrs["name"]] = one.attrs.get("value", "") or one.words
    told.pop("csrfmiddlewaretoken", None)
    return told


def made(desk: Client) -> str:
    answer = desk.post("/desk/facilities/new/terminal", TERMINAL)
    assert answer.status_code == 302, soup(answer).one("main").words[:600]
    return str(answer.headers["Location"])


def station(desk: Client, county: makers.County) -> StationRow:
    told = {
        "code": "XS-SP-09", "name": "石浦渔政站", "level": "3", "region_code": makers.SHIPU,
        "institution_id": str(county.shipu_office), "holiday_rule": "closed",
        "hours": "一 08:30-12:00",
    }  # fmt: skip
    assert desk.post("/desk/stations/new", told).status_code == 302
    row = places_queries.station_by_code("XS-SP-09")
    assert row is not None
    return row


def why_not(answer: Any) -> str:
    assert answer.status_code == 422
    return soup(answer).one("div", class_="wrongs").words


def test_the_second_tab_is_told_and_may_go_on(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    where = made(desk)
    first, second = form_of(soup(desk.get(where))), form_of(soup(desk.get(where)))
    assert "Seen" not in soup(desk.get(where)).one("main").words, "a mark is nothing to read"
    assert desk.post(f"{where}/revise", first | {"owner": "县司法局"}).status_code == 302
    refused = desk.post(f"{where}/revise", second | {"model": "乙型"})
    assert "您打开以后，有人改过这条信息" in why_not(refused)
    page = upkeep_pages.kept_page("terminal", where_id(where))
    assert (page.owner, page.model) == ("县司法局", "甲型"), "nothing of the second was kept"
    again = form_of(soup(refused))
    assert again["model"] == "乙型", "what was typed stays"
    assert desk.post(f"{where}/revise", again | {"owner": "县司法局"}).status_code == 302
    page = upkeep_pages.kept_page("terminal", where_id(where))
    assert (page.owner, page.model) == ("县司法局", "乙型")


def test_a_station_is_not_corrected_over_somebody_else(county: makers.County, sit: Sit) -> None:
    desk, office = sit(county.dispatcher), sit(county.dispatcher)
    row = station(desk, county)
    where = f"/desk/stations/{row.id}"
    held = {"parent_id": str(row.parent_id or ""), "holiday_rule": row.holiday_rule}
    first = form_of(soup(desk.get(where))) | held
    second = form_of(soup(office.get(where))) | held
    assert desk.post(f"{where}/revise", first | {"phone": "0574-65988001"}).status_code == 302
    refused = office.post(f"{where}/revise", second | {"keeper": "王五"})
    assert "有人改过这条信息" in why_not(refused)
    found = places_queries.station(row.id)
    assert (found.phone, found.keeper) == ("0574-65988001", row.keeper)


def test_what_is_emptied_is_empty(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    where = made(desk)
    told = form_of(soup(desk.get(where)))
    emptied = told | {"lon": "", "lat": "", "warranty_until": ""}
    assert desk.post(f"{where}/revise", emptied).status_code == 302
    page = upkeep_pages.kept_page("terminal", where_id(where))
    assert page.row.point is None
    assert page.warranty_until is None
    row = station(desk, county)
    at = f"/desk/stations/{row.id}"
    told = form_of(soup(desk.get(at))) | {"parent_id": "", "holiday_rule": row.holiday_rule}
    assert desk.post(f"{at}/revise", told | {"hours": ""}).status_code == 302
    found = places_queries.station(row.id)
    assert found.hours_sentence.startswith("时间待公布")
    assert found.parent_id is None


def test_a_slip_of_the_year_is_asked_about(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    to = "/desk/facilities/new/terminal"
    assert "请检查年份" in why_not(desk.post(to, TERMINAL | {"installed_on": "3026-01-05"}))
    assert "请检查年份" in why_not(desk.post(to, TERMINAL | {"installed_on": "0026-01-05"}))
    early = desk.post(to, TERMINAL | {"warranty_until": "2020-01-01"})
    assert "保修期在设置日期以前就到了" in why_not(early)
    rows = upkeep_pages.kept_in("330225101000", facility="terminal")
    assert not [row for row in rows if row.code == TERMINAL["code"]], "nothing half kept"


def test_a_region_that_is_none_lists_the_county(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    assert desk.get("/desk/stations?region=abc").status_code == 200
    assert desk.get("/desk/stations?region=999999999999").status_code == 200


def where_id(where: str) -> UUID:
    return UUID(where.rsplit("/", 1)[-1])
