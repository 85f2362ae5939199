"""A county counted by hand (A10.8): every sum of the page is one that a planner made beforehand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

from yike.rooms.reach import actions, carrying, queries
from yike.rooms.reach.models import Run
from yike.rooms.reach.scenarios import Edit
from yike.rooms.reach.tests import makers
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, county

pytestmark = pytest.mark.django_db
FOUND = makers.TOY["得"]
AFTER = makers.TOY["加站之后"]


@pytest.fixture
def page() -> Iterator[queries.RunPage]:
    with county():
        makers.station()
        makers.network()
        makers.people()
        yield queries.run_page(HOUSE, makers.run())


def test_the_sums_are_those_made_by_hand(page: queries.RunPage) -> None:
    assert page.row.state == "done", page.row.fault
    assert page.check["total"] == FOUND["总人数"]
    assert page.check["covered"] == FOUND["15分钟内"]
    assert page.check["uncovered"] == FOUND["15分钟外"]
    assert page.check["unreachable"] == FOUND["无路可达"]
    assert page.row.percent == FOUND["百分之"]
    assert page.county is not None
    by_minutes = {
        minutes: round(share * FOUND["总人数"] / 100)
        for minutes, share in zip(page.minutes, page.county.percents, strict=True)
        if share is not None
    }
    assert by_minutes == FOUND["按分钟"]
    assert page.groups[0].total == FOUND["老人"]["总"]
    assert page.groups[0].covered == FOUND["老人"]["内"]


def test_each_village_takes_the_minutes_told(page: queries.RunPage) -> None:
    medians = {row.code: row.median for row in page.villages}
    for one in makers.TOY["村"]:
        told = one["分"]
        assert medians[one["代码"]] == (None if told is None else pytest.approx(told, abs=0.02))


def test_covered_and_uncovered_are_the_whole_in_every_row(page: queries.RunPage) -> None:
    rows = (*page.villages, *page.towns, *page.zones, page.county)
    assert len(page.villages) == 4
    assert len(page.towns) == 2
    for row in rows:
        assert row is not None
        assert row.covered + row.uncovered == row.total
    for table in (page.villages, page.towns, page.zones):
        assert sum(row.total or 0 for row in table) == FOUND["总人数"]


def test_both_yardsticks_stand_side_by_side(page: queries.RunPage) -> None:
    assert page.county is not None
    assert page.county.radius_only == FOUND["半径内但走不到"]
    assert page.county.radius_percent == 92.3  # 600 of 650
    assert "100 人在半径内" in page.county.sentence


def test_the_uncovered_villages_are_named_and_told_why(page: queries.RunPage) -> None:
    far, isle = page.uncovered
    assert (far.people, far.station, far.whole) == (100, "石浦工作站", True)
    assert far.minutes == pytest.approx(24.0, abs=0.1)
    assert (isle.people, isle.minutes, isle.unreachable) == (50, None, 50)
    assert "没有路" in isle.why


def test_a_station_more_covers_the_village_and_not_the_island(page: queries.RunPage) -> None:
    edit = Edit(do="add", name="拟建村点", point=(makers.lon_at(1800), makers.LAT))
    made = actions.ask_scenario(run_id=page.row.id, name="加一站", edits=[edit], actor=HOUSE)
    carrying.reckon(made)
    after = queries.run_page(HOUSE, made)
    assert after.check["covered"] == AFTER["15分钟内"]
    assert [row.code for row in after.uncovered] == AFTER["仍不到"]
    whole, *villages = after.changes
    assert whole.newly_covered == AFTER["新覆盖"]
    assert whole.covered_after == whole.covered_before + whole.newly_covered - whole.lost
    assert [row.newly_covered for row in villages if row.newly_covered] == [100]
    assert after.row.parent_id == page.row.id


def test_closing_the_only_station_is_refused_and_moving_it_away_loses_people(
    page: queries.RunPage,
) -> None:
    station = page.stations[0][0]
    edit = Edit(do="move", station=station, point=(makers.lon_at(3000), makers.LAT))
    made = actions.ask_scenario(run_id=page.row.id, name="移站", edits=[edit], actor=HOUSE)
    carrying.reckon(made)
    whole = queries.run_page(HOUSE, made).changes[0]
    assert whole.lost == 500
    assert whole.covered_after == 0  # 1800 m is 1200 m from there: 16 minutes


def test_a_run_repeated_brings_the_same_bytes_and_a_damaged_one_is_noticed(
    page: queries.RunPage,
) -> None:
    actions.ask_repetition(run_id=page.row.id, actor=HOUSE)
    carrying.repeat(page.row.id)
    assert queries.run_page(HOUSE, page.row.id).repeated.startswith("一致")
    row = Run.objects.get(pk=page.row.id)
    row.tables["check"]["covered"] += 1
    row.save(update_fields=["tables"])
    carrying.repeat(page.row.id)
    assert "可能被改动过" in queries.run_page(HOUSE, page.row.id).repeated


def test_what_is_taken_along_holds_the_same_numbers(page: queries.RunPage) -> None:
    villages = list(csv.reader(io.StringIO(queries.villages_csv(HOUSE, page.row.id))))
    assert sum(int(row[2]) for row in villages[1:5]) == FOUND["总人数"]
    assert "ODbL" in villages[5][0]
    told = json.loads(queries.cells_geojson(HOUSE, page.row.id))
    assert len(told["features"]) == 4
    minutes = {one["id"]: one["properties"]["minutes"] for one in told["features"]}
    assert minutes["c4"] is None
    assert minutes["c1"] == pytest.approx(6.67, abs=0.02)
    cells = queries.cells_csv(HOUSE, page.row.id)
    assert len(cells.splitlines()) == 5


def test_the_first_page_shows_the_last_run(page: queries.RunPage) -> None:
    face = queries.overview(HOUSE, county=COUNTY)
    assert face.last is not None
    assert face.last.row.percent == FOUND["百分之"]
    assert face.people is not None
    assert face.people.total == FOUND["总人数"]
    assert face.lacking == ("骑行", "车行")
