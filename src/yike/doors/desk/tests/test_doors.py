"""Every page of the desk × who may open it: allowed, refused, or asked to sign in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers
from yike.rooms.people import roles

Sit = Callable[[Actor], Client]

_WORK = {"wang", "clerk", "agent", "dispatcher", "director", "lawyer"}
_READ = _WORK | {"auditor"}
_ALL = _READ | {"admin", "security"}

#: page → who of the cast may open it; everybody else gets 403
PAGES: dict[str, set[str]] = {
    "/desk/find?q=13857400001": _WORK,
    "/desk/m/{reference}": _WORK,
    "/desk/m/{reference}/dossier": _WORK,
    "/desk/record": {"wang", "clerk", "agent", "dispatcher"},
    "/desk/record/{reference}/receipt": _WORK,
    "/desk/reception": {"wang", "clerk"},
    "/desk/stations": _READ,
    "/desk/stations/new": {"wang", "dispatcher"},
    "/desk/items": _READ,
    "/desk/items/PLS-YZ001": _READ,
    "/desk/codes?list=channel": _ALL,
    "/desk/promises": _READ,
    "/desk/calendars": _READ,
    "/desk/routing": {"dispatcher", "director"},
    "/desk/routing?try=1&region_code=330225101004&category=B01": {"dispatcher", "director"},
    "/desk/routing/gaps": {"dispatcher", "director"},
    "/desk/notices": _ALL,
    "/desk/people": {"admin", "security"},
    "/desk/people/new": {"admin"},
    "/desk/people/grants": {"admin", "security"},
    "/desk/people/keys": {"security"},
    "/desk/emergencies": {"agent", "dispatcher", "director", "security", "auditor"},
    "/desk/trail": {"auditor"},
}


def _cast(county: makers.County) -> dict[str, Actor]:
    found = {name: getattr(county, name) for name in _READ | {"admin"}}
    found["security"] = replace(found["admin"], roles=frozenset({roles.ADMIN_SECURITY}))
    return found


def test_each_page_opens_for_its_roles_only(county: makers.County, sit: Sit) -> None:
    reference, wrong = makers.worked(county), []
    for name, actor in _cast(county).items():
        desk = sit(actor)
        for page, opens in PAGES.items():
            answer = desk.get(page.format(reference=reference))
            # the lawyer may open the page of a matter, but sees only what came to the lawyer
            hidden = name == "lawyer" and "{reference}" in page
            expected = 404 if hidden else 200 if name in opens else 403
            if answer.status_code != expected or len(soup(answer).all("h1")) != 1:
                wrong.append((name, page, answer.status_code, expected))
    assert not wrong


def test_the_desk_begins_with_what_waits_or_with_ones_own_page(
    county: makers.County, sit: Sit
) -> None:
    own = {"auditor": "/desk/trail", "admin": "/desk/people", "security": "/desk/people"}
    for name, actor in _cast(county).items():
        for page in ("/desk/", "/desk/?tab=late"):
            answer = sit(actor).get(page)
            assert answer.status_code == (302 if name in own else 200), name
            assert answer.headers.get("Location", "") == own.get(name, ""), name


def test_a_refusal_keeps_staff_in_their_own_house(county: makers.County, sit: Sit) -> None:
    answer = sit(county.auditor).get("/desk/record")
    assert answer.status_code == 403
    assert soup(answer).one("body").attrs["class"] == "office"
    assert "回工作台" in answer.content.decode()


def test_only_those_who_work_on_matters_are_offered_the_search(
    county: makers.County, sit: Sit
) -> None:
    for name, actor in _cast(county).items():
        found = soup(sit(actor).get("/desk/notices")).all("form", class_="find")
        assert len(found) == (1 if name in _WORK else 0), name


def test_nobody_enters_without_signing_in(county: makers.County) -> None:
    for page in ("/desk/", *PAGES):
        answer = Client().get(page.format(reference="261116-0000000Z"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in?next="), page


def test_the_way_from_page_to_page_shows_only_what_opens(county: makers.County, sit: Sit) -> None:
    for name, actor in _cast(county).items():
        desk = sit(actor)
        found = desk.get("/desk/notices")
        ways = soup(found).one("nav", class_="office-nav").all("a")
        assert ways, name
        for way in ways:
            assert desk.get(way.attrs["href"]).status_code == 200, (name, way.words)
