"""Service hours shared out some stations at a time: the same as over all pairs at once."""

from __future__ import annotations

import numpy as np
import pytest

from yike.engines.coverage.catchments import thirds_decay, two_step
from yike.engines.travel.journeys import matrix
from yike.engines.travel.points import ends_at, seeds_at
from yike.engines.travel.tests import makers
from yike.rooms.reach.reckoning import accessing

STATIONS, CELLS = 37, 90


@pytest.mark.parametrize("seed", range(6))
def test_two_networks_share_out_what_their_quickest_pairs_do(seed: int) -> None:
    """The second network serves only some cells; a cell that no station reaches has nothing."""
    rng = np.random.default_rng(seed)
    networks = [makers.scattered(rng, longest=9000) for _ in range(2)]
    here = [np.arange(CELLS), np.flatnonzero(rng.random(CELLS) < 0.5)]
    times = np.full((STATIONS, CELLS), 2**30)
    found = []
    for network, cells in zip(networks, here, strict=True):
        seeds = seeds_at(rng.integers(0, network.nodes, STATIONS).astype(np.int32))
        ends = ends_at(rng.integers(0, network.nodes, len(cells)).astype(np.int32))
        assert network.hierarchy is not None
        found.append(accessing.pairs_within(network.hierarchy, seeds, ends, cells))
        there = matrix(network.hierarchy, seeds, ends)
        times[:, cells] = np.minimum(times[:, cells], there)
    bound = accessing.BOUND * 600
    station, cell = np.nonzero(times <= bound)
    supply, people = rng.uniform(0, 40, STATIONS), rng.integers(0, 400, CELLS)
    wanted = two_step(
        station, cell, times[station, cell], supply=supply, people=people,
        decay=thirds_decay(accessing.BOUND),
    )  # fmt: skip
    told = accessing.shared_out(supply, people, found)
    np.testing.assert_allclose(told.access, wanted.access, rtol=1e-12)
    np.testing.assert_allclose(told.ratio, wanted.ratio, rtol=1e-12)
    np.testing.assert_allclose(told.demand, wanted.demand, rtol=1e-12)
    assert told.idle.tolist() == wanted.idle.tolist()


def test_without_stations_nobody_has_anything() -> None:
    told = accessing.shared_out(np.zeros(0), np.array([3, 4]), [])
    assert told.access.tolist() == [0.0, 0.0]
