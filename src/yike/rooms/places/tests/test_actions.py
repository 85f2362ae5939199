"""Deeds on stations, terminals and signs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, queries
from yike.rooms.places.models import Lineage, Station
from yike.rooms.places.tests import makers
from yike.rooms.regions.tests.makers import (
    COUNTY,
    GUEST,
    HOUSE,
    JINPING,
    KEEPER,
    SHIPU,
    STRANGER,
    county,
)
from yike.rooms.trail import queries as trail_queries
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db


def said() -> list[str]:
    """The sentences of this room, in order."""
    rows = Entry.objects.filter(kind__startswith="places.").order_by("id")
    return [kind.partition(".")[2] for kind in rows.values_list("kind", flat=True)]


class TestRegister:
    def test_a_station_with_everything(self) -> None:
        with county():
            ref = makers.station(
                point=(121.938367, 29.202686), crs="gcj02", services=[("S06", "direct")],
                phone="0574-65980012",
            )  # fmt: skip
            row = queries.station(ref)
            assert row.point is not None
            assert abs(row.point[0] - 121.934406) < 1e-5, "kept in WGS84"
            assert (row.level_name, row.region_name) == ("公共法律服务工作站", "象山县石浦镇")
            assert row.services_sentence == "法律援助（直接提供）"
            assert said() == ["StationRegistered"]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"name": " "}, "name"),
            ({"level": 1}, "level"),
            ({"point": (116.4, 39.9)}, "point"),
            ({"point": (29.2, 121.9)}, "position"),
            ({"hours": {"mon": [["18:00", "08:00"]]}}, "hours"),
            ({"holiday_rule": "maybe"}, "holiday_rule"),
            ({"services": [("S01", "shouting")]}, "services"),
        ],
    )
    def test_a_wrong_fact_is_named(self, facts: dict[str, Any], field: str) -> None:
        with county():
            makers.house()
            with pytest.raises(BadInput) as refused:
                makers.station(**facts)
            assert refused.value.field == field
            assert said() == []

    def test_a_code_is_used_once(self) -> None:
        with county():
            makers.station("SP")
            with pytest.raises(Clash):
                makers.station("SP")

    def test_a_parent_is_of_a_higher_level(self) -> None:
        with county():
            town = makers.station("SP")
            makers.station("JP", level=4, region_code=JINPING, parent_id=town)
            with pytest.raises(BadInput):
                makers.station("X", level=3, parent_id=town)
            with pytest.raises(NotFound):
                makers.station("Y", level=4, parent_id=new_id())

    @pytest.mark.parametrize("actor", [GUEST, STRANGER])
    def test_strangers_alter_nothing(self, actor: Actor) -> None:
        with county():
            ref = makers.station()
            with acting(actor):
                with pytest.raises(NotAllowed):
                    makers.station("X", actor=actor)
                with pytest.raises((NotAllowed, NotFound)):
                    actions.close_station(station_id=ref, reason="x", actor=actor)
                assert Station.objects.filter(pk=ref).update(name="x") == 0

    def test_a_keeper_registers_in_their_county(self) -> None:
        with county():
            makers.house()
            with acting(KEEPER):
                makers.station(actor=KEEPER)


class TestRevise:
    def test_names_what_changed_and_nothing_is_no_deed(self) -> None:
        with county():
            ref = makers.station()
            for _ in range(2):
                actions.revise_station(station_id=ref, address="渔港路1号", actor=HOUSE)
            assert queries.station(ref).address == "渔港路1号"
            assert said() == ["StationRegistered", "StationRevised"]
            assert "地址" in Entry.objects.get(kind="places.StationRevised").body


class TestHistory:
    def test_staff_read_the_history_of_a_station_and_visitors_do_not(self) -> None:
        with county():
            ref = makers.station(name="石浦工作站")
            actions.revise_station(station_id=ref, phone="0574-1", actor=HOUSE)
            with acting(STRANGER):
                rows = trail_queries.history_of("station", str(ref), actor=STRANGER).rows
            with acting(GUEST):
                assert not trail_queries.history_of("station", str(ref), actor=GUEST).rows
        assert [row.sentence for row in rows] == [
            "登记站点 石浦工作站", "变更站点 石浦工作站 的 电话",
        ]  # fmt: skip


class TestEnd:
    def test_a_closed_station_stays_readable_and_leaves_the_register(self) -> None:
        with county():
            ref = makers.station(opened_on=date(2024, 1, 1))
            actions.close_station(
                station_id=ref, reason="搬迁", closed_on=date(2025, 1, 1), actor=HOUSE
            )
            assert queries.stations_in(COUNTY) == ()
            assert len(queries.stations_in(COUNTY, on=date(2024, 12, 31))) == 1
            assert queries.station(ref).closed_on == date(2025, 1, 1)
            with pytest.raises(NotAllowed):
                actions.revise_station(station_id=ref, phone="1", actor=HOUSE)

    def test_nobody_is_left_hanging(self) -> None:
        with county():
            town = makers.station("SP")
            makers.station("JP", level=4, region_code=JINPING, parent_id=town)
            with pytest.raises(NotAllowed):
                actions.close_station(station_id=town, reason="x", actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.split_station(
                    station_id=town, into_ids=[makers.station("A"), makers.station("B")],
                    reason="x", actor=HOUSE,
                )  # fmt: skip

    def test_a_merger_moves_what_hung_on_the_old_ones(self) -> None:
        with county():
            one, two, heir = makers.station("A"), makers.station("B"), makers.station("C")
            room = makers.station("JP", level=4, region_code=JINPING, parent_id=one)
            machine = actions.register_facility(
                facility="terminal",
                code="T1", name="自助机", kind="法律服务自助机", region_code=SHIPU, station_id=two,
                actor=HOUSE,
            )  # fmt: skip
            actions.merge_stations(station_ids=[one, two], into_id=heir, reason="撤并", actor=HOUSE)
            assert queries.station(room).parent_id == heir
            assert {row.id: row.station_id for row in queries.facilities_in(COUNTY)} == {
                machine: heir
            }
            assert [row.code for row in queries.stations_in(COUNTY, level=3)] == ["C"]
            assert {row.before_name for row in queries.lineage_of(heir)} == {"站点A", "站点B"}
            assert said()[-2:] == ["StationMerged", "StationMerged"]

    def test_no_merger_into_itself_downward_or_into_the_closed(self) -> None:
        with county():
            town, room = makers.station("A"), makers.station("B", level=4, region_code=JINPING)
            for ids, into in (([town], town), ([town], room), ([], town)):
                with pytest.raises(BadInput):
                    actions.merge_stations(station_ids=ids, into_id=into, reason="x", actor=HOUSE)
            actions.close_station(station_id=town, reason="x", actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.merge_stations(station_ids=[room], into_id=town, reason="x", actor=HOUSE)
            assert not Lineage.objects.exists()

    def test_a_division_names_its_heirs(self) -> None:
        with county():
            old, one, two = makers.station("A"), makers.station("B"), makers.station("C")
            with pytest.raises(BadInput):
                actions.split_station(station_id=old, into_ids=[one], reason="x", actor=HOUSE)
            actions.split_station(station_id=old, into_ids=[one, two], reason="分设", actor=HOUSE)
            assert [row.kind_name for row in queries.lineage_of(old)] == ["分设", "分设"]
            assert queries.station(old).closed_on is not None


class TestFacilities:
    def test_status_and_removal(self) -> None:
        with county():
            sign = actions.register_facility(
                facility="sign",
                code="S1",
                name="指引牌",
                kind="12348热线指引牌",
                region_code=JINPING,
                actor=HOUSE,
            )
            actions.set_facility_status(
                facility="sign", facility_id=sign, status="broken", actor=HOUSE
            )
            [row] = queries.facilities_in(COUNTY, "sign")
            assert row.status_name == "故障"
            assert queries.facilities_in(COUNTY, "terminal") == ()
            actions.set_facility_status(
                facility="sign", facility_id=sign, status="removed", actor=HOUSE
            )
            assert queries.facilities_in(COUNTY) == ()
            with pytest.raises(BadInput):
                actions.set_facility_status(
                    facility="sign", facility_id=sign, status="lost", actor=HOUSE
                )
            with pytest.raises(NotFound):
                actions.set_facility_status(
                    facility="lamp", facility_id=sign, status="broken", actor=HOUSE
                )
