"""A citizen is not content: somebody else calls, the office mends, another verifies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stories import desk_pages, scene
from stories.conftest import House
from yike.demo import cast
from yike.demo.watching import everything
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.demand import Demand
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality.models import Rating

Visit, Axe, Look = Callable[..., Any], Callable[[Any], None], Callable[..., None]


def _answered() -> tuple[str, str]:
    """A matter that 石浦司法所 answered, and the link by which it is rated."""
    visitor = actors.visitor("portal")
    demand = Demand(
        text="老板拖欠工资三个月，怎么要回来？", region_code="330225101004", name="陈阿海",
        phone="13857455555", demand_type="2", category="B01",
    )  # fmt: skip
    with acting(visitor):
        told = {"demand": demand, "key": str(new_id()), "actor": visitor}
        reference = matters_actions.open_matter(**told).reference
    scene.sign_and_answer(reference)
    with acting(scene.HOUSE):
        link = quality_actions.invite_rating(reference=reference, actor=scene.HOUSE)
    return reference, link


def _as_house() -> None:
    """What the worker does a moment later."""
    with acting(scene.HOUSE):
        for one in Rating.objects.values_list("id", flat=True):
            quality_actions.examine_rating(rating_id=one, actor=scene.HOUSE)


def _cast() -> dict[str, Actor]:
    found = {}
    with acting(scene.HOUSE):
        for player in cast.PLAYERS:
            account = people_queries.accounts(actor=scene.HOUSE, typed=player.username).rows
            row = next((one for one in account if one.username == player.username), None)
            who = people_queries.actor_of(row.id, door="desk") if row else None
            if who is not None:
                found[player.username] = who
    return found


def test_a_bad_rating_is_mended(visit: Visit, axe: Axe, look: Look, on_tables: House) -> None:
    reference, link = _answered()
    phone = visit("phone", script=False)
    phone.goto(link)
    look(phone, "rate-phone")
    phone.get_by_role("button", name="提交评价").click()
    look(phone, "rate-wrong-phone")
    assert phone.locator(".wrongs").count() == 1
    phone.get_by_label("非常不满意").check()
    phone.get_by_label("办得太慢").check()
    phone.get_by_label("想说的话").fill("等了两个星期才有人打电话")
    phone.get_by_role("button", name="提交评价").click()
    look(phone, "rate-thanks-phone")
    assert "谢谢您的评价" in phone.locator("h1").inner_text()
    _as_house()
    desk = visit("desk")
    desk_pages.sign_in(desk, "jiandu")
    desk.goto("/desk/quality")
    look(desk, "quality-callbacks")
    axe(desk)
    desk.locator(".queue a").first.click()
    look(desk, "quality-callback")
    axe(desk)
    case = desk.url
    box = desk.locator("details", has=desk.get_by_text("记下联系结果")).last
    box.get_by_label("联系结果").select_option("reached")
    box.get_by_label("说明").fill("说等了两个星期，希望以后当天有回音。")
    desk_pages.sent(desk, box, "记下联系结果")
    desk.goto(case)
    box = desk.locator("details", has=desk.get_by_text("转整改")).last
    box.locator("summary").click()
    box.get_by_label("责任单位").select_option(index=1)
    box.get_by_label("说明").fill("请建立当日回访登记。")
    box.get_by_label("是不是疑难").select_option("0")
    desk_pages.sent(desk, box, "转整改")
    office = visit("desk")
    desk_pages.sign_in(office, "shipu")
    office.goto("/desk/quality?tab=rectification")
    look(office, "quality-rectifications-office")
    office.locator(".queue a").first.click()
    mended = office.url.partition("?")[0]
    box = office.locator("details", has=office.get_by_text("报告整改完成")).last
    box.get_by_label("说明").fill("已建立登记本，专人当日回访。")
    desk_pages.sent(office, box, "报告整改完成")
    office.goto("/desk/ratings")
    look(office, "ratings-mine")
    axe(office)
    desk.goto(mended)
    for label, words in (("核验通过", "抽查属实。"), ("复盘，闭环", "全县推行当日回访登记。")):
        box = desk.locator("details", has=desk.get_by_text(label, exact=True)).last
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        box.get_by_label("说明").fill(words)
        desk_pages.sent(desk, box, label)
    look(desk, "quality-rectification-closed")
    axe(desk)
    assert "已闭环" in desk.locator(".head").inner_text()
    phone.goto(f"/follow?reference={reference}")
    phone.get_by_label("提交时填的电话").fill("13857455555")
    phone.get_by_role("button", name="查进度").click()
    look(phone, "follow-rated-phone")


@pytest.mark.parametrize("lens", ["phone", "screen", "elder", "dark"])
def test_complaining_and_rating_at_each_size(
    visit: Visit, axe: Axe, look: Look, on_tables: House, lens: str
) -> None:
    _, link = _answered()
    size = "screen" if lens == "screen" else "phone"
    page = visit(size, elder=lens == "elder", dark=lens == "dark")
    for name, path in (("rate", link), ("complain", "/complain"), ("late", "/rate/" + "0" * 26)):
        page.goto(path)
        look(page, f"portal-{name}-{lens}")
        axe(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{name} is {overflow} px too wide"


def test_the_pages_of_quality_when_they_are_full(
    visit: Visit, axe: Axe, look: Look, on_tables: House
) -> None:
    with acting(scene.HOUSE):
        offices = {
            office.key: found.id
            for office in cast.OFFICES
            if (found := providers_queries.institution_by_code(f"DEMO-{office.key}"))
        }
        everything(_cast(), offices, clock.now())
    desk = visit("desk")
    desk_pages.sign_in(desk, "juzhang")
    for name in (
        "complaints",
        "warnings",
        "daily",
        "rewards",
        "quality/rules",
        "quality?tab=rating",
    ):
        desk.goto(f"/desk/{name}")
        look(desk, f"quality-{name.replace('/', '-').replace('?tab=', '-')}")
        axe(desk)
    narrow = visit("phone")
    desk_pages.sign_in(narrow, "jiandu")
    for name in ("quality", "complaints", "daily"):
        narrow.goto(f"/desk/{name}")
        look(narrow, f"quality-{name}-phone")
        axe(narrow)
