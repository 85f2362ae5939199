"""Small maps written for the purpose: what becomes of gates, one-ways, ferries, islands, pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yike.engines.travel.arrays import Mode
from yike.engines.travel.errors import RoadsError
from yike.engines.travel.network import Network
from yike.engines.travel.osm import network_from_osm
from yike.engines.travel.snapping import Snapper
from yike.engines.travel.tests.makers import textbook, write_osm

#: A street of four nodes 100 m apart on the equator, so that a degree of longitude is 111,195 m.
STEP = 100 / 111_195.08
STREET = {at: (at * STEP, 0.0) for at in range(1, 5)}
ROAD = {"highway": "residential"}
Nodes = dict[int, tuple[Any, ...]]


def seconds(network: Network, start: int, end: int) -> float | None:
    """The time between two ids of the source, by the textbook; a parted node is its best copy."""
    graph = network.first, network.head, network.cost
    starts = [(at, 0) for at, ref in enumerate(network.ids.tolist()) if ref == start]
    times = textbook(graph, starts)
    best = min(times[at] for at, ref in enumerate(network.ids.tolist()) if ref == end)
    return None if best >= 2**30 else float(best) / 10


@pytest.mark.parametrize(("mode", "pace"), [("walk", 4.5), ("cycle", 15), ("car", 25)])
@pytest.mark.parametrize("suffix", [".osm", ".osm.gz", ".osm.bz2", ".osm.pbf"])
def test_a_street_takes_its_length_over_its_speed(
    tmp_path: Path, mode: Mode, pace: float, suffix: str
) -> None:
    path = write_osm(tmp_path / f"a{suffix}", STREET, [((1, 2, 3, 4), ROAD)])
    network = network_from_osm(path, mode)
    assert (network.nodes, network.arcs) == (4, 6)
    assert seconds(network, 1, 4) == pytest.approx(300 / (pace / 3.6), abs=0.1)
    assert network.facts["ways_used"] == {"residential": 1}
    assert network.facts["kilometres"] == {"residential": 0.3}
    assert network.facts["source"] == path.name


def test_many_short_stretches_take_no_longer_than_the_whole(tmp_path: Path) -> None:
    fine = {at: (at * STEP / 100, 0.0) for at in range(1, 302)}
    path = write_osm(tmp_path / "a.osm", fine, [(tuple(fine), ROAD)])
    assert seconds(network_from_osm(path, "walk"), 1, 301) == pytest.approx(240, abs=0.1)


def test_one_way_streets_are_driven_one_way(tmp_path: Path) -> None:
    path = write_osm(tmp_path / "a.osm", STREET, [((1, 2, 3), ROAD | {"oneway": "yes"})])
    car, walk = network_from_osm(path, "car"), network_from_osm(path, "walk")
    assert seconds(car, 1, 3) is not None
    assert seconds(car, 3, 1) is None
    assert seconds(walk, 3, 1) is not None


def test_a_locked_gate_is_come_up_to_and_not_passed(tmp_path: Path) -> None:
    nodes: Nodes = {**STREET, 2: (2 * STEP, 0.0, {"barrier": "gate", "access": "no"})}
    network = network_from_osm(write_osm(tmp_path / "a.osm", nodes, [((1, 2, 3, 4), ROAD)]), "car")
    assert seconds(network, 1, 2) == pytest.approx(14.4, abs=0.1)
    assert seconds(network, 3, 2) == pytest.approx(14.4, abs=0.1)
    assert seconds(network, 1, 3) is None
    assert network.facts["nodes_closed"] == 1


def test_a_gate_that_opens_takes_its_time_once(tmp_path: Path) -> None:
    nodes: Nodes = {**STREET, 2: (2 * STEP, 0.0, {"barrier": "gate"})}
    path = write_osm(tmp_path / "a.osm", nodes, [((1, 2, 3, 4), ROAD)])
    assert seconds(network_from_osm(path, "car"), 1, 4) == pytest.approx(43.2 + 20, abs=0.1)
    assert seconds(network_from_osm(path, "car"), 4, 1) == pytest.approx(43.2 + 20, abs=0.1)


FERRY = {"route": "ferry", "duration": "00:10"}


def test_a_ferry_takes_its_duration_and_half_its_headway_once(tmp_path: Path) -> None:
    ways = [((1, 2), ROAD), ((2, 3), FERRY), ((3, 4), ROAD)]
    network = network_from_osm(write_osm(tmp_path / "a.osm", STREET, ways), "walk")
    assert seconds(network, 1, 4) == pytest.approx(80 + 600 + 900 + 80, abs=0.2)
    assert int(network.ferry.sum()) == 2
    assert not network.joinable[network.ferry].any()
    frequent = [((1, 2), ROAD), ((2, 3), FERRY | {"interval": "00:06"}), ((3, 4), ROAD)]
    network = network_from_osm(write_osm(tmp_path / "b.osm", STREET, frequent), "walk")
    assert seconds(network, 4, 1) == pytest.approx(80 + 600 + 180 + 80, abs=0.2)


def test_a_ferry_in_two_parts_is_boarded_once(tmp_path: Path) -> None:
    crossing = {"route": "ferry"}
    ways = [((2, 3), crossing), ((3, 4), crossing), ((1, 2), ROAD)]
    network = network_from_osm(write_osm(tmp_path / "a.osm", STREET, ways), "walk")
    assert seconds(network, 1, 4) == pytest.approx(80 + 200 / (20 / 3.6) + 900, abs=0.2)
    assert seconds(network, 4, 1) == pytest.approx(80 + 200 / (20 / 3.6) + 900, abs=0.2)


def test_who_stands_above_a_tunnel_sets_out_on_the_road_there(tmp_path: Path) -> None:
    """Node 2 lies in the tunnel, and the lane 30 m from it: its own times are not a cell's."""
    nodes: Nodes = {**STREET, 7: (STEP, 0.3 * STEP), 8: (3 * STEP, 0.3 * STEP)}
    ways = [((1, 2, 3, 4), ROAD | {"tunnel": "yes"}), ((7, 8), ROAD)]
    network = network_from_osm(write_osm(tmp_path / "a.osm", nodes, ways), "walk")
    snapper = Snapper(network)
    joined = snapper.join([nodes[2][0]], [nodes[2][1]])
    low, high = snapper.nodes_of(joined.stretch)
    assert {int(network.ids[low[0]]), int(network.ids[high[0]])} == {7, 8}
    assert joined.metres[0] == pytest.approx(30, abs=1)


