"""Booking at the portal: from need to receipt, changed, given back; no account, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking.tests import makers
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting


@pytest.fixture
def desk(db: None) -> Iterator[makers.Desk]:
    """A notary's office on a Monday morning."""
    with clock.at(makers.MONDAY):
        yield makers.furnish()


def _browser() -> Client:
    return Client(REMOTE_ADDR=f"10.{uuid4().int % 250}.{uuid4().int % 250}.7")


def _held(web: Client, place: object) -> str:
    """Walks from the needs to the details by what the pages themselves offer."""
    assert "/book/notary" in web.get("/book").content.decode()
    found = web.get("/book/notary?town=330225101000").content.decode()
    assert f"/book/notary/{place}" in found
    assert "直线距离" in found
    times = web.get(f"/book/notary/{place}?day=2026-11-17").content.decode()
    slot = str(re.findall(r'name="slot" value="([0-9a-f-]{36})"', times)[0])
    assert web.post("/book/hold", {"slot": slot}).headers["Location"] == "/book/details"
    return slot


def test_from_need_to_receipt_then_moved_and_given_back(desk: makers.Desk) -> None:
    web = _browser()
    _held(web, desk.place)
    page = web.get("/book/details").content.decode()
    assert "要带什么" in page
    assert "10:10" in page  # the place is kept until then
    wrong = web.post("/book/details", {"name": "张三丰", "phone": "12"})
    assert wrong.status_code == 422
    assert "张三丰" in wrong.content.decode()
    told = {"name": "张三丰", "phone": makers.PHONE, "notice": ""}
    assert web.post("/book/details", told).headers["Location"] == "/book/mine"
    mine = web.get("/book/mine").content.decode()
    reference = re.search(r"\d{6}-[0-9A-Z]{8}", mine)
    assert reference is not None
    other = _browser()
    proof = {"reference": reference[0], "phone": makers.PHONE}
    assert other.post("/follow", proof).headers["Location"] == "/book/mine"
    ics = other.get("/book/mine/booking.ics")
    assert ics.headers["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in ics.content
    moves = other.get("/book/mine/move?day=2026-11-19").content.decode()
    to = re.findall(r'name="slot" value="([0-9a-f-]{36})"', moves)[0]
    assert other.post("/book/mine/move", {"slot": to}).headers["Location"] == "/book/mine"
    assert "11月19日" in other.get("/book/mine").content.decode()
    assert other.post("/book/mine/cancel", {"reason": "没空"}).status_code == 302
    assert "已取消" in other.get("/book/mine").content.decode()


def test_a_time_taken_meanwhile_names_the_next_ones(desk: makers.Desk) -> None:
    slot = makers.slots()[0]
    for number in range(2):
        makers.booked(slot.pk, f"1385740700{number}")
    page = _browser().post("/book/hold", {"slot": str(slot.pk)})
    assert page.status_code == 409
    words = page.content.decode()
    assert "约满" in words
    assert str(makers.slots()[1].pk) in words


def test_a_place_lost_while_typing_keeps_the_words_and_offers_others(desk: makers.Desk) -> None:
    web = _browser()
    slot = _held(web, desk.place)
    told = {"name": "张三丰", "phone": makers.PHONE, "note": "坐轮椅"}
    with clock.at(makers.MONDAY + timedelta(minutes=11)):
        for number in range(2):
            makers.booked(makers.slots()[0].pk, f"1385740800{number}")
        page = web.post("/book/details", told)
        words = page.content.decode()
        assert page.status_code == 422
        assert "坐轮椅" in words
        assert "约满" in words
        other = re.findall(r'name="slot" value="([0-9a-f-]{36})"', words)
        assert other
        assert slot not in other
        done = web.post("/book/details", {**told, "slot": other[0]})
        assert done.status_code == 302
        assert "约好了" in web.get("/book/mine").content.decode()


def test_waiting_for_a_full_day(desk: makers.Desk) -> None:
    for index, slot in enumerate(makers.slots()):
        for part in range(2):
            makers.booked(slot.pk, f"138574{60 + index:02d}{part:03d}")
    web = _browser()
    page = web.get(f"/book/notary/{desk.place}?day=2026-11-17").content.decode()
    link = re.search(r'href="(/book/notary/[^"]+/wait/2026-11-17)', page)
    assert link is not None
    told = {"name": "李四", "phone": "13857409001"}
    assert web.post(link[1], told).headers["Location"] == "/book/mine"
    assert "正在候补" in web.get("/book/mine").content.decode()


def test_a_practitioners_calendar_opens_by_its_secret_alone(desk: makers.Desk) -> None:
    from yike.rooms.booking import actions

    makers.booked(makers.slots()[0].pk)
    with acting(desk.clerk):
        token = actions.make_feed(actor=desk.clerk)
    assert _browser().get(f"/book/feed/{token}.ics").status_code == 200
    assert _browser().get("/book/feed/wrong.ics").status_code == 404
    with acting(desk.clerk):
        assert booking_queries.own_feed(desk.clerk)
        actions.revoke_feed(actor=desk.clerk)
    assert _browser().get(f"/book/feed/{token}.ics").status_code == 404
