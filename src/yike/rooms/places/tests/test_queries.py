"""Reading the stations: the nearest, the open, the public register."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest

from yike.rooms.clocks import reference as clock_reference
from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard.acting import acting
from yike.rooms.places import queries
from yike.rooms.places.export import HEAD, export_register_csv
from yike.rooms.places.hours import ALWAYS
from yike.rooms.places.tests import makers
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, JINPING, SHIPU, county

pytestmark = pytest.mark.django_db

DANCHENG = (121.8683, 29.45059)
HEPU = (121.8944, 29.1523)


def civil(text: str) -> datetime:
    """A civil moment."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.CIVIL)


class TestNearest:
    def test_by_point_straight_and_in_order(self) -> None:
        with county():
            makers.station("SP", point=(121.9275, 29.2061))
            makers.station("HP", region_code="330225103000", point=HEPU)
            makers.station("DX", region_code="330225002000", point=DANCHENG, level=2)
            makers.station("NO", region_code="330225102000")
            with acting(GUEST):
                near = queries.nearest_stations(county=COUNTY, point=(121.93, 29.2), k=2)
                assert [one.station.code for one in near] == ["SP", "HP"]
                assert 700 < near[0].distance_m < 730
                assert near[0].sentence == f"直线距离约{near[0].distance_m}米"
                assert "公里" in near[1].sentence
                [centre] = queries.nearest_stations(county=COUNTY, point=(121.93, 29.2), level=2)
                assert centre.station.code == "DX"

    def test_from_a_village_without_a_known_centre_by_its_town(self) -> None:
        with county():
            makers.station("SP", point=(121.9275, 29.2061), services=[("S03", "booking")])
            makers.station("HP", region_code="330225103000", point=HEPU)
            [near] = queries.nearest_stations(county=COUNTY, region_code="330225103201", k=1)
            assert near.station.code == "HP"
            [notary] = queries.nearest_stations(county=COUNTY, region_code=JINPING, service="S03")
            assert notary.station.code == "SP"

    def test_says_so_when_no_centre_is_known(self) -> None:
        with county(), pytest.raises(BadInput) as refused:
            queries.nearest_stations(county=COUNTY, region_code="330225001003")
        assert "手机定位" in refused.value.way_on


class TestOpen:
    def test_holidays_and_make_up_days_of_the_office_calendar(self) -> None:
        with county():
            clock_reference.load_reference(actor=HOUSE)
            row = queries.station(makers.station(opened_on=date(2024, 1, 1)))
            always = queries.station(
                makers.station("B", hours=ALWAYS, holiday_rule="open", opened_on=date(2024, 1, 1))
            )
            assert queries.open_now(row, civil("2026-09-30T10:00"))
            assert not queries.open_now(row, civil("2026-10-01T10:00")), "National Day"
            assert queries.open_now(always, civil("2026-10-01T10:00"))
            assert queries.open_now(row, civil("2026-10-10T10:00")), "a Saturday made up for"
            assert not queries.open_now(row, civil("2026-10-17T10:00")), "a plain Saturday"
            assert not queries.open_now(always, civil("2023-12-31T10:00")), "not opened yet"

    def test_without_a_calendar_weekdays_decide(self) -> None:
        with county():
            row = queries.station(makers.station(opened_on=date(2024, 1, 1)))
            assert queries.open_now(row, civil("2026-09-30T10:00"))
            assert not queries.open_now(row, civil("2026-09-30T12:30"))


class TestRegister:
    def test_every_open_station_in_order_in_few_queries(
        self, django_assert_max_num_queries: object
    ) -> None:
        with county():
            centre = makers.station("XS", level=2, region_code=COUNTY)
            for number in range(10):
                makers.station(f"S{number}", parent_id=centre, services=[("S06", "direct")])
            with acting(GUEST), django_assert_max_num_queries(4):  # type: ignore[operator]
                rows = queries.public_register(COUNTY)
        assert [row.code for row in rows][:2] == ["XS", "S0"]
        assert len(rows) == 11

    def test_as_a_file_that_office_programs_open(self) -> None:
        with county():
            makers.station(
                "SP", name="=1+1", address="渔港路1号, 二楼", services=[("S06", "direct")],
                point=(121.9275, 29.2061), demo=True,
            )  # fmt: skip
            raw = export_register_csv(COUNTY)
        assert raw.startswith("\ufeff".encode())
        head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
        assert tuple(head) == HEAD
        found = dict(zip(head, row, strict=True))
        assert found["名称"] == "'=1+1", "a formula is disarmed"
        assert found["区划代码"] == SHIPU
        assert found["服务"] == "法律援助（直接提供）"
        assert found["数据性质"] == "演示数据"
        assert found["地址"] == "渔港路1号, 二楼"
