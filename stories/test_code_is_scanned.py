"""A code is put up, scanned three times and found broken; a point waits for its photo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from stories.conftest import House
from stories.desk_pages import Axe, Look, Visit, choose, sent, sign_in

NAME = "网上咨询二维码"


def _box(page: Any, label: str) -> Any:
    """Open the box of a deed by its words, with the keyboard."""
    found = page.locator(".verbs details").filter(has=page.get_by_text(label, exact=True)).first
    if found.get_attribute("open") is None:
        found.locator("summary").press("Enter")
    return found


def _registered(page: Any, axe: Axe, look: Look, house: House) -> None:
    """A code of our own, put up at a public place of the list."""
    page.goto("/desk/qr")
    axe(page)
    look(page, "codes")
    page.get_by_role("link", name="登记服务码").click()
    form = page.locator("form.sheet")
    page.get_by_label("名称").fill(NAME)
    choose(form, "platform", "自有")
    page.get_by_label("目标地址").fill(f"{house.url}/items")
    page.get_by_label("负责单位").fill("公法中心")
    choose(form, "region_code", "石浦镇")
    sent(page, form, "登记")
    assert "https://" in page.locator(".wrongs").inner_text(), "only https may be a target"
    page.get_by_label("目标地址").fill("https://www.12348.gov.cn/")
    sent(page, page.locator("form.sheet"), "登记")
    box = _box(page, "张贴")
    choose(box, "site_id", "石浦镇便民服务中心")
    sent(page, box, "记下张贴处")
    axe(page)
    look(page, "code-to-print")


def _scanned(visit: Visit, house: House, short: str) -> None:
    """Three people scan it; where it leads is told, not followed: no request leaves the house."""
    phone = visit("phone")
    path = "/q/" + short.rsplit("/", 1)[-1]
    for _ in range(3):
        led = phone.request.get(house.url + path, max_redirects=0)
        assert (led.status, led.headers["location"]) == (302, "https://www.12348.gov.cn/")


def test_a_code_is_scanned_and_found_broken(
    visit: Visit, axe: Axe, look: Look, house: House
) -> None:
    page = visit("desk")
    sign_in(page, "paidan")
    _registered(page, axe, look, house)
    where = page.url
    _scanned(visit, house, page.locator("dd", has_text="/q/").first.inner_text().strip())
    page.goto(where)
    box = _box(page, "检查链接")
    choose(box, "state", "打不开")
    box.get_by_label("说明").fill("页面不存在")
    sent(page, box, "记下检查结果")
    told = page.locator("main").inner_text()
    for words in ("累计 3 次", "目标地址打不开：页面不存在", "石浦镇便民服务中心"):
        assert words in told, words
    axe(page)
    look(page, "code-broken")
    page.goto("/desk/sites")
    axe(page)
    look(page, "sites")
    assert NAME in page.locator("main").inner_text()


def test_a_point_waits_for_its_photo(
    visit: Visit, axe: Axe, look: Look, house: House, tmp_path: Path
) -> None:
    county, office = visit("desk"), visit("desk")
    sign_in(county, "paidan")
    sign_in(office, "shipu")
    county.goto("/desk/facilities?facility=terminal&region=330225101000")
    axe(county)
    look(county, "facilities")
    county.get_by_role("link", name="石浦镇公共法律服务工作站自助终端", exact=True).click()
    where = county.url
    sent(county, _box(county, "上图"), "在地图上公布")
    assert "还不能上图：没有现场照片" in county.locator(".wrongs").inner_text()
    look(county, "point-without-photo")
    Image.new("RGB", (320, 240), "teal").save(tmp_path / "门口.jpg")
    office.goto(where)
    box = _box(office, "上传现场照片")
    box.get_by_label("照片", exact=True).set_input_files(tmp_path / "门口.jpg")
    choose(box, "direction", "朝南")
    sent(office, box, "上传")
    axe(office)
    county.goto(where)
    box = _box(county, "审核照片")
    choose(box, "photo_id", "朝南")
    choose(box, "good", "通过")
    sent(county, box, "记下审核结果")
    sent(county, _box(county, "上图"), "在地图上公布")
    assert "已上图" in county.locator("h1").inner_text()
    axe(county)
    look(county, "point-on-map")
    county.set_viewport_size({"width": 390, "height": 844})
    axe(county)
    look(county, "point-on-map-phone")
