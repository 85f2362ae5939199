"""An office's own roads: what joins, what does not, and what is refused with which sentence."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yike.engines.travel.errors import RoadsError, SpeedsError
from yike.engines.travel.network import Network
from yike.engines.travel.plane import Plane
from yike.engines.travel.roads import Fields, Joining, network_of_roads, read_table

PLANE = Plane(lon=121.87, lat=29.48)
Track = Sequence[tuple[float, float]]
STEADY = settings(
    deadline=None,
    derandomize=True,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def layer(file: Path, tracks: Sequence[Any], crs: str | None = "EPSG:4326", **columns: Any) -> Path:
    """Tracks in metres written as a layer in the given system, with columns as fields."""
    lines = shapely.linestrings if not tracks or isinstance(tracks[0], list) else None
    shapes = [shapely.LineString(track) for track in tracks] if lines else list(tracks)
    there = pyproj.Transformer.from_crs(4326, crs or 4326, always_xy=True)

    def place(points: Any) -> Any:
        lon, lat = PLANE.degrees(points[:, 0], points[:, 1])
        return np.column_stack(there.transform(lon, lat))

    placed = [shapely.transform(shape, place) for shape in shapes]
    write(file, placed, crs, **columns)
    return file


def write(file: Path, shapes: Sequence[Any], crs: str | None, **columns: Any) -> None:
    kinds = {shape.geom_type for shape in shapes}
    encoding = columns.pop("encoding", None)
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile"}.get(file.suffix, "GeoJSON")
    pyogrio.raw.write(
        file,
        shapely.to_wkb(np.array(shapes, object)),
        [np.array(values) for values in columns.values()],
        list(columns),
        geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
        crs=crs,
        driver=driver,
        encoding=encoding,
    )


def seconds(network: Network, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Textbook Dijkstra between the nodes nearest to two places; infinity where there is no way."""
    x, y = PLANE.metres(network.lon, network.lat)
    one, other = (int(np.hypot(x - a, y - b).argmin()) for a, b in (start, end))
    heap, done = [(0, one)], set()
    while heap:
        time, here = heapq.heappop(heap)
        if here == other:
            return time / 10
        if here not in done:
            done.add(here)
            for arc in range(network.first[here], network.first[here + 1]):
                heapq.heappush(heap, (time + int(network.cost[arc]), int(network.head[arc])))
    return float("inf")


def walked(file: Path, **more: Any) -> Network:
    return network_of_roads(file, "walk", **more)


@pytest.mark.parametrize("name", ["roads.gpkg", "roads.shp", "roads.geojson"])
def test_each_kind_of_file(tmp_path: Path, name: str) -> None:
    file = layer(tmp_path / name, [[(0, 0), (450, 0)], [(450, 0), (450, 450)]])
    network = walked(file)
    assert network.nodes == 3
    assert seconds(network, (0, 0), (450, 450)) == pytest.approx(720, abs=0.3)
    assert network.facts["source"] == name
    assert network.facts["report"]["dangling_ends"] == 2
    assert network.facts["pieces"]["count"] == 1


@pytest.mark.parametrize("code", [4490, 4513, 4528, 4533, 4534, 4549, 4554, 32651])
def test_chinese_systems_come_out_in_wgs84(tmp_path: Path, code: int) -> None:
    file = layer(tmp_path / "roads.gpkg", [[(0, 0), (1000, 500)]], crs=f"EPSG:{code}")
    network = walked(file)
    x, y = PLANE.metres(network.lon, network.lat)
    assert sorted(x) == pytest.approx([0, 1000], abs=0.02)
    assert sorted(y) == pytest.approx([0, 500], abs=0.02)


def test_a_missing_prj_is_asked_for_and_can_be_given(tmp_path: Path) -> None:
    file = layer(tmp_path / "roads.shp", [[(0, 0), (1000, 500)]], crs="EPSG:4549")
    file.with_suffix(".prj").unlink()
    with pytest.raises(RoadsError, match="--crs"):
        walked(file)
    x, _ = PLANE.metres(walked(file, crs="EPSG:4549").lon, np.zeros(2))
    assert sorted(x) == pytest.approx([0, 1000], abs=0.02)
    with pytest.raises(RoadsError, match="EPSG:9"):
        walked(file, crs="EPSG:9")


