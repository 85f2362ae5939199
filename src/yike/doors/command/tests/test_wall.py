"""The wall counts what is there, and each figure opens the orders that it counts."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from yike.doors.command import screen
from yike.doors.command.tests.conftest import Sit
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.tests import makers

_TILE = re.compile(r'<li class="figure[^"]*"><a href="([^"]+)">.*?figure-value">(\d+)', re.DOTALL)
_REFERENCE = re.compile(r"\d{6}-[0-9A-Z]{8}")


def _play(county: makers.County) -> None:
    """One matter in each state that a figure counts, in two towns."""
    makers.opened(region_code=makers.DASHA)
    makers.opened(category="C01", text="邻居盖房占了我家宅基地，挡了光。")
    makers.worked(county)
    answered = makers.worked(county)
    makers.do("close", answered, county.wang, result="answered", reply="可申请仲裁")
    with acting(county.clerk):
        matters_actions.answer_on_spot(
            demand=makers.demand(), answer="可以申请劳动仲裁", result="answered", minutes=10,
            key="answered-at-once", actor=county.clerk,
        )  # fmt: skip
    gone = makers.opened().reference
    makers.do("withdraw", gone, makers.citizen(gone), reason="协商好了")


def _tiles(web: Client) -> list[tuple[str, int]]:
    text = web.get("/command/").content.decode()
    return [(unescape(href), int(value)) for href, value in _TILE.findall(text)]


@pytest.mark.parametrize("who", ["director", "dispatcher"])
@pytest.mark.parametrize("days", [0, 40])
def test_each_figure_opens_as_many_orders_as_it_says(
    who: str, days: int, county: makers.County, sit: Sit
) -> None:
    _play(county)
    with clock.at(makers.MONDAY + timedelta(days=days)):
        web = sit(getattr(county, who))
        tiles = _tiles(web)
        assert len(tiles) >= 6
        for href, value in tiles:
            text = web.get(href).content.decode()
            assert len(set(_REFERENCE.findall(text))) == value, href
        assert sum(value for _, value in tiles)


def test_each_bar_opens_the_open_ones_it_counts(county: makers.County, sit: Sit) -> None:
    _play(county)
    web = sit(county.director)
    shown = _screen(county.director)
    for bars in (shown.towns, shown.kinds, shown.types, shown.doors):
        assert bars
        for bar in bars:
            text = web.get(f"/command/orders/?{bar.opens}").content.decode()
            assert len(set(_REFERENCE.findall(text))) >= bar.count.open


def _screen(actor: Actor) -> screen.Screen:
    today = clock.today()
    with acting(actor):
        return screen.screen(actor, today, today=today)


def test_yesterday_counts_nothing_of_today(county: makers.County, sit: Sit) -> None:
    _play(county)
    web = sit(county.director)
    day = clock.today() - timedelta(days=1)
    text = web.get(f"/command/?day={day}").content.decode()
    assert int(_TILE.findall(text)[0][1]) == 0


def test_a_day_to_come_is_today(county: makers.County, sit: Sit) -> None:
    _play(county)
    web = sit(county.director)
    later = clock.today() + timedelta(days=9)
    assert _TILE.findall(web.get(f"/command/?day={later}").content.decode()) == _TILE.findall(
        web.get("/command/").content.decode()
    )


@pytest.mark.parametrize(
    "asked", ["town=1", "only=everything", "opened_from=x", "holder_org=1", "after=x"]
)
def test_a_forged_link_is_refused_in_words(asked: str, county: makers.County, sit: Sit) -> None:
    found = sit(county.director).get(f"/command/orders/?{asked}")
    assert found.status_code == 422
    assert "way_on" not in found.content.decode()


def test_only_leaders_stand_before_the_wall(county: makers.County, sit: Sit) -> None:
    for actor in (county.clerk, county.wang, county.lawyer, county.auditor, county.admin):
        assert sit(actor).get("/command/").status_code == 403
    assert Client().get("/command/").status_code == 302
