"""`./yike siting` on files: the JSON of a plan, and a sentence with code 2 for what is no input."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from yike.engines.roster import highs as roster_highs
from yike.engines.siting import highs as siting_highs
from yike.engines.siting import plan
from yike.house.planner import siting

MATRIX = "id,东村,西村,山村,岛村\nA,0,600,1200,\nB,900,0,300,\nC,2000,1900,30,60\n"
PEOPLE = "cell_id,population\n岛村,8\n东村,1\n西村,2\n山村,4\n"
PAIRS = "station_id,cell_id,seconds\nA,东村,0\nA,西村,600\nB,西村,0.5\n"
LIBRARY = "4 4 1\n1 2 9\n2 3 1\n1 3 1\n3 4 2\n"


def _file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A matrix in seconds and its people."""
    people = _file(tmp_path, "people.csv", PEOPLE)
    return ["--matrix", _file(tmp_path, "m.csv", MATRIX), "--weights", people]


def _told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    out = capsys.readouterr()
    told: dict[str, Any] = json.loads(out.out)
    return told


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("m.csv", "id,东村,西村\nA,0,nan\n", "m.csv 第 2 行的“nan”不是数字；到不了的请留空"),
        ("m.csv", "id,东村,西村\nA,0,NaN\n", "第 2 行的“NaN”不是数字"),
        ("p.txt", "", "p.txt：文件是空的"),
        ("p.txt", LIBRARY[:-6], "p.txt：文件被截断了"),
        ("p.txt", "\x00\x1b[31m x\n", "p.txt：第 1 行的“[31m”不是整数"),
    ],
)
def test_what_is_no_number_is_no_place_that_nobody_reaches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    option = "--orlib" if name == "p.txt" else "--matrix"
    assert siting.main(["pmedian", option, _file(tmp_path, name, text), "--p", "1"]) == 2
    out = capsys.readouterr()
    assert said in out.err
    assert out.err.rstrip("\n").isprintable()
    assert out.out == ""


