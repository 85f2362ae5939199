"""One search without hierarchy gives what the sweeps give."""

from __future__ import annotations

import numpy as np
import pytest

from yike.engines.travel import sweeps, unprepared
from yike.engines.travel.arrays import UNREACHED
from yike.engines.travel.network import network_from_arcs
from yike.engines.travel.points import ends_of, seeds_at
from yike.engines.travel.tests import makers


@pytest.mark.parametrize("seed", range(40))
def test_the_nearest_of_cells_is_that_of_the_sweeps(seed: int) -> None:
    """With ties, pieces apart, cells without ends, and ways that pass no node."""
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng)
    seeds = makers.stations(rng, network)
    ends = makers.cells(rng, network, seeds.sources)
    assert network.hierarchy is not None
    wanted = sweeps.nearest_of_cells(network.hierarchy, seeds, ends)
    found = unprepared.nearest_of_cells(network.reverse(), seeds, ends)
    np.testing.assert_array_equal(found[0], wanted[0])
    np.testing.assert_array_equal(found[1], wanted[1])


def test_what_no_station_reaches() -> None:
    network = network_from_arcs(
        lon=[0.0, 1.0], lat=[0.0, 0.0], tail=[1], head=[0], cost=[5], mode="walk"
    )
    ends = ends_of([[0, -1], [1, -1], [-1, -1]], np.zeros((3, 2)))
    time, station = unprepared.nearest_of_cells(network.reverse(), seeds_at([1]), ends)
    assert time[:, 0].tolist() == [UNREACHED, 0, UNREACHED]
    assert station[:, 0].tolist() == [-1, 0, -1]
