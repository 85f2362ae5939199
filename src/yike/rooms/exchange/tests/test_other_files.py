"""Files that are no list of points: each is named, with the way out, in plain Chinese."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from yike.rooms.exchange import features, planning
from yike.rooms.regions import outline_files
from yike.rooms.regions.tests.makers import COUNTY, SHIPU, county

ASKED = planning.Asked(county=COUNTY, region=COUNTY, facility="sign", crs="wgs84", sure=True)


def workbook() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return held.getvalue()


FILES = [
    (workbook(), "另存为“CSV UTF-8”"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为“CSV UTF-8”"),
    (b"\x00\x00\x27\x0a" + b"\0" * 96, "打成一个 zip"),
    (b"%PDF-1.7\n", "这是 PDF"),
    (b"\xff\xd8\xff\xe0" + b"\0" * 60, "这是照片"),
    (b"Rar!\x1a\x07", "重新打成 zip"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("raw", "said"), FILES, ids=["xlsx", "xls", "shp", "pdf", "jpg", "rar"])
def test_what_is_no_list_is_named(raw: bytes, said: str) -> None:
    with county():
        (fault,) = planning.plan(raw, ASKED).faults
        assert said in fault.sentence
        asked = outline_files.Said(crs="file", meridian=None, column="", sure=True)
        (fault,) = outline_files.check(raw, name="x", county=COUNTY, said=asked).faults
        assert said in fault.sentence


@pytest.mark.django_db
def test_a_cut_file_says_where_and_nothing_of_the_machine() -> None:
    with county():
        (fault,) = planning.plan(b'{"features": [{"a":', ASKED).faults
        assert fault.sentence.startswith("不是完整的 GeoJSON：第 1 行第 ")
        asked = outline_files.Said(crs="file", meridian=None, column="", sure=True)
        (fault,) = outline_files.check(b"{", name="边界.geojson", county=COUNTY, said=asked).faults
    assert fault.sentence == "边界.geojson 打不开，可能没有传完，请重新导出再上传"


@pytest.mark.django_db
def test_a_slip_of_the_year_is_a_fault_of_its_line() -> None:
    raw = f"编码,名称,类型,区划代码,设置日期\nS1,牌,指引牌,{SHIPU},3026-01-31\n".encode()
    with county():
        (fault,) = planning.plan(raw, ASKED).faults
    assert (fault.line, fault.sentence) == (2, "日期“3026年”不对")


def test_the_first_day_of_all_stops_no_layer() -> None:
    assert features.midnight(date.min) == datetime(1, 12, 31, 15, 54, 17, tzinfo=UTC)
