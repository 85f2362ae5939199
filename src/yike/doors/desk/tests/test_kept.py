"""Terminals, signs, photos, sites and codes through the door; a scan through the portal's."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import upkeep_pages

Sit = Callable[[Actor], Client]


def shot() -> SimpleUploadedFile:
    """A picture as a telephone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(out, "JPEG")
    return SimpleUploadedFile("门口.jpg", out.getvalue(), content_type="image/jpeg")


def drawn(client: Client, path: str) -> str:
    """The format of the picture that an address gives."""
    answer = client.get(path)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return str(Image.open(io.BytesIO(content)).format)


def board(desk: Client) -> str:
    told = {
        "code": "ZP-SP-1", "name": "渔港候船厅指引牌", "kind": "12348热线指引牌",
        "region_code": "330225101000", "installed_on": "2026-01-05", "lon": "121.8696",
        "lat": "29.2085", "owner": "石浦司法所", "text_version": "2026版",
    }  # fmt: skip
    made = desk.post("/desk/facilities/new/sign", told)
    assert made.status_code == 302, soup(made).one("main").words[:600]
    return str(made.headers["Location"])


def test_a_sign_needs_a_reviewed_photo_before_the_map(county: makers.County, sit: Sit) -> None:
    desk, office = sit(county.dispatcher), sit(county.wang)
    where = board(desk)
    assert "还不能上图：没有现场照片" in soup(desk.get(where)).one("main").words
    refused = desk.post(f"{where}/publish")
    assert refused.status_code == 422
    assert "没有现场照片" in refused.content.decode()
    lacking = office.post(f"{where}/photo", {"file": shot()})
    assert lacking.status_code == 422, "day and direction must be told"
    sent = office.post(
        f"{where}/photo",
        {"file": shot(), "taken_on": f"{clock.today()}", "direction": "s", "words": "正面"},
    )
    assert sent.status_code == 302, soup(sent).one("main").words[:600]
    page = soup(desk.get(where))
    photo = next(
        one.attrs["href"] for one in page.all("a") if "/photos/" in one.attrs.get("href", "")
    )
    assert drawn(desk, photo) == "JPEG"
    told = {"photo_id": photo.rsplit("/", 1)[-1], "good": "1"}
    assert desk.post(f"{where}/review", told).status_code == 302
    assert desk.post(f"{where}/publish").status_code == 302
    assert "已上图" in soup(desk.get(where)).one("h1").words
    looked = {"on": f"{clock.today()}", "result": "worn", "words": "字看不清"}
    assert office.post(f"{where}/check", looked).status_code == 302
    assert office.post(f"{where}/confirm").status_code == 302
    page_words = soup(desk.get(where)).one("main").words
    assert "褪色或破损 字看不清" in page_words
    assert "完整度100%" in page_words
    assert office.post(f"{where}/withdraw").status_code == 422, "an office takes nothing off"


