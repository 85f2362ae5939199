"""Two stations are graded: one gets its star, one is refused for a veto,
appeals, and is heard by another; what the first one lacks becomes tasks.

The stations, on 晓塘 and 高塘岛, are graded in no other story.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from stories.desk_pages import Axe, Look, Visit, sent, sign_in

FORM = "#form"
NEXT = "保存，看下一条"
#: what the office says of each criterion of the example: met, or points
WHOLE: dict[str, str] = {
    "不以任何名义": "达到", "没有被查实": "达到", "门头": "9",
    "咨询室": "达到", "无障碍": "没有达到",
    "公开上墙": "达到", "首问负责": "4", "服务台账": "达到",
}  # fmt: skip


def _photo() -> dict[str, Any]:
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), (70, 110, 150)).save(kept, "JPEG")
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def _open(page: Any, station: str) -> None:
    page.goto("/desk/grades?level=3")
    page.get_by_role("link", name=station).first.click()
    page.wait_for_url("**/desk/grades/stations/*")


def _answer(page: Any, told: str) -> None:
    """One criterion: a choice or points, and a photo where one is asked for."""
    form = page.locator(FORM)
    if told in ("达到", "没有达到"):
        form.get_by_label(told, exact=True).check()
    else:
        form.get_by_label("得分").fill(told)
    papers = form.locator("input[type=file]")
    if told not in ("没有达到", "0") and "才计分" in form.inner_text():
        papers.set_input_files(_photo())
    sent(page, form, NEXT)


def _assess(page: Any, told: dict[str, str]) -> None:
    """Go from criterion to criterion as the page leads, until none is left."""
    for _ in range(20):
        if "/items/" not in page.url:
            return
        title = page.locator("h1").inner_text()
        value = next(value for name, value in told.items() if name in title)
        _answer(page, value)
    raise AssertionError(f"still asking: {page.url}")


def _do(page: Any, label: str, button: str, **typed: str) -> None:
    box = page.locator("details", has=page.locator("summary", has_text=label)).last
    box.locator("summary").press("Enter")
    for name, value in typed.items():
        box.locator(f"[name={name}]").fill(value)
    sent(page, box, button)


def test_a_town_grades_its_station_and_the_county_gives_the_star(
    visit: Visit, axe: Axe, look: Look
) -> None:
    phone = visit("phone")
    sign_in(phone, "xiaotang")
    _open(phone, "晓塘乡公共法律服务工作站")
    axe(phone)
    sent(phone, phone, "开始自评")
    where = phone.url
    phone.get_by_role("link", name="继续填写").click()
    phone.wait_for_url("**/items/*")
    axe(phone)
    look(phone, "grade-item-phone")
    _answer(phone, "达到")
    phone.goto(where)  # the clerk is called away, and comes back to what was saved
    assert "已填好" in phone.locator("main").inner_text()
    axe(phone)
    look(phone, "grade-draft-phone")
    phone.get_by_role("link", name="继续填写").click()
    phone.wait_for_url("**/items/*")
    _assess(phone, WHOLE)
    _do(phone, "提交自评", "提交给县里复核")
    assert "待复核" in phone.locator("h1").inner_text()

    desk = visit("desk")
    sign_in(desk, "paidan")
    desk.goto("/desk/grades?state=mine")
    row = desk.locator("tr", has_text="晓塘乡公共法律服务工作站")
    row.get_by_role("link").filter(has_text="待复核").click()
    desk.wait_for_url("**/desk/grades/*")
    axe(desk)
    look(desk, "grade-review-desk")
    desk.locator("a[data-open]", has_text="门头").click()
    desk.wait_for_url("**/items/A1")
    assert desk.locator(".grade-papers img").count() == 1
    axe(desk)
    desk.locator(FORM).get_by_label("复核：得分").fill("6")
    sent(desk, desk.locator(FORM), "保存，回到全部")
    assert "写明理由" in desk.locator(".wrongs").inner_text()
    desk.locator(FORM).get_by_label("理由").fill("路口没有指引牌")
    sent(desk, desk.locator(FORM), "保存，回到全部")
    _do(desk, "其余各条与自评一致", "其余全部同意")
    _do(desk, "复核完成", "复核完成，转评定")
    axe(desk)
    _do(desk, "评定等级", "评定并公布等级")
    assert "已评定" in desk.locator("h1").inner_text()
    _do(desk, "差距列为任务", "列入任务清单")
    tasks = desk.locator("section", has=desk.locator("#h-tasks"))
    assert "晓塘司法所" in tasks.inner_text()
    axe(desk)
    look(desk, "grade-awarded-desk")
    desk.goto("/desk/grades/proof")
    assert "没有不一致" in desk.locator("main").inner_text()
    axe(desk)

    citizen = visit("phone")
    citizen.goto("/stations?town=330225201000")
    citizen.get_by_role("link", name="晓塘乡公共法律服务工作站", exact=True).click()
    citizen.wait_for_url("**/stations/*")
    assert "星" in citizen.locator("dl").first.inner_text()
    assert "评定" in citizen.locator("dl").first.inner_text()
    axe(citizen)


def test_refused_for_a_veto_it_appeals_and_another_hears_it(visit: Visit, axe: Axe) -> None:
    office = visit("screen", script=False)
    sign_in(office, "gaotangdao")
    _open(office, "高塘岛乡公共法律服务工作站")
    office.get_by_role("button", name="开始自评").click()
    where = office.url
    office.get_by_role("link", name="继续填写").click()
    office.wait_for_url("**/items/*")
    for _ in range(20):
        if "/items/" not in office.url:
            break
        title = office.locator("h1").inner_text()
        value = next(value for name, value in WHOLE.items() if name in title)
        _plain_answer(office, value)
    office.get_by_text("提交自评", exact=True).click()
    office.get_by_role("button", name="提交给县里复核").click()

    desk = visit("desk")
    sign_in(desk, "paidan")
    desk.goto(f"{where}/items/Z1")
    desk.locator(FORM).get_by_label("没有达到").check()
    desk.locator(FORM).get_by_label("理由").fill("有群众反映收过材料费")
    sent(desk, desk.locator(FORM), "保存，回到全部")
    _do(desk, "其余各条与自评一致", "其余全部同意")
    _do(desk, "复核完成", "复核完成，转评定")
    assert not desk.get_by_text("评定并公布等级").count(), "a veto leaves no grade to give"
    _do(desk, "不予评定", "不予评定", reason="查实收过材料费")

    office.goto(where)
    office.get_by_text("申诉", exact=True).click()
    office.get_by_label("申诉理由").fill("收材料费的是另一家打印店，不是本站。")
    office.get_by_role("button", name="提出申诉").click()
    desk.goto(where)
    assert not desk.get_by_text("维持原评定").count(), "who judged does not hear the appeal"

    other = visit("desk")
    sign_in(other, "juzhang")
    other.goto(where)
    axe(other)
    _do(other, "申诉成立", "申诉成立", words="核实是打印店收的费，重新复核。")
    other.goto(f"{where}/items/Z1")
    other.locator(FORM).get_by_label("达到", exact=True).check()
    other.locator(FORM).get_by_label("理由").fill("与站点无关")
    sent(other, other.locator(FORM), "保存，回到全部")
    _do(other, "复核完成", "复核完成，转评定")
    _do(other, "评定等级", "评定并公布等级")
    assert "已评定" in other.locator("h1").inner_text()


def _plain_answer(page: Any, told: str) -> None:
    """As `_answer`, for a browser without script."""
    form = page.locator(FORM)
    if told in ("达到", "没有达到"):
        form.get_by_label(told, exact=True).check()
    else:
        form.get_by_label("得分").fill(told)
    if told != "没有达到" and "才计分" in form.inner_text():
        form.locator("input[type=file]").set_input_files(_photo())
    form.get_by_role("button", name=NEXT).click()
