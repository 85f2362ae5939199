"""`./yike reach isochrone` on files: the areas it writes, and the sentences it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from yike.engines.travel import storage
from yike.engines.travel.network import network_from_arcs
from yike.house.planner import reach


@pytest.fixture
def net(tmp_path: Path) -> Path:
    """Two kilometres of road east along a parallel, on foot at 4.5 km/h."""
    lon = 121.87 + np.arange(21) * 0.001033
    tail = np.arange(20)
    network = network_from_arcs(
        lon=lon,
        lat=np.full(21, 29.48),
        tail=np.concatenate([tail, tail + 1]),
        head=np.concatenate([tail + 1, tail]),
        cost=np.full(40, 800),
        mode="walk",
    )
    file = tmp_path / "walk.net"
    storage.save(network, file)
    return file


def isochrone(*words: object) -> int:
    return reach.main(["isochrone", *map(str, words)])


def features(file: Path) -> list[Any]:
    return list(json.loads(file.read_text(encoding="utf-8"))["features"])


def test_an_area_is_written(net: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = net.with_name("a.geojson")
    words = ("--lon", 121.88, "--lat", 29.4803, "--minutes", "5,10", "--out", out)
    assert isochrone(net, *words) == 0
    wide, narrow = features(out)
    assert (wide["properties"]["minutes"], narrow["properties"]["minutes"]) == (10, 5)
    assert wide["properties"]["direction"] == "to"
    assert shapely.from_geojson(json.dumps(wide["geometry"])).is_valid
    assert "5 分钟 0." in capsys.readouterr().err
    assert isochrone(net, *words, "--from", "--last-leg-metres", 80) == 0
    assert features(out)[0]["properties"]["direction"] == "from"
    assert features(out)[0]["properties"]["assumptions"]["last_leg_metres"] == 80


def test_all_stations_at_once_and_off_the_water(net: Path) -> None:
    stations, out, water = (net.with_name(n) for n in ("s.csv", "a.geojson", "w.geojson"))
    stations.write_text("station_id,lon,lat\n甲,121.871,29.48\n乙,121.889,29.48\n")
    pond = shapely.box(121.87, 29.4805, 121.9, 29.49)
    pyogrio.raw.write(
        *(water, shapely.to_wkb(np.array([pond])), [], []),
        geometry_type="Polygon",
        crs="EPSG:4326",
    )
    words = ("--stations", stations, "--minutes", 5, "--water", water, "--out", out)
    assert isochrone(net, *words) == 0
    (area,) = features(out)
    drawn = shapely.from_geojson(json.dumps(area["geometry"]))
    assert len(drawn.geoms) == 2
    assert drawn.intersection(pond).area < 1e-9


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--lon", 29.48, "--lat", 121.88], "写反"),
        (["--lon", 121.88, "--lat", 29.49], "没有道路"),
        (["--lon", 113.0, "--lat", 29.48], "不在路网的范围内"),
        (["--lon", 121.88], "--stations"),
        (["--lon", 121.88, "--lat", 29.48, "--water", "none.gpkg"], "none.gpkg"),
    ],
)
def test_refusals_leave_nothing(
    net: Path, capsys: pytest.CaptureFixture[str], words: list[object], sentence: str
) -> None:
    out = net.with_name("a.geojson")
    assert isochrone(net, *words, "--out", out) == 1
    assert sentence in capsys.readouterr().err
    assert list(net.parent.iterdir()) == [net]


@pytest.mark.parametrize("minutes", ["0", "5,nan", "inf", "1441", ","])
def test_minutes_that_no_day_has_are_refused(
    net: Path, capsys: pytest.CaptureFixture[str], minutes: str
) -> None:
    out = net.with_name("a.geojson")
    with pytest.raises(SystemExit):
        isochrone(net, "--lon", 121.88, "--lat", 29.48, "--minutes", minutes, "--out", out)
    assert "应为 0.1 到 1440 的数" in capsys.readouterr().err
