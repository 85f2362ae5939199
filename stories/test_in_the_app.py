"""A duty lawyer checks in from inside 浙里办, whose pages ask the app where the phone is.

The bridge is answered as its public description has it: ready first, then longitude and latitude in
the map system of the country and no accuracy. The real app was not there to be asked.
"""

from __future__ import annotations

import json
from typing import Any

from stories.conftest import ZLB_BRIDGE
from stories.desk_pages import Axe, Look, Visit, sent, sign_in
from stories.test_lawyer_absent import LAT, LON, POST, Stage, duty
from yike.rooms.regions import coordinates

__all__ = ["duty"]
AGENT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/126.0 Mobile dtdreamweb"


def _bridge(point: tuple[float, float]) -> str:
    told = {"longitude": point[0], "latitude": point[1], "cityName": "宁波市", "region": "象山县"}
    return (
        "globalThis.ZWJSBridge = {onReady: (then) => setTimeout(then, 50),"
        f" getLocation: () => Promise.resolve({json.dumps(told)})}};"
    )


def _in_the_app(visit: Visit, point: tuple[float, float]) -> Any:
    page = visit("phone", user_agent=AGENT)
    shifted = coordinates.from_wgs84(point, "gcj02")
    page.route(ZLB_BRIDGE, lambda route: route.fulfill(
        status=200, content_type="text/javascript", body=_bridge(shifted)
    ))  # fmt: skip
    return page


def test_the_app_says_where_and_the_head_of_the_post_confirms(
    duty: Stage, visit: Visit, axe: Axe, look: Look
) -> None:
    page = _in_the_app(visit, (LON + 0.0003, LAT))
    sign_in(page, duty.away)
    page.goto("/desk/checkin")
    page.get_by_role("button", name="签到", exact=False).first.click()
    told = page.locator("[data-outcome]")
    told.wait_for()
    assert "定位不够准" in told.inner_text()
    axe(page)
    look(page, "checkin-in-the-app")
    page.get_by_role("textbox", name="说明").fill("在窗口，用浙里办签到")
    page.get_by_role("button", name="请负责人核验签到").click()
    page.locator("[data-outcome]", has_text=POST).wait_for()
    head = visit("desk")
    sign_in(head, "paidan")
    head.goto("/desk/arrivals")
    row = head.locator("section[aria-labelledby=h-wait] li", has_text="汤若水").first
    assert "50米内" in row.inner_text()
    sent(head, row, "在岗，通过")
    page.goto("/desk/checkin")
    assert "等负责人核验" not in page.locator("main").inner_text()


def test_elsewhere_the_app_is_not_asked(duty: Stage, visit: Visit) -> None:
    asked: list[str] = []
    page = visit("phone")
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, duty.away)
    page.goto("/desk/checkin")
    assert ZLB_BRIDGE not in asked
