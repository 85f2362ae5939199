"""One station more, fewer, moved, and undone: always as if computed afresh."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.travel import sweeps
from yike.engines.travel.arrays import Ints, ints
from yike.engines.travel.errors import PointsError
from yike.engines.travel.network import Network
from yike.engines.travel.points import Seeds
from yike.engines.travel.tests import makers
from yike.engines.travel.whatif import WhatIf

Standing = dict[int, tuple[Ints, Ints]]


def seeds_of(standing: Standing) -> Seeds:
    none = (ints([]), ints([]))
    numbers = sorted(standing)
    nodes, costs = zip(*[standing[number] for number in numbers], none, strict=True)
    return Seeds(
        node=ints(np.concatenate(nodes)),
        cost=ints(np.concatenate(costs)),
        source=ints(np.repeat(numbers, [len(standing[number][0]) for number in numbers])),
        sources=1000,
    )


def fresh(network: Network, standing: Standing) -> tuple[Ints, Ints]:
    assert network.hierarchy is not None
    return sweeps.nearest(network.hierarchy, seeds_of(standing))


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_step_equals_a_fresh_computation(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = makers.scattered(rng, longest=int(rng.choice([3, 400])))
    standing: Standing = {
        number: (ints(rng.integers(0, network.nodes, 2)), ints(rng.integers(0, 300, 2)))
        for number in range(int(rng.integers(0, 12)))
    }
    what = WhatIf(network, *fresh(network, standing), seeds_of(standing), room=1)
    before: list[Standing] = []
    for step in range(12):
        deed = int(rng.integers(0, 4))
        place = ints(rng.integers(0, network.nodes, 2)), ints(rng.integers(0, 300, 2))
        if deed == 0 and before:
            standing = before.pop()
            what.undo()
        elif deed == 1 or not standing:
            before.append(dict(standing))
            standing[100 + step] = place
            what.add(100 + step, *place)
        else:
            before.append(dict(standing))
            number = int(rng.choice(sorted(standing)))
            if deed == 2:
                del standing[number]
                what.remove(number)
            else:
                standing[number] = place
                what.move(number, *place)
        time, station = fresh(network, standing)
        np.testing.assert_array_equal(what.time, time)
        np.testing.assert_array_equal(what.station, station)


def test_a_change_names_the_nodes_and_what_they_had() -> None:
    network = makers.scattered(np.random.default_rng(8))
    standing: Standing = {0: (ints([0]), ints([0]))}
    time, station = fresh(network, standing)
    what = WhatIf(network, time, station, seeds_of(standing))
    change = what.add(1, 5)
    changed = np.flatnonzero((what.time != time) | (what.station != station))
    assert sorted(change.node.tolist()) == changed.tolist()
    np.testing.assert_array_equal(change.time, time[change.node])
    np.testing.assert_array_equal(change.station, station[change.node])


def test_a_number_in_use_and_one_that_is_not_are_refused() -> None:
    network = makers.scattered(np.random.default_rng(8))
    standing: Standing = {0: (ints([0]), ints([0]))}
    what = WhatIf(network, *fresh(network, standing), seeds_of(standing))
    with pytest.raises(PointsError, match="第 1 个站点已在图上"):
        what.add(0, 3)
    with pytest.raises(PointsError, match="第 8 个站点没有接入"):
        what.remove(7)
