"""地图平台对接: security registers, the director subscribes, maps and pushes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.exchange import actions as exchange_actions
from yike.rooms.exchange.tests.test_peers import key
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.notices.tests.linking import SECURITY
from yike.rooms.people import roles

Sit = Callable[[Actor], Client]
AT = "/desk/linkage/peers"


def _registered(county: makers.County, url: str = "") -> str:
    with acting(SECURITY):
        made = exchange_actions.register_peer(
            county=makers.COUNTY, name="发改局地图", key_id=key(), url=url, actor=SECURITY
        )
    return f"{AT}/{made.id}"


def test_security_registers_and_the_secret_is_shown_once(county: makers.County, sit: Sit) -> None:
    desk, good = sit(replace(county.admin, roles=frozenset({roles.ADMIN_SECURITY}))), key()
    assert desk.post(f"{AT}/new", {"name": "发改局地图", "key_id": "别的"}).status_code == 422
    told = {"name": "发改局地图", "key_id": str(good), "url": "https://8.8.8.8/hook"}
    made = desk.post(f"{AT}/new", told)
    assert made.status_code == 200, made.content.decode()
    assert "whsec_" in made.content.decode()
    listed = soup(desk.get(AT)).all("table")[0]
    (link,) = listed.all("a")
    again = desk.get(link.attrs["href"])
    assert "whsec_" not in again.content.decode()
    assert desk.post(f"{AT}/new", told).status_code == 422, "a key belongs to one platform"


def test_the_director_subscribes_maps_and_pushes(county: makers.County, sit: Sit) -> None:
    at, chief, town = _registered(county), sit(county.director), sit(county.wang)
    assert town.post(f"{at}/push").status_code == 403
    assert chief.post(f"{at}/layers/stations", {}).status_code == 422
    assert chief.get(f"{at}/layers/towns").status_code == 404
    fields = {"fields_": ["address", "town_code"]}
    assert chief.post(f"{at}/layers/stations", fields).status_code == 302
    form = soup(chief.get(f"{at}/layers/stations"))
    ticked = [one.attrs["value"] for one in form.all("input") if "checked" in one.attrs]
    assert ticked == ["town_code", "address"]

    assert chief.post(f"{at}/codes", {"text": "乡镇,1,2"}).status_code == 422
    line = f"乡镇（街道）,{makers.SHIPU},T-101"
    assert chief.post(f"{at}/codes", {"text": line}).status_code == 302
    assert "T-101" in soup(town.get(at)).words

    assert chief.post(f"{at}/push").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'exchange.push'")
        assert cursor.fetchone() == (1,)
    assert chief.post(f"{at}/list/fetch").status_code == 403, "no address yet"
    told = {"url": "http://8.8.8.8/x", "layer": "stations", "crs": "wgs84", "metres": "100"}
    assert "必须用 https" in chief.post(f"{at}/list", told).content.decode()
    told["url"] = "https://8.8.8.8/ogc/collections/stations"
    assert town.post(f"{at}/list", told).status_code == 403
    assert chief.post(f"{at}/list", told).status_code == 302
    assert chief.post(f"{at}/list/fetch").status_code == 302
    words = soup(town.get(at)).words
    assert "https://8.8.8.8/ogc/collections/stations" in words
    assert "还没有取过" in words
    assert chief.post(f"{at}/end", {"reason": ""}).status_code == 422
    assert chief.post(f"{at}/end", {"reason": "平台下线"}).status_code == 302
    assert soup(chief.get(at)).all("form", action=f"{at}/push") == []


def test_a_report_of_a_registered_platform_leads_to_it(county: makers.County, sit: Sit) -> None:
    at, desk = _registered(county), sit(county.dispatcher)
    told = {
        "peer_id": str(UUID(at.rsplit("/", 1)[1])), "layer": "stations", "crs": "wgs84",
        "metres": "100", "file": SimpleUploadedFile("a.csv", "编码,名称\nX,站\n".encode()),
    }  # fmt: skip
    sent = desk.post("/desk/linkage/comparisons/new", told)
    assert sent.status_code == 302, sent.content.decode()
    report = soup(desk.get(sent["Location"]))
    assert at in [one.attrs["href"] for one in report.all("a")]
    assert "没有被接收的推送" in report.words
