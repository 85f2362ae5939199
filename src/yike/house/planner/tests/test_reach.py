"""`./yike reach build` and `nearest` on small files: what they write, and what they say."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from yike.engines.coordinates import systems
from yike.engines.travel.tests.makers import write_osm
from yike.house import cli
from yike.house.planner import reach, tables
from yike.house.planner.tables import TableError

#: A hundred metres of longitude on the equator; a street of 25 nodes, and an island of 25.
STEP = 100 / 111_195.08
ROAD = {"highway": "residential"}


@pytest.fixture
def net(tmp_path: Path) -> Path:
    main = {at: (at * STEP, 0.0) for at in range(1, 26)}
    island = {100 + at: (at * STEP, 50 * STEP) for at in range(1, 26)}
    name = {900: (STEP, 50 * STEP, {"place": "island", "name": "花岙"})}
    source = write_osm(
        tmp_path / "a.osm", {**main, **island, **name}, [(tuple(main), ROAD), (tuple(island), ROAD)]
    )
    out = tmp_path / "n.net"
    assert reach.main(["build", str(source), "--mode", "walk", "--out", str(out)]) == 0
    return out


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def points(kind: str, *places: tuple[str, float, float]) -> str:
    lines = [f"{name},{x * STEP:.9f},{y * STEP:.9f}" for name, x, y in places]
    return "\n".join([f"{kind}_id,lon,lat", *lines, ""])


def nearest(tmp_path: Path, net: Path, stations: str, cells: str, *more: str) -> int:
    files = [
        str(table(tmp_path / name, text)) for name, text in (("s.csv", stations), ("c.csv", cells))
    ]
    return reach.main(
        [
            *("nearest", str(net), "--stations", files[0], "--cells", files[1]),
            *("--out", str(tmp_path / "o.csv"), *more),
        ]
    )


STATIONS = points("station", ("象山", 2, 0), ("石浦", 12, 0))
CELLS = points("cell", ("甲", 1, 0), ("乙", 10, 1), ("花岙", 3, 50), ("海上", 3, 20))


def test_every_cell_has_its_rows_and_the_unreachable_stay(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nearest(tmp_path, net, STATIONS, CELLS, "--k", "2") == 0
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").splitlines() == [
        "cell_id,rank,station_id,seconds",
        "甲,1,象山,80.0",
        "甲,2,石浦,880.0",
        "乙,1,石浦,240.0",
        "乙,2,象山,720.0",
        "花岙,1,,",
        "海上,1,,",
    ]
    said = capsys.readouterr().err
    assert "到不了任何站点的 2 个" in said
    assert "海上距最近的路超过 500 米" in said
    assert "不连通的有 花岙" in said


def test_building_names_the_islands(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["build", str(tmp_path / "a.osm"), "--mode", "walk", "--out", str(net)]
    assert reach.main(words) == 0
    assert "“花岙”附近" in capsys.readouterr().err


def test_the_same_input_twice_gives_the_same_bytes(tmp_path: Path, net: Path) -> None:
    assert nearest(tmp_path, net, STATIONS, CELLS) == 0
    once = (tmp_path / "o.csv").read_bytes()
    assert nearest(tmp_path, net, STATIONS, CELLS) == 0
    assert (tmp_path / "o.csv").read_bytes() == once


@pytest.mark.parametrize(
    ("stations", "said"),
    [
        (points("station", ("海上", 3, 20)), "没有一个站点在路网 500 米以内"),
        ("station_id,lon,lat\na,29.48,121.87\n", "第 2 行：经度 29.48、纬度 121.87 像是写反了"),
        ("station_id,lon,lat\na,400,1\n", "不在地球上"),
    ],
)
def test_stations_in_the_wrong_place_are_refused_and_nothing_is_written(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str], stations: str, said: str
) -> None:
    assert nearest(tmp_path, net, stations, CELLS) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("o.csv*"))


def test_a_file_that_is_no_network_and_a_folder_that_is_not_there(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nearest(tmp_path, tmp_path / "s.csv", STATIONS, CELLS) == 1
    assert "不是完整的路网文件" in capsys.readouterr().err
    assert nearest(tmp_path, net, STATIONS, CELLS, "--out", str(tmp_path / "no" / "o.csv")) == 1
    assert "不存在；请先建好" in capsys.readouterr().err
    assert nearest(tmp_path, net, STATIONS, CELLS, "--out", str(tmp_path)) == 1
    assert "是文件夹；请写明文件名" in capsys.readouterr().err
    words = ["--stations", str(tmp_path / "none.csv"), "--cells", str(tmp_path / "c.csv")]
    assert reach.main(["nearest", str(net), *words, "--out", str(tmp_path / "o.csv")]) == 1
    assert "none.csv：没有这个文件或文件夹" in capsys.readouterr().err


def test_an_answer_never_takes_the_place_of_what_is_read(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nearest(tmp_path, net, STATIONS, CELLS, "--out", str(tmp_path / "s.csv")) == 1
    assert "写入会毁掉它" in capsys.readouterr().err
    assert (tmp_path / "s.csv").read_text(encoding="utf-8") == STATIONS
    source = tmp_path / "a.osm"
    before = source.read_bytes()
    assert reach.main(["build", str(source), "--mode", "walk", "--out", str(source)]) == 1
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("system", "warned"), [("wgs84", ""), ("gcj02", "GCJ-02"), ("bd09", "BD-09")]
)
def test_points_of_a_shifted_map_are_recognised_by_the_roads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], system: systems.System, warned: str
) -> None:
    street = {at: (121.80 + at * STEP, 29.40 + at * STEP / 3) for at in range(1, 41)}
    source = write_osm(tmp_path / "s.osm", street, [(tuple(street), ROAD)])
    out = tmp_path / "s.net"
    assert reach.main(["build", str(source), "--mode", "walk", "--out", str(out)]) == 0
    places = np.array(list(street.values())[10:30])
    lon, lat = systems.from_wgs84(places[:, 0], places[:, 1], system)
    text = "cell_id,lon,lat\n" + "".join(
        f"c{at},{x:.7f},{y:.7f}\n" for at, (x, y) in enumerate(zip(lon, lat, strict=True))
    )
    assert nearest(tmp_path, out, "station_id,lon,lat\na,121.81,29.4033\n", text) == 0
    said = capsys.readouterr().err
    assert ("这次仍按 WGS84 计算" in said) is bool(warned)
    assert warned in said


def test_hours_without_a_moment_are_told_as_unused(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stations = f"station_id,lon,lat,open\na,{2 * STEP},0,Mo-Fr 08:30-17:30\n"
    assert nearest(tmp_path, net, stations, CELLS) == 0
    assert "写有开放时间；没有用 --at" in capsys.readouterr().err


@pytest.mark.parametrize("at", ["2026-05-06", "soon", "0001-01-01T00:00", "2026-05-06T25:00"])
def test_what_is_no_moment_is_refused(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    with pytest.raises(SystemExit):
        nearest(tmp_path, net, STATIONS, CELLS, "--at", at)
    assert f"“{at}”应为日期和时刻" in capsys.readouterr().err


def test_a_zone_is_not_guessed_at(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nearest(tmp_path, net, STATIONS, CELLS, "--at", "2026-05-06T09:00Z") == 1
    assert "不知道当地的时区" in capsys.readouterr().err


def test_one_station_turned_among_others_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    street = {at: (11.0 + at * STEP, 52.0) for at in range(1, 5)}
    source = write_osm(tmp_path / "s.osm", street, [(tuple(street), ROAD)])
    out = tmp_path / "s.net"
    assert reach.main(["build", str(source), "--mode", "walk", "--out", str(out)]) == 0
    stations = "station_id,lon,lat\na,11.001,52\nb,52,11.001\n"
    assert nearest(tmp_path, out, stations, "cell_id,lon,lat\nc,11.001,52\n") == 1
    assert "“b”：经度 52、纬度 11.001 像是写反了" in capsys.readouterr().err


def test_small_pieces_are_counted_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    street = {at: (at * STEP, 0.0) for at in range(1, 9)}
    source = write_osm(tmp_path / "s.osm", street, [((1, 2, 3, 4, 5), ROAD), ((6, 7, 8), ROAD)])
    out = tmp_path / "s.net"
    assert reach.main(["build", str(source), "--mode", "walk", "--out", str(out)]) == 0
    assert "另有不连通的小片 1 处，共 3 个节点" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--k", "0"), ("--k", "two"), ("--pace", "1e-9"), ("--pace", "nan"), ("--farthest", "1e9")],
)
def test_an_option_that_no_journey_has_is_refused(
    tmp_path: Path, net: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    with pytest.raises(SystemExit):
        nearest(tmp_path, net, STATIONS, CELLS, option, value)
    assert f"“{value}”应为" in capsys.readouterr().err


def test_words_that_are_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert reach.main(["fly"]) == 2
    assert "no word `fly`; say one of build, nearest" in capsys.readouterr().err
    assert reach.main([]) == 2


def test_the_command_needs_no_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(*args: object) -> None:
        raise AssertionError("a database was started")

    monkeypatch.setattr(cli, "served", never)
    monkeypatch.setattr(sys, "argv", ["./yike", "reach", "fly"])
    assert cli.main(["reach", "fly"]) == 2


HEAD = "cell_id,lon,lat,population,old\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "是空的"),
        ("cell_id,lon,lat\n", "没有一行内容"),
        ("cell,lon,lat\na,1,1\n", "缺少列 cell_id"),
        ("cell_id,lon,lat,lon\na,1,1,1\n", "lon 出现两次"),
        (HEAD + "a,1,1,5,1\na,2,2,5,1\n", "第 3 行的 cell_id“a”与第 2 行重复"),
        (HEAD + ",1,1,5,1\n", "第 2 行没有 cell_id"),
        (HEAD + "a,east,1,5,1\n", "第 2 行的 lon “east”不是数字"),
        (HEAD + "a,,1,5,1\n", "第 2 行的 lon 没有填写"),
        (HEAD + "a,nan,1,5,1\n", "不是数字"),
        (HEAD + "a,1,1,-5,1\n", "population 是 -5，不能小于零"),
        (HEAD + "a,1,1\n", "第 2 行有 3 列，第一行有 5 列"),
        (HEAD + "a,1,1,many,1\n", "population “many”不是数字"),
        (HEAD + "a,1,1,1e300,1\n", "population 是 1e\\+300，大得不可能"),
        (HEAD + "a,1_0,1,5,1\n", "第 2 行的 lon “1_0”不是数字"),
        (HEAD + 'a,1,1,5,"1\nb,1,1,5,1\n', "双引号是否成对"),
        (HEAD.replace("old", "o" * 140_000), "第 1 行不是可读的 CSV 表"),
        (HEAD.replace(",", ";"), "用分号分隔"),
        (HEAD.replace(",", "\t"), "用制表符分隔"),
        ("sep=,\n" + HEAD, "请删去这一行"),
    ],
)
def test_a_wrong_table_is_refused_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        tables.read_cells(table(tmp_path / "c.csv", text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_of_every_office_program_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "c.csv"
    text = HEAD.replace("\n", ",村\r\n") + "甲,121.5,29.1,120,,爵溪\r\n\r\n"
    path.write_bytes(text.encode(encoding))
    cells = tables.read_cells(path)
    assert cells.ids == ["甲"]
    assert cells.population is not None
    assert cells.population.tolist() == [120.0]
    assert cells.groups == {}


def test_groups_are_the_further_columns_of_numbers(tmp_path: Path) -> None:
    path = table(tmp_path / "c.csv", HEAD + "a,1,1,5,2\nb,1,1,,\n")
    cells = tables.read_cells(path)
    assert {name: counts.tolist() for name, counts in cells.groups.items()} == {"old": [2.0, 0.0]}


def test_a_further_column_that_counts_nobody_is_left_alone(tmp_path: Path) -> None:
    path = table(tmp_path / "c.csv", "cell_id,lon,lat,height,card\na,1,1,-3,330225199001011234\n")
    assert tables.read_cells(path).groups == {}


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00\xff\xfe\x00")
    with pytest.raises(TableError, match="不是文本表格"):
        tables.read_cells(path)
