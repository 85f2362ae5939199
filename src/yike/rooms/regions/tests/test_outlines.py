"""Outlines from an office: read in several forms, refused when shifted, then used to locate."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from django.db import connection

from yike.engines.coordinates import projected, systems
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.regions import actions, figures, locating, outline_files, queries
from yike.rooms.regions.outline_files import Said
from yike.rooms.regions.tests.makers import COUNTY, GUEST, KEEPER, SHIPU, STRANGER, county

HEPU = "330225103000"
#: drawn by hand around the two towns' known centres, with a straight border at 121.95 E, 29.17 N
SHAPES = {
    "330225101": shapely.box(121.87, 29.17, 121.99, 29.25),
    "330225103": shapely.box(121.87, 29.06, 121.99, 29.17),
}
SURE = Said(sure=True)


def geojson(shapes: dict[str, Any], column: str = "代码") -> bytes:
    rows = [
        {"type": "Feature", "properties": {column: name}, "geometry": shapely.geometry.mapping(one)}
        for name, one in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def moved(change: Any) -> dict[str, Any]:
    return {
        name: shapely.transform(
            shapely.segmentize(one, 0.004),
            lambda xy: np.column_stack(change(xy[:, 0], xy[:, 1])),
        )
        for name, one in SHAPES.items()
    }


def check(raw: bytes, said: Said = SURE) -> outline_files.Outlines:
    return outline_files.check(raw, name="x", county=COUNTY, said=said)


def bring(raw: bytes, *, source: str = "民政", year: int = 2024, said: Said = SURE) -> int:
    made = check(raw, said)
    assert made.faults == []
    return actions.import_outlines(
        outlines=made.found, year=year, source=source, crs=made.crs, file_name="x", actor=KEEPER
    )


def written(tmp_path: Path, name: str, driver: str, shapes: dict[str, Any], crs: str) -> Path:
    path = tmp_path / name
    pyogrio.raw.write(
        path, shapely.to_wkb(list(shapes.values())), [np.array(list(shapes), dtype=object)],
        ["code"], crs=crs, geometry_type="Polygon", driver=driver, encoding="UTF-8",
    )  # fmt: skip
    return path


@pytest.mark.django_db
class TestFile:
    def test_geopackage_and_shapefile_in_a_zone_of_cgcs2000(self, tmp_path: Path) -> None:
        zoned = moved(lambda x, y: projected.to_projected(x, y, meridian=123))
        gpkg = written(tmp_path, "a.gpkg", "GPKG", zoned, "EPSG:4550").read_bytes()
        written(tmp_path, "b.shp", "ESRI Shapefile", zoned, "EPSG:4550")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as bundle:
            for part in tmp_path.glob("b.*"):
                bundle.write(part, part.name)
        with county():
            for raw in (gpkg, packed.getvalue()):
                made = check(raw)
                assert made.faults == []
                shape = shapely.from_wkb(made.found[0].shape)
                apart = shapely.hausdorff_distance(shape, SHAPES["330225101"])
                assert apart < 1e-6, "degrees again"
            plain = geojson(zoned)
            made = check(plain, Said(crs="zone", meridian=123, sure=True))
            assert made.faults == []
            assert "中央经线" in str(check(plain, Said(crs="zone", sure=True)).faults[0])
            assert "投影" in str(check(plain).faults[0]), "metres passed as degrees are said"

    def test_area_is_that_of_the_ellipsoid(self) -> None:
        # one degree by one degree at the equator: 12 308.8 km² (GRS 80)
        assert outline_files.area_km2(shapely.box(120, 0, 121, 1)) == pytest.approx(12308.8, abs=1)
        hole = shapely.box(120, 0, 121, 1).difference(shapely.box(120.2, 0.2, 120.4, 0.4))
        assert outline_files.area_km2(hole) == pytest.approx(12308.8 * 0.96, rel=1e-3)

    def test_faults_name_the_shape(self) -> None:
        bow = shapely.Polygon([(121.9, 29.2), (121.95, 29.25), (121.95, 29.2), (121.9, 29.25)])
        shapes = {
            "石浦镇": bow, "没有的镇": SHAPES["330225103"], "330225103": shapely.Point(121.9, 29.1),
            "330225002": shapely.box(121.5, 28.5, 121.6, 28.6),
        }  # fmt: skip
        with county():
            said = [str(fault) for fault in check(geojson(shapes, "名称")).faults]
        assert any("第 1 个图形（石浦镇）：边界自己与自己相交" in line for line in said)
        assert any("第 2 个图形" in line and "没有“没有的镇”" in line for line in said)
        assert any("第 3 个图形" in line and "不是面" in line for line in said)
        assert any("离已知的中心点" in line for line in said)

    @pytest.mark.parametrize(
        "raw", [b"", b"hello", b'{"type": "Feature"', b"PK\x03\x04junk", b"SQLite format 3\0" * 9]
    )
    def test_what_is_no_map_is_refused_with_a_sentence(self, raw: bytes) -> None:
        with county():
            (fault,) = check(raw).faults
        assert fault.sentence

    def test_swapped_and_old_systems_are_said(self, tmp_path: Path) -> None:
        old = written(tmp_path, "o.gpkg", "GPKG", SHAPES, "EPSG:4214").read_bytes()
        with county():
            assert "写反" in str(check(geojson(moved(lambda x, y: (y, x)))).faults[0])
            assert "北京54" in str(check(old).faults[0])

    def test_nothing_to_compare_with_asks_for_a_look_at_a_map(self) -> None:
        with county():
            (fault,) = check(geojson(SHAPES), Said()).faults
        assert "勾选" in fault.sentence

    @pytest.mark.parametrize("system", ["gcj02", "bd09"])
    def test_a_shifted_upload_is_recognised_by_known_outlines(self, system: Any) -> None:
        shifted = geojson(moved(lambda x, y: systems.from_wgs84(x, y, system)))
        with county():
            bring(geojson(SHAPES))
            (fault,) = check(shifted, Said()).faults
            assert ("GCJ-02" if system == "gcj02" else "BD-09") in fault.sentence
            assert "已有的边界" in fault.sentence
            right = check(shifted, Said(crs=system))
            assert right.faults == []
            back = shapely.from_wkb(right.found[0].shape)
            assert shapely.hausdorff_distance(back, SHAPES["330225101"]) < 1e-6


@pytest.mark.django_db
class TestLocate:
    def test_an_outline_decides_and_says_so(self) -> None:
        point = (121.985, 29.172)  # 石浦 by the border drawn here, whatever centre is nearest
        with county():
            before = queries.locate(*point, county=COUNTY)
            assert before.by == "centre"
            bring(geojson(SHAPES))
            found = queries.locate(*point, county=COUNTY)
            south = queries.locate(121.985, 29.168, county=COUNTY)
        assert (found.town.code, found.by, found.sure, found.distance_m) == (
            SHIPU,
            "outline",
            True,
            0,
        )
        assert "按已导入的边界" in found.sentence
        assert south.town.code == HEPU

    def test_a_quay_just_outside_belongs_and_is_said(self) -> None:
        with county():
            bring(geojson(SHAPES))
            found = queries.locate(121.992, 29.2, county=COUNTY)
        assert (found.town.code, found.sure) == (SHIPU, False)
        assert 150 < found.distance_m < 250
        assert "边界外约" in found.sentence

    def test_towns_without_outline_are_still_guessed(self) -> None:
        with county():
            bring(geojson(SHAPES))
            found = queries.locate(121.8696, 29.4766, county=COUNTY)
            assert found.by == "centre"
            assert queries.is_inside((121.8696, 29.4766), COUNTY) is True

    def test_outside_the_county_is_refused(self) -> None:
        with county():
            bring(geojson({"330225": shapely.box(121.5, 28.9, 122.2, 29.6)}))
            assert queries.is_inside((121.45, 29.3), COUNTY) is False
            with pytest.raises(BadInput):
                queries.locate(121.45, 29.3, county=COUNTY)
            inside = queries.locate(121.985, 29.172, county=COUNTY)
            assert inside.by == "centre", "the county alone names no town"

    def test_all_towns_drawn_leave_nothing_open(self) -> None:
        around = locating.Around(drawn=frozenset({"a", "b"}))
        assert locating.by_outline(around, "county", ["a", "b"]) == locating.Held()
        assert locating.by_outline(around, "county", ["a", "b", "c"]) is None

    def test_the_newest_outline_is_used_and_the_old_one_kept(self) -> None:
        with county():
            bring(geojson(SHAPES), year=2015)
            wider = SHAPES | {"330225101": shapely.box(121.87, 29.16, 121.99, 29.25)}
            wider["330225103"] = shapely.box(121.87, 29.06, 121.99, 29.16)
            bring(geojson(wider), year=2024)
            assert queries.locate(121.985, 29.165, county=COUNTY).town.code == SHIPU
            with acting(GUEST):
                page = figures.unit_page(SHIPU)
        assert [row.year for row in page.outlines] == [2024, 2015]
        assert page.overview.own.outline == page.outlines[0]


@pytest.mark.django_db
def test_only_keepers_add_and_nobody_overwrites() -> None:
    with county():
        bring(geojson(SHAPES))
        made = check(geojson(SHAPES))
        told: dict[str, Any] = {
            "outlines": made.found, "year": 2024, "source": "民政", "crs": "x", "file_name": "x",
        }  # fmt: skip
        with pytest.raises(Clash):
            actions.import_outlines(**told, actor=KEEPER)
        for actor in (STRANGER, GUEST):
            with pytest.raises(NotAllowed):
                actions.import_outlines(**told | {"year": 2025}, actor=actor)
        with acting(KEEPER), connection.cursor() as cursor:
            cursor.execute("delete from regions_boundary")
            assert cursor.rowcount == 0
