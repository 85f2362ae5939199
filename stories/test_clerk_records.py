"""A clerk writes down what a caller says: earlier demands at once, both endings, a receipt."""

from __future__ import annotations

from typing import Any

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, sent, sign_in
from stories.test_office_carries import PHONE, demand


def _tell(page: Any) -> None:
    page.get_by_role("radio", name="打电话来").check()
    page.get_by_role("radio", name="12348", exact=True).check()
    page.get_by_label("联系电话").fill(PHONE)
    page.get_by_label("姓名", exact=True).fill("陈阿海")
    page.get_by_label("诉求", exact=True).fill("包工头拖欠农民工工资，一共五个人，欠条在工友手里。")


def test_a_caller_is_written_down_and_becomes_an_order(
    on_tables: House, visit: Visit, axe: Axe, look: Look
) -> None:
    before = demand()
    page = visit("desk")
    sign_in(page, "chuangkou")
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("n")
    axe(page)
    look(page, "desk-record-empty")
    _tell(page)
    page.locator(f"#earlier a[href$='{before}']").wait_for()
    page.get_by_label("乡镇（街道）").select_option(label="石浦镇")
    page.locator("#id_village option[value='330225101004']").wait_for(state="attached")
    page.locator("#id_village").select_option("330225101004")
    page.locator("#suggest b", has_text="B03").first.wait_for()
    page.locator(".more-facts summary").click()
    page.get_by_label("替谁反映").fill("五名工友")
    page.get_by_label("方言").check()
    axe(page)
    look(page, "desk-record-full")
    page.get_by_label("诉求", exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    axe(page)
    look(page, "desk-receipt")
    assert page.locator(".reference").inner_text() != before
    assert page.locator("svg.barcode").count() == 1


def test_answered_on_the_spot_without_script_and_errors_keep_everything(
    on_tables: House, visit: Visit, look: Look
) -> None:
    page = visit("desk", script=False)
    sign_in(page, "chuangkou")
    page.goto("/desk/record")
    _tell(page)
    page.get_by_label("联系电话").fill("138574")
    page.get_by_label("乡镇（街道）").select_option(label="石浦镇")
    sent(page, page.locator("main"), "列出这个镇的村")
    page.locator("#id_village").select_option("330225101004")
    page.get_by_text("当场答复办结").first.click()
    page.get_by_label("当场怎么答复的").fill("先向劳动监察大队投诉，同时申请法律援助。")
    page.get_by_label("结果", exact=True).select_option(label="已解答")
    page.get_by_label("用了几分钟").fill("6")
    sent(page, page.locator("main"), "当场答复并办结")
    assert page.locator(".wrongs a[href='#id_phone']").count() == 1
    look(page, "desk-record-wrong")
    assert page.get_by_label("当场怎么答复的").input_value().startswith("先向劳动监察")
    page.get_by_label("联系电话").fill(PHONE)
    sent(page, page.locator("main"), "当场答复并办结")
    assert "已当场答复" in page.locator("h1").inner_text()


def test_pages_of_every_role_are_accessible(
    on_tables: House, visit: Visit, axe: Axe, look: Look
) -> None:
    demand()
    ways = {
        "paidan": ["", "find?q=1", "stations", "stations/new", "items", "items/PLS-YZ001",
                   "promises", "codes?list=channel", "calendars", "routing", "routing/gaps",
                   "notices", "hotlines", "hotlines?rule=CITY", "ladders"],
        "chuangkou": ["reception"],
    }  # fmt: skip
    for size in ("desk", "phone"):
        for username, paths in ways.items():
            page = visit(size, dark=size == "phone")
            sign_in(page, username)
            for path in paths:
                page.goto(f"/desk/{path}")
                axe(page)
                name = path.split("?")[0].replace("/", "-") or "waiting"
                look(page, f"desk-{name}-{size}", whole=False)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, f"{path} is {wide} px too wide"
