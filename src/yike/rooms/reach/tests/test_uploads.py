"""What is uploaded is taken whole or not at all, and says why."""

from __future__ import annotations

import gzip
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from yike.engines.coordinates.systems import from_wgs84
from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.reach import actions, assembling, carrying, queries, store
from yike.rooms.reach.models import Network, PopulationSet
from yike.rooms.reach.tests import makers
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, STRANGER, county

pytestmark = pytest.mark.django_db


def _left(settings: Any) -> list[Path]:
    """Every file that lies in the folders of the room."""
    folders = (Path(settings.NETWORKS_DIR), Path(settings.INCOMING_DIR))
    return [one for folder in folders for one in folder.rglob("*") if one.is_file()]


def test_a_network_is_current_with_its_facts_and_names_its_island(settings: Any) -> None:
    with county():
        made = makers.network(content=makers.osm())
        row = queries.network(HOUSE, made)
        assert row.state == "current", row.fault
        assert (row.nodes, row.ways_used) == (62, 2)
        assert row.kilometres == pytest.approx(6.0, abs=0.1)
        assert "ODbL" in row.licence
        assert any("不连通" in one for one in row.warnings)
        assert [one.suffix for one in _left(settings)] == [".net"]


def test_a_newer_network_takes_the_place_of_the_old_one(settings: Any) -> None:
    with county():
        old, new = makers.network(), makers.network()
        states = [queries.network(HOUSE, ref).state for ref in (old, new)]
        assert states == ["former", "current"]
        assert queries.network(HOUSE, new).version == 2


