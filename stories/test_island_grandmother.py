"""An island grandmother's wages: village, town, county and back, with one promise all the way.

Every deed is done at the desk of whoever has it; after each she looks at her telephone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stories import scene
from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, box, do, sent, sign_in

TEXT = (
    "我今年七十一，在岛上剥虾厂干了四个月，老板还欠我九千六百块工钱没给，要求帮我要回来。"
    "我没有签过合同，没有合同能不能要？"
)
PHONE = "13857430001"
VILLAGE, TOWN, CENTRE = "花岙岛村公共法律服务点", "高塘岛司法所", "象山县公共法律服务中心"
AID = "象山县法律援助中心"


@dataclass(frozen=True)
class Seen:
    """What her page says now."""

    sentence: str
    holder: str
    due: datetime | None
    next: str
    whole: str


def _looks(page: Any) -> Seen:
    """She opens her page again."""
    page.goto("/follow/matter")
    pairs = page.locator("dl.pairs > div")
    told = {one.locator("dt").inner_text(): one.locator("dd") for one in pairs.all()}
    due = told["答复期限"].locator("time").first if "答复期限" in told else None
    stamp = due.get_attribute("datetime") if due is not None and due.count() else ""
    return Seen(
        sentence=page.locator("h1").inner_text(),
        holder=told["现在由谁办"].inner_text() if "现在由谁办" in told else "",
        due=datetime.fromisoformat(stamp) if stamp else None,
        next=told["下一步"].inner_text() if "下一步" in told else "",
        whole=page.locator("main").inner_text(),
    )


def _tells(page: Any, axe: Axe, look: Look) -> str:
    """She tells it with large letters on a telephone; returns the reference."""
    page.goto("/")
    page.get_by_label("说说您遇到的事", exact=False).first.fill(TEXT)
    page.get_by_role("button", name="继续").first.press("Enter")
    page.get_by_role("radio", name="请工作人员帮我选").check()
    page.get_by_role("radio", name="请人出面，帮忙解决").check()
    look(page, "grandmother-kind")
    page.get_by_role("button", name="继续").press("Enter")
    page.get_by_role("radio", name="高塘岛乡").check()
    page.get_by_role("button", name="继续").press("Enter")
    page.get_by_role("radio", name="花岙岛").check()
    axe(page)
    page.get_by_role("button", name="继续").press("Enter")
    page.get_by_label("姓名", exact=False).first.fill("余阿婆")
    page.get_by_label("手机号或电话", exact=False).first.fill(PHONE)
    page.get_by_role("button", name="继续").press("Enter")
    page.get_by_role("link", name="没有材料，继续").press("Enter")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="提交给司法局").press("Enter")
    reference = str(page.locator(".reference").inner_text()).strip()
    look(page, "grandmother-sent")
    page.get_by_role("link", name="看办理进度").press("Enter")
    page.wait_for_url("**/follow/matter")
    axe(page)
    return reference


def test_up_and_down_the_three_levels(on_tables: House, visit: Visit, axe: Axe, look: Look) -> None:
    scene.village_point("330225204230", VILLAGE, "huaao", "余海生", parent="gaotangdao")
    grandmother = visit("phone", elder=True)
    reference = _tells(grandmother, axe, look)
    first = _looks(grandmother)
    assert f"已派给{VILLAGE}，等待签收" in first.sentence
    assert VILLAGE in first.holder
    assert VILLAGE in first.next
    assert first.due is not None
    look(grandmother, "grandmother-village")

    desks = {}
    for who in ("huaao", "gaotangdao", "paidan", "yuanzhu", "jiandu"):
        desks[who] = visit("desk")
        sign_in(desks[who], who)
    _village(desks["huaao"], reference, axe)
    up = _looks(grandmother)
    assert (TOWN in up.holder, up.due) == (True, first.due)
    assert TOWN in up.next

    later = _town(desks, reference, grandmother, first.due, axe, look)
    _county(desks, reference, grandmother, later, axe, look)
    _answer(desks["gaotangdao"], reference, axe, look)
    answered = _looks(grandmother)
    for words in ("能要，先由司法所调解", "没有合同也能要", "十二月十日前付清"):
        assert words in answered.whole
    look(grandmother, "grandmother-answered")
    axe(grandmother)
    _rated(grandmother, desks["jiandu"], reference, axe, look)


def _village(desk: Any, reference: str, axe: Axe) -> None:
    """She is known there: signed for, what she asks is put straight, and it goes up."""
    desk.goto("/desk/")
    link = desk.locator(f"a[data-open][href$='{reference}']")
    link.focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    axe(desk)
    sent(desk, box(desk, "sign"), "签收")
    assert desk.get_by_role("status").first.inner_text().startswith("已签收")
    suggested = desk.locator("#set_points_points").input_value().splitlines()
    assert len(suggested) == 2
    do(desk, reference, "set_points", points="欠的工钱能不能要回来？\n没有合同怎么办？")
    do(desk, reference, "transfer", to_org=TOWN, reason="厂在乡里，村里约过两次老板不来")


def _town(
    desks: dict[str, Any], reference: str, grandmother: Any, due: datetime, axe: Axe, look: Look
) -> datetime:
    """The town's office asks for papers once; the promise rests until she has brought them."""
    town, village = desks["gaotangdao"], desks["huaao"]
    do(town, reference, "sign")
    do(town, reference, "ask_papers", papers="记工本照片\n工友电话", words="拍照就行，不用坐船来")
    waits = _looks(grandmother)
    assert "请您补充材料" in waits.sentence
    assert (waits.due, waits.next) == (None, "")
    assert "记工本照片" in waits.whole
    axe(grandmother)
    look(grandmother, "grandmother-papers")
    grandmother.get_by_label("照片或文件").set_input_files(
        {"name": "记工本.txt", "mimeType": "text/plain", "buffer": "八月二十六天".encode()}
    )
    grandmother.get_by_label("想补充的话").fill("孙子帮我拍的。")
    with grandmother.expect_navigation():
        grandmother.get_by_role("button", name="交给").press("Enter")
    again = _looks(grandmother)
    assert again.due is not None
    assert again.due >= due, "what was waited for her does not count"
    assert TOWN in again.holder

    do(town, reference, "invite", to_org=AID, reason="老人，可能要法律援助")
    do(desks["yuanzhu"], reference, "give_opinion", words="七十岁以上讨薪，免予核查经济状况")
    axe(desks["yuanzhu"])
    do(town, reference, "send_sub", to_org=VILLAGE, words="请到剥虾厂抄一份考勤")
    part = str(town.locator("#h-related, #h-parts").first.evaluate(_PART))
    do(village, part, "sign")
    axe(village)
    do(village, part, "report_sub", result="已解答", reply="考勤已抄，四个月共九十八天")
    same = _looks(grandmother)
    assert (same.due, TOWN in same.holder) == (again.due, True)
    assert "考勤" not in same.whole, "what offices tell one another is not hers to sort out"
    look(town, "desk-grandmother-town")
    return again.due


