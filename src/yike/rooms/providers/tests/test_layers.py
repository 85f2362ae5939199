"""Counts per 10,000 people, small numbers unranked, blank areas; verification and corrections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.providers import actions, checked, layers
from yike.rooms.regions import actions as region_actions
from yike.rooms.trail.models import Entry

COUNTY, SHIPU, HEPU = makers.COUNTY, makers.SHIPU, makers.HEPU


def test_a_rate_needs_people() -> None:
    assert layers.rate(3, 60_000) == 0.5
    assert layers.rate(3, None) is None
    assert layers.rate(3, 0) is None
    assert layers.rate(0, 60_000) == 0


def test_small_numbers_are_not_ranked_and_equals_share_a_rank() -> None:
    cells = [(5, 2.0), (2, 9.0), (4, 1.0), (6, 2.0), (8, None), (3, 0.5)]
    assert layers.ranks(cells, small=3) == [1, None, 2, 1, None, 3]


@pytest.fixture
def county(db: None) -> makers.County:
    return makers.furnish()


def house(kind: str, region: str, code: str, **told: Any) -> UUID:
    with acting(makers.SYSTEM):
        return actions.register_institution(
            code=code, name=f"{code}机构", kind=kind, region_code=region, actor=makers.SYSTEM,
            **told,
        )  # fmt: skip


def people(count: int, house_id: UUID, kind: str = "05") -> None:
    with acting(makers.SYSTEM):
        for number in range(count):
            actions.register_practitioner(
                institution_id=house_id, name=f"调解员{number}", kind=kind, actor=makers.SYSTEM
            )


def counted(code: str, count: int, year: int = 2024) -> None:
    facts = region_actions.PopulationFacts(
        region_code=code, year=year, kind="register", count=count, source="户籍年报"
    )
    with acting(makers.SYSTEM):
        region_actions.import_figures(
            populations=[facts], areas=[], file_name="x", actor=makers.SYSTEM
        )


class TestLayers:
    def test_counts_rates_and_the_figure_they_stand_on(self, county: makers.County) -> None:
        people(4, house("mediation", f"{SHIPU[:9]}004", "T1"))
        people(2, house("mediation", HEPU, "T2"))
        people(3, house("mediation", COUNTY, "T3"))
        counted(SHIPU, 80_000)
        with acting(makers.VISITOR):
            found = layers.layers_of(COUNTY, kind="05")
        rows = {row.unit.code: row for row in found.rows}
        shipu, hepu = rows[SHIPU].cells[0], rows[HEPU].cells[0]
        assert (shipu.houses, shipu.people, shipu.people_rate) == (1, 4, 0.5)
        assert shipu.houses_rate == 0.125
        assert rows[SHIPU].population is not None
        assert "2024 年户籍，户籍年报" in found.vintages
        assert (hepu.people, hepu.rank, shipu.rank) == (2, None, 1), "two are not ranked"
        assert (found.county.cells[0].people, found.county.cells[0].people_rate) == (3, None)
        assert found.total.cells[0].people == 9

    def test_without_people_there_is_no_rate(self, county: makers.County) -> None:
        with acting(makers.SYSTEM), connection.cursor() as cursor:
            cursor.execute("delete from regions_population where region_id = %s", [SHIPU])
        people(4, house("mediation", SHIPU, "T1"))
        with acting(makers.VISITOR):
            found = layers.layers_of(COUNTY, kind="05")
        cell = next(row.cells[0] for row in found.rows if row.unit.code == SHIPU)
        assert (cell.people, cell.people_rate, cell.rank) == (4, None, None)
        assert "石浦镇" in found.uncounted

    def test_whoever_left_is_not_counted(self, county: makers.County) -> None:
        made = house("notary", SHIPU, "T1")
        with acting(makers.SYSTEM):
            actions.close_institution(institution_id=made, reason="搬走", actor=makers.SYSTEM)
        with acting(makers.VISITOR):
            assert layers.layers_of(COUNTY, kind="02").total.cells[0].houses == 0

    def test_blank_areas_name_the_nearest_and_who_says_to_serve(
        self, county: makers.County
    ) -> None:
        house("notary", SHIPU, "T1", areas=["330225102000"])
        with acting(makers.VISITOR):
            found = layers.blanks_of(COUNTY, kind="02")
        rows = {row.town.name: row for row in found.rows}
        assert "石浦镇" not in rows
        xizhou = rows["西周镇"]
        assert xizhou.nearest == "T1机构"
        assert xizhou.km is not None
        assert xizhou.km > found.reach_km
        assert xizhou.served_by == ("T1机构",)
        assert not set(rows) & set(found.unplaced), "what cannot be measured is not called blank"
        with acting(makers.VISITOR):
            nobody = layers.blanks_of(COUNTY, kind="09").rows
        assert {(row.nearest, row.km, row.unplaced) for row in nobody} == {("", None, 0)}
        house("arbitration", COUNTY, "T9")  # the county has no known centre
        with acting(makers.VISITOR):
            (unknown,) = {row.unplaced for row in layers.blanks_of(COUNTY, kind="04").rows}
        assert unknown == 1, "where nobody knows, nothing is called near or far"


class TestVerified:
    def test_by_a_registrar_and_by_whoever_is_in_charge(self, county: makers.County) -> None:
        made = house("notary", SHIPU, "T1")
        with acting(county.dispatcher):
            actions.charge_kind(
                region_code=COUNTY, kind="02", department="公共法律服务科",
                account_id=county.wang.account_id, actor=county.dispatcher,
            )  # fmt: skip
        for actor in (county.wang, county.dispatcher):
            with acting(actor):
                actions.verify_institution(
                    institution_id=made, source=f"{actor.label}电话核实", actor=actor
                )
        with acting(makers.VISITOR):
            assert checked.last_checks([made])[made].source.endswith("电话核实")
        for other in (county.zhao, county.qian, makers.VISITOR):
            with acting(other), pytest.raises(NotAllowed):
                actions.verify_institution(institution_id=made, source="x", actor=other)

    def test_stale_after_the_countys_days_never_first(self, county: makers.County) -> None:
        old, new = house("notary", SHIPU, "T1"), house("notary", HEPU, "T2")
        never = house("notary", COUNTY, "T3")
        today = clock.today()
        with acting(county.dispatcher):
            for ref, days in ((old, 181), (new, 180)):
                actions.verify_institution(
                    institution_id=ref, source="网站", actor=county.dispatcher,
                    checked_on=today - timedelta(days=days),
                )  # fmt: skip
            with pytest.raises(BadInput):
                actions.verify_institution(
                    institution_id=old, source="网站", actor=county.dispatcher,
                    checked_on=today + timedelta(days=1),
                )  # fmt: skip
            rows = checked.verified(COUNTY, kind="02")
        assert [(row.house.id, row.stale) for row in rows] == [
            (never, True), (old, True), (new, False),
        ]  # fmt: skip


class TestCorrections:
    def report(self, house_id: UUID, **told: Any) -> str:
        usual: dict[str, Any] = {
            "about": "institution", "subject": house_id, "name": "T1机构", "region_code": SHIPU,
            "kind": "02", "wrong": "phone", "words": "空号",
        }  # fmt: skip
        with acting(makers.VISITOR):
            return actions.report_wrong(**usual | told, actor=makers.VISITOR)

    def listed(self, actor: Actor) -> list[str]:
        with acting(actor):
            return [row.code for row in checked.corrections_for(actor, COUNTY)]

    def read(self, code: str) -> checked.CorrectionRow:
        with acting(makers.VISITOR.claiming(code, "")):
            return checked.correction_by_code(code, COUNTY)

    def test_goes_to_the_section_and_comes_back_by_the_code(self, county: makers.County) -> None:
        made = house("notary", SHIPU, "T1")
        with acting(county.dispatcher):
            actions.charge_kind(
                region_code=COUNTY, kind="02", department="公共法律服务科",
                account_id=county.zhao.account_id, actor=county.dispatcher,
            )  # fmt: skip
        with clock.at(clock.now() - timedelta(days=6)):
            code = self.report(made)
        assert self.listed(county.zhao) == self.listed(county.director) == [code]
        assert self.listed(county.wang) == self.listed(county.qian) == []
        with acting(county.zhao):
            (row,) = checked.corrections_for(county.zhao, COUNTY)
            assert (row.days, row.late, row.department) == (6, True, "公共法律服务科")
            told: dict[str, Any] = {"correction_id": row.id, "outcome": "fixed"}
            actions.answer_correction(**told, answer="已改为新号码", actor=county.zhao)
            with pytest.raises(Clash):
                actions.answer_correction(**told, answer="再答一次", actor=county.zhao)
        assert (self.read(code).outcome_name, self.read(code).answer) == ("已改正", "已改为新号码")
        assert self.listed(county.zhao) == []
        kept = Entry.objects.filter(about="correction")
        with acting(makers.SYSTEM):
            assert not any("空号" in row.body for row in kept), "what was typed is not in the trail"

    def test_others_neither_see_nor_answer_it(self, county: makers.County) -> None:
        code = self.report(house("notary", SHIPU, "T1"))
        with acting(makers.SYSTEM):
            ref = checked.correction_by_code(code, COUNTY).id
        for actor in (county.wang, county.qian, county.lawyer):
            with acting(actor), pytest.raises(NotFound):
                actions.answer_correction(
                    correction_id=ref, outcome="right", answer="没错", actor=actor
                )
        citizen = makers.VISITOR.claiming(code, "")
        with acting(citizen), pytest.raises(NotAllowed):
            actions.answer_correction(
                correction_id=ref, outcome="right", answer="没错", actor=citizen
            )
        with acting(makers.VISITOR), pytest.raises(NotFound):
            checked.correction_by_code(code, COUNTY)
        with acting(citizen), connection.cursor() as cursor:
            cursor.execute("update providers_correction set answer = 'x'")
            assert cursor.rowcount == 0

    def test_other_needs_words_and_a_station_goes_to_the_registrars(
        self, county: makers.County
    ) -> None:
        with pytest.raises(BadInput):
            self.report(new_id(), wrong="other", words=" ")
        code = self.report(new_id(), about="station", kind="")
        assert self.listed(county.dispatcher) == [code]
