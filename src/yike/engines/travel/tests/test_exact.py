"""Every kernel equals the textbook, on tangles of several pieces, and scipy on a road-like one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from yike.engines.travel import journeys, sweeps
from yike.engines.travel.arrays import UNREACHED, Ints
from yike.engines.travel.balls import ball_pairs
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.catchments import catchments, decay_table
from yike.engines.travel.contraction import contract
from yike.engines.travel.curve import laid_along
from yike.engines.travel.errors import PointsError
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.kept import kept_pairs
from yike.engines.travel.lanes import SHORT
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.pieces import strong_pieces
from yike.engines.travel.points import seeds_at
from yike.engines.travel.tests import makers

SEEDS = st.integers(0, 2**32 - 1)
EXAMPLES = settings(derandomize=True, max_examples=40, deadline=None)


def layers(network: Network) -> Hierarchy:
    assert network.hierarchy is not None
    return network.hierarchy


@EXAMPLES
@given(SEEDS)
def test_nearest_and_k_nearest_of_every_node(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng, longest=int(rng.choice([2, 60, 5000])))
    seeds, k = makers.stations(rng, network), int(rng.integers(1, 6))
    table = makers.tree_table(network, seeds)
    times, stations = makers.best_of(table, k)
    found = sweeps.k_nearest(layers(network), seeds, k)
    np.testing.assert_array_equal(found[0], times)
    np.testing.assert_array_equal(found[1], stations)
    bucketed = BucketSearch(*network.reverse(), room=1).nearest(
        seeds.node, seeds.cost, seeds.source
    )
    for one in (sweeps.nearest(layers(network), seeds), bucketed):
        np.testing.assert_array_equal(one[0], times[:, 0])
        np.testing.assert_array_equal(one[1], stations[:, 0])
    np.testing.assert_array_equal(journeys.trees(layers(network), seeds), table)


@EXAMPLES
@given(SEEDS)
def test_cells_in_every_form(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng)
    seeds = makers.stations(rng, network, most=70)
    ends = makers.cells(rng, network, seeds.sources)
    table = makers.cell_table(network, seeds, ends)
    np.testing.assert_array_equal(journeys.matrix(layers(network), seeds, ends), table)
    times, stations = makers.best_of(table, 3)
    found = sweeps.nearest_of_cells(layers(network), seeds, ends, 3)
    np.testing.assert_array_equal(found[0], times)
    np.testing.assert_array_equal(found[1], stations)


def _triples(found: journeys.Pairs) -> set[tuple[int, int, int]]:
    columns = (found.station.tolist(), found.cell.tolist(), found.cost.tolist())
    triples = list(zip(*columns, strict=True))
    assert len(triples) == len(set(triples))
    return set(triples)


@EXAMPLES
@given(SEEDS, st.sampled_from([60, 300, 30_000]))
def test_pairs_by_sweeps_and_by_balls(seed: int, longest: int) -> None:
    """Short arcs, arcs beyond most bounds, and times on both sides of what two bytes can sum."""
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng, longest=longest)
    bound = int(rng.integers(1, 40 * longest))
    seeds = makers.stations(rng, network, most=70)
    ends = makers.cells(rng, network, seeds.sources)
    table = makers.cell_table(network, seeds, ends)
    wanted = {
        (int(station), int(cell), int(table[station, cell]))
        for station, cell in np.argwhere(table <= bound)
    }
    search = BucketSearch(*network.reverse())
    assert _triples(journeys.pairs(layers(network), search, seeds, ends, bound)) == wanted
    blocks = ball_pairs(network.reverse(), seeds, ends, bound, room=1)
    assert _triples(_joined(blocks)) == wanted
    swept = journeys.pair_batches(layers(network), seeds, ends, bound)
    assert _triples(_joined([np.stack((b.station, b.cell, b.cost)) for b in swept])) == wanted


@EXAMPLES
@given(SEEDS, st.sampled_from([300, 2500, SHORT - 1, SHORT, 2**16, 2**20]))
def test_pairs_that_are_kept_come_back(seed: int, bound: int) -> None:
    """In two bytes a time, and in four where the bound needs them."""
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng, longest=40 * bound // 300)
    seeds = makers.stations(rng, network, most=70)
    ends = makers.cells(rng, network, seeds.sources)
    table = makers.cell_table(network, seeds, ends)
    held = kept_pairs(layers(network), seeds, ends, bound)
    back = [np.stack((one.station, one.cell, one.cost)) for one in held.batches()]
    near = np.argwhere(table <= bound)
    assert len(held) == len(near)
    assert held.costs.itemsize == (2 if bound < 2**16 else 4)
    assert _triples(_joined(back)) == {(int(s), int(c), int(table[s, c])) for s, c in near}


def _joined(blocks: list[Ints]) -> journeys.Pairs:
    station, cell, cost = np.concatenate(blocks, axis=1)
    return journeys.Pairs(station=station, cell=cell, cost=cost)


@EXAMPLES
@given(SEEDS, st.sampled_from([1, 30, SHORT // 900 + 1, 1000]))
def test_catchments_equal_the_two_steps_written_out(seed: int, slower: int) -> None:
    """Times in two bytes and in four."""
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng, longest=60 * slower)
    near, far = 300 * slower, 900 * slower
    seeds = makers.stations(rng, network, most=70)
    ends = makers.cells(rng, network, seeds.sources)
    supply, people = (
        rng.random(seeds.sources) * 40,
        rng.integers(0, 30, ends.cells).astype(np.float64),
    )
    found = catchments(
        layers(network), seeds, ends, supply, people, decay_table([(near, 1.0), (far, 0.4)])
    )
    times = makers.cell_table(network, seeds, ends)
    weight = np.where(times <= near, 1.0, np.where(times <= far, 0.4, 0.0))
    demand = weight @ people
    ratio = np.where(demand > 0, supply / np.maximum(demand, 1e-9), 0.0)
    np.testing.assert_allclose(found.ratio, ratio, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.access, ratio @ weight, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.access @ people, supply[demand > 0].sum(), rtol=1e-9)


def test_a_decay_that_does_not_rise_in_time_is_refused() -> None:
    with pytest.raises(PointsError, match="逐级增大"):
        decay_table([(900, 1.0), (300, 0.5)])
    with pytest.raises(PointsError, match="十天"):
        decay_table([(UNREACHED, 1.0)])


@EXAMPLES
@given(SEEDS)
def test_a_ball_is_what_lies_within_the_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network, bound = makers.scattered(rng), int(rng.integers(0, 1500))
    graph = network.first, network.head, network.cost
    search = BucketSearch(*graph, room=2)
    for node in rng.integers(0, network.nodes, 3).tolist():
        nodes, times = search.ball(node, bound)
        wanted = makers.textbook(graph, [(node, 0)])
        assert sorted(nodes.tolist()) == np.flatnonzero(wanted <= bound).tolist()
        np.testing.assert_array_equal(times, wanted[nodes])


@EXAMPLES
@given(SEEDS)
def test_pieces_equal_those_of_scipy(seed: int) -> None:
    network = makers.scattered(np.random.default_rng(seed))
    graph = csr_matrix((network.cost, network.head, network.first), (network.nodes,) * 2)
    count, labels = connected_components(graph, directed=True, connection="strong")
    found = strong_pieces(network.first, network.head)
    assert len(set(zip(found.tolist(), labels.tolist(), strict=True))) == count
    assert found.max() + 1 == count
    assert (np.diff(np.bincount(found)) <= 0).all()


def test_a_long_road_breaks_no_stack() -> None:
    side = 20_000
    first = np.arange(side + 1, dtype=np.int32)
    first[-1] = side - 1
    head = np.arange(1, side, dtype=np.int32)
    assert strong_pieces(first, head).max() == side - 1


@pytest.mark.parametrize("seed", [1, 2])
def test_memory_that_is_too_small_at_first_changes_nothing(seed: int) -> None:
    """A hub of many arcs and dense clumps need more than one place for shortcuts."""
    network = makers.road_like(12, seed)
    hub = np.arange(1, network.nodes)
    tail = np.concatenate((network.tails(), np.zeros(len(hub), int), hub))
    head = np.concatenate((network.head, hub, np.zeros(len(hub), int)))
    cost = np.concatenate((network.cost, np.full(2 * len(hub), 700)))
    graph = network_from_arcs(
        lon=network.lon, lat=network.lat, tail=tail, head=head, cost=cost, mode="car"
    ).reverse()
    for small, roomy in zip(contract(*graph, 1), contract(*graph, 50_000), strict=True):
        np.testing.assert_array_equal(small, roomy)


def test_a_road_like_network_equals_scipy() -> None:
    network = prepared(laid_along(makers.road_like(60)))
    rng = np.random.default_rng(3)
    nodes = rng.integers(0, network.nodes, 50)
    graph = csr_matrix((network.cost, network.head, network.first), (network.nodes,) * 2)
    exact = dijkstra(graph.T.tocsr(), indices=nodes)
    wanted = np.where(np.isinf(exact), UNREACHED, exact).astype(np.int32)
    np.testing.assert_array_equal(journeys.trees(layers(network), seeds_at(nodes)), wanted)
    time, station = sweeps.nearest(layers(network), seeds_at(nodes))
    np.testing.assert_array_equal(time, wanted.min(axis=0))
    reached = time < UNREACHED
    np.testing.assert_array_equal(station[reached], wanted.argmin(axis=0)[reached])
    assert reached.any()
    assert layers(network).is_sound()
