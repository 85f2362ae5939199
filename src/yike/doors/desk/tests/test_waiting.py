"""What waits: the counts on the tabs are the lists behind them; finding; the price of a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yike.doors.desk.tests.soup import Element, soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.tests import makers

Sit = Callable[[Actor], Client]


def _references(page: Element) -> list[str]:
    rows = page.one("ol", class_="queue").all("a") if page.all("ol", class_="queue") else []
    return [row.attrs["href"].rsplit("/", 1)[1] for row in rows]


def _scene(county: makers.County) -> dict[str, str]:
    """One matter in each state that the office of 石浦 may hold."""
    with clock.at(makers.MONDAY):
        found = {"sign": makers.opened().reference, "work": makers.worked(county)}
        found["papers"] = makers.worked(county)
        makers.do("ask_papers", found["papers"], county.wang, papers=["欠条"])
    return found


def test_each_tab_counts_what_it_lists(county: makers.County, sit: Sit) -> None:
    scene = _scene(county)
    with clock.at(makers.MONDAY):
        desk = sit(county.wang)
        start = soup(desk.get("/desk/"))
        for tab in start.one("nav", class_="tabs").all("a"):
            listed = _references(soup(desk.get(tab.attrs["href"])))
            assert tab.one("span", class_="count").words == str(len(listed)), tab.words
        for code in ("sign", "work", "papers"):
            assert _references(soup(desk.get(f"/desk/?tab={code}"))) == [scene[code]]
        assert scene["work"] in _references(soup(desk.get("/desk/?tab=handled")))
        assert _references(soup(sit(county.zhao).get("/desk/"))) == []


def test_what_is_late_stands_first_and_says_so(county: makers.County, sit: Sit) -> None:
    with clock.at(makers.MONDAY):
        late = makers.opened(demand_type="1").reference
    with clock.at(makers.MONDAY.replace(day=26)):
        fresh = makers.opened(demand_type="1").reference
        page = soup(sit(county.wang).get("/desk/"))
        assert _references(page) == [late, fresh]
        assert page.all("li", class_="is-late")[0].all("p", class_="lead-mark")
        assert page.one("ol", class_="queue").all("p", class_="why")[0].words


def test_an_empty_list_says_why_and_what_next(county: makers.County, sit: Sit) -> None:
    empty = soup(sit(county.zhao).get("/desk/?tab=late")).one("div", class_="empty")
    assert empty.all("a")
    assert len(empty.all("p")) == 2


@pytest.mark.parametrize("how", ["reference", "order_no", "phone", "phone with spaces"])
def test_finding_shows_only_what_one_may_see(county: makers.County, sit: Sit, how: str) -> None:
    receipt = makers.opened()
    typed = {
        "reference": receipt.reference, "order_no": receipt.order_no, "phone": makers.PHONE,
        "phone with spaces": f" +86 {makers.PHONE[:3]} {makers.PHONE[3:]}",
    }[how]  # fmt: skip
    assert _references(soup(sit(county.wang).get("/desk/find", {"q": typed}))) == [
        receipt.reference
    ]
    assert _references(soup(sit(county.zhao).get("/desk/find", {"q": typed}))) == []
    assert _references(soup(sit(county.lawyer).get("/desk/find", {"q": typed}))) == []


def test_a_longer_list_costs_no_more_questions(county: makers.County, sit: Sit) -> None:
    desk, costs = sit(county.wang), []
    for more in (1, 6):
        for _ in range(more):
            makers.opened()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get("/desk/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[1] <= 16


def test_a_route_tried_out_is_the_route_taken(county: makers.County) -> None:
    with acting(county.dispatcher):
        told = matters_queries.route_of(county.dispatcher, region_code=makers.DASHA, category="B01")
    receipt = makers.opened(region_code=makers.DASHA)
    assert receipt.holder_name == told.name
    assert receipt.why == told.why


def test_the_same_persons_others_are_gathered_as_far_as_one_may_see(
    county: makers.County, sit: Sit
) -> None:
    here = makers.opened().reference
    there = makers.opened(region_code=makers.DASHA).reference
    for actor, seen in ((county.dispatcher, [there]), (county.wang, [])):
        with acting(actor):
            found = matters_queries.dossier(actor, here)
        assert [row.reference for row in found.earlier] == seen
        assert found.suggested[0].code.startswith("B")
    part = soup(sit(county.dispatcher).get(f"/desk/m/{here}/dossier"))
    assert part.all("a", href=f"/desk/m/{there}")
    assert found.suggested[0].name in part.one("main").words
