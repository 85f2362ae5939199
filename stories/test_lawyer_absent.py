"""A duty lawyer cannot come: a colleague takes the shift on their own phone, and everybody knows.

The firm, its two lawyers, the post and its roster are the story's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from stories import scene
from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, sent, sign_in
from stories.test_office_carries import demand
from yike.demo import cast
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.actions import Line
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions as people_actions
from yike.rooms.people import roles
from yike.rooms.places import actions as places_actions
from yike.rooms.providers import actions as providers_actions

#: WGS84, in the harbour of 石浦
LON, LAT = 121.944, 29.215
POST = "渔港法律咨询窗口"


@dataclass(frozen=True)
class Stage:
    """The post, its station, and who stands there today."""

    post: UUID
    station: UUID
    away: str
    stands_in: str


@pytest.fixture
def duty(on_tables: House) -> Iterator[Stage]:
    """汤若水 stands at a window of 石浦 around now; 柳长风 of the same firm is free."""
    with acting(scene.HOUSE):
        firm = providers_actions.register_institution(
            code=f"ST-{new_id()}"[:40], name="象山潮声律师事务所", kind="law_firm",
            region_code=cast.COUNTY, handles_orders=True, supplies=(("S01", "direct"),),
            active_from=clock.today() - timedelta(days=30), actor=scene.HOUSE,
        )  # fmt: skip
        away, free = _lawyer("汤若水", firm), _lawyer("柳长风", firm)
        made = _post(firm)
        _roster(made[0], away[1])
    yield Stage(*made, away=away[0], stands_in=free[0])
    with acting(scene.HOUSE):
        duty_actions.end_post(post_id=made[0], reason="故事讲完", actor=scene.HOUSE)
        places_actions.close_station(station_id=made[1], reason="故事讲完", actor=scene.HOUSE)


def _lawyer(name: str, firm: UUID) -> tuple[str, UUID]:
    """Returns the user name and who it is in the register."""
    username = f"lv{new_id().hex[-10:]}"
    account = people_actions.create_account(
        username=username, display_name=name, password=scene.PASSWORD, must_change=False,
        actor=scene.HOUSE,
    )  # fmt: skip
    people_actions.give_grant(
        account_id=account, role=roles.PRACTITIONER, org=firm, region_code="", reason="执业",
        actor=scene.HOUSE,
    )  # fmt: skip
    person = providers_actions.register_practitioner(
        name=name, kind="01", institution_id=firm, title="值班律师", specialties=("B03",),
        areas=(cast.SHIPU,), active_from=clock.today() - timedelta(days=30), actor=scene.HOUSE,
    )  # fmt: skip
    providers_actions.link_account(
        practitioner_id=person, account_id=account, actor=scene.HOUSE
    )  # fmt: skip
    return username, person


def _post(firm: UUID) -> tuple[UUID, UUID]:
    station = places_actions.register_station(
        code=f"ST-{new_id()}"[:40], name="石浦渔港公共法律服务点", level=4, institution_id=firm,
        region_code=cast.SHIPU, address="渔港路", point=(LON, LAT), actor=scene.HOUSE,
        services=(("S01", "direct"),), opened_on=clock.today() - timedelta(days=30),
    )  # fmt: skip
    post = duty_actions.register_post(
        code=f"ST-{new_id()}"[:40], name=POST, kind="window", institution_id=firm,
        region_code=cast.SHIPU, place_id=station, services=("S01",), kinds=("01",),
        own_people=True, phone="0574-65970000", point=(LON, LAT), actor=scene.HOUSE,
        active_from=clock.today() - timedelta(days=30),
    )  # fmt: skip
    return post, station


def _roster(post: UUID, who: UUID) -> None:
    """A shift that began an hour ago and lasts five more, whatever the hour is."""
    begin = clock.now().astimezone(clock.CIVIL) - timedelta(hours=1)
    end = begin + timedelta(hours=6)
    line = Line(
        from_time=_minute(begin), until_time=_minute(end), on_day=begin.date(), weekdays=(),
        holidays="open",
    )  # fmt: skip
    duty_actions.set_demand(
        post_id=post, lines=(line,), from_on=begin.date(), actor=scene.HOUSE
    )  # fmt: skip
    roster = duty_actions.begin_roster(
        county=cast.COUNTY, from_on=begin.date(), until_on=begin.date() + timedelta(days=1),
        actor=scene.HOUSE,
    )  # fmt: skip
    page = duty_queries.roster_page(roster, week=begin.date())
    for row in page.rows:
        for shift in (one for cell in row.cells for one in cell.shifts):
            if row.post_id == post:
                duty_actions.place_shift(
                    shift_id=shift.id, practitioner_id=who, actor=scene.HOUSE
                )  # fmt: skip
    duty_actions.publish_roster(roster_id=roster, actor=scene.HOUSE)


def _minute(at: datetime) -> Any:
    return at.time().replace(second=0, microsecond=0)


def _main(page: Any) -> str:
    return str(page.locator("main").inner_text())


def _row(page: Any) -> str:
    """The line of the post on a public or inner board."""
    return str(page.locator("main li, main tr").filter(has_text=POST).first.inner_text())


def test_a_substitute_takes_the_shift_and_the_order(
    duty: Stage, visit: Visit, axe: Axe, look: Look
) -> None:
    away, other, anybody = visit("phone"), _at_the_harbour(visit), visit("phone", script=False)
    sign_in(other, duty.stands_in)
    _says_no(away, duty, axe, look)
    anybody.goto("/duty")
    assert "人员调整中" in _row(anybody)
    assert scene.work("duty.call_out") == 1
    scene.work("duty.tell")
    _takes_it(other, axe, look)
    _is_on_the_board(anybody, duty, look)
    _in_the_calendars(other, duty)
    _checks_in(other, axe, look)
    reference = _gets_the_order(visit("desk"), axe, look)
    other.goto("/desk/own")
    assert reference in _main(other)
    axe(other)
    look(other, "duty-own-substitute")
    scene.work("quality.hear_absence")
    _is_seen_from_above(visit("desk"), duty, axe, look)


def _at_the_harbour(visit: Visit) -> Any:
    where = {"longitude": LON + 0.0003, "latitude": LAT, "accuracy": 12}
    return visit("phone", geolocation=where, permissions=["geolocation"])


def _says_no(page: Any, duty: Stage, axe: Axe, look: Look) -> None:
    sign_in(page, duty.away)
    page.goto("/desk/duty")
    page.locator("summary", has_text="来不了，找人替").click()
    page.get_by_label("原因").fill("高烧，在卫生院")
    axe(page)
    look(page, "duty-absent-phone")
    sent(page, page.locator("main"), "报缺勤，征集替班")
    assert "正在找人替班" in _main(page)
    assert "汤若水缺勤" in _main(page)


def _takes_it(page: Any, axe: Axe, look: Look) -> None:
    page.goto("/desk/notices")
    assert POST in _main(page), "told in the house, too"
    page.goto("/desk/duty")
    axe(page)
    look(page, "duty-called-phone")
    sent(page, page.get_by_label("请您替班"), "我来替班")
    assert page.get_by_label("请您替班").count() == 0
    assert POST in page.locator("ul.papers").first.inner_text()


def _is_on_the_board(page: Any, duty: Stage, look: Look) -> None:
    page.reload()
    told = _row(page)
    assert "柳长风" in told
    assert "正在值班" in told
    assert "汤若水" not in _main(page)
    look(page, "portal-duty-substitute")
    with page.expect_navigation():
        page.get_by_role("link", name=POST, exact=True).click()
    assert str(duty.station) in page.url


def _in_the_calendars(page: Any, duty: Stage) -> None:
    """The post's own says who stands and takes the absent one away; the lawyer's has the shift."""
    public = page.request.get(f"/duty/posts/{duty.post}.ics").text()
    states = {
        block.split("SUMMARY:")[1].splitlines()[0]: block.split("STATUS:")[1].splitlines()[0]
        for block in public.split("BEGIN:VEVENT")[1:]
    }
    assert states == {"值班 汤若水": "CANCELLED", "值班 柳长风": "CONFIRMED"}
    page.locator("summary", has_text="订阅到手机日历").click()
    sent(page, page.locator("main"), "生成订阅地址")
    address = page.get_by_role("status").get_by_role("link").get_attribute("href")
    own = page.request.get(address).text()
    assert own.count("BEGIN:VEVENT") == 1
    assert POST in own


def _checks_in(page: Any, axe: Axe, look: Look) -> None:
    page.goto("/desk/checkin")
    page.get_by_role("button", name="签到", exact=False).first.click()
    told = page.locator("[data-outcome]").inner_text()
    assert POST in told
    assert "迟到" not in told, "who took the rest of a shift is not late for its beginning"
    axe(page)
    look(page, "duty-checked-in-substitute")


def _gets_the_order(page: Any, axe: Axe, look: Look) -> str:
    """Whoever stands now is first of all, and the absent one is not on duty."""
    reference = demand()
    sign_in(page, "paidan")
    page.goto(f"/desk/m/{reference}/advice")
    first = page.locator("ol.ranked > li").first.inner_text()
    assert "柳长风" in first
    assert "正在值班" in first
    axe(page)
    look(page, "desk-advice-substitute")
    sent(page, page.locator("main"), "指派给柳长风")
    assert "象山潮声律师事务所" in _main(page)
    return reference


def _is_seen_from_above(page: Any, duty: Stage, axe: Axe, look: Look) -> None:
    """The director: who stands for whom now, and an alert with owner, due time and evidence."""
    sign_in(page, "juzhang")
    page.goto("/command/live")
    told = _row(page)
    assert "柳长风" in told
    assert "替汤若水" in told
    axe(page)
    look(page, "command-live-substitute")
    page.goto("/desk/warnings")
    page.get_by_role("link", name=f"值班脱岗：{POST}", exact=False).first.click()
    told = _main(page)
    for words in ("开班以后才报缺勤", "高烧，在卫生院", "由柳长风替班"):
        assert words in told, words
    axe(page)
    look(page, "quality-absent-alert")
    page.goto("/desk/posts/rotation")
    # other stories may have stood at a window of that name
    row = page.locator("tbody tr").filter(has=page.locator(f'a[href*="{duty.post}"]'))
    told = row.locator("td").all_inner_texts()
    assert [one.split()[0] for one in told] == ["1", "1", "1", "0", "0", "1", "0", "0", "0", "100%"]
    axe(page)
    row.locator("a").last.click()
    assert "柳长风替" in page.locator("section", has_text="班次明细").last.inner_text()
    axe(page)
    look(page, "desk-rotation")
    page.goto("/desk/supplies/gaps?kind=nobody_on_duty")
    axe(page)
    look(page, "desk-gaps-nobody-on-duty")
    assert "石浦渔港公共法律服务点" not in _main(page), "somebody stands there"