def test_the_register_says_what_lacks_and_what_is_stale(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    assert "还没有登记指引牌" in desk.get("/desk/facilities").content.decode()
    board(desk)
    page = soup(desk.get("/desk/facilities")).one("main").words
    assert "渔港候船厅指引牌" in page
    assert "照片、巡查" in page
    assert "渔港候船厅指引牌" in desk.get("/desk/facilities?lack=photo").content.decode()
    assert "渔港候船厅指引牌" in desk.get("/desk/facilities?lack=stale").content.decode()
    assert "渔港候船厅指引牌" not in desk.get("/desk/facilities?lack=point").content.decode()
    assert desk.get("/desk/facilities?facility=station&region=330225101000").status_code == 200
    assert desk.get("/desk/facilities/new/boat").status_code == 404


def test_a_code_is_put_up_scanned_three_times_and_found_broken(
    county: makers.County, sit: Sit
) -> None:
    desk = sit(county.dispatcher)
    site = {"name": "石浦镇便民服务中心", "kind": "near", "region_code": "330225101000"}
    assert desk.post("/desk/sites/new", site).status_code == 302
    told = {"name": "网上咨询", "platform": "own", "owner": "公法中心",
            "region_code": "330225000000", "target": "https://www.12348.gov.cn/"}  # fmt: skip
    wrong = desk.post("/desk/qr/new", told | {"target": "http://a.cn"})
    assert wrong.status_code == 422
    assert "目标地址要以 https:// 开头" in wrong.content.decode()
    where = desk.post("/desk/qr/new", told).headers["Location"]
    with acting(county.dispatcher):
        [row] = upkeep_pages.codes_in("330225000000")
        [place] = upkeep_pages.sites_in("330225000000")
    assert desk.post(f"{where}/put_up", {"site_id": place.id}).status_code == 302
    assert "网上咨询" in soup(desk.get("/desk/sites")).one("main").words
    citizen = Client()
    for _ in range(3):
        led = citizen.get(f"/q/{row.slug}?to=https://evil.example/")
        assert (led.status_code, led.headers["Location"]) == (302, "https://www.12348.gov.cn/")
    assert citizen.get("/q/nowhere1").status_code == 404
    tried = {"state": "broken", "fault": "页面不存在"}
    assert desk.post(f"{where}/check", tried).status_code == 302
    page = soup(desk.get(where))
    words = page.one("main").words
    assert "累计 3 次" in words
    assert "打不开：页面不存在" in words
    assert "石浦镇便民服务中心" in words
    assert re.search(rf"/q/{row.slug}", words)
    assert 'viewBox="0 0 ' in soup_of_code(desk, where), "a code that is scaled must not be cut"
    assert "打不开" in soup(desk.get("/desk/qr")).one("main").words
    assert desk.post(f"{where}/end").status_code == 302
    assert citizen.get(f"/q/{row.slug}").status_code == 404


def soup_of_code(desk: Client, where: str) -> str:
    """The source of the drawn code on its page."""
    source = desk.get(where).content.decode()
    return source[source.index('<div class="qr">') :].split("</svg>")[0]


def test_a_platforms_code_needs_its_picture(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told: dict[str, Any] = {"name": "浙里办", "platform": "alipay", "owner": "公法中心",
                            "region_code": "330225000000"}  # fmt: skip
    assert desk.post("/desk/qr/new", told).status_code == 422
    made = desk.post("/desk/qr/new", told | {"picture": shot()})
    assert made.status_code == 302
    where = made.headers["Location"]
    assert drawn(desk, f"{where}/picture") == "JPEG"
    assert "平台的码由平台计数" in desk.get(where).content.decode()
    text = SimpleUploadedFile("码.txt", "不是图片".encode(), content_type="text/plain")
    assert desk.post("/desk/qr/new", told | {"picture": text}).status_code == 422


def test_a_terminal_is_registered_with_its_facts(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {
        "code": "ZD-1", "name": "候船厅自助机", "kind": "24小时自助终端",
        "installed_on": "2026-01-05", "region_code": "330225101000", "model": "YK-24",
        "owner": "县司法局",
        "outdoor": "on",
        "warranty_until": "2028-01-01",
    }  # fmt: skip
    where = desk.post("/desk/facilities/new/terminal", told).headers["Location"]
    words = soup(desk.get(where)).one("main").words
    for said in ("YK-24，室外", "2028年1月1日", "县司法局", "缺坐标、照片"):
        assert said in words, said
    assert desk.post(f"{where}/status", {"status": "broken"}).status_code == 302
    changed = desk.post(f"{where}/revise", {"name": "候船厅自助机", "model": "YK-25"})
    assert changed.status_code == 302
    assert "YK-25" in desk.get(where).content.decode()
    unplaced = desk.get("/desk/facilities?facility=terminal").content.decode()
    assert "data-map-item" not in unplaced
    at = {"name": "候船厅自助机", "lon": "121.8696", "lat": "29.2085"}
    assert desk.post(f"{where}/revise", at).status_code == 302
    seen = desk.get("/desk/facilities?facility=terminal").content.decode()
    ref = where.rsplit("/", 1)[-1]
    assert f'data-map-item="{ref}"' in seen
    data = re.search(r'<script id="map-data" type="application/json">(.*?)</script>', seen)
    assert data
    (layer,) = json.loads(data[1])["layers"]
    (spot,) = layer["data"]["features"]
    assert (spot["properties"]["class"], spot["properties"]["link"]) == ("broken", where)
    (kind,) = layer["classes"]
    assert (kind["label"], kind["tone"], kind["symbol"]) == ("故障", "late", "triangle")
    told = json.loads(desk.get("/desk/facilities.geojson").content)["features"]
    assert [one["properties"]["symbol"] for one in told if one["id"] == ref] == ["triangle"]
