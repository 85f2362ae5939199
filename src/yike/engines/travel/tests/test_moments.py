"""Boats and doors over the hierarchy: nodes and cells as a textbook search on the roads says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from yike.engines.travel.arrays import UNREACHED, Ints, ints
from yike.engines.travel.doors import DoorPolicy, Periods, always_open, doors
from yike.engines.travel.gtfs.day import Connections
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.points import Ends, Seeds, ends_at, ends_of, seeds_at
from yike.engines.travel.tests.roaming import World, soonest
from yike.engines.travel.tests.test_timetable import MINUTE, _rides
from yike.engines.travel.timetable.moments import (
    Quays,
    Rows,
    k_soonest,
    lanes_by_hours,
    plan_of_nodes,
    shared_ends,
    shared_seeds,
)

STATIONS = 40
SEEDS = range(6)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Three islands of 30 nodes with 40 stations and 8 stops, one of which touches nothing."""

    world: World
    hierarchy: Hierarchy
    stations: Seeds
    quays: Quays
    rides: Connections


def _scene(seed: int) -> Scene:
    rng = np.random.default_rng(seed)
    network = prepared(_network(rng))
    at, walk = ints(rng.integers(0, network.nodes, 7)), ints(rng.integers(0, 3 * MINUTE, 7))
    stops = np.arange(7, dtype=np.int32)
    quays = Quays(
        seeds=Seeds(node=ints(at), cost=ints(walk), source=stops, sources=8),
        ends=_ends(at, walk, spare=1),
        onward=_ends(at, walk, spare=1),
    )
    arcs: dict[int, list[tuple[int, int]]] = {}
    for tail, head, cost in zip(network.tails(), network.head, network.cost, strict=True):
        arcs.setdefault(int(tail), []).append((int(head), int(cost)))
    world = World(network.nodes, arcs, [*map(int, at), -1], [*map(int, walk), 0])
    assert network.hierarchy is not None
    return Scene(
        world=world, hierarchy=network.hierarchy, quays=quays, rides=_rides(rng, 8),
        stations=seeds_at(rng.integers(0, network.nodes, STATIONS)),
    )  # fmt: skip


def _network(rng: np.random.Generator) -> Network:
    island = np.repeat(np.arange(3), 60) * 30
    tail, head = (island + rng.integers(0, 30, 180) for _ in range(2))
    cost = rng.integers(1, 8 * MINUTE, 180)
    place = rng.random((2, 90))
    return network_from_arcs(
        lon=121 + place[0], lat=29 + place[1], tail=np.append(tail, head[::2]),
        head=np.append(head, tail[::2]), cost=np.append(cost, cost[::2]), mode="walk",
    )  # fmt: skip


def _ends(nodes: Ints, walk: Ints, *, spare: int = 0) -> Ends:
    node = np.full((len(nodes) + spare, 2), -1, np.int32)
    cost = np.zeros_like(node)
    node[: len(nodes), 0], cost[: len(nodes), 0] = nodes, walk
    return ends_of(node, cost)


def _told(
    scene: Scene, place: int, since: int, hours: Sequence[Periods | None], waits: bool
) -> Ints:
    """What the judge says of one place, for every station."""
    found = [
        soonest(scene.world, scene.rides, place, since, {int(node): hours[at]}, waits=waits)
        for at, node in enumerate(scene.stations.node)
    ]
    return ints([UNREACHED if one is None else one for one in found])


def _hours(rng: np.random.Generator) -> list[Periods | None]:
    kinds: list[Periods | None] = [None, [(8 * 36_000, 12 * 36_000)], [(0, 9), (500_000, 700_000)]]
    return [kinds[int(n)] for n in rng.integers(0, 3, STATIONS)]


@pytest.mark.parametrize("seed", SEEDS)
def test_nodes_whose_stations_share_hours_share_a_lane(seed: int) -> None:
    scene, rng = _scene(seed), np.random.default_rng(seed)
    hours = _hours(rng)
    lanes, periods = lanes_by_hours(hours)
    quays = Quays(
        seeds=scene.quays.seeds, ends=scene.quays.ends,
        onward=shared_ends(scene.quays.onward, lanes),
    )  # fmt: skip
    plan = plan_of_nodes(
        scene.hierarchy, shared_seeds(scene.stations, lanes), quays, scene.rides,
        doors=doors(periods, "may_wait", before_closing=0),
    )  # fmt: skip
    assert plan.direct.shape[1] == len(periods) <= 3
    since = int(rng.integers(0, 15 * 36_000))
    cost, _ = plan.costs_at(since)
    for node in rng.choice(scene.world.nodes, 6, replace=False):
        assert cost[node].min() == _told(scene, int(node), since, hours, True).min()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("policy", ["arrive_open", "may_wait"])
def test_the_k_soonest_of_cells(seed: int, policy: DoorPolicy) -> None:
    scene, rng = _scene(seed), np.random.default_rng(seed)
    hours = _hours(rng)
    cells = rng.choice(scene.world.nodes, 6, replace=False)
    since = int(rng.integers(0, 15 * 36_000))
    rows = Rows(to_stations=ends_at(cells), to_stops=ends_at(cells))
    time, station, via = k_soonest(
        scene.hierarchy, scene.stations, scene.quays, rows, scene.rides,
        since=since, k=35, doors=doors(hours, policy, before_closing=0),
    )  # fmt: skip
    for row, node in enumerate(cells):
        told = _told(scene, int(node), since, hours, policy == "may_wait")
        order = np.argsort(told, kind="stable")[:35]
        assert np.array_equal(time[row], told[order])
        assert np.array_equal(station[row], np.where(told[order] < UNREACHED, order, -1))
        assert (via[row][told[order] == UNREACHED] == -1).all()


def test_direct_ways_count_for_stations_of_every_group() -> None:
    """Cells and stops on a stretch of road where a station stands reach it without a node."""
    scene = _scene(0)
    cells = ends_of(np.full((2, 2), -1), np.zeros((2, 2)), direct=([0, 1], [35, 2], [70, 80]))
    stops = ends_of(np.full((2, 2), -1), np.zeros((2, 2)), direct=([1], [3], [9]))
    time, station, via = k_soonest(
        scene.hierarchy, scene.stations, scene.quays, Rows(to_stations=cells, to_stops=stops),
        scene.rides, since=0, k=1, doors=always_open(STATIONS),
    )  # fmt: skip
    assert (time[0, 0], station[0, 0], via[0, 0]) == (70, 35, -1)
    assert station[1, 0] == 2
