"""Equal, affordable, easy: the sums are right, and what nobody knows is said to be unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from yike.doors.desk import equality
from yike.doors.desk.equality_rules import gap_of, median_of, price_of, share_of
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import COUNTY


def test_a_gap_has_its_two_ends_and_is_unknown_of_less_than_two() -> None:
    gap = gap_of([("远", 30.0), ("近", 10.0), ("不详", None)])
    assert gap is not None
    assert (gap.best, gap.worst, gap.difference, gap.ratio) == ("近", "远", 20.0, 3.0)
    assert gap_of([("一", 1.0), ("不详", None)]) is None
    still = gap_of([("零", 0.0), ("多", 2.0)])
    assert still is not None
    assert still.ratio is None


@pytest.mark.parametrize(
    ("values", "median"), [((), None), ((3.0,), 3.0), ((1.0, 9.0, 2.0), 2.0), ((4.0, 1.0), 2.5)]
)
def test_the_median(values: tuple[float, ...], median: float | None) -> None:
    assert median_of(values) == median


@pytest.mark.parametrize(
    ("fee", "said"),
    [
        ("免费", "free"),
        ("", "unknown"),
        ("—", "unknown"),
        ("50元/件", "paid"),
    ],
)
def test_an_empty_price_is_not_free(fee: str, said: str) -> None:
    assert price_of(fee) == said


def test_a_share_of_nothing_is_unknown() -> None:
    assert share_of(0, 0) is None
    assert share_of(1, 3) == 33.3


@pytest.mark.django_db
def test_without_a_run_the_gaps_are_unknown_and_times_are_those_of_the_demands(
    county: makers.County, sit: Callable[[Actor], Client]
) -> None:
    makers.opened()
    with acting(county.dispatcher):
        face = equality.equality_face(county.dispatcher, COUNTY, 90)
    told = {row.name: row for _, rows in face.parts for row in rows}
    assert told["乡镇之间的用时差距"].value == ""
    assert told["到办结的时间"].value == ""
    assert told["网上提出的比例"].source == "这段时间的 1 件诉求"
    by_clock = told["到办结的时间"].formula
    assert "工作时间，按单位的工作日历" in by_clock
    with acting(county.dispatcher):
        away = equality.equality_face(county.dispatcher, COUNTY, 90, makers.HEPU)
    assert "这段时间的 0 件诉求" in {row.source for _, rows in away.parts for row in rows}
    page = sit(county.dispatcher).get(f"/desk/equality?days=30&town={makers.SHIPU}")
    assert f'value="{makers.SHIPU}" selected' in page.content.decode()
    page = sit(county.dispatcher).get("/desk/equality?days=30")
    assert page.status_code == 200
    assert "不详" in page.content.decode()


@pytest.mark.django_db
def test_a_night_and_a_weekend_are_no_working_time(county: makers.County) -> None:
    del county
    friday = datetime(2026, 11, 20, 16, tzinfo=clock.CIVIL)
    monday = datetime(2026, 11, 23, 10, tzinfo=clock.CIVIL)
    with acting(makers.SYSTEM):
        found = clocks_queries.worked_hours("office", [(friday, monday), (monday, friday)])
        assert clocks_queries.worked_hours("没有", [(friday, monday)]) is None
    assert found is not None
    assert 1 <= found[0] <= 6
    assert found[1] == 0