#: reference of the part, as the page shows it
_PART = "one => one.parentElement.querySelector('a.ref').textContent.trim()"


def _county(
    desks: dict[str, Any], reference: str, grandmother: Any, due: datetime, axe: Axe, look: Look
) -> None:
    """The factory belongs to a firm of the county town: up to the centre, and back again."""
    town, centre = desks["gaotangdao"], desks["paidan"]
    do(town, reference, "transfer", to_org=CENTRE, reason="厂的总公司在县城，请县里出面")
    assert "等待签收" in _looks(grandmother).sentence
    do(centre, reference, "sign")
    up = _looks(grandmother)
    assert f"{CENTRE}正在办理" in up.sentence
    assert (up.due, CENTRE in up.next) == (due, True)
    axe(centre)
    look(centre, "desk-grandmother-county")
    do(centre, reference, "transfer", to_org=TOWN, reason="总公司答应付，请所里看着当面结清")
    do(town, reference, "sign")
    down = _looks(grandmother)
    assert f"{TOWN}正在办理" in down.sentence
    assert down.due == due, "no transfer touches what she was promised"


def _answer(desk: Any, reference: str, axe: Axe, look: Look) -> None:
    """No end before each of her questions has its answer."""
    desk.goto(f"/desk/m/{reference}")
    assert desk.locator("#do-close").count() == 0
    for words in ("能要，先由司法所调解，今天已经谈妥。", "没有合同也能要，记工本和考勤就是证据。"):
        point = desk.locator(".points details[open]").first
        point.get_by_role("textbox").fill(words)
        sent(desk, point, "答复这一点")
    axe(desk)
    do(
        desk, reference, "close", result="已解决",
        reply="公司书面答应十二月十日前付清九千六百元，司法所当面看着结清。",
    )  # fmt: skip
    look(desk, "desk-grandmother-answered")
    custody = desk.locator("#h-custody").locator("..").inner_text()
    for office in (VILLAGE, TOWN, CENTRE):
        assert office in custody


def _rated(grandmother: Any, supervisor: Any, reference: str, axe: Axe, look: Look) -> None:
    """She says how it was; somebody who did not serve her calls, and it shows."""
    do(supervisor, reference, "call_back", called="表示满意", words="钱已经到手")
    axe(supervisor)
    grandmother.goto("/follow/matter")
    grandmother.get_by_label("非常满意", exact=True).check()
    with grandmother.expect_navigation():
        grandmother.get_by_role("button", name="提交评价").press("Enter")
    done = _looks(grandmother)
    assert done.sentence == "已办结。"
    assert "您的评价：非常满意" in done.whole
    assert "电话回访：已联系上，表示满意" in done.whole
    look(grandmother, "grandmother-done")
    axe(grandmother)
