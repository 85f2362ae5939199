"""A citizen books a time without account, moves it, gives it back; who waits moves up.

The notary's office, its hours and everybody who books are the story's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from stories import scene
from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, sent, sign_in
from yike.demo import cast
from yike.rooms.booking import actions as booking_actions
from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking.faces import Told
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions as places_actions
from yike.rooms.providers import actions as providers_actions

#: by day, when waiting people are asked
_AWAKE = range(7, 22)


@dataclass(frozen=True)
class Office:
    """The office, its station, and the pattern of its hours."""

    id: UUID
    station: UUID
    name: str


@pytest.fixture
def office(on_tables: House) -> Office:
    """A notary at 爵溪 with two times a day, each for one; open since the day before yesterday."""
    since = clock.now() - timedelta(days=2)
    with clock.at(since), acting(scene.HOUSE):
        made = providers_actions.register_institution(
            code=f"ST-{new_id()}"[:40], name="象山望潮公证处", kind="notary",
            region_code=cast.COUNTY, supplies=(("S03", "direct"),), active_from=since.date(),
            phone="0574-65980000", actor=scene.HOUSE,
        )  # fmt: skip
        name = f"望潮公证接待点{new_id().hex[-4:]}"
        station = places_actions.register_station(
            code=f"ST-{new_id()}"[:40], name=name, level=4, institution_id=made,
            region_code="330225003000", address="爵溪街道（故事）", opened_on=since.date(),
            actor=scene.HOUSE,
        )  # fmt: skip
    return Office(made, station, name)


def _hours(office: Office, since: datetime, *times: time, minutes: int) -> None:
    with clock.at(since), acting(scene.HOUSE):
        booking_actions.set_pattern(
            kind="notary", org=office.id, place_id=office.station, weekdays=tuple(range(7)),
            from_time=times[0], until_time=times[1], minutes=minutes, capacity=1,
            on_holidays=True, lead_minutes=0, actor=scene.HOUSE,
        )  # fmt: skip


def _main(page: Any) -> str:
    return str(page.locator("main").inner_text())


def _times(page: Any, office: Office, day: date) -> None:
    """From the need to the times of a day, by what the pages offer."""
    page.goto("/book")
    page.locator("ul.tiles a", has_text="公证").first.click()
    page.get_by_role("link", name=office.name).click()
    page.locator(f"ul.days a[href$='day={day}']").click()


def _fill(page: Any, name: str, phone: str) -> None:
    page.get_by_label("姓名").fill(name)
    page.get_by_label("手机号码").fill(phone)


def _reference(page: Any) -> str:
    found = re.search(r"\d{6}-[0-9A-Z]{8}", _main(page))
    assert found is not None
    return found[0]


def test_booked_moved_given_back_and_who_waits_moves_up(
    office: Office, visit: Visit, axe: Axe, look: Look
) -> None:
    _hours(office, clock.now(), time(9), time(10), minutes=30)
    full, other = clock.today() + timedelta(days=3), clock.today() + timedelta(days=4)
    anna, bert, carl = visit("phone", script=False), visit("phone"), visit("phone", elder=True)
    _times(bert, office, full)
    _books(anna, office, full, axe, look)
    _is_too_late(bert, full, axe, look)
    _moves(anna, other, look)
    _moves(anna, full, look)
    _waits(carl, office, full, axe, look)
    _gives_back(anna, axe, look)
    _ticks()
    _moves_up(carl, axe, look)
    clerk = visit("desk")
    sign_in(clerk, "chuangkou")
    clerk.goto(f"/desk/bookings?day={full}")
    rows = clerk.locator("tbody tr").filter(has_text="已预约")
    assert rows.count() == 2
    axe(clerk)
    look(clerk, "desk-bookings-full")


def _books(page: Any, office: Office, day: date, axe: Axe, look: Look) -> None:
    _times(page, office, day)
    look(page, "book-times-phone")
    page.locator("button[name=slot]").first.click()
    assert "名额给您留到" in _main(page)
    page.get_by_role("button", name="确认预约").click()
    assert page.locator(".wrongs").count() == 1, "nothing filled in, nothing lost"
    _fill(page, "蔡小渔", "13857433301")
    sent(page, page.locator("main"), "确认预约")
    assert "约好了" in _main(page)
    assert _reference(page)
    look(page, "book-done-phone")
    [event] = Calendar.from_ical(page.request.get("/book/mine/booking.ics").body()).walk("VEVENT")
    assert event.decoded("dtstart") == datetime.combine(day, time(9), tzinfo=clock.CIVIL)


def _is_too_late(page: Any, day: date, axe: Axe, look: Look) -> None:
    """The page was opened before the other one pressed: told so, with what is still free."""
    page.locator("button[name=slot]").first.click()
    assert page.locator(".wrongs").count() == 1
    axe(page)
    look(page, "book-taken-phone")
    page.locator("button[name=slot]", has_text=f"{day.month}月{day.day}日").first.click()
    _fill(page, "俞大网", "13857433302")
    axe(page)
    look(page, "book-details-phone")
    sent(page, page.locator("main"), "确认预约")
    assert "约好了" in _main(page)
    axe(page)


def _moves(page: Any, day: date, look: Look) -> None:
    before = _reference(page)
    page.get_by_role("link", name="改期").click()
    page.locator(f"ul.days a[href$='day={day}']").click()
    look(page, "book-move-phone")
    with page.expect_navigation():
        page.locator("button[name=slot]").first.click()
    assert "约好了" in _main(page)
    assert f"{day.month}月{day.day}日" in _main(page)
    assert _reference(page) == before, "the reference stays"


def _waits(page: Any, office: Office, day: date, axe: Axe, look: Look) -> None:
    _times(page, office, day)
    assert "这一天约满了" in _main(page)
    page.get_by_role("link", name="候补这一天").click()
    _fill(page, "童阿婆", "13857433303")
    axe(page)
    look(page, "book-wait-elder")
    sent(page, page.locator("main"), "候补")
    assert "正在候补" in _main(page)
    assert "前面还有 0 位" in _main(page)
    axe(page)


def _gives_back(page: Any, axe: Axe, look: Look) -> None:
    page.get_by_role("link", name="取消预约").click()
    page.get_by_label("原因", exact=False).fill("船要出海")
    look(page, "book-cancel-phone")
    sent(page, page.locator("main"), "取消预约")
    assert "已取消" in _main(page)
    assert "船要出海" in _main(page)


def _ticks() -> None:
    """The house's heartbeat, at an hour at which people are asked."""
    now = clock.now().astimezone(clock.CIVIL)
    if now.hour not in _AWAKE:
        now = now.replace(hour=10) + timedelta(days=int(now.hour >= _AWAKE.stop))
    with acting(scene.HOUSE):
        assert booking_actions.tick(now=now, actor=scene.HOUSE) >= 1


