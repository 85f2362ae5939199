"""Runs by zones, at an instant, kept; yardsticks by version; who may see and who may plan."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from django.db import DatabaseError, transaction

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.places import hours as places_hours
from yike.rooms.places.models import Upkeep
from yike.rooms.places.tests import makers as place_makers
from yike.rooms.reach import actions, carrying, queries, yardsticks
from yike.rooms.reach.assembling import Asked
from yike.rooms.reach.models import Run
from yike.rooms.reach.reckoning import accessing
from yike.rooms.reach.scenarios import Edit
from yike.rooms.reach.tests import makers
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, SHIPU, STRANGER, county

pytestmark = pytest.mark.django_db
#: a Wednesday without a holiday
NOON = datetime(2026, 11, 18, 12, 30, tzinfo=clock.CIVIL)


def _furnish() -> None:
    makers.station(hours=places_hours.OFFICE)
    makers.network()
    makers.people()


def _yardstick(**changed: object) -> None:
    told: dict[str, object] = {
        "county_code": COUNTY, "minutes": 15, "source": "本县方案", "checked_on": date(2026, 11, 1),
        "modes": {"urban": "walk", "rural": "cycle", "remote": "car"},
        "metres": {"urban": 1200, "rural": 2000, "remote": 3000}, "places": {}, "actor": HOUSE,
    }  # fmt: skip
    actions.set_yardstick(**(told | changed))  # type: ignore[arg-type]


def test_each_class_of_zone_is_measured_by_its_own_mode() -> None:
    with county():
        _furnish()
        makers.network("cycle")
        _yardstick(places={SHIPU: "rural", "330225101202": "urban"})
        page = queries.run_page(HOUSE, makers.run(ruler="zones"))
        assert page.row.state == "done", page.row.fault
        by_code = {row.code: row.median for row in page.villages}
        assert by_code["330225101201"] == pytest.approx(4.0, abs=0.02)  # 1000 m at 15 km/h
        assert by_code["330225101202"] == pytest.approx(24.0, abs=0.02)  # 1800 m on foot
        assert {row.name: row.total for row in page.zones} == {"乡村": 550, "城区": 100}
        assert page.row.ruler_name == "按地区类别"


def test_of_several_modes_of_a_class_the_quickest_counts() -> None:
    with county():
        _furnish()
        makers.network("cycle")
        told = {"urban": "walk+cycle", "rural": "walk", "remote": "walk"}
        _yardstick(modes=told, places={SHIPU: "rural", "330225101202": "urban"})
        page = queries.run_page(HOUSE, makers.run(ruler="zones"))
        by_code = {row.code: row.median for row in page.villages}
        assert by_code["330225101202"] == pytest.approx(7.2, abs=0.02)  # 1800 m at 15 km/h
        assert by_code["330225101201"] == pytest.approx(13.33, abs=0.02)  # on foot
        assert any("城区步行或骑行" in one for one in page.assumptions)
        with pytest.raises(BadInput):
            _yardstick(modes=told | {"urban": "cycle+walk"})
    parts = np.array([[3, 4], [5, 5], [90, 70]]), np.array([[3], [5], [60]])
    assert accessing.least(parts).tolist() == [[3, 4], [5, 5], [60, 70]]
    none = np.empty((3, 0), np.int64)
    assert accessing.least((none, none)).shape == (3, 0)


def test_a_network_that_the_yardstick_needs_is_asked_for() -> None:
    with county():
        _furnish()
        with pytest.raises(BadInput) as no:
            actions.ask_run(county_code=COUNTY, asked=Asked(name="现状"), actor=HOUSE)
        assert "骑行" in no.value.sentence
        assert no.value.field == "ruler"


def test_without_people_or_stations_there_is_no_run() -> None:
    asked = Asked(name="现状", ruler="walk")
    with county():
        makers.network()
        with pytest.raises(BadInput, match="人口"):
            actions.ask_run(county_code=COUNTY, asked=asked, actor=HOUSE)
        makers.people()
        with pytest.raises(BadInput, match="站点"):
            actions.ask_run(county_code=COUNTY, asked=asked, actor=HOUSE)
        assert not Run.objects.exists()


def test_at_noon_the_door_is_shut_and_other_hours_open_it() -> None:
    """Who arrives during the break reaches nobody; open at noon, all but the far are served."""
    with county():
        _furnish()
        shut = queries.run_page(HOUSE, makers.run(at=NOON))
        assert shut.check["covered"] == 0
        assert shut.timed
        assert any("12:30 出发" in one for one in shut.assumptions)


def test_other_hours_cover_whom_a_shut_door_did_not() -> None:
    with county():
        _furnish()
        base = makers.run(at=NOON)
        station = queries.run_page(HOUSE, base).stations[0][0]
        edit = Edit(do="hours", station=station, periods=((8 * 60, 12 * 60 + 40),))
        wrong = Edit(do="hours", station=station, periods=((18 * 60, 12 * 60),))
        with pytest.raises(BadInput, match="关门要晚于开门"):
            actions.ask_scenario(run_id=base, name="午间", edits=[wrong], actor=HOUSE)
        made = actions.ask_scenario(run_id=base, name="午间", edits=[edit], actor=HOUSE)
        carrying.reckon(made)
        page = queries.run_page(HOUSE, made)
        assert page.check["covered"] == 300  # 6.67 minutes arrive at 12:36; 13.33 at 12:43
        assert page.changes[0].reached == 300
        assert page.edits == ("“石浦工作站”当天改为 08:00-12:40 开放",)


def test_hours_mean_nothing_where_no_instant_was_asked() -> None:
    with county():
        _furnish()
        base = makers.run()
        station = queries.run_page(HOUSE, base).stations[0][0]
        for edits, field in (
            ([], ""),
            ([Edit(do="hours", station=station, periods=((0, 60),))], "hours"),
            ([Edit(do="close", station=station)], "close"),
            ([Edit(do="move", station="nobody", point=(1.0, 1.0))], "move"),
            ([Edit(do="add", name="无处")], "add_lon"),
            ([Edit(do="move", station=station)], "move_lon"),
        ):
            with pytest.raises(BadInput) as no:
                actions.ask_scenario(run_id=base, name="情景", edits=edits, actor=HOUSE)
            assert no.value.field == field


def test_a_run_is_kept_once_under_a_name() -> None:
    with county():
        _furnish()
        first, second = makers.run(), makers.run()
        actions.keep_snapshot(run_id=first, snapshot="2026 年第三季度", actor=HOUSE)
        with pytest.raises(Clash):
            actions.keep_snapshot(run_id=second, snapshot="2026 年第三季度", actor=HOUSE)
        assert queries.run_page(HOUSE, first).row.snapshot == "2026 年第三季度"
        assert queries.run_page(HOUSE, first).digest == queries.run_page(HOUSE, second).digest


def test_a_station_without_position_is_named_and_a_far_one_too() -> None:
    with county():
        _furnish()
        makers.published(place_makers.station("NOWHERE", name="没有坐标的站"))
        makers.published(place_makers.station("FAR", name="山那边的站", point=(makers.LON, 29.25)))
        said = " ".join(queries.run_page(HOUSE, makers.run()).assumptions)
        assert "没有坐标、未计入的站点 1 个：没有坐标的站" in said
        assert "未接入的站点：山那边的站" in said


def test_only_stations_that_a_citizen_finds_count_unless_the_yardstick_says_else() -> None:
    with county():
        makers.network()
        makers.people()
        ref = makers.station()
        other = place_makers.station("OTHER", name="没上图的站", point=(makers.lon_at(1800), 29.2))
        page = queries.run_page(HOUSE, makers.run())
        assert [one.name for one in page.spots] == ["石浦工作站"]
        assert any("没有上图、未计入的站点 1 个：没上图的站" in one for one in page.assumptions)
        Upkeep.objects.filter(subject=ref).update(published_on=None)
        with pytest.raises(BadInput, match="没有一个上图") as no:
            makers.run()
        assert "上图" in no.value.way_on
        _yardstick(published=False)
        page = queries.run_page(HOUSE, makers.run())
        assert {one.id for one in page.spots} == {str(ref), str(other)}
        assert any("没有上图的也算" in one for one in page.assumptions)


def test_a_yardstick_that_was_set_stays_and_the_next_is_in_force() -> None:
    with county():
        assert yardsticks.current(COUNTY).version == 0
        _yardstick()
        _yardstick(minutes=20)
        ruler = queries.ruler(HOUSE, county=COUNTY)
        assert (ruler.version, ruler.minutes) == (2, 20)
        for wrong in ({"minutes": 0}, {"metres": {"urban": 5}}, {"places": {SHIPU: "sea"}}):
            with pytest.raises(BadInput):
                _yardstick(**wrong)


def test_another_county_sees_nothing_and_a_visitor_neither() -> None:
    with county():
        _furnish()
        run = makers.run()
    for one in (STRANGER, GUEST):
        with acting(one):
            assert not Run.objects.exists()
            assert queries.overview(one, county=COUNTY).networks == ()
            with pytest.raises(NotFound):
                queries.run_page(one, run)
    with acting(KEEPER):
        assert queries.run_page(KEEPER, run).plans


def test_the_database_itself_keeps_others_from_writing() -> None:
    with county():
        _furnish()
        run = makers.run()
    officer = KEEPER.__class__(
        kind="staff", ref=KEEPER.ref, roles=frozenset({"officer"}), region_from=SHIPU,
        region_until="330225102000",
    )  # fmt: skip
    with acting(officer):
        assert not queries.run_page(officer, run).plans
        with pytest.raises(NotAllowed):
            actions.ask_repetition(run_id=run, actor=officer)
        assert Run.objects.filter(pk=run).update(name="x") == 0
        row = Run.objects.get(pk=run)
        row.pk = new_id()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)


def test_what_was_cut_off_says_so_after_a_while() -> None:
    with county():
        _furnish()
        asked = Asked(name="现状", ruler="walk")
        made = actions.ask_run(county_code=COUNTY, asked=asked, actor=HOUSE)
        assert actions.fail_lost(minutes=40, actor=HOUSE) == 0
        with clock.at(clock.now() + (NOON - NOON.replace(hour=11))):
            assert actions.fail_lost(minutes=40, actor=HOUSE) == 1
        assert queries.run_page(HOUSE, made).row.state == "failed"
