"""An old woman with a cheap phone finds help near her, sees what to bring, and looks at the map."""

from __future__ import annotations

from stories.desk_pages import Axe, Look, Visit, sent

HERE = {"longitude": 121.931, "latitude": 29.203}


def test_help_is_found_near_by_and_what_to_bring(visit: Visit, axe: Axe, look: Look) -> None:
    phone = visit("phone", elder=True, geolocation=HERE, permissions=["geolocation"])
    phone.goto("/")
    phone.get_by_role("link", name="附近的法律服务").click()
    phone.wait_for_url("**/map")
    axe(phone)
    look(phone, "map-elder")
    phone.get_by_label("您要办什么").select_option(label="办公证")
    with phone.expect_navigation():
        phone.get_by_role("button", name="用手机定位").click()
    main = phone.locator("main")
    assert "位置不保存" in main.inner_text()
    assert "121.931" not in phone.url, "a position stands in no address"
    axe(phone)
    look(phone, "map-near-elder")
    phone.locator("#id_item").select_option(label="遗嘱公证")
    sent(phone, main, "看要带什么")
    assert "遗嘱草稿" in main.inner_text()
    with phone.expect_navigation():
        phone.get_by_role("button", name="在地图上看").click()
    phone.locator("figure[data-drawn]").wait_for(timeout=30_000)
    axe(phone)
    look(phone, "map-drawn-elder")
    drawn = phone.locator("[data-map-item]").first
    name = drawn.get_attribute("data-map-name")
    drawn.get_by_role("button", name=f"在地图上看{name}").click()
    phone.locator(".maplibregl-popup", has_text=name).wait_for()
    phone.locator("#list li[data-map-item] h3 a[href^='/stations/']").first.click()
    phone.wait_for_url("**/stations/*")
    words = main.inner_text()
    assert "遗嘱草稿" in words
    assert "多远" in words
    axe(phone)
    look(phone, "map-station-elder")


def test_without_script_the_list_is_whole(visit: Visit, axe: Axe, look: Look) -> None:
    plain = visit("screen", script=False)
    plain.goto("/map")
    plain.get_by_label("村、社区或乡镇的名字").fill("石浦镇")
    sent(plain, plain.locator("#form"), "查找")
    assert plain.locator("#list > li").count() > 2
    look(plain, "map-screen")
    plain.get_by_role("link", name="打印一张导览图").click()
    plain.wait_for_url("**/map/guide?town=*")
    assert plain.locator("figure svg").count() == 1
    screen = visit("screen")  # axe is a script itself
    screen.goto(plain.url)
    axe(screen)
    look(screen, "guide-screen")
