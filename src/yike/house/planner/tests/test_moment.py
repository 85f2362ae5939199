"""A coast road, an island and its boat: what `--gtfs` and `--at` change, counted by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from yike.engines.travel import storage
from yike.engines.travel.gtfs.reading import read_feed
from yike.engines.travel.layering import prepared
from yike.engines.travel.tests.feeds import write_feed
from yike.engines.travel.timetable.attached import feed_of, with_timetable
from yike.house.planner import reach
from yike.house.planner.tests import coast

#: The boat goes from place 11, the island, to place 10, the end of the road.
QUAYS = {"岛": (coast.LON[11], coast.LAT[11]), "岸": (coast.LON[10], coast.LAT[10])}
BOATS = {"t": "岛 09:30, 岸 10:00", "late": "岛 23:50, 岸 24:20"}

OSM = """<osm version="0.6">
<node id="1" lon="121.50" lat="29.2"/><node id="2" lon="121.51" lat="29.2"/>
<node id="3" lon="121.53" lat="29.2"/><node id="4" lon="121.54" lat="29.2"/>
<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
<way id="2"><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/></way>
<way id="3"><nd ref="2"/><nd ref="3"/><tag k="route" v="ferry"/></way></osm>"""


def _net(folder: Path) -> Path:
    feed = read_feed(write_feed(folder / "feed", QUAYS, BOATS))
    path = folder / "coast.net"
    storage.save(prepared(with_timetable(coast.network(), feed, "feed")), path)
    return path


def _nearest(folder: Path, *words: str, opens: str = "") -> list[dict[str, str]]:
    cells = coast.table(folder / "cells.csv", "cell_id,lon,lat", "isle,@12", "quay,@10")
    stations = coast.table(folder / "stations.csv", "station_id,lon,lat,open", f"town,@0,{opens}",
                           "farm,@2,")  # fmt: skip
    out = folder / "out.csv"
    asked = ["--stations", str(stations), "--cells", str(cells), "--out", str(out), *words]
    assert reach.main(["nearest", str(_net(folder)), *asked]) == 0
    with out.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _seconds(rows: list[dict[str, str]]) -> list[str]:
    return [f"{row['cell_id']} {row['station_id']} {row['seconds']}" for row in rows]


def test_the_islander_takes_the_boat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # from nine: the boat lands at ten, then eight places on, a hundred seconds each
    told = _nearest(tmp_path, "--at", "2026-05-06T09:00")
    assert _seconds(told) == ["isle farm 4400.0", "quay farm 800.0"]
    told = _nearest(tmp_path, "--at", "2026-05-06T09:29")
    assert _seconds(told)[0] == f"isle farm {14 * 3600 + 51 * 60 + 800:.1f}"
    assert _seconds(_nearest(tmp_path))[0] == "isle  "
    assert "没有用 --at 说明出发时刻" in capsys.readouterr().err


def test_measures_without_a_moment_say_that_no_boat_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = coast.table(tmp_path / "c.csv", "cell_id,lon,lat,population", "isle,@12,5")
    stations = coast.table(tmp_path / "s.csv", "station_id,lon,lat,capacity", "town,@0,8")
    asked = [str(_net(tmp_path)), "--stations", str(stations)]
    both = ["--cells", str(cells), "--out", str(tmp_path / "out")]
    for word, more in (("cover", both), ("e2sfca", both), ("isochrone", both[2:])):
        assert reach.main([word, *asked, *more]) == 0
        assert "只有 reach nearest --at 计算它" in capsys.readouterr().err


def test_no_more_boat_and_the_k_nearest(tmp_path: Path) -> None:
    told = _nearest(tmp_path, "--at", "2026-05-06T23:49", "--k", "2")
    assert _seconds(told) == ["isle  ", "quay farm 800.0", "quay town 1000.0"]


def test_who_comes_while_it_is_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--at", "2026-05-06T09:00", "--k", "2")
    told = _nearest(tmp_path, *at, opens='"Mo-Fr 08:30-09:10,14:00-17:00"')
    assert _seconds(told) == ["isle farm 4400.0", "quay farm 800.0"]
    assert "1 个站点没有写开放时间" in capsys.readouterr().err
    told = _nearest(tmp_path, *at, "--doors", "may_wait", opens="工作日 10:30-17:00")
    assert _seconds(told) == ["isle farm 4400.0", "isle town 5400.0", "quay farm 800.0",
                              "quay town 5400.0"]  # fmt: skip
    days = tmp_path / "days.csv"
    days.write_text("date,kind,name\n2026-05-06,休,劳动节\n", encoding="utf-8")
    told = _nearest(tmp_path, *at, "--holidays", str(days), opens="工作日 08:30-17:00")
    assert _seconds(told) == ["isle farm 4400.0", "quay farm 800.0"]


@pytest.mark.parametrize(
    ("words", "opens", "sentence"),
    [
        (("--at", "2027-01-01T09:00"), "", "时刻表只管 2026-01-01 到 2026-12-31，不含 2027-01-01"),
        (("--at", "2026-05-06T09:00"), "whenever", "stations.csv 的站点“town”：营业时间“whenever”"),
    ],
)
def test_what_cannot_be_asked_is_said(
    words: tuple[str, ...], opens: str, sentence: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with pytest.raises(AssertionError):
        _nearest(tmp_path, *words, opens=opens)
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_roads_and_timetable_answer_in_one_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roads.osm").write_text(OSM, encoding="utf-8")
    Path("c.csv").write_text("cell_id,lon,lat\nwest,121.53,29.2\n", encoding="utf-8")
    Path("s.csv").write_text("station_id,lon,lat\ntown,121.51,29.2\n", encoding="utf-8")
    quays = {"东": (121.51, 29.2), "西": (121.53, 29.2)}
    feed = str(write_feed(tmp_path / "feed", quays, {"t": "西 09:30, 东 10:00"}))
    build = ["roads.osm", "--mode", "walk", "--gtfs", feed]
    ask = ["--stations", "s.csv", "--cells", "c.csv", "--at", "2026-05-06T09:00", "--out", "o.csv"]
    assert reach.main(["build", *build, "--out", "n.net"]) == 0
    assert reach.main(["nearest", "n.net", *ask]) == 0
    built = Path("o.csv").read_text(encoding="utf-8")
    assert "west,1,town,3600.0" in built
    assert reach.main(["nearest", *build, *ask]) == 0
    assert Path("o.csv").read_text(encoding="utf-8") == built
    assert reach.main(["nearest", "n.net", "--gtfs", feed, *ask]) == 1
    assert "--gtfs 只在直接给出道路数据" in capsys.readouterr().err


def test_a_build_keeps_every_calendar_and_leaves_the_crossing_to_the_boat(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roads, net = tmp_path / "roads.osm", tmp_path / "roads.net"
    roads.write_text(OSM, encoding="utf-8")
    quays = {"东": (121.51, 29.2005), "西": (121.53, 29.2005)}
    feed = write_feed(tmp_path / "feed", quays, {"t": "东 09:30, 西 10:00"})
    words = ["build", str(roads), "--mode", "walk", "--out", str(net)]
    assert reach.main(words) == 0
    assert storage.load(net).ferry.any()
    assert reach.main([*words, "--gtfs", str(feed), "--date", "2026-05-06"]) == 0
    told = capsys.readouterr().err
    assert "1 条线路，1 个班次，2 个站点，有效期 2026-01-01 到 2026-12-31" in told
    assert "不再按路网中的航线计算：东（121.51, 29.2） — 西（121.53, 29.2）" in told
    built = storage.load(net)
    assert not built.ferry.any()
    kept = feed_of(built)
    assert kept is not None
    assert kept.services == read_feed(feed).services
    assert reach.main([*words, "--gtfs", str(feed), "--date", "2027-05-06"]) == 1
    assert reach.main([*words, "--gtfs", str(tmp_path / "none")]) == 1
    other = write_feed(tmp_path / "other", {"远": (100.0, 10.0)}, {"t": "远 09:30, 远 10:00"})
    assert reach.main([*words, "--gtfs", str(other)]) == 1
    assert "1 个站点都不在路网的范围里，例如“远”" in capsys.readouterr().err
