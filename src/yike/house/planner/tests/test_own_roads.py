"""`./yike reach build` on an office's own layer: the file it leaves, and the sentences it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from yike.engines.travel import storage
from yike.house.planner import reach


def roads(file: Path) -> Path:
    """Two county roads that meet, and a stray piece, in CGCS2000 three-degree zones at 120° E."""
    lines = [
        shapely.LineString([(681_000, 3_262_000), (681_450, 3_262_000)]),
        shapely.LineString([(681_450, 3_262_000), (681_450, 3_262_450)]),
        shapely.LineString([(690_000, 3_262_000), (690_100, 3_262_000)]),
    ]
    pyogrio.raw.write(
        *(file, shapely.to_wkb(np.array(lines)), [np.array(["县道", "县道", "牛道"])], ["等级"]),
        geometry_type="LineString",
        crs="EPSG:4549",
        encoding="UTF-8" if file.suffix == ".shp" else None,
    )
    return file


def build(*words: object) -> int:
    return reach.main(["build", *map(str, words)])


def test_a_layer_becomes_a_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = roads(tmp_path / "roads.gpkg"), tmp_path / "car.net"
    assert build(file, "--mode", "car", "--class-field", "等级", "--out", out, "--prepare") == 0
    network = storage.load(out)
    assert (network.nodes, network.mode) == (5, "car")
    assert network.hierarchy is not None
    said = capsys.readouterr().err
    assert "5 个节点" in said
    assert "牛道" in said
    assert "断头 4 处" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--class-field", "class"], "现有字段：等级"),
        (["--crs", "EPSG:9"], "EPSG:4490"),
        (["--layer", "x"], "没有图层 x；现有图层：roads"),
        (["--encoding", "klingon"], "文字编码“klingon”不认识"),
        (["--tolerance", "99"], "容差"),
    ],
)
def test_a_refusal_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    file, out = roads(tmp_path / "roads.gpkg"), tmp_path / "car.net"
    assert build(file, "--mode", "car", "--out", out, *words) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [file]
