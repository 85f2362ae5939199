"""An extract becomes tiles that GDAL reads back, and water and roads that answer for a point."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from django.conf import settings
from django.test import Client

from yike.house.basemap import archive, building, command, reading, sea, sorting, using
from yike.house.basemap.tests import makers
from yike.rooms.regions import ground


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bay's base map, built once."""
    folder = tmp_path_factory.mktemp("bay")
    outlines = folder / "outlines.geojson"
    pyogrio.raw.write(
        outlines, shapely.to_wkb([shapely.box(121.8, 29.1, 121.9, 29.3)]),
        [np.array(["石浦镇"], dtype=object), np.array(["330225101"], dtype=object)],
        ["name", "code"], geometry_type="Polygon", crs="EPSG:4326",
    )  # fmt: skip
    found = building.build(
        makers.write(folder / "bay.osm"), folder / "bay.pmtiles", outlines=outlines, county="330225"
    )
    assert not found.faults
    return folder / "bay.pmtiles"


def _read(file: Path, layer: str) -> list[tuple[str, str | None, object]]:
    meta, _, shapes, columns = pyogrio.raw.read(file, layer=layer)
    told = dict(zip(meta["fields"].tolist(), columns, strict=True))
    crs = {"EPSG:3857": 3857}.get(str(meta["crs"]))
    assert crs == 3857
    return list(zip(told["kind"], told["name"], shapely.from_wkb(shapes), strict=True))


def _mercator(lon: float, lat: float) -> shapely.Point:
    radius = 6378137.0
    north = radius * np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))
    return shapely.Point(radius * np.radians(lon), north)


def test_gdal_reads_every_layer_with_kinds_and_chinese_names(built: Path) -> None:
    layers = {name for name, _ in pyogrio.list_layers(built)}
    assert layers == {
        "cover", "water", "waterway", "building", "road", "street", "ferry", "outline", "place",
        "village", "poi", "water_name",
    }  # fmt: skip
    assert {row[:2] for row in _read(built, "place")} == {("town", "石浦镇")}
    assert {row[:2] for row in _read(built, "poi")} == {("courthouse", "石浦人民法庭")}
    assert {row[:2] for row in _read(built, "road")} == {("primary", "沿海路")}
    assert {row[1] for row in _read(built, "outline")} == {"石浦镇"}


@pytest.mark.parametrize(
    ("where", "wet"),
    [(makers.SEA, "sea"), (makers.LAKE, "lake"), (makers.LAND, None), (makers.ISLAND, None),
     (makers.ISLET, None)],
)  # fmt: skip
def test_water_is_where_it_is_and_islands_are_dry(
    where: tuple[float, float], wet: str | None, built: Path
) -> None:
    spot = _mercator(*where)
    found = {kind for kind, _, shape in _read(built, "water") if shapely.intersects(shape, spot)}
    assert found == ({wet} if wet else set())


def test_far_out_there_are_main_roads_only(built: Path) -> None:
    held = {
        one.name: pyogrio.raw.read(built, layer=one.name, ZOOM_LEVEL=8)[2]
        for one in sorting.LAYERS
        if one.name in ("road", "street", "building")
    }
    assert len(held["road"]) > 0
    assert len(held["street"]) == len(held["building"]) == 0


def test_the_archive_says_its_box_and_whose_data_it_is(built: Path) -> None:
    told = using.look(built)
    assert told["bounds"] == pytest.approx(makers.BOX)
    assert "OpenStreetMap" in told["credit"]
    assert "ODbL" in told["credit"]