@pytest.mark.parametrize(
    "content",
    [b"<html>not found</html>", makers.osm()[: len(makers.osm()) // 2]],
    ids=["no OSM", "cut off"],
)
def test_what_is_no_whole_osm_file_is_refused_and_nothing_stays(
    content: bytes, settings: Any
) -> None:
    with county():
        current = makers.network()
        before = _left(settings)
        made = makers.network(content=content)
        row = queries.network(HOUSE, made)
        assert row.state == "refused"
        assert "toy.osm" in row.fault
        assert _left(settings) == before
        assert queries.network(HOUSE, current).state == "current"


def test_other_endings_and_empty_files_are_refused_at_the_field(settings: Any) -> None:
    told: dict[str, Any] = {"county_code": COUNTY, "mode": "walk", "kind": "osm", "actor": HOUSE}
    with county():
        for name, content in (("roads.zip", b"PK"), ("a.osm", b""), ("../x/.osm", b"<osm/>")):
            with pytest.raises(BadInput) as no:
                actions.take_network(name=name, content=io.BytesIO(content), **told)
            assert no.value.field == "file"
        assert not Network.objects.exists()
        assert _left(settings) == []


def test_a_packed_extract_is_read() -> None:
    with county():
        made = actions.take_network(
            county_code=COUNTY, mode="cycle", kind="osm", name="县.osm.gz",
            content=io.BytesIO(gzip.compress(makers.osm())), actor=HOUSE,
        )  # fmt: skip
        carrying.build(made)
        assert queries.network(HOUSE, made).state == "current"


def test_only_planners_of_the_county_upload() -> None:
    with county():
        told: dict[str, Any] = {"county_code": COUNTY, "mode": "walk", "kind": "osm"}
        with pytest.raises(NotAllowed):
            actions.take_network(name="a.osm", content=io.BytesIO(b"x"), actor=STRANGER, **told)


def test_cells_wait_to_be_confirmed_and_then_count() -> None:
    with county():
        made = makers.asked_people()
        row = queries.people(HOUSE, made)
        assert (row.state, row.count, row.total) == ("asked", 4, 650)
        assert actions.confirm_people(people_id=made, system="wgs84", actor=HOUSE)
        assert queries.people(HOUSE, made).state == "current"
        assert store.upload_of(made) is None
        with pytest.raises(Clash):
            actions.confirm_people(people_id=made, system="wgs84", actor=HOUSE)


def test_a_shifted_upload_is_recognised_and_read_again_in_its_own_system() -> None:
    with county():
        made = makers.asked_people(_shifted("gcj02"))
        row = queries.people(HOUSE, made)
        assert row.state == "asked", row.fault
        assert row.likeness == "gcj02"
        assert row.shifted
        assert "GCJ-02" in row.verdict
        assert not actions.confirm_people(people_id=made, system="gcj02", actor=HOUSE)
        carrying.place(made)
        again = queries.people(HOUSE, made)
        assert (again.likeness, again.system) == ("as_said", "gcj02")


def _shifted(system: Any) -> bytes:
    """Every village and town with a known centre, at that centre, in another system."""
    lines = ["cell_id,lon,lat,population,region_code"]
    for row in regions_queries.regions_in(codes.span(COUNTY)):
        if row.point and row.level != "county":
            lon, lat = from_wgs84(*row.point, system)
            lines.append(f"{row.code},{float(lon):.7f},{float(lat):.7f},10,{row.code}")
    assert len(lines) > 12
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\n1,2\n", "缺少列"),
        ("cell_id,lon,lat,population\nx,29.2,121.9,3\n", "写反了"),
        ("cell_id,lon,lat,population\nx,121.9,29.2,-3\n", "不能小于零"),
        ("cell_id,lon,lat,population\nx,121.9,29.2,3\nx,121.9,29.2,3\n", "第 3 行"),
        ("cell_id,lon,lat,population,region_code\nx,121.9,29.2,3,340422000000\n", "第 2 行"),
        ("cell_id,lon,lat,population\n", "现在有 0 行"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_with_its_line(table: str, said: str) -> None:
    with county():
        made = makers.asked_people(table.encode("gb18030"))
        row = queries.people(HOUSE, made)
        assert row.state == "refused"
        assert said in row.fault
        assert PopulationSet.objects.get(pk=made).cells is None
        assert store.upload_of(made) is None


def test_cells_without_code_belong_to_the_nearest_village_and_unknown_people_stay_unknown() -> None:
    with county():
        village = next(row for row in regions_queries.villages_of(COUNTY) if row.point)
        assert village.point is not None
        lon, lat = village.point
        table = f"cell_id,lon,lat,population\na,{lon + 0.0005},{lat},7\nb,{lon},{lat},\n"
        made = makers.asked_people(table.encode())
        row = PopulationSet.objects.get(pk=made)
        cells = assembling.cells_of(row)
        assert cells["village"] == [village.code, village.code]
        assert cells["people"] == [7, -1]
        assert row.total == 7
        assert any("没有填人口" in one for one in row.warnings)


def test_cells_that_were_dropped_leave_nothing() -> None:
    with county():
        made = makers.asked_people()
        actions.drop_people(people_id=made, actor=HOUSE)
        assert PopulationSet.objects.get(pk=made).cells is None
        assert store.upload_of(made) is None
        with pytest.raises(NotAllowed):
            actions.drop_people(people_id=made, actor=HOUSE)


def test_an_office_without_cells_gets_them_from_its_villages() -> None:
    with county():
        with pytest.raises(NotAllowed):
            actions.derive_people(county_code=COUNTY, actor=STRANGER)
        made = actions.derive_people(county_code=COUNTY, actor=HOUSE)
        carrying.place(made)
        row = queries.people(HOUSE, made)
        assert row.state == "asked", row.fault
        assert row.derived
        assert row.count > 10
        assert "推算" in row.source
        towns = regions_queries.populations_in(codes.span(COUNTY), level="town")
        assert row.total == sum(one.count for one in towns.values())


def test_uploads_of_yesterday_that_nobody_waits_for_are_removed() -> None:
    with county():
        waiting = makers.asked_people()
        undone = new_id()
        store.keep_upload(undone, "cells.csv", io.BytesIO(b"x"))
        assert carrying.sweep(clock.now()) == 0
        assert carrying.sweep(clock.now() + timedelta(days=2)) == 1
        assert store.upload_of(undone) is None
        assert store.upload_of(waiting) is not None
