"""The person's own page: what waits and why, promises, duty, ratings; for each kind of worker."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yike.doors.desk import seat
from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.tests import makers

Sit = Callable[[Actor], Client]


def test_what_is_mine_stands_on_one_page(county: makers.County, sit: Sit) -> None:
    receipt = makers.opened()
    with acting(county.wang):
        matters_actions.sign(reference=receipt.reference, actor=county.wang)
        account = county.wang.account_id
        assert account is not None
        matters_actions.assign(
            reference=receipt.reference, account_id=account, reason="熟悉情况", actor=county.wang
        )
    page = soup(sit(county.wang).get("/desk/own"))
    links = [link.attrs["href"] for link in page.all("a")]
    assert links.count(f"/desk/m/{receipt.reference}") == 2, "it waits, and it is promised"


def test_every_worker_has_one(county: makers.County, sit: Sit) -> None:
    for actor in (county.dispatcher, county.director, county.clerk, county.agent, county.lawyer):
        assert sit(actor).get("/desk/own").status_code == 200, actor.roles


def test_every_page_behind_more_stands_in_a_group(county: makers.County) -> None:
    groups = [places for name, places in seat.more_places(county.director, "/desk/own")]
    assert len({place.href for places in groups for place in places}) == sum(map(len, groups))
    assert not any(name == "其他" for name, _ in seat.more_places(county.director, "/desk/own"))
