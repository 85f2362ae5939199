"""Counts of people and areas from files: side by side, whole or not at all, the unknown unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.regions import actions, choosing, figures, population_files, queries
from yike.rooms.regions.population_files import Usual
from yike.rooms.regions.tests.makers import COUNTY, GUEST, KEEPER, SHIPU, STRANGER, county

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases/current.yaml").read_text(encoding="utf-8")
)
USUAL = Usual(year=2023, source="2023年统计公报")
HEAD = (
    "代码,乡镇,村,年份,口径,来源,总人口,0-14岁,60岁及以上,65岁及以上,持证残疾人,面积（平方公里）\n"
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_which_figure_is_current(case: dict[str, Any]) -> None:
    found = choosing.current(choosing.Vintage(**told) for told in case["figures"])
    assert (found.row if found else None) == case["current"]
    backward = choosing.current(choosing.Vintage(**told) for told in case["figures"][::-1])
    assert found == backward, "the order in which they are told decides nothing"


def check(text: str, usual: Usual = USUAL) -> population_files.Figures:
    return population_files.check(text.encode(), county=COUNTY, usual=usual)


def faults(text: str, usual: Usual = USUAL) -> list[str]:
    return [str(fault) for fault in check(text, usual).faults]


def bring(text: str, actor: Actor = KEEPER, usual: Usual = USUAL) -> actions.Written:
    read = check(text, usual)
    assert read.faults == []
    return actions.import_figures(
        populations=read.populations, areas=read.areas, file_name="x.csv", actor=actor
    )


@pytest.mark.django_db
class TestFile:
    def test_every_fault_has_its_line(self) -> None:
        rows = [
            "330225101,石浦镇,,,,,100,,,,,",
            ",石浦镇,,,,,12.5万,,,,,",
            "330225199,,,,,,5,,,,,",
            ",,,,,,5,,,,,",
            ",石埔镇,,,,,5,,,,,",
            "330225102,,,1890,,,5,,,,,",
            "330225103,,,,听说,,5,,,,,",
            "330225104,,,,,,10,,11,,,",
            "330225105,,,,,,10,,3,4,,",
            "330225106,,,,,,10,6,5,,,",
            "330225107,,,,,,,1,,,,",
            "330225108,,,,,,,,,,,",
            "330225101,,,,,,7,,,,,",
            "330225200,,,,,,7,,,,,-3",
            "330225101,鹤浦镇,,2022,,,7,,,,,",
        ]
        with county():
            said = faults(HEAD + "\n".join(rows) + "\n")
        lines = [line.split("：")[0] for line in said]
        assert lines == [f"第 {n} 行" for n in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)]
        assert "不是万人" in said[0]
        assert "是不是“石浦镇”" in said[3]
        assert "第 2 行重复" in said[11]

    def test_a_line_without_source_and_year_is_refused(self) -> None:
        with county():
            said = faults("乡镇,总人口\n石浦镇,5\n", Usual())
        assert [("来源" in line) or ("年份" in line) for line in said] == [True, True]

    def test_an_unknown_column_names_the_known_ones(self) -> None:
        with county():
            (said,) = faults("乡镇,人数\n石浦镇,5\n")
        assert said.startswith("第 1 行")
        assert "总人口" in said

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
    def test_the_template_is_read_again(self, encoding: str) -> None:
        with county():
            text = population_files.template(COUNTY).decode("utf-8-sig")
            assert "330225101000,石浦镇" in text
            filled = text.replace("石浦镇,,,,,,", "石浦镇,,,,,66000,", 1)
            kept = [row for row in filled.splitlines() if "66000" in row or "总人口" in row]
            raw = "\n".join(kept).encode(encoding)
            made = population_files.check(raw, county=COUNTY, usual=USUAL)
        assert made.faults == []
        assert [(one.region_code, one.count) for one in made.populations] == [(SHIPU, 66000)]


@pytest.mark.django_db
class TestDeed:
    def test_vintages_stand_side_by_side(self) -> None:
        with county():
            bring(HEAD + "330225101,,,2020,普查,七普,64000,,13000,,,125.5\n")
            bring(HEAD + "330225101,,,2023,户籍,公安,85000,,,,,\n", KEEPER)
            with acting(GUEST):
                page = figures.unit_page(SHIPU)
        assert [(one.year, one.count) for one in page.populations] == [(2023, 85000), (2020, 64000)]
        assert page.overview.own.population == page.populations[0]
        assert page.populations[1].groups == {"aged_60": 13000}, "what nobody told is missing"
        assert page.overview.own.area is not None
        assert page.overview.own.area.km2 == 125.5

    def test_the_same_again_adds_nothing_and_another_number_is_refused(self) -> None:
        row = "330225101,,,2020,普查,七普,{},,,,,\n"
        with county():
            bring(HEAD + row.format(64000))
            assert bring(HEAD + row.format(64000)).populations == 0
            (said,) = faults(HEAD + row.format(64001))
            facts = actions.PopulationFacts(
                region_code=SHIPU, year=2020, kind="census", count=1, source="七普"
            )
            with pytest.raises(Clash):
                actions.import_figures(populations=[facts], areas=[], file_name="x", actor=KEEPER)
            assert [row.count for row in queries.population_of(SHIPU)] == [64000]
        assert said.startswith("第 2 行")
        assert "更正" in said

    def test_only_keepers_of_the_region_add(self) -> None:
        with county():
            for actor in (STRANGER, GUEST):
                with pytest.raises(NotAllowed):
                    bring(HEAD + "330225101,,,,,,5,,,,,\n", actor)

    def test_rows_let_nobody_else_in(self) -> None:
        with county():
            pass
        add = "insert into regions_area (region_id, year, km2, source) values (%s, 2020, 1, 'x')"
        for actor, allowed in ((KEEPER, True), (STRANGER, False), (GUEST, False)):
            with county(), acting(actor), connection.cursor() as cursor:
                if allowed:
                    cursor.execute(add, [SHIPU])
                    cursor.execute("update regions_area set km2 = 2")
                    assert cursor.rowcount == 0, "nobody overwrites a figure"
                else:
                    with pytest.raises(ProgrammingError), transaction.atomic():
                        cursor.execute(add, [SHIPU])
