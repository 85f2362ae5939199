"""Equity of the toy county, counted by hand: catchments, Gini, gaps; unknown is not zero."""

from __future__ import annotations

from datetime import date

import pytest

from yike.rooms.core.refusal import BadInput
from yike.rooms.reach import actions, carrying, queries
from yike.rooms.reach.assembling import Supply
from yike.rooms.reach.models import Run
from yike.rooms.reach.tests import makers
from yike.rooms.regions.tests.makers import HOUSE, county

pytestmark = pytest.mark.django_db
TOLD = makers.TOY["服务时数"]


def _supply(station: object, hours: float = TOLD["站"]) -> Supply:
    told = {str(station): hours, "elsewhere": 100.0}
    return Supply(from_on=date(2026, 11, 2), until_on=date(2026, 11, 30), hours=told)


def test_the_equity_of_a_run_is_as_counted_by_hand() -> None:
    with county():
        station = makers.station()
        makers.network()
        makers.people()
        page = queries.access_page(HOUSE, makers.run(supply=_supply(station)))
        _hours_are_shared_out(page)
        _gini_and_lorenz_are_right(page)
        _gaps_and_groups_are_told(page)


def _hours_are_shared_out(page: queries.AccessPage) -> None:
    assert page.row.state == "done", page.row.fault
    by_code = {one.code: one.mean for one in page.villages_access}
    assert by_code == {code: pytest.approx(mean) for code, mean in TOLD["每千人"].items()}
    whole = next(one for one in page.access if (one.kind, one.group) == ("all", "全体"))
    assert whole.mean == pytest.approx(TOLD["全县每千人"], abs=1e-4)
    assert whole.without == TOLD["得不到"]
    (station,) = page.stations
    assert (station.hours, station.people, station.told) == (TOLD["站"], 458, True)


def _gini_and_lorenz_are_right(page: queries.AccessPage) -> None:
    assert page.hours is not None
    assert page.hours.gini == pytest.approx(TOLD["基尼"], abs=1e-6)
    assert page.hours.lorenz[0] == (0.0, 0.0)
    assert page.hours.lorenz[-1] == (1.0, 1.0)
    assert [percent for percent, _ in page.tenths] == [*range(10, 101, 10)]
    assert page.time.left_out == makers.TOY["得"]["无路可达"]


def _gaps_and_groups_are_told(page: queries.AccessPage) -> None:
    assert [[one.people, one.station] for one in page.gaps] == makers.TOY["缺口"]
    assert [one.name for one in page.groups] == ["全体", "老年人"]
    assert page.lacking == ("儿童", "残疾人")
    assert sum(row.total or 0 for row in page.groups[1].towns) == makers.TOY["得"]["老人"]["总"]
    sheet = queries.access_csv(HOUSE, page.row.id).splitlines()
    assert "每千人可得服务时数" in sheet[0]
    assert any(line.startswith("村（社区）,330225101202,") for line in sheet)


def test_a_run_without_hours_or_people_says_so() -> None:
    with county():
        station = makers.station()
        makers.network()
        makers.people()
        with pytest.raises(BadInput, match="值班表"):
            makers.run(supply=_supply(station, 0.0))
        made = makers.run()
        page = queries.access_page(HOUSE, made)
        assert page.hours is None
        assert page.known
        carrying.repeat(made)
        assert Run.objects.get(pk=made).repeated.startswith("一致")


def test_people_nobody_counted_are_unknown_and_not_zero() -> None:
    with county():
        station = makers.station()
        makers.network()
        empty = makers.cells_csv().decode().replace(",300,60,", ",,,").replace(",200,50,", ",,,")
        empty = empty.replace(",100,40,", ",,,").replace(",50,20,", ",,,")
        made = makers.asked_people(empty.encode())
        actions.confirm_people(people_id=made, system="wgs84", actor=HOUSE)
        page = queries.access_page(HOUSE, makers.run(supply=_supply(station)))
        assert page.people is None
        assert page.time.gini is None
        assert {one.mean for one in page.villages_access} == {None}