def test_where_nobody_lives_at_all_is_told_with_its_file(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = _file(tmp_path, "none.csv", PEOPLE.replace("8", "0").replace("1", "0")
                   .replace("2", "0").replace("4", "0"))  # fmt: skip
    assert siting.main(["pmedian", *files[:2], "--weights", nobody, "--p", "1"]) == 2
    assert "none.csv 里没有一个需求点有人" in capsys.readouterr().err


def test_a_run_is_written_whole_or_not_at_all(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full", "r.json.part")

    monkeypatch.setattr(Path, "replace", full)
    run = str(tmp_path / "r.json")
    assert siting.main(["pmedian", *files, "--p", "2", "--out", run]) == 2
    assert not list(tmp_path.glob("r.json*"))


def test_a_median_in_the_units_of_the_file(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert siting.main(["pmedian", *files, "--p", "2"]) == 0
    told = _told(capsys)
    assert (told["status"], told["chosen"]) == ("optimal", ["B", "C"])
    assert told["objective"] == told["bound"] == 900 + 4 * 30 + 8 * 60
    assert (told["gap"], told["covered"], told["total"]) == (0.0, 15, 15)
    assert ["岛村", "C", 8] in told["assigned"]


def test_fifteen_minutes_are_the_bound_unless_stated(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert siting.main(["mclp", *files, "--p", "1", "--kept", "B"]) == 0
    told = _told(capsys)
    assert (told["chosen"], told["objective"], told["uncovered"]) == (["B"], 7, 8)
    assert told["not_covered"] == [{"demand": "岛村", "units": 8}]
    assert siting.main(["mclp", *files, "--p", "1", "--minutes", "5", "--kept", "B"]) == 0
    assert _told(capsys)["objective"] == 6


def test_prices_and_quantiles(
    tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "station_id,kind,price,kept,group\nA,station,5,,x\nB,kiosk,2,,x\nC,mobile,1,,\n"
    more = ["--candidates", _file(tmp_path, "c.csv", rows), "--budget", "3"]
    assert siting.main(["cover", *files, *more, "--by", "price"]) == 0
    told = _told(capsys)
    assert (told["chosen"], told["objective"]) == (["B", "C"], 3)
    assert siting.main(["center", *files, "--p", "1", "--quantile", "0.85"]) == 0
    assert _told(capsys)["objective"] == 1900


def test_a_list_of_pairs_and_a_file_of_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs, out = _file(tmp_path, "p.csv", PAIRS), tmp_path / "run.json"
    assert siting.main(["pmedian", "--costs", pairs, "--p", "2", "--out", str(out)]) == 0
    told = _told(capsys)
    assert (told["chosen"], told["objective"]) == (["A", "B"], 0.5)
    assert plan.load(out)["result"]["chosen"] == ["A", "B"]


def test_a_library_file_by_its_own_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "pmed.txt", LIBRARY)
    assert siting.main(["pmedian", "--orlib", path]) == 0
    told = _told(capsys)
    assert (told["chosen"], told["objective"], told["status"]) == (["3"], 4, "optimal")
    assert siting.main(["center", "--orlib", path, "--p", "2"]) == 0
    assert _told(capsys)["objective"] == 1


def test_where_there_is_no_plan_the_repairs_are_told(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert siting.main(["cover", *files, "--p", "1"]) == 1
    out = capsys.readouterr()
    told = json.loads(out.out)
    assert (told["status"], told["objective"], told["gap"]) == ("infeasible", None, None)
    assert {r["kind"]: r["to"] for r in told["explanation"]["repairs"]} == {
        "p": 2,
        "minutes": 2000,
    }
    assert "p 提高到 2" in out.err


def test_the_file_of_reach_nearest_is_a_file_of_costs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    near = "cell_id,rank,station_id,seconds\n东村,1,A,10\n东村,2,B,20\n西村,1,B,30\n岛村,1,,\n"
    costs = _file(tmp_path, "near.csv", near)
    people = _file(tmp_path, "people.csv", PEOPLE)
    assert siting.main(["mclp", "--costs", costs, "--weights", people, "--p", "1"]) == 0
    told = _told(capsys)
    assert (told["chosen"], told["covered"], told["uncovered"]) == (["B"], 3, 8)


@pytest.mark.parametrize(
    ("matrix", "more", "said"),
    [
        (MATRIX, ["--p", "9"], "候选点有 3 个"),
        (MATRIX, ["--p", "0"], "p 应当在 1 到 3"),
        (MATRIX, [], "请给出要选的个数"),
        (MATRIX.replace("900", "-900"), ["--p", "1"], "负的成本 -900"),
        (MATRIX.replace("900", "九百"), ["--p", "1"], "“九百”不是数字"),
        (MATRIX.replace(",300", ""), ["--p", "1"], "每行列数应当相同"),
        ("", ["--p", "1"], "是空的"),
        ("1,2,3\n4,5,6\n", ["--p", "1"], "应当是方阵"),
        (MATRIX.replace("岛村", "新村"), ["--p", "1"], "“新村”没有人数"),
        (MATRIX, ["--p", "1", "--kept", "Z"], "“Z”不在候选点中"),
        (MATRIX, ["--p", "1", "--kept", "A", "--excluded", "A"], "既要保留又被排除"),
        (MATRIX.replace("B,", "A,"), ["--p", "1"], "“A”出现了两次"),
        (MATRIX.replace("B,", ","), ["--p", "1"], "没有候选点编号"),
        (MATRIX.replace(",", ";"), ["--p", "1"], "用分号分隔"),
        (MATRIX.replace("B,", '"B,'), ["--p", "1"], "双引号是否成对"),
        (MATRIX, ["--budget", "-1"], "预算不能是负数"),
        (MATRIX, ["--p", "1", "--seconds", "0"], "时间上限"),
        (MATRIX, ["--p", "1", "--full", "9" * 20], "--full 应当在 1 到 1000"),
        (MATRIX, ["--p", "1", "--out", "none/o.json"], "不存在；请先建好"),
        (MATRIX, ["--p", "1", "--quantile", "1.5"], "分位数"),
    ],
)
def test_bad_input_is_told_in_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    matrix: str,
    more: list[str],
    said: str,
) -> None:
    people = _file(tmp_path, "people.csv", PEOPLE)
    path = _file(tmp_path, "m.csv", matrix)
    assert siting.main(["center", "--matrix", path, "--weights", people, *more]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert said in out.err


def test_nobody_is_left_out_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = _file(tmp_path, "people.csv", PEOPLE + "远村,7\n")
    path = _file(tmp_path, "m.csv", MATRIX)
    assert siting.main(["pmedian", "--matrix", path, "--weights", people, "--p", "1"]) == 0
    assert "1 个需求点（共 7 人，如“远村”）不在成本表中" in capsys.readouterr().err


def test_a_table_beyond_memory_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"s{at},c{at},{at}\n" for at in range(10_001))
    path = _file(tmp_path, "p.csv", "station_id,cell_id,seconds\n" + rows)
    assert siting.main(["pmedian", "--costs", path, "--p", "1"]) == 2
    assert "合起来超过一亿对" in capsys.readouterr().err


def test_whom_no_candidate_reaches_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "m.csv", ",岛村,山村\nA,,\nB,,\n")
    assert siting.main(["cover", "--matrix", path]) == 1
    assert "没有可用的候选点可及，如 岛村、山村；请增加候选点" in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e400", "1e999999999", "soon"])
def test_a_time_limit_is_a_number(capsys: pytest.CaptureFixture[str], seconds: str) -> None:
    with pytest.raises(SystemExit):
        siting.main(["center", "--matrix", "m.csv", "--p", "1", "--seconds", seconds])
    assert "--seconds" in capsys.readouterr().err


def test_people_of_zero_and_files_that_are_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = _file(tmp_path, "people.csv", PEOPLE.replace("岛村,8", "岛村,0"))
    path = _file(tmp_path, "m.csv", MATRIX)
    assert siting.main(["mclp", "--matrix", path, "--weights", people, "--p", "1"]) == 0
    told = _told(capsys)
    assert told["total"] == told["covered"] + told["uncovered"] == 7
    assert siting.main(["mclp", "--matrix", str(tmp_path / "none.csv"), "--p", "1"]) == 2
    assert "none.csv" in capsys.readouterr().err
    broken = _file(tmp_path, "pmed.txt", LIBRARY[:-4])
    assert siting.main(["pmedian", "--orlib", broken]) == 2
    out = capsys.readouterr()
    assert (out.out, "截断" in out.err) == ("", True)


def test_one_process_may_plan_rosters_and_stations() -> None:
    assert roster_highs.THREADS == siting_highs.THREADS
