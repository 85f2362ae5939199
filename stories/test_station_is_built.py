"""A village's point is planned, is late and says why, is finished, mended, and accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, choose, sent, sign_in
from yike.rooms.core import clock

NAME = "石浦镇沙塘湾村公共法律服务工作室"


def _box(page: Any, label: str) -> Any:
    """Open the box of a deed by its words, with the keyboard."""
    found = page.locator(".verbs details").filter(has=page.get_by_text(label, exact=True)).first
    if found.get_attribute("open") is None:
        found.locator("summary").press("Enter")
    return found


def _plan(page: Any, look: Look, axe: Axe) -> str:
    """The dispatcher takes a project into the plan, with money for it."""
    today = clock.today()
    page.goto("/desk/building")
    axe(page)
    look(page, "building-board")
    page.get_by_role("link", name="列入项目").click()
    page.get_by_label("项目名称").fill(NAME)
    form = page.locator("form.sheet")
    choose(form, "level", "工作室")
    choose(form, "region_code", "石浦镇")
    choose(form, "institution_id", "石浦司法所")
    page.get_by_label("计划开工").fill(f"{today - timedelta(days=60)}")
    page.get_by_label("计划验收").fill(f"{today + timedelta(days=60)}")
    page.get_by_label("里程碑").fill(f"{today - timedelta(days=3)} 场地落实")
    axe(page)
    sent(page, form, "列入计划")
    box = _box(page, "列入资金")
    box.get_by_label("用途").fill("装修")
    box.get_by_label("计划金额").fill("80000")
    sent(page, box, "列入")
    return str(page.url)


def _build(page: Any, look: Look, axe: Axe) -> None:
    """The office begins late: without the reason it is refused; then it builds and is done."""
    axe(page)
    look(page, "building-late")
    box = _box(page, "开工")
    box.get_by_label("情况").fill("施工队进场")
    sent(page, box, "登记开工")
    assert "请写明逾期原因" in page.locator(".wrongs").inner_text()
    look(page, "building-refused")
    box = _box(page, "开工")
    box.get_by_label("逾期原因").fill("村里表决场地用了三周")
    sent(page, box, "登记开工")
    box = _box(page, "达成里程碑")
    choose(box, "milestone_id", "场地落实")
    sent(page, box, "登记达成")
    box = _box(page, "登记合同和支出")
    choose(box, "line_id", "装修")
    box.get_by_label("累计合同金额").fill("78000")
    box.get_by_label("累计支出").fill("40000.50")
    sent(page, box, "登记")
    box = _box(page, "报告完工")
    box.get_by_label("情况").fill("装修完成，请验收")
    sent(page, box, "报告完工，请求验收")
    assert page.get_by_text("验收通过", exact=True).count() == 0, "an office accepts nothing"


def test_a_point_is_built_late_and_accepted(
    visit: Visit, axe: Axe, look: Look, house: House
) -> None:
    county, office = visit("desk"), visit("desk")
    sign_in(county, "paidan")
    sign_in(office, "shipu")
    where = _plan(county, look, axe)
    office.goto(where)
    _build(office, look, axe)
    county.goto(where)
    box = _box(county, "提出整改")
    box.get_by_label("验收意见").fill("现场看过")
    box.get_by_label("问题").fill("门口没有坡道")
    box.get_by_label("整改期限").fill(f"{clock.today() + timedelta(days=7)}")
    sent(county, box, "退回整改")
    office.goto(where)
    box = _box(office, "报告整改")
    choose(box, "finding_id", "坡道")
    box.get_by_label("整改情况").fill("坡道做好了")
    sent(office, box, "整改好了")
    county.goto(where)
    box = _box(county, "复查")
    choose(box, "finding_id", "坡道")
    choose(box, "passed", "通过")
    box.get_by_label("复查意见").fill("坡度合适")
    sent(county, box, "记下复查结果")
    box = _box(county, "验收通过")
    box.get_by_label("说明").fill("符合标准，同意验收")
    sent(county, box, "验收通过")
    box = _box(county, "关联站点")
    choose(box, "station_code", "石浦")
    sent(county, box, "关联")
    axe(county)
    look(county, "building-accepted")
    told = county.locator("main").inner_text()
    for words in (
        "已验收",
        "村里表决场地用了三周",
        "40,000.50 元",
        "50%",
        "坡道做好了",
        "坡度合适",
    ):
        assert words in told, words
    county.set_viewport_size({"width": 390, "height": 844})
    axe(county)
    look(county, "building-accepted-phone")
    county.goto(f"/desk/building?pace=accepted&name={NAME}")
    assert county.get_by_role("link", name=NAME).is_visible()
