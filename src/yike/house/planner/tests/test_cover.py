"""`./yike reach cover` and `e2sfca` on a coast road, counted by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yike.engines.coverage.catchments import gaussian_decay, thirds_decay, two_step
from yike.engines.coverage.ground import counts
from yike.engines.travel import journeys, points
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.catchments import catchments
from yike.house.planner import reach
from yike.house.planner.tests import coast

HEAD = "cell_id,lon,lat,population,town,zone,elderly"
CELLS = (
    "港口,@0,100,港镇,城区,10",
    "码头,@3,200,港镇,城区,",
    "山前,@9,300,山乡,乡村,60",
    "山后,@10,150,山乡,乡村,30",
    "小岛,@11,50,岛乡,海岛,20",
    "新村,@1,,山乡,,",
)


def cover(folder: Path, *options: str, cells: tuple[str, ...] = CELLS, head: str = HEAD) -> int:
    """This will run the word with one station at place 0."""
    net = coast.stored(folder)
    stations = coast.table(folder / "s.csv", "station_id,lon,lat", "中心,@0")
    people = coast.table(folder / "c.csv", head, *cells)
    words = ["cover", str(net), "--stations", str(stations), "--cells", str(people), *options]
    return reach.main(words)


def told(folder: Path, *options: str) -> dict[str, Any]:
    out = folder / "out.json"
    assert cover(folder, *options, "--out", str(out)) == 0
    answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return answer


def test_shares_and_the_uncovered_are_those_counted_by_hand(tmp_path: Path) -> None:
    answer = told(tmp_path, "--minutes", "15,5", "--by", "town")
    assert answer["people"] == 800
    assert answer["cells_without_known_people"] == 1
    assert [(one["minutes"], one["covered"], one["uncovered"]) for one in answer["shares"]] == [
        (5, 300, 500),
        (15, 600, 200),
    ]
    assert answer["shares"][1]["share"] == 0.75
    assert answer["uncovered"] == [
        {"cell_id": "山后", "people": 150, "minutes": 16.67, "town": "山乡", "zone": "乡村"},
        {"cell_id": "小岛", "people": 50, "minutes": None, "town": "岛乡", "zone": "海岛"},
    ]
    assert [one["cell_id"] for one in answer["unreachable"]] == ["小岛"]
    towns = {
        (row["name"], row["group"]): (row["total"], row["covered"], row["unreachable"])
        for row in answer["tables"]["town"]
    }
    assert towns["港镇", "all"] == (300, [300, 300], 0)
    assert towns["山乡", "all"] == (450, [0, 300], 0)
    assert towns["岛乡", "all"] == (50, [0, 0], 50)
    assert towns["港镇", "elderly"] == (10, [10, 10], 0)
    assert towns["岛乡", "elderly"] == (20, [0, 0], 20)


def test_both_yardsticks_are_told_with_their_source(tmp_path: Path) -> None:
    answer = told(tmp_path, "--minutes", "15", "--radius")["yardsticks"]
    whole = answer["rows"][0]
    # 码头 is 2.9 km off and 5 minutes away, 山前 8.7 km and 15, 山后 9.7 km and 16.7
    assert (whole["both"], whole["minutes_only"], whole["neither"]) == (100, 500, 200)
    assert (whole["radius_only"], whole["unjudged"], whole["unknown_cells"]) == (0, 0, 1)
    assert answer["standard"]["article"].startswith("二、建设目标")
    assert answer["zones_of_another_mode"] == ["rural", "remote"]
    assert answer["sentences"] == ["全域：有 500 人在半径外，但按实际路程规定分钟内能到。"]


@pytest.mark.parametrize("minutes", ["0", "-5", "nan", "2.5", ",", "99999999"])
def test_minutes_that_no_day_has_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], minutes: str
) -> None:
    with pytest.raises(SystemExit):
        cover(tmp_path, f"--minutes={minutes}")
    assert "应为 1 到 1440 的整数" in capsys.readouterr().err


def test_a_column_asked_twice_is_told_once(tmp_path: Path) -> None:
    once, twice = (told(tmp_path, "--by", by) for by in ("town", "town,town"))
    assert once == twice


def test_without_out_it_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cover(tmp_path) == 0
    assert json.loads(capsys.readouterr().out)["conserved"] is True


@pytest.mark.parametrize(
    ("head", "row", "options", "says"),
    [
        ("cell_id,lon,lat", "a,@1", [], "没有 population"),
        ("cell_id,lon,lat,population", "a,@1,", [], "没有一个单元有人口"),
        ("cell_id,lon,lat,population", "a,@1,5", ["--by", "village"], "没有 village 列"),
        ("cell_id,lon,lat,population", "a,@1,5", ["--radius"], "没有 zone"),
        ("cell_id,lon,lat,population,zone", "a,@1,5,火星", ["--radius"], "“火星”不在半径标准"),
        ("cell_id,lon,lat,population,elderly", "a,@1,5,9", [], "第 2 行的 elderly 是 9，多于人口"),
        ("cell_id,lat,lon,population", "a,@1,5", [], "像是写反了"),
    ],
)
def test_what_cannot_be_measured_is_refused_and_nothing_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    head: str,
    row: str,
    options: list[str],
    says: str,
) -> None:
    out = tmp_path / "out.json"
    assert cover(tmp_path, *options, "--out", str(out), cells=(row,), head=head) == 1
    assert says in capsys.readouterr().err
    assert not out.exists()


def test_stations_far_from_every_road_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net = coast.stored(tmp_path)
    stations = coast.table(tmp_path / "s.csv", "station_id,lon,lat", "海上,121.55,29.1")
    people = coast.table(tmp_path / "c.csv", "cell_id,lon,lat,population", "a,@1,5")
    words = ["cover", str(net), "--stations", str(stations), "--cells", str(people)]
    assert reach.main(words) == 1
    assert "没有一个站点在路网" in capsys.readouterr().err


def test_fractions_of_people_are_kept_in_sum(tmp_path: Path) -> None:
    rows = tuple(f"村{place},@{place},10.3" for place in range(10))
    out = tmp_path / "out.json"
    head = "cell_id,lon,lat,population"
    assert cover(tmp_path, "--out", str(out), cells=rows, head=head) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["people"] == 103


@pytest.mark.parametrize("decay", ["step", "gaussian"])
def test_access_is_that_of_the_plain_form(tmp_path: Path, decay: str) -> None:
    net, out = coast.stored(tmp_path), tmp_path / "access.csv"
    stations = coast.table(
        tmp_path / "s.csv", "station_id,lon,lat,capacity", "中心,@0,40", "山站,@9,10", "岛站,@12,5"
    )
    rows = ("甲,@1,100", "乙,@4,50", "丙,@10,200", "丁,@5,")
    people = coast.table(tmp_path / "c.csv", "cell_id,lon,lat,population", *rows)
    words = ["e2sfca", str(net), "--stations", str(stations), "--cells", str(people)]
    assert reach.main([*words, "--minutes", "15", "--decay", decay, "--out", str(out)]) == 0
    with out.open(encoding="utf-8") as stream:
        found = list(csv.DictReader(stream))
    assert [row["population"] for row in found] == ["100", "50", "200", ""]
    minutes = np.abs(np.subtract.outer([0, 9], [1, 4, 10, 5])) * 1000
    station, cell = np.divmod(np.arange(8), 4)
    expected = two_step(
        station,
        cell,
        minutes.reshape(-1),
        supply=np.array([40.0, 10.0]),
        people=counts([100, 50, 200, 0]),
        decay=thirds_decay(15) if decay == "step" else gaussian_decay(15),
    )
    access = [float(row["capacity_per_person"]) for row in found]
    assert access == pytest.approx(expected.access.tolist(), rel=1e-8)
    assert access[3] > 0


@pytest.mark.parametrize("minutes", ["0", "nan", "inf", "1e9", "many"])
def test_a_catchment_of_no_or_endless_minutes_is_refused(
    capsys: pytest.CaptureFixture[str], minutes: str
) -> None:
    files = ("n.net", "--stations", "s.csv", "--cells", "c.csv", "--out", "o.csv")
    with pytest.raises(SystemExit):
        reach.main(["e2sfca", *files, "--minutes", minutes])
    assert f"“{minutes}”应为 0.1 到 1440 的数" in capsys.readouterr().err


def test_capacity_is_asked_for_and_idle_stations_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net, out = coast.stored(tmp_path), tmp_path / "access.csv"
    people = coast.table(tmp_path / "c.csv", "cell_id,lon,lat,population", "甲,@1,100")
    bare = coast.table(tmp_path / "s.csv", "station_id,lon,lat", "中心,@0")
    words = ["e2sfca", str(net), "--cells", str(people), "--out", str(out), "--stations"]
    assert reach.main([*words, str(bare)]) == 1
    assert "没有 capacity" in capsys.readouterr().err
    assert not out.exists()
    both = coast.table(
        tmp_path / "t.csv", "station_id,lon,lat,capacity", "中心,@0,40", "岛站,@12,5"
    )
    assert reach.main([*words, str(both)]) == 0
    told = capsys.readouterr().err
    assert "没有人口的站点 1 个：岛站" in told
    assert "岛站 接入的是一小片路（2 个节点）" in told
    assert "中心 接入" not in told
    assert "没有人口数" not in told


def test_cells_whose_people_nobody_knows_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net, out = coast.stored(tmp_path), tmp_path / "access.csv"
    one = coast.table(tmp_path / "s.csv", "station_id,lon,lat,capacity", "中心,@0,40")
    rows = ("甲,@1,100", "乙,@2,", "丙,@3,")
    cells = coast.table(tmp_path / "c.csv", "cell_id,lon,lat,population", *rows)
    words = ["e2sfca", str(net), "--stations", str(one), "--cells", str(cells)]
    assert reach.main([*words, "--out", str(out)]) == 0
    assert "2 个单元没有人口数（乙、丙），按没有需求计算" in capsys.readouterr().err


@pytest.mark.parametrize("seed", range(4))
def test_the_fused_search_gives_what_ready_pairs_give(seed: int) -> None:
    network = coast.network()
    assert network.hierarchy is not None
    chance = np.random.default_rng(seed)
    seeds = points.seeds_at(chance.choice(13, 4, replace=False))
    ends = points.ends_at(chance.integers(0, 13, 40))
    supply, people = chance.uniform(0, 40, 4), chance.integers(0, 90, 40)
    decay = gaussian_decay(12)
    fused = catchments(network.hierarchy, seeds, ends, supply, people.astype(float), decay.table)
    search = BucketSearch(*network.reverse())
    pairs = journeys.pairs(network.hierarchy, search, seeds, ends, decay.bound)
    plain = two_step(
        counts(pairs.station),
        counts(pairs.cell),
        counts(pairs.cost),
        supply=supply,
        people=people,
        decay=decay,
    )
    assert fused.access == pytest.approx(plain.access, rel=1e-9, abs=1e-12)
    assert fused.ratio == pytest.approx(plain.ratio, rel=1e-9, abs=1e-12)
