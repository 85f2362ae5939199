"""区划与人口: a faulty file is refused by its line, the right one shows; outlines likewise."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.matters.tests import makers
from yike.rooms.regions import queries

Sit = Callable[[Actor], Client]
HEAD = "乡镇,年份,口径,总人口,60岁及以上,面积\n"


def _file(text: str, name: str = "人口.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_a_faulty_line_is_named_and_nothing_is_kept(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {"source": "2023年统计公报", "kind": "register"}
    rows = "石浦镇,2023,户籍,八万五,,\n鹤浦镇,2023,户籍,40000,9000,101.4\n"
    refused = desk.post("/desk/regions/population", told | {"file": _file(HEAD + rows)})
    assert refused.status_code == 422
    (box,) = soup(refused).all("div", id="faults")
    assert [line.words.split("：")[0] for line in box.all("li")] == ["第 2 行"]
    assert [row.year for row in queries.population_of(makers.HEPU)] == [2000], "all or nothing"

    right = HEAD + rows.replace("八万五", '"85,000"')
    assert desk.post("/desk/regions/population", told | {"file": _file(right)}).status_code == 302
    page = soup(desk.get("/desk/regions/330225103000"))
    row, older = page.all("table")[0].one("tbody").all("tr")
    assert "2000" in older.words, "the census of 2000 stays beside it"
    assert "40,000" in row.words
    assert "9,000" in row.words
    assert "不知道" in row.words, "what nobody counted is not zero"
    assert "101.4" in page.all("table")[1].words
    county_page = soup(desk.get("/desk/regions"))
    (shipu,) = (one for one in county_page.all("tr", data_row="") if "石浦镇" in one.words)
    assert "85,000" in shipu.words


def test_outlines_are_drawn_and_their_area_compared(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    ring = [[121.87, 29.17], [121.99, 29.17], [121.99, 29.25], [121.87, 29.25], [121.87, 29.17]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    row = {"type": "Feature", "properties": {"name": "石浦镇"}, "geometry": shape}
    text = json.dumps({"type": "FeatureCollection", "features": [row]})
    told = {"source": "县民政局", "year": "2024", "crs": "file"}
    refused = desk.post("/desk/regions/outlines", told | {"file": _file(text, "边界.geojson")})
    assert refused.status_code == 422
    assert "坐标系" in soup(refused).one("div", id="faults").words
    sent = told | {"sure": "on", "file": _file(text, "边界.geojson")}
    assert desk.post("/desk/regions/outlines", sent).status_code == 302
    assert queries.locate(121.985, 29.172, county=makers.COUNTY).by == "outline"
    figures = _file("乡镇,年份,来源,面积\n石浦镇,2024,年鉴,150\n")
    desk.post("/desk/regions/population", {"kind": "stated", "file": figures})
    page = soup(desk.get("/desk/regions/330225101000"))
    assert "相差" in page.words, "100 km² drawn, 150 stated"


def test_who_reads_may_not_import(county: makers.County, sit: Sit) -> None:
    officer = sit(county.wang)
    assert officer.get("/desk/regions").status_code == 200
    assert not soup(officer.get("/desk/regions")).all("a", href="/desk/regions/population")
    assert officer.post("/desk/regions/population").status_code == 403
    assert officer.get("/desk/regions/340422000000").status_code == 404
    assert officer.get("/desk/regions/nonsense").status_code == 404


def test_the_template_holds_the_towns(county: makers.County, sit: Sit) -> None:
    text = sit(county.dispatcher).get("/desk/regions/population.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("代码,乡镇")
    assert "330225101000,石浦镇" in text


def test_a_point_is_asked_about_before_it_is_kept(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    told = {
        "code": "P1", "name": "一号站", "level": "3", "region_code": makers.SHIPU, "crs": "wgs84",
        "institution_id": str(county.shipu_office), "lon": "121.931", "lat": "29.203",
        "holiday_rule": "closed",
    }  # fmt: skip
    assert desk.post("/desk/stations/new", told).status_code == 302
    asked = desk.post("/desk/stations/new", told | {"code": "P2", "name": "二号站"})
    assert asked.status_code == 422
    page = soup(asked)
    assert "一号站" in page.one("p", id="id_point_reason_error").words
    assert page.one("input", name="lon").attrs["value"] == "121.931", "nothing typed is lost"
    kept = told | {"code": "P2", "name": "二号站", "point_reason": "同一栋楼两个窗口"}
    saved = desk.post("/desk/stations/new", kept)
    assert "同一栋楼两个窗口" in soup(desk.get(saved.headers["Location"])).words
