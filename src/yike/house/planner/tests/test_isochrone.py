"""`./yike reach isochrone` on files: the areas it writes, and the sentences it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from yike.engines.coordinates import systems
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


def test_stations_of_a_shifted_map_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lon, lat = 121.87 + np.arange(60) * 0.001, 29.48 + np.arange(60) * 0.0004
    tail = np.arange(59)
    storage.save(
        network_from_arcs(
            lon=lon, lat=lat, tail=np.r_[tail, tail + 1], head=np.r_[tail + 1, tail],
            cost=np.full(118, 800), mode="walk",
        ),
        tmp_path / "n.net",
    )  # fmt: skip
    for system in ("wgs84", "gcj02"):
        x, y = systems.from_wgs84(lon[15:45], lat[15:45], system)
        rows = [f"s{at},{a:.6f},{b:.6f}\n" for at, (a, b) in enumerate(zip(x, y, strict=True))]
        stations = tmp_path / f"{system}.csv"
        stations.write_text("station_id,lon,lat\n" + "".join(rows), encoding="utf-8")
        out = tmp_path / "a.geojson"
        isochrone(tmp_path / "n.net", "--stations", stations, "--out", out)
        said = capsys.readouterr().err
        assert ("gcj02.csv" in said and "这次仍按 WGS84 计算" in said) is (system == "gcj02")


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
