"""What must hold on any network, whatever the right answer is."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.travel import journeys, sweeps
from yike.engines.travel.arrays import UNREACHED, Ints, ints
from yike.engines.travel.catchments import catchments, decay_table
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs, renumbered
from yike.engines.travel.points import Seeds, ends_at, seeds_at
from yike.engines.travel.tests import makers

SEEDS = st.integers(0, 2**32 - 1)
EXAMPLES = settings(derandomize=True, max_examples=30, deadline=None)


def layers(network: Network) -> Hierarchy:
    assert network.hierarchy is not None
    return network.hierarchy


def times_of(network: Network, seeds: Seeds) -> Ints:
    return sweeps.nearest(layers(network), seeds)[0]


@EXAMPLES
@given(SEEDS)
def test_one_station_more_never_raises_a_time(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng)
    nodes = rng.integers(0, network.nodes, 6)
    fewer, more = (times_of(network, seeds_at(nodes[:count])) for count in (5, 6))
    assert (more <= fewer).all()


@EXAMPLES
@given(SEEDS)
def test_renumbering_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng)
    order = rng.permutation(network.nodes)
    place = np.argsort(order)
    other = prepared(renumbered(network, order))
    nodes = rng.integers(0, network.nodes, 5)
    before, after = (
        sweeps.nearest(layers(network), seeds_at(nodes)),
        sweeps.nearest(layers(other), seeds_at(place[nodes])),
    )
    np.testing.assert_array_equal(before[0], after[0][place])
    np.testing.assert_array_equal(before[1], after[1][place])
    np.testing.assert_array_equal(network.ids, other.ids[place])


@EXAMPLES
@given(SEEDS)
def test_splitting_an_arc_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng)
    long = np.flatnonzero(network.cost > 1)
    if not len(long):
        return
    arc = int(rng.choice(long))
    part = int(rng.integers(1, network.cost[arc]))
    kept = np.arange(network.arcs) != arc
    tail, middle = network.tails(), network.nodes
    split = prepared(
        network_from_arcs(
            lon=np.append(network.lon, 120.0),
            lat=np.append(network.lat, 30.0),
            tail=np.concatenate((tail[kept], [tail[arc], middle])),
            head=np.concatenate((network.head[kept], [middle, network.head[arc]])),
            cost=np.concatenate((network.cost[kept], [part, network.cost[arc] - part])),
            mode="walk",
        )
    )
    seeds = seeds_at(rng.integers(0, network.nodes, 4))
    np.testing.assert_array_equal(times_of(network, seeds), times_of(split, seeds)[:middle])


@EXAMPLES
@given(SEEDS)
def test_turning_every_one_way_swaps_to_and_from(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng)
    turned = prepared(
        network_from_arcs(
            lon=network.lon,
            lat=network.lat,
            tail=network.head,
            head=network.tails(),
            cost=network.cost,
            mode="walk",
        )
    )
    everywhere = seeds_at(np.arange(network.nodes))
    there, back = (journeys.trees(layers(one), everywhere) for one in (network, turned))
    np.testing.assert_array_equal(there, back.T)


@EXAMPLES
@given(SEEDS)
def test_the_unreachable_stay_and_people_are_conserved(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng)
    seeds = seeds_at(rng.integers(0, network.nodes, 2))
    ends = ends_at(rng.integers(0, network.nodes, 30))
    people = rng.integers(0, 50, 30).astype(np.float64)
    time, station = sweeps.nearest_of_cells(layers(network), seeds, ends)
    assert time.shape == (30, 1)
    np.testing.assert_array_equal(time[:, 0] == UNREACHED, station[:, 0] == -1)
    covered = people[time[:, 0] <= 600].sum()
    assert covered + people[time[:, 0] > 600].sum() == people.sum()
    given_out = catchments(
        layers(network), seeds, ends, np.ones(2), people, decay_table([(90_000, 1.0)])
    )
    assert (given_out.access[time[:, 0] == UNREACHED] == 0).all()


def test_the_same_input_twice_gives_the_same_arrays() -> None:
    one, two = (prepared(makers.road_like(25)) for _ in range(2))
    for name, array in layers(one).arrays().items():
        np.testing.assert_array_equal(array, layers(two).arrays()[name])


def test_equally_near_stations_are_told_apart_by_their_number() -> None:
    network = makers.road_like(10)
    level = prepared(dataclasses.replace(network, cost=ints(np.full(network.arcs, 7))))
    nodes = np.random.default_rng(0).permutation(100)[:20]
    seeds = seeds_at(nodes)
    found = sweeps.nearest(layers(level), seeds)
    times, stations = makers.best_of(makers.tree_table(level, seeds), 1)
    np.testing.assert_array_equal(found[0], times[:, 0])
    np.testing.assert_array_equal(found[1], stations[:, 0])
