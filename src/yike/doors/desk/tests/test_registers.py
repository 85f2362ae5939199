"""Keeping registers, rules, routes, accounts and keys through the door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk.forms import stations as station_forms
from yike.doors.desk.tests.soup import soup
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.tests import makers
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.places import queries as places_queries

Sit = Callable[[Actor], Client]


def _security(county: makers.County) -> Actor:
    return replace(county.admin, roles=frozenset({roles.ADMIN_SECURITY}))


def test_a_station_is_registered_revised_graded_and_closed(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {
        "code": "XS-SP-01", "name": "石浦渔政站", "level": "3", "region_code": makers.SHIPU,
        "institution_id": str(county.shipu_office), "holiday_rule": "closed",
        "hours": "一 08:30-12:00 14:00-17:30\n周六 09:00-11:00", "phone": "0574-65987001",
    }  # fmt: skip
    answer = desk.post("/desk/stations/new", told)
    where = answer.headers["Location"]
    made = places_queries.station_by_code("XS-SP-01")
    assert made is not None
    assert made.hours["sat"] == [["09:00", "11:00"]]
    again = desk.post("/desk/stations/new", told)
    assert again.status_code == 422
    assert soup(again).one("input", name="name").attrs["value"] == "石浦渔政站"
    revised = told | {"name": "石浦渔港站", "theme": "渔港法治驿站"}
    assert desk.post(f"{where}/revise", revised).status_code == 302
    past = {"grade": "三星", "source": "象司〔2025〕9号（测试）", "awarded_on": "2025-12-01"}
    grades = f"/desk/grades/stations/{made.id}"
    assert desk.post(f"{grades}/import", past).status_code == 302
    assert soup(desk.get(where)).one("a", href=grades)
    assert desk.post(f"{where}/close", {"reason": "并入镇站"}).status_code == 302
    closed = places_queries.station(made.id)
    assert (closed.name, closed.grade, closed.closed_on) == ("石浦渔港站", "三星", clock.today())
    assert not soup(desk.get(where)).all("aside")


def test_hours_are_written_as_they_are_read() -> None:
    week = station_forms.read_hours("一 08:30-12:00 14:00-17:30\n周日 09:00-11:00")
    assert station_forms.read_hours(station_forms.write_hours(week)) == week
    with pytest.raises(ValueError, match="每天"):
        station_forms.read_hours("每天 08:30-17:00")


def test_a_typhoon_closes_the_calendar(county: makers.County, sit: Sit) -> None:
    day = clock.today() + timedelta(days=1)
    while not clocks_queries.is_open("office", _noonish(day)):
        day += timedelta(days=1)
    told = {"starts_at": f"{day}T00:00", "ends_at": f"{day}T23:59", "reason": "台风停班"}
    desk = sit(county.dispatcher)
    assert desk.post("/desk/calendars/office", told | {"reason": ""}).status_code == 422
    assert desk.post("/desk/calendars/office", told).status_code == 302
    assert not clocks_queries.is_open("office", _noonish(day))
    assert not soup(sit(county.wang).get("/desk/calendars")).all("aside")


def _noonish(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=clock.CIVIL)


def test_a_line_of_the_table_changes_where_a_demand_would_go(
    county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    trial = f"/desk/routing?try=1&region_code={makers.JINPING}&category=B01"
    assert "石浦司法所" in soup(desk.get(trial)).one("div", class_="note").words
    told = {
        "region_code": makers.JINPING,
        "category": "B01",
        "org": str(county.firm),
        "note": "试点",
    }
    assert desk.post("/desk/routing", told).status_code == 302
    assert "海平律师事务所" in soup(desk.get(trial)).one("div", class_="note").words
    with acting(county.dispatcher):
        rows = matters_queries.routes(county.dispatcher, makers.COUNTY)
    (line,) = [row for row in rows if row.note == "试点"]
    assert desk.post(f"/desk/routing/{line.id}/end").status_code == 302
    assert "石浦司法所" in soup(desk.get(trial)).one("div", class_="note").words
    assert sit(county.wang).post("/desk/routing", told).status_code == 403


def test_system_and_security_each_do_their_half(county: makers.County, sit: Sit) -> None:
    system = sit(county.admin)
    told = {"username": "zhao.min", "display_name": "赵敏", "password": "tide-lamp-orchid"}
    where = system.post("/desk/people/new", told).headers["Location"]
    again = system.post("/desk/people/new", told)
    assert again.status_code == 422
    assert "tide-lamp" not in again.content.decode()
    # a third person: the fixture knows people by their account
    security = sit(replace(_security(county), ref=county.auditor.ref))
    grant = {
        "role": "officer", "org": str(county.shipu_office), "region_code": makers.SHIPU,
        "level": "1", "reason": "新到岗",
    }  # fmt: skip
    assert system_cannot(system, f"{where}/grants", grant)
    assert security.post(f"{where}/grants", grant).status_code == 302
    wrong = security.post(
        f"{where}/grants", grant | {"role": "auditor", "org": "", "region_code": ""}
    )
    assert wrong.status_code == 422
    assert "不能与" in soup(wrong).one("div", class_="wrongs").words
    account = UUID(where.rsplit("/", 1)[1])
    with acting(makers.SYSTEM):
        (held,) = people_queries.account_page(account, actor=makers.SYSTEM).grants
    end = f"{where}/grants/{held.id}/end"
    assert security.post(end, {"reason": ""}).status_code == 422
    assert security.post(end, {"reason": "调离"}).status_code == 302
    assert security.post(f"{where}/deactivate", {"reason": "调离"}).status_code == 403
    fresh = system.post(f"{where}/password")
    assert len(soup(fresh).one("p", class_="reference").words) >= 12
    assert system.post(f"{where}/deactivate", {"reason": "调离"}).status_code == 302


def system_cannot(desk: Client, where: str, told: dict[str, str]) -> bool:
    """Whether the system administrator is refused what belongs to security."""
    return desk.post(where, told).status_code == 403


def test_a_key_is_shown_once_and_ended(county: makers.County, sit: Sit) -> None:
    desk = sit(_security(county))
    told = {
        "name": "宁波12345", "region_code": makers.COUNTY, "per_minute": "60",
        "scopes": ["matters:open", "bookings:make"],
    }  # fmt: skip
    made = desk.post("/desk/people/keys", told)
    key = soup(made).one("p", class_="key").words
    assert key.startswith("yk_")
    listed = soup(desk.get("/desk/people/keys"))
    assert key not in listed.words
    end = listed.all("form", method="post")[1].attrs["action"]
    assert desk.post(end, {"reason": "合同到期"}).status_code == 302
    assert "已停用" in soup(desk.get("/desk/people/keys")).one("tbody").words


def test_the_auditor_searches_the_trail(county: makers.County, sit: Sit) -> None:
    makers.worked(county)
    desk = sit(county.auditor)
    found = soup(desk.get("/desk/trail?kind=matters.MatterSigned"))
    assert len(found.one("tbody").all("tr")) == 1
    assert makers.PHONE not in found.words
    none = soup(desk.get("/desk/trail?since=2031-01-01T00:00"))
    assert none.one("div", class_="empty")


def test_a_notice_leads_to_its_matter(county: makers.County, sit: Sit) -> None:
    reference = makers.opened().reference
    with acting(county.wang):
        about = matters_queries.matter_page(county.wang, reference)
    with acting(makers.SYSTEM):
        notices_actions.tell(
            to=Recipient(org=county.shipu_office), template="matter.arrived",
            facts={"reference": reference, "title": about.title, "due": "明天"},
            about="matter", subject=str(about.matter_id), region_code=makers.SHIPU,
            actor=makers.SYSTEM,
        )  # fmt: skip
    desk = sit(county.wang)
    page = soup(desk.get("/desk/notices"))
    assert page.all("a", href=f"/desk/m/{reference}")
    ids = [one.attrs["value"] for one in page.all("input", name="notice")]
    assert desk.post("/desk/notices/read", {"notice": [*ids, "x"]}).status_code == 302
    assert not soup(desk.get("/desk/notices")).all("input", name="notice")


def test_glass_is_broken_for_a_reason_and_looked_at_afterwards(
    county: makers.County, sit: Sit
) -> None:
    desk, security = sit(county.dispatcher), sit(_security(county))
    told = {"reason": "来电人称正被家暴，需核对住址", "minutes": "30"}
    assert desk.post("/desk/emergencies", told | {"reason": "急"}).status_code == 422
    assert desk.post("/desk/emergencies", told).status_code == 302
    assert not soup(desk.get("/desk/emergencies")).all("aside")
    review = soup(security.get("/desk/emergencies")).one("li", class_="grant").one("form")
    assert security.post(review.attrs["action"], {"review": ""}).status_code == 422
    assert security.post(review.attrs["action"], {"review": "情况属实"}).status_code == 302
    assert desk.post("/desk/emergencies/end").status_code == 302
    assert sit(county.clerk).post("/desk/emergencies", told).status_code == 403
