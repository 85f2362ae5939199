"""A judicial office carries a demand: sign, ask for papers, answer each point, close."""

from __future__ import annotations

from typing import Any

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, box, sent, sign_in
from yike.demo import cast
from yike.rooms.core import actor as actors
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.demand import Demand

PHONE = "13857411111"


def demand() -> str:
    """A citizen's demand of 石浦, opened as the portal does it."""
    visitor = actors.visitor("portal")
    with acting(visitor):
        return matters_actions.open_matter(
            demand=Demand(
                text="在石浦的船上干了三个月，老板欠我们五个人的工资，人也找不到了。",
                region_code=cast.SHIPU, name="陈阿海", phone=PHONE, demand_type="2",
                category="B03", points=("怎样要回工资？", "没有欠条的人怎么办？"),
            ),
            key=str(new_id()), actor=visitor,
        ).reference  # fmt: skip


def _citizen(page: Any, reference: str) -> None:
    page.goto("/follow")
    page.get_by_label("编号", exact=False).first.fill(reference)
    page.get_by_label("手机", exact=False).or_(page.get_by_label("电话", exact=False)).first.fill(
        PHONE
    )
    with page.expect_navigation():
        page.locator("main form button").first.click()


def test_office_carries_a_demand_to_its_end(
    on_tables: House, visit: Visit, axe: Axe, look: Look
) -> None:
    reference = demand()
    desk, phone = visit("desk"), visit("phone")
    sign_in(desk, "shipu")
    look(desk, "desk-waiting-full")
    axe(desk)
    desk.keyboard.press("j")
    link = desk.locator(f"a[data-open][href$='{reference}']")
    link.focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    axe(desk)
    look(desk, "desk-matter-to-sign")
    sent(desk, desk.locator("#do-sign"), "签收")
    assert desk.get_by_role("status").first.inner_text().startswith("已签收")

    papers = box(desk, "ask_papers")
    papers.get_by_label("需要补充的材料", exact=False).fill("欠条或聊天记录\n身份证正反面")
    papers.get_by_label("内容", exact=False).fill("拍照上传就行，不用跑一趟。")
    axe(desk)
    sent(desk, papers, "通知补正")
    look(desk, "desk-matter-papers-asked")

    _citizen(phone, reference)
    assert "欠条或聊天记录" in phone.locator("main").inner_text()

    brought = box(desk, "bring_papers")
    brought.get_by_label("内容", exact=False).fill("本人到所里补交了聊天记录打印件。")
    sent(desk, brought, "材料已补交")

    for words in ("先由渔业劳资调委会调解，同时可申请支付令。", "微信聊天记录也能作证据。"):
        point = desk.locator(".points details[open]").first
        point.get_by_role("textbox").fill(words)
        sent(desk, point, "答复这一点")
    look(desk, "desk-matter-answered-points")
    end = box(desk, "close")
    assert "陈" in end.get_by_role("button").inner_text()
    end.get_by_label("办理结果", exact=False).select_option(label="已解答")
    end.get_by_label("答复", exact=False).first.fill("已约双方周五在石浦司法所调解，请带身份证。")
    sent(desk, end, "办结并通知")
    axe(desk)
    look(desk, "desk-matter-closed")

    phone.reload()
    told = phone.locator("main").inner_text()
    assert "微信聊天记录也能作证据" in told
    assert "周五在石浦司法所调解" in told


def test_the_office_works_on_a_phone_and_without_script(
    on_tables: House, visit: Visit, axe: Axe, look: Look
) -> None:
    reference = demand()
    for script in (True, False):
        page = visit("phone", script=script)
        sign_in(page, "shipu")
        page.goto(f"/desk/m/{reference}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if script else 1
        if script:
            axe(page)
            look(page, "desk-matter-phone")
    page.locator("#do-send_message summary").click()
    page.locator("#do-send_message textarea").first.fill("请问方便时给所里回个电话吗？")
    sent(page, page.locator("#do-send_message"), "发给当事人")
    assert "请问方便时给所里回个电话吗" in page.locator("main").inner_text()