@pytest.mark.parametrize("gap", [0.0, 0.4, 0.6])
def test_ends_meet_within_the_tolerance(tmp_path: Path, gap: float) -> None:
    file = layer(tmp_path / "roads.gpkg", [[(0, 0), (100, 0)], [(100 + gap, 0), (200, 0)]])
    joined = np.isfinite(seconds(walked(file), (0, 0), (200, 0)))
    assert joined == (gap <= 0.5)
    wide = walked(file, joining=Joining(tolerance=1.0))
    assert np.isfinite(seconds(wide, (0, 0), (200, 0)))


def test_an_end_on_the_middle_of_a_line_is_a_junction(tmp_path: Path) -> None:
    file = layer(tmp_path / "roads.gpkg", [[(0, 0), (200, 0)], [(80, 0.3), (80, 100)]])
    network = walked(file)
    assert network.facts["ends_on_lines"] == 1
    assert seconds(network, (0, 0), (80, 100)) == pytest.approx(144, abs=0.5)
    assert seconds(network, (0, 0), (200, 0)) == pytest.approx(160, abs=0.5)


def test_crossings_join_only_when_asked(tmp_path: Path) -> None:
    file = layer(tmp_path / "roads.gpkg", [[(-50, 0), (50, 0)], [(0, -50), (0, 50)]])
    assert seconds(walked(file), (-50, 0), (0, 50)) == float("inf")
    network = walked(file, joining=Joining(crossings=True))
    assert network.facts["crossings_joined"] == 1
    assert seconds(network, (-50, 0), (0, 50)) == pytest.approx(80, abs=0.3)


def bridge(tmp_path: Path, **columns: Any) -> Path:
    """A road along y = 0 with a vertex at the origin, and a bridge over it with a vertex there."""
    tracks = [
        [(-100, 0), (0, 0), (100, 0)],
        [(0, -100), (0, 0), (0, 100)],
        [(0, 100), (0, 200)],
        [(0, -100), (-100, -100)],
    ]
    return layer(tmp_path / "roads.gpkg", tracks, layer_=[0, 1, 0, 0], **columns)


def test_a_bridge_and_the_road_below_do_not_join(tmp_path: Path) -> None:
    file = bridge(tmp_path)
    flat, aware = walked(file), walked(file, fields=Fields(level="layer_"))
    assert np.isfinite(seconds(flat, (-100, 0), (0, 200)))
    assert seconds(aware, (-100, 0), (0, 200)) == float("inf")
    assert np.isfinite(seconds(aware, (-100, -100), (0, 200)))
    crossing = walked(file, fields=Fields(level="layer_"), joining=Joining(crossings=True))
    assert seconds(crossing, (-100, 0), (0, 200)) == float("inf")


def test_the_end_of_a_bridge_meets_the_ground_but_no_road_ends_at_a_bridge(tmp_path: Path) -> None:
    tracks = [[(0, 0), (200, 0)], [(100, 0), (100, 300)], [(100, 150), (300, 150)]]
    file = layer(tmp_path / "roads.gpkg", tracks, z=[0, 1, 0])
    network = walked(file, fields=Fields(level="z"))
    assert np.isfinite(seconds(network, (0, 0), (100, 300)))
    assert seconds(network, (300, 150), (100, 300)) == float("inf")


