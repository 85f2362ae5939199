"""A county from a file: whole, or not at all with every fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from yike.rooms.regions import checking, importing, queries, reference
from yike.rooms.regions.models import Population, Region
from yike.rooms.regions.tests.makers import HOUSE, county
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db

#: 宁海县 as shipped (towns, no villages), and 合肥市.
NEARBY = ("330226000000", "340100000000")
HEAD = "code,name,level,parent_code,lon,lat,crs,population,year\n"
GOOD = (
    HEAD + "330226,宁海县,县,330200,,,,695958,2020\n"
    "330226001,跃龙街道,乡镇,330226,121.43,29.29,wgs84,,\n"
    "330226001001,桃源社区,社区,330226001000,121.4353,29.2947,gcj02,,\n"
)


def faults(text: str) -> list[str]:
    """What is wrong with a file, as the clerk reads it."""
    with county(*NEARBY):
        return [str(fault) for fault in checking.check(text.encode(), name="x.csv").faults]


def import_(raw: bytes, *, dry_run: bool = False) -> int:
    """Import as the house does."""
    return importing.import_file(raw, name="ninghai.csv", dry_run=dry_run, actor=HOUSE)


class TestGood:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_adds_a_county_in_any_common_encoding(self, encoding: str) -> None:
        with county(*NEARBY):
            assert import_(GOOD.encode(encoding)) == 0
            village = queries.region("330226001001")
            assert village.parent_code == "330226001000"
            assert village.point is not None
            assert village.point != (121.4353, 29.2947), "the point was shifted back"
            assert queries.path_of("330226001001").text == "宁海县跃龙街道桃源社区"
            kept = queries.population_of("330226000000")
            assert {(row.year, row.kind, row.count) for row in kept} == {(2020, "stated", 695958)}

    def test_leaves_one_sentence(self) -> None:
        with county(*NEARBY):
            import_(GOOD.encode())
            entry = Entry.objects.get(kind="regions.RegionsImported")
        assert entry.subject == "330226000000"
        assert '"added":1' in entry.body
        assert '"changed":2' in entry.body

    def test_a_dry_run_writes_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        with county(*NEARBY):
            assert import_(GOOD.encode(), dry_run=True) == 0
            assert not queries.exists("330226001001")
        assert "未写入" in capsys.readouterr().out

    def test_a_correction_outlives_the_next_load_of_the_shipped_tree(self) -> None:
        with county(*NEARBY):
            import_((HEAD + "330225101000,石浦新镇,镇,330225,,,,,\n").encode())
            reference.load_reference(actor=HOUSE)
            corrected = queries.region("330225101000")
        assert corrected.name == "石浦新镇"
        assert corrected.point is not None, "a file without a point does not take one away"

    def test_importing_twice_changes_nothing(self) -> None:
        with county(*NEARBY):
            import_(GOOD.encode())
            before = (Region.objects.count(), Population.objects.count())
            assert import_(GOOD.encode()) == 0
            assert (Region.objects.count(), Population.objects.count()) == before


BAD = {
    "a wrong length": ("33022,甲县,县,3302,,,,,\n", "第 2 行", "2、4、6、9 或 12 位"),
    "an empty name": ("330226,,县,3302,,,,,\n", "第 2 行", "名称为空"),
    "an unknown level": ("330226,甲县,旗县,3302,,,,,\n", "第 2 行", "不认识的层级"),
    "level against code": ("330226,甲县,镇,3302,,,,,\n", "第 2 行", "不符"),
    "a parent nobody knows": ("980101,甲县,县,9801,,,,,\n", "第 2 行", "既不在文件里"),
    "a parent from elsewhere": ("330226,甲县,县,3401,,,,,\n", "第 2 行", "上级应为 330200000000"),
    "its own parent": ("330226,甲县,县,330226,,,,,\n", "第 2 行", "它自己"),
    "a twin": (
        "330226,甲县,县,3302,,,,,\n330226000000,乙县,县,3302,,,,,\n", "第 3 行", "与第 2 行重复",
    ),
    "half a point": ("330226,甲县,县,3302,121,,,,\n", "第 2 行", "都填数字"),
    "an exchanged point": ("330226,甲县,县,3302,29.2,121.9,,,\n", "第 2 行", "超出范围"),
    "a strange system": ("330226,甲县,县,3302,121,29,utm,,\n", "第 2 行", "坐标系"),
    "people without a year": ("330226,甲县,县,3302,,,,500,\n", "第 2 行", "年份"),
    "people that are no number": ("330226,甲县,县,3302,,,,5万,2020\n", "第 2 行", "非负整数"),
    "too few columns": ("330226,甲县,县\n", "第 2 行", "列数"),
}  # fmt: skip


class TestBad:
    @pytest.mark.parametrize("case", BAD)
    def test_names_the_line_and_the_fault(self, case: str) -> None:
        rows, line, said = BAD[case]
        found = faults(HEAD + rows)
        assert len(found) == 1, found
        assert line in found[0]
        assert said in found[0]

    def test_lists_all_faults_and_imports_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        rows = HEAD + "330226,甲县,县,3302,,,,,\n33022,乙县,县,3302,,,,,\n330229,,县,3302,,,,,\n"
        with county(*NEARBY):
            before = Region.objects.count()
            assert import_(rows.encode()) == 1
            assert Region.objects.count() == before
            assert queries.region("330226000000").name == "宁海县"
        said = capsys.readouterr().err
        assert "第 3 行" in said
        assert "第 4 行" in said
        assert "共 2 处错误" in said

    def test_a_circle_is_called_one(self) -> None:
        rows = "330226001,甲镇,镇,330226002000,,,,,\n330226002,乙镇,镇,330226001000,,,,,\n"
        assert all("循环" in fault for fault in faults(HEAD + rows))

    def test_names_missing_and_unknown_columns(self) -> None:
        [said] = faults("code,name,grade\n1,2,3\n")
        assert "缺少列 level、parent_code" in said
        assert "不认识的列 grade" in said

    @pytest.mark.parametrize("raw", [GOOD.encode("utf-16"), b"\x00\x01\x02", b"\xff\xff\xff"])
    def test_refuses_other_encodings(self, raw: bytes) -> None:
        with county(*NEARBY):
            [fault] = checking.check(raw, name="x.csv").faults
        assert "编码" in fault.sentence

    @pytest.mark.parametrize("raw", [b"", HEAD.encode()])
    def test_refuses_an_empty_file(self, raw: bytes) -> None:
        with county(*NEARBY):
            assert checking.check(raw, name="x.csv").faults


def test_a_missing_file_is_told_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert importing.main(["import", str(tmp_path / "no.csv")]) == 2
    assert "读不到文件" in capsys.readouterr().err


def test_the_command_imports_as_the_house(tmp_path: Path) -> None:
    with county(*NEARBY):
        file = tmp_path / "ninghai.csv"
        file.write_text(GOOD, encoding="utf-8")
        assert importing.main(["import", str(file)]) == 0
        assert queries.exists("330226001001")


def test_other_words_are_refused_before_anything_is_touched() -> None:
    with pytest.raises(SystemExit):
        importing.main(["export", "x.csv"])