class TestRefused:
    def test_what_is_no_extract(self, tmp_path: Path) -> None:
        (tmp_path / "a.osm").write_text("hello")
        (tmp_path / "a.txt").write_text("hello")
        for name in ("a.osm", "a.txt", "none.osm"):
            with pytest.raises(reading.NotMapped, match=name):
                building.build(tmp_path / name, tmp_path / "out.pmtiles")
        assert not list(tmp_path.glob("out*"))

    def test_a_file_cut_off(self, tmp_path: Path) -> None:
        whole = makers.write(tmp_path / "whole.osm.gz").read_bytes()
        (tmp_path / "cut.osm.gz").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(reading.NotMapped, match="读不完整"):
            building.build(tmp_path / "cut.osm.gz", tmp_path / "out.pmtiles")

    def test_outlines_in_metres(self, tmp_path: Path, built: Path) -> None:
        wrong = tmp_path / "metres.geojson"
        shape = shapely.to_wkb([shapely.box(400000, 3200000, 410000, 3210000)])
        names = [np.array(["a"], dtype=object)]
        pyogrio.raw.write(wrong, shape, names, ["name"], geometry_type="Polygon", crs="EPSG:4326")
        with pytest.raises(reading.NotMapped, match="经纬度"):
            building.build(built.parent / "bay.osm", tmp_path / "out.pmtiles", outlines=wrong)

    def test_an_archive_that_is_none_or_half(self, tmp_path: Path, built: Path) -> None:
        half = tmp_path / "half.pmtiles"
        half.write_bytes(built.read_bytes()[:-10])
        for file in (half, built.parent / "bay.osm"):
            with pytest.raises(reading.NotMapped):
                using.use(file, tmp_path / "state")
        assert not (tmp_path / "state").exists()

    def test_the_command_says_it_in_a_sentence(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert command.main(["build", str(tmp_path / "none.osm"), "--out", "x.pmtiles"]) == 1
        assert "请检查路径" in capsys.readouterr().err


def test_a_coast_that_ends_inside_draws_no_sea_and_says_so(tmp_path: Path) -> None:
    found = reading.read(makers.write(tmp_path / "open.osm", open_coast=True))
    assert "sea" not in found.layers["water"].kind
    assert "海岸线" in "".join(found.faults)


def test_no_coast_no_sea(tmp_path: Path) -> None:
    found = reading.read(makers.write(tmp_path / "inland.osm", coast=False))
    assert found.layers["water"].kind == ["lake"]
    assert sea.sea([], makers.BOX) == []


def test_tiles_are_numbered_along_the_curve() -> None:
    # the numbers of the specification's own example, and a whole zoom visited once by neighbours
    assert [archive.tile_id(*one) for one in ((0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0),
        (2, 0, 0))] == [0, 1, 2, 3, 4, 5]  # fmt: skip
    cells = sorted(
        (archive.tile_id(4, column, row), column, row) for column in range(16) for row in range(16)
    )
    assert [cell[0] for cell in cells] == list(range(cells[0][0], cells[0][0] + 256))
    steps = {abs(a[1] - b[1]) + abs(a[2] - b[2]) for a, b in itertools.pairwise(cells)}
    assert steps == {1}


@pytest.fixture
def served(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ground.Base]:
    """The bay is in service, in a state folder of its own."""
    state = tmp_path / "state"
    base = using.use(built, state)
    monkeypatch.setattr(settings, "YIKE", dataclasses.replace(settings.YIKE, state_dir=state))
    yield base
    shutil.rmtree(state)


def test_a_point_is_asked_for_water_and_roads(served: ground.Base) -> None:
    assert ground.base() == served
    asked = [ground.on_water(one) for one in (makers.SEA, makers.LAKE, makers.ISLET, makers.LAND)]
    assert asked == [True, True, False, False]
    assert ground.on_water((120.0, 29.2)) is None
    near = ground.metres_to_road((121.83, 29.1505), within=300)
    assert near == pytest.approx(55.6, abs=1)
    assert ground.metres_to_road((121.83, 29.17), within=300) == float("inf")


@pytest.mark.parametrize(
    ("text", "found"),
    [("法庭", ["石浦人民法庭"]), ("石浦湖", ["石浦湖"]), ("'; --", []), ("%", [])],
)
def test_names_are_found_by_a_part(served: ground.Base, text: str, found: list[str]) -> None:
    assert [name for name, _ in ground.named(text)] == found


def test_an_address_names_places_and_roads_of_the_map(served: ground.Base) -> None:
    named = {(name, kind) for name, kind, _ in ground.named_within("石浦镇东门村12号")}
    assert named == {("石浦镇", "town"), ("东门村", "village")}
    assert ground.named_within("东门") == ()
    roads = ground.roads_within("石浦镇渔港路12号")
    assert list(roads) == ["渔港路"]
    ((spot, metres),) = ground.spots_on(roads["渔港路"], near=(121.86, 29.16))
    assert spot == pytest.approx((121.85, 29.16))
    assert metres == pytest.approx(1670, abs=30)
    assert ground.roads_within("it's'; x") == {}


def test_the_one_before_stays_and_older_ones_go(served: ground.Base, built: Path) -> None:
    folder = ground.folder()
    (folder / "0123456789abcdef.pmtiles").write_bytes(b"old")
    again = using.use(built, folder.parent)
    assert again.name == served.name
    assert {file.name for file in folder.iterdir()} == {
        "base.json", f"{served.name}.json", f"{served.name}.pmtiles",
        f"{served.name}.gpkg",
    }  # fmt: skip


@pytest.mark.django_db
class TestServed:
    def test_parts_and_the_whole(self, served: ground.Base, built: Path) -> None:
        web, where, whole = Client(), f"/maps/base/{served.name}.pmtiles", built.read_bytes()
        size = len(whole)
        told = {
            "bytes=0-126": whole[:127],
            "bytes=100-": whole[100:],
            "bytes=-50": whole[-50:],
            f"bytes=10-{size + 99}": whole[10:],
        }
        for asked, content in told.items():
            found = web.get(where, headers={"Range": asked})
            assert found.status_code == 206
            assert found.getvalue() == content
            assert found.headers["Content-Length"] == str(len(content))
            assert found.headers["Content-Range"].endswith(f"/{size}")
        everything = web.get(where)
        assert everything.status_code == 200
        assert everything.getvalue() == whole
        assert "immutable" in everything.headers["Cache-Control"]
        again = web.get(where, headers={"If-None-Match": everything.headers["ETag"]})
        assert again.status_code == 304

    def test_names_of_the_map_are_found(self, served: ground.Base) -> None:
        found = Client().get("/maps/find?q=东门").json()["found"]
        assert found == [{"name": "东门村", "lon": 121.82, "lat": 29.13}]
        assert Client().get("/maps/find?q=").json()["found"] == []

    def test_what_cannot_be_met_or_is_no_name(self, served: ground.Base) -> None:
        web = Client()
        past = web.get(
            f"/maps/base/{served.name}.pmtiles", headers={"Range": "bytes=99999999-"}
        )  # fmt: skip
        assert past.status_code == 416
        for name in ("0" * 16, "..%2Fbase", "base", served.name.upper() + "0"):
            assert web.get(f"/maps/base/{name}.pmtiles").status_code == 404
