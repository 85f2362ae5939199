"""Points beside the road: equal to the textbook on a network in which every point is a node."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.travel import journeys, sweeps
from yike.engines.travel.arrays import UNREACHED
from yike.engines.travel.layering import prepared
from yike.engines.travel.measure import metres
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.snapping import Joined, Snapper
from yike.engines.travel.tests import makers

#: A hundred metres of longitude on the equator.
STEP = 100 / 111_195.08


class Textbook:
    """A graph of names, searched by the heap."""

    def __init__(self) -> None:
        self.arcs: dict[Any, list[tuple[Any, int]]] = defaultdict(list)

    def times(self, start: Any) -> dict[Any, int]:
        times, queue, count = {start: 0}, [(0, 0, start)], 0
        while queue:
            time, _, node = heapq.heappop(queue)
            for near, cost in self.arcs[node] if time == times[node] else []:
                if time + cost < times.get(near, UNREACHED):
                    times[near] = time + cost
                    count += 1
                    heapq.heappush(queue, (time + cost, count, near))
        return times


def written_out(network: Network, snapper: Snapper, points: dict[str, Joined]) -> Textbook:
    """Every point a node on its stretch, the costs of the parts as whole deciseconds."""
    book, on = Textbook(), defaultdict(list)
    tails = network.tails().tolist()
    arcs = dict(zip(zip(tails, network.head.tolist(), strict=True), network.cost, strict=True))
    for (tail, head), cost in arcs.items():
        book.arcs[tail].append((head, int(cost)))
    for kind, joined in points.items():
        for at in np.flatnonzero(joined.stretch >= 0).tolist():
            on[int(joined.stretch[at])].append((float(joined.along[at]), (kind, at)))
            walk, road = int(joined.walk[at]), ("road", kind, at)
            book.arcs[(kind, at)].append((road, walk))
            book.arcs[road].append(((kind, at), walk))
    for stretch, stops in on.items():
        ends = int(snapper.low[stretch]), int(snapper.high[stretch])
        roads = [(along, ("road", *name)) for along, name in sorted(stops)]
        line: list[tuple[float, Any]] = [(0.0, ends[0]), *roads, (1.0, ends[1])]
        for (here, one), (there, two) in itertools.pairwise(line):
            _join(book, arcs, ends, (one, here), (two, there))
        for along, name in roads:
            if along in (0.0, 1.0):
                book.arcs[name].append((ends[int(along)], 0))
                book.arcs[ends[int(along)]].append((name, 0))
    return book


def _join(book: Textbook, arcs: Any, ends: tuple[int, int], one: Any, two: Any) -> None:
    for (start, end), forward in ((ends, True), (ends[::-1], False)):
        if (start, end) in arcs:
            cost = arcs[start, end]
            part = int(np.rint(cost * two[1])) - int(np.rint(cost * one[1]))
            book.arcs[one[0] if forward else two[0]].append((two[0] if forward else one[0], part))


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_points_beside_the_road_equal_points_on_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network, snapper = (one := makers.scattered(rng, longest=900)), Snapper(one)
    farthest = float(rng.choice([60, 500]))
    stations, cells = (
        snapper.join(120 + rng.random(n) / 100, 30 + rng.random(n) / 100, farthest=farthest)
        for n in (6, 20)
    )
    seeds, ends = snapper.seeds(stations), snapper.ends(cells, stations)
    assert network.hierarchy is not None
    table = journeys.matrix(network.hierarchy, seeds, ends)
    book = written_out(network, snapper, {"station": stations, "cell": cells})
    for cell in range(20):
        times = book.times(("cell", cell))
        wanted = [times.get(("station", station), UNREACHED) for station in range(6)]
        assert table[:, cell].tolist() == wanted
    found = sweeps.nearest_of_cells(network.hierarchy, seeds, ends)
    np.testing.assert_array_equal(found[0][:, 0], table.min(axis=0))


def street(*, one_way: bool = False, closed: bool = False) -> Network:
    """Two nodes 100 m apart on the equator, 80 s on foot; perhaps one-way, perhaps a bridge."""
    tail, head = ([0], [1]) if one_way else ([0, 1], [1, 0])
    return prepared(
        network_from_arcs(
            lon=[0.0, STEP],
            lat=[0.0, 0.0],
            tail=tail,
            head=head,
            cost=[800] * len(tail),
            joinable=[not closed] * len(tail),
            mode="walk",
        )
    )


def seconds(network: Network, cell: tuple[float, float], station: tuple[float, float]) -> float:
    snapper = Snapper(network)
    stations = snapper.join(*([value] for value in station))
    cells = snapper.join(*([value] for value in cell))
    assert network.hierarchy is not None
    times, _ = sweeps.nearest_of_cells(
        network.hierarchy, snapper.seeds(stations), snapper.ends(cells, stations)
    )
    return float("inf") if times[0, 0] >= UNREACHED else float(times[0, 0]) / 10


def test_both_on_one_stretch_meet_between_its_ends() -> None:
    cell, station = (0.25 * STEP, 0.1 * STEP), (0.75 * STEP, -0.1 * STEP)
    assert seconds(street(), cell, station) == pytest.approx(40 + 2 * 8, abs=0.2)


def test_a_one_way_stretch_is_not_walked_back() -> None:
    near, far = (0.25 * STEP, 0.0), (0.75 * STEP, 0.0)
    assert seconds(street(one_way=True), near, far) == pytest.approx(40, abs=0.2)
    assert seconds(street(one_way=True), far, near) == float("inf")


def test_nobody_steps_onto_a_bridge_from_beside_it() -> None:
    assert seconds(street(closed=True), (0.5 * STEP, 0.0), (STEP, 0.0)) == float("inf")


def test_points_too_far_away_are_kept_and_told() -> None:
    snapper = Snapper(street())
    joined = snapper.join([0.0, 0.0], [STEP, 9 * STEP])
    assert joined.unreached().tolist() == [1]
    assert joined.metres[0] == pytest.approx(100, abs=0.5)
    assert snapper.join([0.0], [9 * STEP], farthest=1000).stretch.tolist() == [0]


def test_a_driveway_behind_a_gate_is_passed_over_for_the_road() -> None:
    """A fragment of two nodes at 30 m, a street of thirty at 90 m; at 200 m the fragment is all."""
    lon = [at * STEP for at in range(30)] + [0.2 * STEP, 0.4 * STEP]
    lat = [0.0] * 30 + [0.6 * STEP] * 2
    tail = [*range(29), 30]
    head = [*range(1, 30), 31]
    network = network_from_arcs(
        lon=lon, lat=lat, tail=tail + head, head=head + tail, cost=[800] * 60, mode="walk"
    )
    joined = Snapper(network).join([0.3 * STEP, 0.3 * STEP], [0.9 * STEP, 2.0 * STEP])
    assert joined.metres[0] == pytest.approx(90, abs=0.5)
    assert joined.metres[1] == pytest.approx(200, abs=0.5)
    alone = Snapper(network).join([0.3 * STEP], [2.0 * STEP], farthest=150)
    assert alone.metres[0] == pytest.approx(140, abs=0.5)


def test_metres_on_the_globe() -> None:
    assert metres(0.0, 0.0, 0.0, 1.0) == pytest.approx(111_195.08, abs=0.1)
    assert metres(121.0, 30.0, 122.0, 30.0) == pytest.approx(96_297.3, abs=1)