def test_one_ways(tmp_path: Path) -> None:
    tracks = [[(0, 0), (90, 0)], [(0, 90), (90, 90)], [(0, 180), (90, 180)], [(0, 270), (90, 270)]]
    way = ["正向", "逆向", "双向", ""]
    file = layer(tmp_path / "roads.gpkg", tracks, way=way)
    network = network_of_roads(file, "car", fields=Fields(oneway="way"))
    there = [np.isfinite(seconds(network, (0, y), (90, y))) for y in (0, 90, 180, 270)]
    back = [np.isfinite(seconds(network, (90, y), (0, y))) for y in (0, 90, 180, 270)]
    assert there == [True, False, True, True]
    assert back == [False, True, True, True]
    assert walked(file, fields=Fields(oneway="way")).arcs == 8


def test_a_oneway_code_is_not_guessed(tmp_path: Path) -> None:
    file = layer(tmp_path / "roads.gpkg", [[(0, 0), (90, 0)]], way=[2])
    with pytest.raises(RoadsError, match="“2”（1 条道路）"):
        network_of_roads(file, "car", fields=Fields(oneway="way"))


def test_speeds_by_class_and_by_field(tmp_path: Path) -> None:
    tracks = [[(0, y), (100, y)] for y in (0, 90, 180, 270)]
    kinds, kmh = ["县道", "县道", "不明", "人行道"], [0.0, 36.0, 500.0, 0.0]
    file = layer(tmp_path / "roads.gpkg", tracks, kind=kinds, kmh=kmh)
    network = network_of_roads(file, "car", fields=Fields(road_class="kind", speed="kmh"))
    taken = [seconds(network, (0, y), (100, y)) for y in (0, 90, 180)]
    assert taken == pytest.approx([9, 10, 18], abs=0.1)
    assert network.nodes == 6
    assert any("不明" in warning for warning in network.facts["warnings"])
    assert any("500" in warning for warning in network.facts["warnings"])
    assert network.facts["speeds"]["县道"] == 40
    on_foot = walked(file, fields=Fields(road_class="kind", speed="kmh"))
    assert seconds(on_foot, (0, 90), (100, 90)) == pytest.approx(80, abs=0.1)


def test_a_ferry_sails_and_is_not_left(tmp_path: Path) -> None:
    tracks = [[(0, 0), (100, 0)], [(100, 0), (2100, 0)]]
    file = layer(tmp_path / "roads.gpkg", tracks, kind=["村道", "轮渡"])
    network = walked(file, fields=Fields(road_class="kind"))
    assert network.ferry.sum() == 2
    assert network.joinable.sum() == 2


@pytest.mark.parametrize("encoding", ["GB18030", "UTF-8"])
def test_chinese_words_of_a_shapefile_without_cpg(tmp_path: Path, encoding: str) -> None:
    tracks = [[(0, 0), (100, 0)], [(0, 90), (100, 90)]]
    file = layer(tmp_path / "roads.shp", tracks, 等级=["县道", "高速公路"], encoding=encoding)
    file.with_suffix(".cpg").unlink(missing_ok=True)
    forget_language(file.with_suffix(".dbf"))
    network = network_of_roads(file, "car", fields=Fields(road_class="等级"))
    assert set(network.facts["speeds"]) == {"县道", "高速公路"}
    assert network.facts["warnings"] == []


def forget_language(table: Path) -> None:
    """The byte that names the code page: most offices' software leaves it at zero."""
    raw = bytearray(table.read_bytes())
    raw[29] = 0
    table.write_bytes(raw)


def test_many_parts_and_no_parts(tmp_path: Path) -> None:
    shapes = [
        shapely.MultiLineString([[(0, 0), (50, 0)], [(50, 0), (100, 0)]]),
        shapely.LineString(),
    ]
    network = walked(layer(tmp_path / "roads.gpkg", shapes, kind=["县道", "乡道"]))
    assert network.nodes == 3
    assert "1 条道路没有线形" in network.facts["warnings"][0]


def test_pieces_are_kept_and_counted(tmp_path: Path) -> None:
    network = walked(
        layer(tmp_path / "a.gpkg", [[(0, 0), (50, 0)], [(500, 0), (550, 0), (600, 0)]])
    )
    assert network.nodes == 5
    assert network.facts["pieces"]["count"] == 2
    assert network.facts["report"]["dangling_ends"] == 4