def test_islands_stay_and_are_named(tmp_path: Path) -> None:
    main = {at: (at * STEP, 0.0) for at in range(1, 41)}
    far = {100 + at: (at * STEP, 0.1) for at in range(1, 26)}
    names = {
        900: (0.0, 0.0, {"place": "town", "name": "大榭"}),
        901: (0.0, 0.1, {"place": "island", "name": "花岙"}),
    }
    ways = [(tuple(main), ROAD), (tuple(far), ROAD)]
    path = write_osm(tmp_path / "a.osm", {**main, **far, **names}, ways)
    network = network_from_osm(path, "walk")
    listed = network.facts["pieces"]["listed"]
    assert [(piece["nodes"], piece["place"]) for piece in listed] == [(40, "大榭"), (25, "花岙")]
    assert network.nodes == 65


def test_ways_that_are_not_used_are_counted_by_reason(tmp_path: Path) -> None:
    ways = [
        ((1, 2), ROAD),
        ((2, 3), ROAD | {"access": "private"}),
        ((3, 4), {"highway": "motorway"}),
        ((3, 4), {"highway": "escape"}),
        ((3, 4), {"route": "bus"}),
    ]
    facts = network_from_osm(write_osm(tmp_path / "a.osm", STREET, ways), "walk").facts
    assert facts["ways_dropped"] == {
        "等级 escape 不在速度表里": 1,
        "等级 motorway 不准走": 1,
        "通行标签不准走": 1,
    }


def test_a_way_cut_by_the_edge_of_the_extract_is_not_bridged(tmp_path: Path) -> None:
    nodes = {at: place for at, place in STREET.items() if at != 3} | {5: (5 * STEP, 0.0)}
    path = write_osm(tmp_path / "a.osm", nodes, [((1, 2, 3, 4, 5), ROAD), ((3, 9), ROAD)])
    network = network_from_osm(path, "walk")
    assert seconds(network, 1, 2) is not None
    assert seconds(network, 1, 4) is None
    assert network.facts["ways_dropped"] == {"文件里缺少其节点": 1}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.osm.pbf", b"hello", "读不完整"),
        ("a.osm.pbf", b"", "读不完整"),
        ("a.osm", b"", "读不完整"),
        ("a.osm", b'<osm version="0.6"><node id="1"', "读不完整"),
        ("a.osm", b'{"type": "FeatureCollection"}', "读不完整"),
        ("a.osm.gz", b"\x1f\x8b\x08\x00 cut", "读不完整"),
        ("a.osm", b'<osm version="0.6"></osm>', "没有一条道路"),
        ("a.csv", b"cell_id,lon,lat", "不是 OpenStreetMap 文件"),
    ],
)
def test_what_is_no_map_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RoadsError, match=said):
        network_from_osm(path, "walk")


def test_a_map_cut_off_in_transfer_is_refused(tmp_path: Path) -> None:
    nodes = {at: (at * STEP, (at % 7) * STEP) for at in range(1, 40_000)}
    whole = write_osm(tmp_path / "a.osm.pbf", nodes, [((1, 2, 3), ROAD)]).read_bytes()
    part = tmp_path / "b.osm.pbf"
    part.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(RoadsError, match="读不完整"):
        network_from_osm(part, "walk")


def test_a_map_without_roads_for_the_mode_says_why(tmp_path: Path) -> None:
    path = write_osm(tmp_path / "a.osm", STREET, [((1, 2), {"highway": "steps"})])
    with pytest.raises(RoadsError, match="等级 steps 不准走 1 条"):
        network_from_osm(path, "car")
    with pytest.raises(RoadsError, match="找不到"):
        network_from_osm(tmp_path / "none.osm", "car")
