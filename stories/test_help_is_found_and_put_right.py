"""An office counts its people; a citizen finds who serves a need, says that a number is wrong,
and reads on the receipt that it was put right."""

from __future__ import annotations

from typing import Any

from stories.desk_pages import Axe, Look, Visit, sent, sign_in

HEAD = "乡镇,年份,口径,来源,总人口,60岁及以上\n"
WRONG = "新桥镇,2024,户籍,县公安局年报,两万八,7000\n定塘镇,2024,户籍,县公安局年报,30000,\n"
RIGHT = WRONG.replace("两万八", "28000")


def _file(text: str) -> dict[str, Any]:
    return {"name": "人口.csv", "mimeType": "text/csv", "buffer": (HEAD + text).encode()}


def test_an_office_counts_its_people_and_reads_rates(visit: Visit, axe: Axe, look: Look) -> None:
    desk = visit("desk")
    sign_in(desk, "paidan")
    desk.goto("/desk/regions")
    axe(desk)
    look(desk, "regions-desk")
    desk.get_by_role("link", name="导入人口和面积").click()
    desk.wait_for_url("**/regions/population")
    axe(desk)
    desk.locator("#form input[type=file]").set_input_files(_file(WRONG))
    sent(desk, desk.locator("#form"), "检查并导入")
    faults = desk.locator("#faults li")
    assert faults.count() == 1
    assert faults.inner_text().startswith("第 2 行")
    axe(desk)
    look(desk, "regions-faults-desk")
    desk.locator("#form input[type=file]").set_input_files(_file(RIGHT))
    sent(desk, desk.locator("#form"), "检查并导入")
    desk.get_by_role("link", name="新桥镇", exact=True).click()
    desk.wait_for_url("**/regions/330225110000")
    first = desk.locator("table").first.locator("tbody tr").first
    assert "28,000" in first.inner_text()
    assert "使用这个" in first.inner_text()
    assert "不知道" in first.inner_text()
    axe(desk)
    look(desk, "region-desk")
    desk.goto("/desk/layers?kind=05")
    row = desk.locator("tr", has_text="新桥镇")
    assert "28,000" in row.inner_text()
    assert "2024 年户籍，县公安局年报" in desk.locator("main").inner_text()
    axe(desk)
    look(desk, "layers-desk")
    desk.goto("/desk/layers/blanks")
    axe(desk)
    look(desk, "blanks-desk")


def test_a_wrong_number_is_reported_and_put_right(visit: Visit, axe: Axe, look: Look) -> None:
    phone = visit("phone")
    phone.goto("/need")
    axe(phone)
    phone.get_by_label("我要").select_option(label="办公证")
    phone.get_by_label("从哪里去").select_option("330225101000")
    sent(phone, phone.locator("#form"), "查找")
    assert "直线距离约" in phone.locator("main").inner_text()
    axe(phone)
    look(phone, "need-phone")
    phone.locator("a[href^='/institutions/']").first.click()
    phone.wait_for_url("**/institutions/*")
    name = phone.locator("h1").inner_text().replace("演示", "").strip()
    axe(phone)
    look(phone, "institution-phone")
    phone.get_by_role("link", name="这里的信息不对").click()
    phone.wait_for_url("**/wrong/institution/*")
    axe(phone)
    phone.get_by_label("电话打不通或不对").check()
    phone.get_by_label("说说情况").fill("打过去是空号")
    sent(phone, phone.locator("#form"), "提交")
    receipt = phone.url
    assert "正在核实" in phone.locator("h1").inner_text()
    axe(phone)
    look(phone, "receipt-phone")

    desk = visit("desk")
    sign_in(desk, "paidan")
    desk.goto("/desk/corrections")
    axe(desk)
    look(desk, "corrections-desk")
    desk.get_by_role("link", name=name).first.click()
    desk.wait_for_url("**/corrections/*")
    axe(desk)
    desk.get_by_role("radio", name="已改正").check()
    desk.get_by_label("给群众的答复").fill("公开电话已经改为公证处前台的号码。")
    sent(desk, desk.locator("#form"), "答复，群众凭查询码看到")

    phone.goto(receipt)
    assert "已改正" in phone.locator("h1").inner_text()
    assert "公证处前台" in phone.locator("main").inner_text()
    axe(phone)
    look(phone, "receipt-answered-phone")
