"""A question put to roads themselves: the answer of the network built of them, in one process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from yike.engines.travel.tests.makers import write_osm
from yike.house.planner import nearest, reach

STEP = 100 / 111_195.08
ROAD = {"highway": "residential"}
STATIONS = f"station_id,lon,lat,capacity\n甲,{2 * STEP:.7f},0,40\n"
CELLS = (
    "cell_id,lon,lat,population\n"
    f"a,{5 * STEP:.7f},0,30\nb,{20 * STEP:.7f},0,12\nc,{3 * STEP:.7f},{20 * STEP:.7f},5\n"
)
TABLES = ("--stations", "s.csv", "--cells", "c.csv")
WORDS = {
    "nearest": (*TABLES, "--out", "o"),
    "cover": (*TABLES, "--out", "o"),
    "e2sfca": (*TABLES, "--out", "o"),
    "isochrone": ("--lon", "0.002", "--lat", "0", "--out", "o"),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    street = {at: (at * STEP, 0.0) for at in range(1, 31)}
    write_osm(tmp_path / "roads.osm", street, [(tuple(street), ROAD)])
    Path("s.csv").write_text(STATIONS, encoding="utf-8")
    Path("c.csv").write_text(CELLS, encoding="utf-8")
    assert reach.main(["build", "roads.osm", "--mode", "walk", "--out", "built.net"]) == 0
    return tmp_path


@pytest.mark.parametrize("word", WORDS)
def test_roads_answer_as_the_network_built_of_them(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reach.main([word, "built.net", *WORDS[word]]) == 0
    built = Path("o").read_text(encoding="utf-8").replace("built.net", "")
    Path("o").unlink()
    capsys.readouterr()
    keep = ("--mode", "walk", "--keep", "kept.net")
    assert reach.main([word, "roads.osm", *keep, *WORDS[word]]) == 0
    assert Path("o").read_text(encoding="utf-8").replace("roads.osm", "") == built
    assert "30 个节点，58 个路段，采用 1 条路" in capsys.readouterr().err
    assert Path("kept.net").read_bytes() == Path("built.net").read_bytes()


@pytest.mark.parametrize("word", WORDS)
def test_nothing_is_kept_unless_asked(word: str, here: Path) -> None:
    before = {*here.iterdir(), here / "o"}
    assert reach.main([word, "roads.osm", "--mode", "walk", *WORDS[word]]) == 0
    assert {*here.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("roads.osm",), "请用 --mode walk、cycle 或 car 说明怎样出行"),
        (("roads.gpkg", "--mode", "walk"), "请先运行 ./yike reach build roads.gpkg"),
        (("built.net", "--mode", "car"), "built.net 是 walk 的路网，--mode 却是 car"),
        (("built.net", "--keep", "k.net"), "--keep 只在直接给出道路数据"),
        (("built.net", "--speeds", "s.yaml"), "--speeds 只在直接给出道路数据"),
        (("gone.osm.pbf", "--mode", "walk"), "找不到路网文件 gone.osm.pbf"),
        (("c.csv", "--mode", "walk"), "c.csv 不是完整的路网文件"),
        (("roads.osm", "--mode", "walk", "--keep", "o"), "--out 和 --keep 是同一个文件"),
        (("roads.osm", "--mode", "walk", "--keep", "c.csv"), "写入会毁掉它"),
        (("roads.osm", "--mode", "walk", "--keep", "no/k.net"), "--keep 的文件夹 no 不存在"),
    ],
)
def test_what_cannot_be_a_network_is_refused_and_nothing_is_written(
    words: tuple[str, ...], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {*here.iterdir()}
    assert reach.main(["nearest", *words, *WORDS["nearest"]]) == 1
    assert said in capsys.readouterr().err
    assert {*here.iterdir()} == before


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_midway_leaves_no_half_file_and_no_traceback(
    sent: int, code: int, here: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def stopped(*_: object) -> Iterator[tuple[str, int, str, str]]:
        yield "a", 1, "甲", "1.0"
        assert list(here.glob("o.part")), "the answer is being written"
        os.kill(os.getpid(), sent)
        yield from ()

    monkeypatch.setattr(nearest, "_rows", stopped)
    before, handler = {*here.iterdir()}, signal.getsignal(signal.SIGTERM)
    # A shell that starts the tests in the background has them ignore SIGINT.
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert reach.main(["nearest", "built.net", *WORDS["nearest"]]) == code
    finally:
        signal.signal(signal.SIGINT, ignored)
    assert "已中断" in capsys.readouterr().err
    assert {*here.iterdir()} == before
    assert signal.getsignal(signal.SIGTERM) is handler
