"""County, town and another office carry an order: given back, helped with, extended, watched."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, choose, sent, sign_in, unfold
from stories.test_office_carries import PHONE, demand
from yike.rooms.core import clock


def _follow(page: Any, reference: str) -> None:
    page.goto("/follow")
    page.get_by_label("编号", exact=False).first.fill(reference)
    page.get_by_label("电话", exact=False).first.fill(PHONE)
    with page.expect_navigation():
        page.locator("main form button").first.click()


def test_given_back_helped_extended_and_watched(
    on_tables: House, visit: Visit, axe: Axe, look: Look
) -> None:
    reference = demand()
    town, centre = visit("desk"), visit("desk")
    sign_in(town, "shipu")
    sign_in(centre, "paidan")
    town.goto(f"/desk/m/{reference}")
    back = unfold(town, "give_back")
    back.locator("[name=reason]").fill("工地在鹤浦，不属于石浦")
    sent(town, back, "退单")
    centre.goto(f"/desk/m/{reference}")
    axe(centre)
    look(centre, "desk-matter-returned")
    refused = unfold(centre, "refuse_return")
    refused.locator("[name=reason]").fill("当事人住在石浦，仍由石浦办")
    sent(centre, refused, "驳回")
    town.goto(f"/desk/m/{reference}")
    sent(town, unfold(town, "sign"), "签收")
    part = unfold(town, "send_sub")
    choose(part, "to_org", "鹤浦")
    part.locator("[name=words]").fill("请到工地核实欠薪人数")
    sent(town, part, "派子工单")
    asked = unfold(town, "ask_extension")
    asked.locator("[name=amount]").fill("2")
    asked.locator("[name=reason]").fill("等鹤浦核实")
    sent(town, asked, "申请延期")
    watched = _watch(centre, reference)
    assert "督办" in watched
    town.goto(f"/desk/m/{reference}")
    axe(town)
    look(town, "desk-matter-way")
    town.locator("details.more-verbs summary").first.click()
    axe(town)
    look(town, "desk-matter-more")
    phone = visit("phone")
    _follow(phone, reference)
    axe(phone)
    look(phone, "portal-follow-way")
    phone.locator("summary", has_text="催一催").click()
    phone.locator("#hurry_words").fill("工友们等着回家")
    with phone.expect_navigation():
        phone.get_by_role("button", name="催办").click()
    assert "已催办" in phone.locator("main").inner_text()
    axe(phone)


def _watch(centre: Any, reference: str) -> str:
    centre.goto(f"/desk/m/{reference}")
    granted = unfold(centre, "decide_extension")
    granted.locator("[name=grant]").select_option("1")
    granted.locator("[name=reason]").fill("情况属实")
    sent(centre, granted, "审批")
    watched = unfold(centre, "supervise")
    day = (clock.today() + timedelta(days=2)).isoformat()
    watched.locator("[name=due_on]").fill(day)
    watched.locator("[name=reason]").fill("涉及多名渔民工，请说明进展")
    sent(centre, watched, "督办")
    return str(centre.locator("main").inner_text())


def test_the_flow_is_drawn_and_a_county_sets_its_own(
    on_tables: House, visit: Visit, axe: Axe, look: Look
) -> None:
    for size, dark in (("desk", False), ("phone", False), ("desk", True)):
        page = visit(size, dark=dark)
        sign_in(page, "paidan")
        page.goto("/desk/flow")
        axe(page)
        look(page, f"desk-flow-{size}{'-dark' if dark else ''}")
        page.locator("#h-map").evaluate("node => node.scrollIntoView()")
        look(page, f"desk-flow-map-{size}{'-dark' if dark else ''}", whole=False)
    page.goto("/desk/flow/policy")
    axe(page)
    page.get_by_label("求助", exact=True).check()
    page.locator("[name=reason]").fill("求助答复先审核")
    form = page.locator("section", has=page.locator("#h-set"))
    sent(page, form, "先看会有什么变化")
    assert "求助答复前要审核" in page.locator("main").inner_text()
    axe(page)
    look(page, "desk-flow-policy")
