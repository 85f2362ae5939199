"""数据联动: a town's file waits for the county, a list is compared, layers are taken along."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers
from yike.rooms.places import queries as places_queries

Sit = Callable[[Actor], Client]
HEAD = "编码,名称,类型,区划代码,经度,纬度\n"
LINE = f"TM-1,便民终端,自助机,{makers.SHIPU},121.9321,29.2121\n"


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("终端.csv", text.encode())


def test_a_towns_file_is_checked_submitted_and_approved(county: makers.County, sit: Sit) -> None:
    town, chief = sit(county.wang), sit(county.director)
    told = {"facility": "terminal", "crs": "wgs84", "note": "三季度新增"}
    wrong = HEAD + LINE + f"TM-2,,自助机,{makers.HEPU},,\n"
    refused = town.post("/desk/linkage/uploads/new", told | {"file": _file(wrong)})
    assert refused.status_code == 422
    (box,) = soup(refused).all("div", id="faults")
    assert [one.words.split("：")[0] for one in box.all("li")] == ["第 3 行", "第 3 行"]

    sent = town.post("/desk/linkage/uploads/new", told | {"file": _file(HEAD + LINE)})
    assert sent.status_code == 302, sent.content.decode()
    page = soup(town.get(sent["Location"]))
    assert "便民终端" in page.all("table")[0].words
    assert town.post(f"{sent['Location']}/submit").status_code == 302
    assert town.post(f"{sent['Location']}/apply").status_code == 403, "not by who brought it"
    assert places_queries.facilities_in(makers.COUNTY, "terminal") == ()

    assert "待审批" in soup(chief.get("/desk/linkage")).all("table")[0].words
    assert chief.post(f"{sent['Location']}/return", {"reason": ""}).status_code == 422
    assert chief.post(f"{sent['Location']}/apply").status_code == 302
    (row,) = places_queries.facilities_in(makers.COUNTY, "terminal")
    assert (row.code, row.point) == ("TM-1", (121.9321, 29.2121))
    assert chief.post(f"{sent['Location']}/undo", {"reason": "重复了"}).status_code == 302
    assert places_queries.facilities_in(makers.COUNTY, "terminal") == ()


def test_a_list_is_compared_and_taken_along(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {"name": "县发改局地图", "layer": "terminals", "crs": "wgs84", "metres": "100"}
    refused = desk.post("/desk/linkage/comparisons/new", told | {"file": _file("x\n1\n")})
    assert refused.status_code == 422
    sent = desk.post("/desk/linkage/comparisons/new", told | {"file": _file(HEAD + LINE)})
    assert sent.status_code == 302, sent.content.decode()
    assert "本平台没有" in soup(desk.get(sent["Location"])).all("table")[0].words
    told_csv = desk.get(f"{sent['Location']}.csv").content.decode()
    assert "TM-1" in told_csv
    for kind in ("geojson", "csv", "gpkg"):
        found = desk.get(f"/desk/linkage/layers/institutions-lawyers.{kind}?crs=4326")
        assert found.status_code == 200
        assert len(found.content) > 100
    assert desk.get("/desk/linkage/layers/stations.gpkg?crs=3857").status_code == 404
