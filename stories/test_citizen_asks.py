"""A citizen on a phone tells what happened, gets a number, and follows it to its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from stories import scene
from stories.conftest import House

WORDS = "在石浦的工地干了三个月，老板拖欠工资一万八，电话也不接了。希望帮我要回来。"
PHONE = "13812345678"

Look = Callable[..., None]
Axe = Callable[[Any], None]
Visit = Callable[..., Any]


def _tab_to(page: Any, locator: Any) -> None:
    """Walks with the keyboard until the wanted thing has the focus, and sees that it is visible."""
    wanted = locator.element_handle()
    for _ in range(120):
        if page.evaluate("one => document.activeElement === one", wanted):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"the keyboard does not reach {locator}")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring != "none", "the focus cannot be seen"


def _past_details(page: Any) -> None:
    """What the suggested service asks beyond the common questions may be left for later."""
    page.wait_for_url(lambda url: not url.split("?")[0].endswith("/ask/kind"))
    if page.url.split("?")[0].endswith("/ask/details"):
        page.get_by_role("button", name="继续").click()


def _press(page: Any, name: str, role: str = "button") -> None:
    _tab_to(page, page.get_by_role(role, name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _write(page: Any, label: str, words: str) -> None:
    _tab_to(page, page.get_by_label(label, exact=False).first)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(words)


def _choose(page: Any, label: str) -> None:
    """A group of radios is one stop of the keyboard; arrows move inside it."""
    wanted = page.get_by_role("radio", name=label, exact=True).first
    name = wanted.get_attribute("name")
    group = page.locator(f'input[type=radio][name="{name}"]')
    chosen = page.locator(f'input[type=radio][name="{name}"]:checked')
    _tab_to(page, chosen if chosen.count() else group.first)
    if not chosen.count():
        page.keyboard.press("Space")
    for _ in range(group.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"the keyboard does not reach {label}")


def _tell(page: Any, axe: Axe, look: Look, lens: str) -> str:
    """Walks the whole way in by keyboard; returns the reference."""
    page.goto("/")
    _write(page, "说说您遇到的事", WORDS)
    _press(page, "继续")
    axe(page)
    look(page, f"ask-kind-{lens}")
    assert page.get_by_role("radio", name=re.compile("农民工讨薪|劳动人事")).count() > 0
    _press(page, "继续")
    _past_details(page)
    look(page, f"ask-town-{lens}")
    axe(page)
    _choose(page, "石浦镇")
    _press(page, "继续")
    look(page, f"ask-village-{lens}")
    axe(page)
    _choose(page, "不清楚，或不在下面")
    _press(page, "继续")
    look(page, f"ask-person-{lens}")
    axe(page)
    _write(page, "姓名", "张三丰")
    _write(page, "手机号或电话", "1381234567")
    _press(page, "继续")
    look(page, f"ask-person-wrong-{lens}")
    axe(page)
    assert page.get_by_label("姓名").first.input_value() == "张三丰"
    _write(page, "手机号或电话", PHONE)
    _press(page, "继续")
    look(page, f"ask-papers-{lens}")
    axe(page)
    _press(page, "没有材料，继续", "link")
    look(page, f"ask-check-{lens}")
    axe(page)
    _tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    _press(page, "提交给司法局")
    look(page, f"ask-sent-{lens}")
    axe(page)
    return str(page.locator(".reference").inner_text().strip())


@pytest.mark.parametrize("lens", ["phone", "elder", "screen", "dark"])
def test_the_whole_way_in_by_keyboard(visit: Visit, axe: Axe, look: Look, lens: str) -> None:
    size = "screen" if lens == "screen" else "phone"
    page = visit(size, elder=lens == "elder", dark=lens == "dark")
    reference = _tell(page, axe, look, lens)
    assert re.fullmatch(r"\d{6}-[0-9A-Z]{8}", reference)
    assert "石浦" in page.locator("main").inner_text()
    _press(page, "看办理进度", "link")
    look(page, f"follow-matter-{lens}")
    axe(page)


def test_following_needs_reference_and_phone(
    visit: Visit, axe: Axe, look: Look, on_tables: House
) -> None:
    reference = _tell(visit("phone"), axe, lambda *a, **k: None, "again")
    page = visit("phone")
    page.goto("/follow")
    page.get_by_label("查询编号").fill(reference)
    page.get_by_label("提交时填的电话").fill("13900000000")
    page.get_by_role("button", name="查进度").click()
    wrong = page.locator(".wrongs").inner_text()
    look(page, "follow-wrong-phone")
    page.get_by_label("查询编号").fill("261121-0000000A")
    page.get_by_label("查询编号").fill(reference.lower().replace("-", " "))
    page.get_by_label("提交时填的电话").fill("+86 138 1234 5678")
    page.get_by_role("button", name="查进度").click()
    assert reference in page.locator("main").inner_text()
    assert "没有找到" in wrong
    scene.sign_and_answer(reference)
    page.reload()
    look(page, "follow-answered")
    axe(page)
    page.get_by_label("非常不满意").check()
    page.get_by_role("button", name="提交评价").click()
    look(page, "follow-not-helped")
    page.get_by_label("问题没有解决").check()
    page.get_by_label("想说的话").fill("老板周五没有来。")
    page.get_by_role("button", name="提交评价").click()
    look(page, "follow-again")
    axe(page)
    page.get_by_label("想补充的话").fill("还差五千没给。")
    page.get_by_role("button", name="发送").click()
    page.locator(".talk").wait_for()
    assert "还差五千没给" in page.locator(".talk").inner_text()
    look(page, "follow-message")
    page.get_by_role("link", name="撤回这件事").click()
    look(page, "follow-withdraw")
    axe(page)
    page.get_by_role("button", name="撤回，不再办理").click()
    assert page.locator(".wrongs").count() == 1
    page.get_by_label("我明白").check()
    page.get_by_role("button", name="撤回，不再办理").click()
    look(page, "follow-withdrawn")
    axe(page)
    assert page.get_by_role("link", name="撤回这件事").count() == 0


def test_without_script_the_way_in_works_and_a_double_send_opens_one(
    visit: Visit, axe: Axe, on_tables: House
) -> None:
    page = visit("phone", script=False)
    reference = _tell(page, lambda _: None, lambda *a, **k: None, "bare")
    page.go_back()
    assert page.locator("main").inner_text()
    page.goto("/follow/matter")
    assert reference in page.locator("main").inner_text()


def test_somebody_in_danger_is_asked_how_to_reach_them(visit: Visit, axe: Axe, look: Look) -> None:
    page = visit("phone")
    page.goto("/ask?about=violence")
    look(page, "careful-words")
    page.get_by_role("textbox").fill("老公喝了酒就打我，昨晚又打了，我怕他看见手机。")
    page.get_by_role("button", name="继续").click()
    look(page, "careful-kind")
    axe(page)
    page.get_by_role("button", name="继续").click()
    _past_details(page)
    look(page, "careful-contact")
    axe(page)
    assert page.get_by_role("link", name="110").count() == 1
    page.get_by_label("只在我写的时间打电话").check()
    page.get_by_role("button", name="继续").click()
    look(page, "careful-contact-wrong")
    axe(page)
    page.get_by_label("从几点").fill("09:00")
    page.get_by_label("到几点").fill("11:00")
    page.get_by_role("button", name="继续").click()
    assert page.get_by_role("radio", name="石浦镇").count() == 1
    # leaving quickly takes the draft's key from this browser
    page.evaluate("fetch('/leave', {redirect: 'manual'})")
    page.goto("/ask")
    assert page.get_by_role("textbox").input_value() == ""


def test_a_paper_is_kept_at_once_and_a_lying_one_is_refused(
    visit: Visit, axe: Axe, look: Look
) -> None:
    from io import BytesIO

    from PIL import Image

    page = visit("phone")
    page.goto("/ask/papers")
    picture = BytesIO()
    Image.new("RGB", (640, 480), "#b0c4de").save(picture, "JPEG")
    choose = page.get_by_label("选一张照片或一个文件")
    choose.set_input_files(
        {"name": "欠条.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    page.get_by_role("button", name="上传").click()
    assert "欠条.jpg" in page.locator(".papers").inner_text()
    choose.set_input_files(
        {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + b"0" * 500}
    )
    page.get_by_role("button", name="上传").click()
    look(page, "ask-papers-refused")
    axe(page)
    assert page.locator(".wrongs").count() == 1
    assert "欠条.jpg" in page.locator(".papers").inner_text()
    page.get_by_role("button", name="删除").click()
    assert page.locator(".papers").count() == 0


def test_the_phone_tells_where_it_is(visit: Visit, axe: Axe, look: Look) -> None:
    page = visit(
        "phone", geolocation={"longitude": 121.945, "latitude": 29.208},
        permissions=["geolocation"],
    )  # fmt: skip
    page.goto("/")
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="继续").click()
    _past_details(page)
    page.get_by_role("button", name="用手机定位").click()
    page.get_by_role("button", name="对，就是这里").wait_for()
    look(page, "ask-position")
    axe(page)
    assert "石浦镇" in page.locator("h1").inner_text()
    page.get_by_role("button", name="对，就是这里").click()
    assert page.get_by_label("姓名").count() >= 1
    page.context.set_geolocation({"longitude": 116.4, "latitude": 39.9})
    page.goto("/ask/town")
    page.get_by_role("button", name="用手机定位").click()
    page.get_by_role("link", name="在列表里选").wait_for()
    look(page, "ask-position-outside")
    axe(page)


def test_an_expired_form_is_sent_again_without_retyping(visit: Visit, axe: Axe, look: Look) -> None:
    page = visit("phone")
    page.goto("/ask")
    page.get_by_role("textbox").fill(WORDS)
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="继续提交").wait_for()
    look(page, "expired-form")
    axe(page)
    page.get_by_role("button", name="继续提交").click()
    page.get_by_role("heading", name="像是下面哪一类").wait_for()


def test_papers_asked_for_are_brought_by_phone(
    visit: Visit, axe: Axe, look: Look, on_tables: House
) -> None:
    page = visit("phone")
    reference = _tell(page, axe, lambda *a, **k: None, "papers")
    scene.ask_papers(reference)
    page.goto("/follow/matter")
    look(page, "follow-asked")
    axe(page)
    page.get_by_label("照片或文件").set_input_files(
        {"name": "工资条.txt", "mimeType": "text/plain", "buffer": "三月 6000 元".encode()}
    )
    page.get_by_role("button", name=re.compile("^交给")).click()
    page.get_by_role("link", name="工资条.txt").first.wait_for()
    look(page, "follow-brought")
    axe(page)


def test_a_lost_connection_loses_no_word(visit: Visit, axe: Axe, look: Look) -> None:
    page = visit("phone")
    page.goto("/ask")
    with page.expect_response("**/ask/keep"):
        page.get_by_role("textbox").press_sequentially("房东不退押金", delay=20)
    page.context.set_offline(True)
    page.get_by_role("button", name="继续").click()
    page.locator(".no-network").wait_for()
    look(page, "no-network")
    axe(page)
    assert page.get_by_role("textbox").input_value() == "房东不退押金"
    page.context.set_offline(False)
    page.goto("/ask")
    assert page.get_by_role("textbox").input_value() == "房东不退押金"
    page.get_by_role("button", name="继续").click()
    page.get_by_role("heading", name="像是下面哪一类").wait_for()
