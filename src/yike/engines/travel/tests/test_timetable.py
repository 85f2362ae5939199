"""Boats and buses over a network: every cell at every instant as a textbook search says."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from yike.engines.travel.arrays import UNREACHED, Ints, ints
from yike.engines.travel.doors import Doors, doors
from yike.engines.travel.gtfs.day import NEVER, Connections
from yike.engines.travel.gtfs.feed import HOUR
from yike.engines.travel.tests.roaming import World, on_foot, soonest
from yike.engines.travel.timetable.plan import Plan, prepare

MINUTE = HOUR // 60
SEEDS = range(20)


def _world(rng: np.random.Generator) -> World:
    """A mainland and two islands of streets, some one way; stops on them, one out of reach."""
    arcs: dict[int, list[tuple[int, int]]] = {}
    for island in (range(12), range(12, 18), range(18, 24)):
        for node in island:
            for _ in range(2):
                other = int(rng.choice(island))
                cost = int(rng.integers(1, 8 * MINUTE))
                arcs.setdefault(node, []).append((other, cost))
                if rng.random() < 0.7:
                    arcs.setdefault(other, []).append((node, cost))
    hung = [*rng.integers(0, 12, 3), *rng.integers(12, 18, 2), *rng.integers(18, 24, 2), -1]
    walk = [int(w) for w in rng.integers(0, 3 * MINUTE, len(hung))]
    return World(24, arcs, [int(n) for n in hung], walk)


def _rides(rng: np.random.Generator, stops: int) -> Connections:
    """Runs over two to four stops, some headway-like with a wait, some where nobody boards."""
    rows: list[tuple[int, ...]] = []
    for run in range(int(rng.integers(0, 25))):
        calls = rng.choice(stops, int(rng.integers(2, 5)), replace=False)
        time = int(rng.integers(0, 23 * HOUR))
        wait = int(rng.choice([0, 0, 20 * MINUTE]))
        for start, end in pairwise(calls):
            arrive = time + int(rng.integers(1, 40 * MINUTE))
            by = time - wait if rng.random() < 0.9 else NEVER
            rows.append((start, end, time, arrive, by, rng.random() < 0.9, run))
            time = arrive + int(rng.integers(0, 5 * MINUTE))
    columns = np.array(rows, dtype=np.int64).reshape(-1, 7).T.astype(np.int32)
    return Connections(
        on=None,  # type: ignore[arg-type]
        **dict(zip(("start", "end", "depart", "arrive", "board_by"), columns[:5], strict=True)),
        may_leave=columns[5].astype(np.bool_),
        run=columns[6],
        trip=np.zeros(int(columns[6].max(initial=-1)) + 1, np.int32),
    )


def _times(world: World, start: list[int], end: list[int]) -> Ints:
    ways = [on_foot(world, place) for place in start]
    return ints([[way.get(there, UNREACHED) for there in end] for way in ways])


def _plan(world: World, rides: Connections, stations: list[int], **more: Any) -> Plan:
    """One lane for each station."""
    nodes = list(range(world.nodes))
    stops = [world.nodes + s for s in range(len(world.node))]
    access = _times(world, nodes, stops).T
    return prepare(
        rides,
        between=_times(world, stops, stops),
        onward=_times(world, stops, stations),
        direct=_times(world, nodes, stations),
        access=lambda chosen: access[chosen],
        **more,
    )


def _said(cost: int) -> int | None:
    return None if cost == UNREACHED else int(cost)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_node_at_any_instant_as_the_textbook_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    world = _world(rng)
    rides = _rides(rng, len(world.node))
    change = int(rng.choice([0, 5 * MINUTE]))
    stations = [int(s) for s in rng.choice(world.nodes, 3, replace=False)]
    plan = _plan(world, rides, stations, change=change)
    for since in (0, *(int(t) for t in rng.integers(0, 22 * HOUR, 3))):
        cost, via = plan.costs_at(since)
        for node in range(world.nodes):
            for lane, station in enumerate(stations):
                told = soonest(world, rides, node, since, {station: None}, change=change)
                assert _said(cost[node, lane]) == told, (since, node, lane)
                assert (via[node, lane] >= 0) == (cost[node, lane] < plan.direct[node, lane])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("policy", ["arrive_open", "may_wait"])
def test_doors_and_boats_together(seed: int, policy: Any) -> None:
    rng = np.random.default_rng(seed)
    world = _world(rng)
    rides = _rides(rng, len(world.node))
    stations = [int(s) for s in rng.choice(world.nodes, 3, replace=False)]
    hours = [_hours(rng), _hours(rng), None]
    early = int(rng.choice([0, 10 * MINUTE]))
    opened = doors(hours, policy, before_closing=early)
    plan = _plan(world, rides, stations, doors=opened)
    for since in (int(t) for t in rng.integers(0, 22 * HOUR, 3)):
        cost, _ = plan.costs_at(since)
        for node in range(world.nodes):
            for lane, station in enumerate(stations):
                told = soonest(
                    world, rides, node, since, {station: hours[lane]},
                    waits=policy == "may_wait", early=max(early, 1),
                )  # fmt: skip
                assert _said(cost[node, lane]) == told, (since, node, lane)


def _hours(rng: np.random.Generator) -> list[tuple[int, int]]:
    marks = sorted(
        int(t) for t in rng.choice(30 * HOUR, 2 * int(rng.integers(0, 4)), replace=False)
    )
    return list(zip(marks[::2], marks[1::2], strict=True))


def _line(*rows: tuple[int, int, int, int, int]) -> Connections:
    """Connections in words: start, end, departure and arrival in minutes, run."""
    start, end, depart, arrive, run = ints(rows).reshape(-1, 5).T.copy()
    return Connections(
        on=None,  # type: ignore[arg-type]
        start=start, end=end, depart=depart * MINUTE, arrive=arrive * MINUTE,
        board_by=depart * MINUTE, may_leave=np.ones(len(run), np.bool_), run=run,
        trip=np.zeros(int(run.max(initial=-1)) + 1, np.int32),
    )  # fmt: skip


#: Three islands of one node each with a stop: 0 the mainland with the station, 1 near, 2 far.
ISLANDS = World(3, {}, [0, 1, 2], [0, 0, 0])


def _minutes(rides: Connections, since: int, world: World = ISLANDS, **more: Any) -> list[Any]:
    cost, _ = _plan(world, rides, [0], **more).costs_at(since * MINUTE)
    return [None if one == UNREACHED else one / MINUTE for one in cost[:, 0]]


def test_the_last_boat_missed_and_no_boat_at_all() -> None:
    boat = _line((1, 0, 17 * 60, 17 * 60 + 20, 0))
    assert _minutes(boat, 17 * 60) == [0, 20, None]
    assert _minutes(boat, 17 * 60 + 1) == [0, None, None]
    assert _minutes(_line(), 600) == [0, None, None]


def test_a_boat_past_midnight() -> None:
    assert _minutes(_line((1, 0, 24 * 60 + 10, 25 * 60, 0)), 23 * 60) == [0, 120, None]


def test_from_island_to_island_with_a_change_and_staying_on_board() -> None:
    through = _line((2, 1, 480, 500, 0), (1, 0, 502, 520, 0))
    change = _line((2, 1, 480, 500, 0), (1, 0, 502, 520, 1))
    assert _minutes(through, 480, change=5 * MINUTE) == [0, 40, 40]
    assert _minutes(change, 480) == [0, 40, 40]
    assert _minutes(change, 480, change=2 * MINUTE) == [0, 40, 40]
    assert _minutes(change, 480, change=2 * MINUTE + 1) == [0, 40, None]


def test_a_boat_quicker_than_the_road_is_taken_from_the_mainland_too() -> None:
    road = World(2, {1: [(0, 90 * MINUTE)]}, [0, 1], [MINUTE, 2 * MINUTE])
    boat = _line((1, 0, 480, 500, 0))
    assert _minutes(boat, 478, road) == [0, 23]
    assert _minutes(boat, 479, road) == [0, 90]


def test_who_cannot_wait_may_come_by_a_later_boat() -> None:
    boats = _line((1, 0, 480, 500, 0), (1, 0, 540, 560, 1))
    opened: dict[str, Doors] = {
        policy: doors([[(550 * MINUTE, 700 * MINUTE)]], policy, before_closing=0)
        for policy in ("arrive_open", "may_wait")
    }
    assert _minutes(boats, 470, doors=opened["arrive_open"]) == [None, 90, None]
    assert _minutes(boats, 470, doors=opened["may_wait"]) == [80, 80, None]


def test_a_headway_that_is_waited_for_lies_behind_a_boat_that_leaves_earlier() -> None:
    """The bus leaves later but must be waited for from earlier on: two orders of one stop."""
    rides = _line((1, 0, 500, 505, 0), (1, 0, 490, 560, 1))
    waited = replace(rides, board_by=ints([480 * MINUTE, 490 * MINUTE]))
    assert _minutes(waited, 480) == [0, 25, None]
    assert _minutes(waited, 485) == [0, 75, None]


def test_a_change_that_gains_five_minutes_over_staying_on_board() -> None:
    rides = _line((2, 1, 480, 500, 0), (1, 0, 502, 515, 0), (1, 0, 501, 510, 1))
    assert _minutes(rides, 480) == [0, 30, 30]


def test_a_farther_stop_that_is_hardly_sooner() -> None:
    """One minute decides between a boat at hand and one five minutes off with a shorter ride."""
    shore = World(3, {2: [(1, 5 * MINUTE)]}, [0, 1, 2], [0, 0, 0])
    rides = _line((2, 0, 480, 500, 0), (1, 0, 491, 501, 1), (1, 0, 470, 480, 2))
    assert _minutes(rides, 480, shore) == [0, 21, 20]