def refusals(folder: Path) -> list[tuple[Path, dict[str, Any], str]]:
    """File, options, and a word of the sentence."""
    line = [[(0, 0), (50, 0)]]
    good = layer(folder / "good.gpkg", line, kind=["县道"])
    cut = folder / "cut.gpkg"
    cut.write_bytes(good.read_bytes()[:5000])
    points = folder / "points.gpkg"
    write(points, [shapely.Point(121.8, 29.4)], "EPSG:4326")
    swapped = folder / "swapped.geojson"
    write(swapped, [shapely.LineString([(29.48, 121.87), (29.49, 121.88)])], "EPSG:4326")
    metres = folder / "metres.geojson"
    write(metres, [shapely.LineString([(390000, 3260000), (390100, 3260000)])], "EPSG:4326")
    return [
        (folder / "none.gpkg", {}, "找不到"),
        (cut, {}, "不完整"),
        (points, {}, "没有线图层"),
        (swapped, {}, "写反"),
        (metres, {}, "--crs"),
        (good, {"fields": Fields(road_class="class")}, "现有字段：kind"),
        (good, {"fields": Fields(level="kind")}, "不是整数"),
        (good, {"joining": Joining(tolerance=-1)}, "容差"),
        (good, {"layer": "else"}, "没有图层 else"),
    ]


def test_refusals(tmp_path: Path) -> None:
    for file, options, word in refusals(tmp_path):
        with pytest.raises(RoadsError, match=word):
            walked(file, **options)


def test_no_road_for_this_mode(tmp_path: Path) -> None:
    file = layer(tmp_path / "a.gpkg", [[(0, 0), (50, 0)]], kind=["高速公路"])
    with pytest.raises(RoadsError, match="出行方式"):
        walked(file, fields=Fields(road_class="kind"))


def test_two_layers_are_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "a.gpkg"
    shape = shapely.to_wkb(np.array([shapely.LineString([(121, 29), (121.01, 29)])]))
    for name in ("老路", "新路"):
        pyogrio.raw.write(
            *(file, shape, [], []),
            geometry_type="LineString",
            crs="EPSG:4326",
            layer=name,
            append=file.exists(),
        )
    with pytest.raises(RoadsError, match="老路、新路"):
        walked(file)
    assert walked(file, layer="新路").nodes == 2


@pytest.mark.parametrize(
    "text",
    [
        "default: {walk: 900}\nclasses: []\noneway: {}",
        "default: {fly: 9}\nclasses: []\noneway: {}",
        "[1]",
        "classes: [",
        "default: {walk: 4}\nclasses: [{names: [a]}]\noneway: {}",
    ],
)
def test_a_table_that_cannot_be_meant(tmp_path: Path, text: str) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(text)
    with pytest.raises(SpeedsError):
        read_table(file)


@STEADY
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=5),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
)
def test_a_line_cut_in_two_changes_no_time(
    tmp_path: Path, tracks: list[list[tuple[int, int]]], crossings: bool
) -> None:
    """Each line, and the same lines stretch by stretch: the same times between all its corners."""
    wide = [[(100 * x, 100 * y) for x, y in track] for track in tracks]
    wide = [track for track in wide if len(set(track)) > 1] or [[(0, 0), (100, 0)]]
    apart = [list(pair) for track in wide for pair in itertools.pairwise(track)]
    for name in ("whole.geojson", "apart.geojson"):
        (tmp_path / name).unlink(missing_ok=True)
    joining = Joining(crossings=crossings)
    whole = walked(layer(tmp_path / "whole.geojson", wide), joining=joining)
    parts = walked(
        layer(tmp_path / "apart.geojson", [p for p in apart if p[0] != p[1]]), joining=joining
    )
    ends = [track[0] for track in wide]
    for end in ends[1:]:
        # Stretches have more ends than whole lines, so more of them touch: never slower.
        assert seconds(parts, ends[0], end) <= seconds(whole, ends[0], end) + 0.3
