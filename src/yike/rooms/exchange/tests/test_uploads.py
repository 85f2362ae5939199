"""Uploads: every fault by line, approval by somebody else, whole or not at all, undone."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pyogrio
import pytest
import shapely
from django.db import DatabaseError, transaction

from yike.engines.coordinates.projected import to_projected
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound, Refusal
from yike.rooms.exchange import actions, flow, layers, planning, queries, unpacking
from yike.rooms.exchange.models import Upload
from yike.rooms.guard.acting import acting
from yike.rooms.places import queries as places_queries
from yike.rooms.places.models import Station, Terminal
from yike.rooms.places.tests import makers
from yike.rooms.regions.coordinates import from_wgs84
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, KEEPER, SHIPU, STRANGER, county

KEEPER_2 = replace(KEEPER, ref="01900000-0000-7000-8000-00000000000c", label="另一位")
OFFICER = Actor(
    kind="staff", ref="01900000-0000-7000-8000-00000000000d", roles=frozenset({"officer"}),
    region_from=SHIPU, region_until="330225102000", label="王*",
)  # fmt: skip
POINT = (121.9296, 29.2085)
HEAD = "编码,名称,级别,区划代码,地址,电话,管理机构编码,经度,纬度,启用日期"


@pytest.fixture
def station(db: None) -> UUID:
    with county():
        return makers.station(code="SP", name="石浦站", point=POINT, address="渔港路1号")


def sheet(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines]).encode()


GOOD = (
    f"SP,,,,渔港路2号,65700001,,{POINT[0]},{POINT[1]},",
    f"NEW,新站,4,{SHIPU},渔港路9号,,XS-SFJ,121.94,29.22,2026-01-01",
)


def take(actor: Actor, raw: bytes = b"", **told: Any) -> UUID:
    usual: dict[str, Any] = {
        "county": COUNTY, "facility": "station", "crs": "wgs84", "file_name": "站点.csv",
    }  # fmt: skip
    with acting(actor):
        return actions.take_upload(content=raw or sheet(*GOOD), actor=actor, **(usual | told))


def move(verb: str, ref: UUID, actor: Actor, **more: Any) -> None:
    with acting(actor):
        getattr(actions, f"{verb}_upload")(upload_id=ref, actor=actor, **more)


def faults(
    raw: bytes, *, region: str = COUNTY, facility: str = "station", crs: str = "wgs84"
) -> list[tuple[int, str]]:
    asked = planning.Asked(county=COUNTY, region=region, facility=facility, crs=crs)
    return [(one.line, one.sentence) for one in planning.plan(raw, asked).faults]


@pytest.mark.django_db
def test_from_a_towns_file_to_the_register_and_back(station: UUID) -> None:
    ref = take(OFFICER)
    with acting(OFFICER):
        page = queries.upload_page(OFFICER, ref)
        assert (page.row.added, page.row.changed, page.row.left) == (1, 1, 0)
        assert page.can == ("submit", "drop")
        assert "渔港路1号 → 渔港路2号" in page.rows[0].words
        assert places_queries.station(station).address == "渔港路1号", "nothing before approval"
    move("submit", ref, OFFICER)
    with acting(KEEPER):
        assert queries.upload_page(KEEPER, ref).can == ("apply", "return")
    move("apply", ref, KEEPER)
    with acting(HOUSE):
        assert places_queries.station(station).phone == "65700001"
        new = places_queries.station_by_code("NEW")
        assert new is not None
        assert (new.point, new.level) == ((121.94, 29.22), 4)
    move("undo", ref, KEEPER, reason="传错了文件")
    with acting(HOUSE):
        row = places_queries.station(station)
        assert (row.address, row.point) == ("渔港路1号", POINT)
        assert Station.objects.get(code="NEW").closed_on is not None
        assert Upload.objects.get().state == flow.UNDONE


@pytest.mark.django_db
def test_nobody_approves_what_they_brought(station: UUID) -> None:
    ref = take(KEEPER)
    move("submit", ref, KEEPER)
    with pytest.raises(NotAllowed, match="另一个人"):
        move("apply", ref, KEEPER)
    with pytest.raises(NotAllowed):
        move("apply", ref, OFFICER)
    with pytest.raises(NotFound):
        move("apply", ref, STRANGER)
    with pytest.raises(BadInput):
        move("return", ref, KEEPER_2, reason="")
    move("return", ref, KEEPER_2, reason="地址写错了")
    with acting(KEEPER):
        assert queries.upload_page(KEEPER, ref).reason == "地址写错了"
        assert Station.objects.filter(code="NEW").count() == 0
    with pytest.raises(Clash):
        move("apply", ref, KEEPER_2)


@pytest.mark.django_db
def test_row_security_asks_the_same(station: UUID) -> None:
    ref = take(OFFICER)
    with acting(STRANGER):
        assert Upload.objects.count() == 0
    with acting(OFFICER), pytest.raises(DatabaseError), transaction.atomic():
        Upload.objects.filter(pk=ref).update(state=flow.APPLIED)


@pytest.mark.django_db
def test_half_an_upload_never_stays(station: UUID) -> None:
    ref = take(OFFICER)
    move("submit", ref, OFFICER)
    with acting(HOUSE):  # somebody enters the same code meanwhile: the second line must fail
        makers.station(code="NEW", name="别的站", point=(121.95, 29.23))
    with pytest.raises(Clash, match="第 3 行"):
        move("apply", ref, KEEPER)
    with acting(HOUSE):
        assert places_queries.station(station).address == "渔港路1号"
        assert Upload.objects.get().state == flow.SUBMITTED


@pytest.mark.django_db
def test_a_code_of_a_closed_station_and_too_many_points_are_refused(station: UUID) -> None:
    with acting(HOUSE):
        Station.objects.filter(pk=station).update(
            closed_on=date(2026, 1, 1), opened_on=date(2025, 1, 1)
        )
        assert any(
            "编码已被用过" in one for _, one in faults(sheet(f"SP,站,4,{SHIPU},,,XS-SFJ,,,"))
        )
        many = [f"M{no},站,4,{SHIPU},,,XS-SFJ,121.9,29.2," for no in range(301)]
        assert faults(sheet(*many)) == [(0, "一次新增或移动超过 300 个点位，请分开上传")]


@pytest.mark.django_db
def test_what_changed_since_is_not_written_over(station: UUID) -> None:
    ref = take(OFFICER)
    move("submit", ref, OFFICER)
    with acting(HOUSE):
        Station.objects.filter(pk=station).update(address="渔港路3号")
    with pytest.raises(Clash, match="变过"):
        move("apply", ref, KEEPER)


@pytest.mark.django_db
def test_every_fault_is_named_with_its_line(station: UUID) -> None:
    raw = sheet(
        f"A1,,9,{SHIPU},,,NOBODY,121.94,29.22,2026-13-01",
        "A2,某站,4,999999999999,,,XS-SFJ,abc,29.22,",
        f"A3,某站,4,{SHIPU},,,XS-SFJ,29.22,121.94,",
        f"A3,某站,4,{SHIPU},,,XS-SFJ,110.1,35.2,",
        f",某站,4,{SHIPU},,,XS-SFJ,,,",
        "SP,,,330225103000,,,,,,",
    )  # fmt: skip
    with acting(HOUSE):
        early = faults(raw)
        assert {line for line, _ in early} == {3}, "what cannot be read comes first"
        late = faults(
            b"\n".join(line for no, line in enumerate(raw.split(b"\n")) if no not in (2, 3))
        )
    said = "".join(sentence for _, sentence in late)
    assert [line for line, _ in late] == sorted(line for line, _ in late)
    for words in (
        "没有写名称",
        "级别“9”",
        "“NOBODY”没有登记",
        "2026-13-01",
        "不在",
        "没有写编码",
        "迁移",
    ):
        assert words in said, words
    with acting(HOUSE):
        town = faults(sheet("B1,某站,4,330225103000,,,XS-SFJ,,,"), region=SHIPU)
        assert "不在您可以上传的区划里" in town[0][1]
        for broken in (b"\xff\xfe\x00", b"", b"a,b\n1,2", b'{"type": 1}', b"[", b"x" * 5_000_001):
            assert faults(broken)
    with pytest.raises(Refusal):
        take(OFFICER, sheet("B1,某站,4,330225103000,,,XS-SFJ,,,"))
    with pytest.raises(BadInput, match="完全一样"):
        take(OFFICER, sheet("SP,石浦站,,,,,,,,"))


@pytest.mark.django_db
def test_a_shifted_list_is_recognised_by_what_is_known(db: None) -> None:
    with county():
        lines = []
        for no in range(12):
            here = (121.92 + no / 200, 29.20 + no / 300)
            makers.station(code=f"S{no}", point=here)
            lon, lat = from_wgs84(here, "gcj02")
            lines.append(f"S{no},,,,,,,{lon:.7f},{lat:.7f},")
        said = faults(sheet(*lines))
        assert len(said) == 1
        assert "高德坐标" in said[0][1]
        asked = planning.Asked(county=COUNTY, region=COUNTY, facility="station", crs="gcj02")
        plan = planning.plan(sheet(*lines), asked)
        assert plan.faults == []
        assert plan.count(planning.LEAVE) == 12, "converted, they stand where they stood"


@pytest.mark.django_db
def test_terminals_come_as_geojson_and_go_as_they_came(station: UUID) -> None:
    told = {
        "type": "FeatureCollection",
        "features": [{
            "type": "Feature", "geometry": {"type": "Point", "coordinates": [121.931, 29.209]},
            "properties": {"code": "T1", "name": "终端一", "kind": "自助机", "town": "石浦镇"},
        }],
    }  # fmt: skip
    ref = take(OFFICER, json.dumps(told).encode(), facility="terminal", file_name="t.geojson")
    move("submit", ref, OFFICER)
    move("apply", ref, KEEPER)
    with acting(KEEPER):
        found = json.loads(
            queries.layer_file(KEEPER, "terminals", "geojson", county=COUNTY, crs="")
        )
        assert found["features"][0]["geometry"]["coordinates"] == [121.931, 29.209]
    move("undo", ref, KEEPER, reason="传错了")
    with acting(HOUSE):
        assert Terminal.objects.get(code="T1").status == "removed"


@pytest.mark.django_db
@pytest.mark.parametrize("crs", ["4490", "4326"])
def test_a_geopackage_holds_the_layer_in_the_system_chosen(
    crs: str, station: UUID, tmp_path: Path
) -> None:
    with acting(KEEPER):
        path = tmp_path / "layer.gpkg"
        path.write_bytes(queries.layer_file(KEEPER, "stations", "gpkg", county=COUNTY, crs=crs))
        (ours,) = layers.features_of(KEEPER, "stations", county=COUNTY)
    meta, _, shapes, columns = pyogrio.raw.read(path)
    assert crs in meta["crs"]
    assert shapely.equals_exact(shapely.from_wkb(shapes[0]), ours.shape, 1e-9)
    told = dict(zip(meta["fields"], (one[0] for one in columns), strict=True))
    assert (told["code"], told["address"], told["level"]) == ("SP", "渔港路1号", 3)


@pytest.mark.django_db
def test_what_is_downloaded_can_be_uploaded_again(station: UUID) -> None:
    asked = planning.Asked(county=COUNTY, region=COUNTY, facility="station", crs="wgs84")
    with acting(HOUSE):
        makers.station(code="R", name="=𬭚村\"站',，𠮷", point=(121.95, 29.2), address="㼆路1号")
    with acting(KEEPER):
        for format_ in queries.FORMATS:
            raw = queries.layer_file(KEEPER, "stations", format_, county=COUNTY, crs="4490")
            plan = planning.plan(raw, asked)
            assert (plan.faults, plan.count(planning.LEAVE)) == ([], 2), format_
        with pytest.raises(NotFound):
            queries.layer_file(KEEPER, "towns", "zip", county=COUNTY, crs="4490")
        raw = queries.layer_file(KEEPER, "stations", "csv", county=COUNTY, crs="")
        assert io.BytesIO(raw).read(3) == b"\xef\xbb\xbf"
        with pytest.raises(NotFound):
            queries.layer_file(KEEPER, "stations", "xls", county=COUNTY, crs="")


@pytest.mark.django_db
def test_a_moved_point_of_a_geopackage_says_that_a_file_told_it(
    station: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "x.gpkg"
    east, north = to_projected([121.95], [29.21], meridian=120)
    pyogrio.raw.write(
        path, shapely.to_wkb(shapely.points(east, north)),
        [np.array(["SP"], dtype=object), np.array([1.5]), np.array([True])],
        ["编码", "位置误差（米）", "别的"], geometry_type="Point", crs="EPSG:4549", layer="甲",
    )  # fmt: skip
    raw = path.read_bytes()
    ref = take(OFFICER, raw, sure=True, file_name="x.gpkg")
    move("submit", ref, OFFICER)
    move("apply", ref, KEEPER)
    with acting(HOUSE):
        row = places_queries.station(station)
        assert row.point == pytest.approx((121.95, 29.21))
        assert (row.origin.way, row.origin.accuracy_m) == ("file", 1.5)
    assert "坐标系请选 WGS84" in faults(raw, crs="gcj02")[0][1]
    pyogrio.raw.write(
        path, shapely.to_wkb(shapely.points([1.0], [1.0])), [np.array([1])], ["编码"],
        geometry_type="Point", crs="EPSG:4326", layer="乙", append=True,
    )  # fmt: skip
    assert "几个图层（甲、乙）" in faults(path.read_bytes())[0][1]
    assert "没有传完" in faults(raw[: len(raw) // 2])[0][1]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.txt": b"x"}, "只有一个 .shp"),
        ({"a.shp": b"x", "b.shp": b"x"}, "只有一个 .shp"),
        ({"../../etc/a.shp": b"x"}, "指向外面"),
        ({"a.shp": b"x", "b.dbf": b"x", "a.shx": b""}, "缺 .dbf"),
        ({"a.shp": b"x", "a.dbf": b"x", "a.shx": b"x"}, "文件打不开"),
        ({"a.shp": bytes(unpacking.MAX_UNPACKED + 1)}, "解开后太大"),
        ({f"a{at}.txt": b"" for at in range(41)}, "超过 40 个"),
    ],
)
def test_an_archive_that_is_no_shapefile_is_said(
    files: dict[str, bytes], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    with pytest.raises(unpacking.Unreadable, match=said):
        unpacking.read(path, "zip", "", 10)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(unpacking.Unreadable, match="打不开或不完整"):
        unpacking.read(path, "zip", "", 10)


@pytest.mark.django_db
def test_a_table_without_its_encoding_is_read_in_ours(station: UUID, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        pyogrio.raw.write(
            tmp_path / "x.shp", shapely.to_wkb(shapely.points([121.9296], [29.2085])),
            [np.array(["SP"], dtype=object), np.array(["石浦镕站"], dtype=object)],
            ["编码", "NAME"], geometry_type="Point", encoding="GB18030", crs="EPSG:4490",
        )  # fmt: skip
        for part in ("shp", "shx", "dbf"):
            packed.write(tmp_path / f"x.{part}", f"资料/x.{part}".upper())
    asked = planning.Asked(county=COUNTY, region=COUNTY, facility="station", crs="wgs84")
    with acting(KEEPER):
        plan = planning.plan((tmp_path / "x.zip").read_bytes(), asked)
    assert [one["facts"] for one in plan.rows] == [{"name": "石浦镕站"}]