def _moves_up(page: Any, axe: Axe, look: Look) -> None:
    page.reload()
    assert "有空位了" in _main(page)
    axe(page)
    look(page, "book-offered-elder")
    page.get_by_role("link", name="去确认").click()
    assert "童" in _main(page), "who waited is known already"
    sent(page, page.locator("main"), "确认预约")
    assert "约好了" in _main(page)


def test_the_window_marks_who_came_and_who_did_not(
    office: Office, visit: Visit, axe: Axe, look: Look
) -> None:
    since = clock.now() - timedelta(days=2)
    _hours(office, since, time(0), time(23), minutes=60)
    with clock.at(since), acting(scene.HOUSE):
        until = since + timedelta(days=2, minutes=-5)
        slots = booking_queries.free_slots(
            "notary", cast.COUNTY, since=since, until=until, place=office.station
        )  # fmt: skip
        day = slots[-2].day
        told = [
            _booked(slot.id, name, phone)
            for slot, name, phone in zip(
                [one for one in slots if one.day == day][-2:],
                ("沈小满", "赖大河"), ("13857433304", "13857433305"), strict=True,
            )
        ]  # fmt: skip
    clerk = visit("desk")
    sign_in(clerk, "chuangkou")
    clerk.goto(f"/desk/bookings?day={day}")
    axe(clerk)
    for reference, label in zip(told, ("到了", "没来"), strict=True):
        sent(clerk, clerk.locator("tr", has_text=reference), label)
    rows = [clerk.locator("tr", has_text=one).inner_text() for one in told]
    assert "已到场" in rows[0]
    assert "未到场" in rows[1]
    axe(clerk)
    look(clerk, "desk-bookings-marked")
    phone = visit("phone", script=False)
    phone.goto(f"/follow?reference={told[1]}")
    phone.get_by_label("电话", exact=False).first.fill("13857433305")
    sent(phone, phone.locator("main form"), "查进度")
    assert "未到场" in _main(phone)
    sent(clerk, clerk.locator("tr", has_text=told[1]), "到了")
    assert "已到场" in clerk.locator("tr", has_text=told[1]).inner_text(), "came late after all"


def _booked(slot: UUID, name: str, phone: str) -> str:
    told = Told(name=name, phone=phone)
    return booking_actions.book(slot_id=slot, told=told, actor=scene.HOUSE).reference
