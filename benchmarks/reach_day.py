"""A day of hourly maps with boats by timetable and doors by the clock, against the textbook.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_day [--osm FILE | --net FILE]

Boats run between the shores of the ferries of the network, which is then walked without them: six
to twenty a day, the last one on some lines after midnight, some lines none at all. Of drawn nodes
and hours the time until served is searched anew, forward and with the clock (heapq); with doors,
to every station, so that one still shut deceives nobody. Told too: the share of nodes at which one
label a node, the nearest station open when one sets out, is wrong.
"""

from __future__ import annotations

import heapq
import json
from typing import Any

from benchmarks import reach_ground

reach_ground.with_peers("benchmarks.reach_day")

import numpy as np

from yike.engines.travel import journeys, points, sweeps
from yike.engines.travel.arrays import UNREACHED, ints
from yike.engines.travel.doors import Doors, doors
from yike.engines.travel.gtfs.day import Connections
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.timetable.plan import Plan, prepare

HOUR, MINUTE = 36_000, 600
HOURS = [hour * HOUR for hour in range(24)]
#: hours of three kinds of station, minutes after midnight; None is always open
KINDS = (((510, 720), (840, 1050)), ((540, 1020),), None)


def main() -> int:
    """This will print milliseconds, faults and shares as JSON; 1 where an answer is wrong."""
    parser = reach_ground.options(__doc__)
    parser.set_defaults(mode="walk", stations=40)
    parser.add_argument("--checked", type=int, default=240, help="pairs of node and hour")
    asked = parser.parse_args()
    whole = reach_ground.network_of(asked)
    network, boats = _apart(whole)
    stations = _stations(network, asked.stations)
    chance = np.random.default_rng(11)
    rides = _timetable(boats, chance)
    told: dict[str, Any] = {"nodes": network.nodes, "lines": len(boats), "boats": len(rides.run)}
    told |= _boats(network, rides, stations, asked, chance)
    told |= _doors(network, rides, stations, asked, chance)
    print(json.dumps(told, indent=1))
    return 1 if any(count for name, count in told.items() if name.endswith("_wrong")) else 0


def _apart(network: Network) -> tuple[Network, list[tuple[int, int, int]]]:
    """The network without its ferries, and these: (from, to, deciseconds)."""
    tail, boat = network.tails(), network.ferry
    boats = zip(tail[boat], network.head[boat], network.cost[boat], strict=True)
    walked = network_from_arcs(
        lon=network.lon,
        lat=network.lat,
        tail=tail[~boat],
        head=network.head[~boat],
        cost=network.cost[~boat],
        ferry=np.zeros(int((~boat).sum()), bool),
        mode=network.mode,
    )
    assert np.array_equal(walked.lon, network.lon)
    return prepared(walked), [(int(a), int(b), int(c)) for a, b, c in boats]


def _stations(network: Network, many: int) -> Any:
    """On the largest piece alone: the islands live by their boats."""
    main = np.flatnonzero(network.pieces() == 0)
    return np.random.default_rng(7).choice(main, many, replace=False)


def _timetable(boats: list[tuple[int, int, int]], chance: np.random.Generator) -> Connections:
    """Stop 2k and 2k + 1 are the shores of line k; one line in six has no boat today."""
    rows = []
    for line, (_, _, cost) in enumerate(boats):
        if line % 6 == 5:
            continue
        minutes = chance.choice(np.arange(60, 1200, 5), int(chance.integers(6, 20)), replace=False)
        late = [1470] if line % 3 == 0 else []
        rows += [(2 * line, 2 * line + 1, int(m) * MINUTE, cost) for m in (*minutes, *late)]
    start, end, depart, cost = ints(np.array(rows).T)
    numbers = np.arange(len(rows), dtype=np.int32)
    return Connections(
        on=None,  # type: ignore[arg-type]
        start=start,
        end=end,
        depart=depart,
        arrive=ints(depart + cost),
        board_by=depart,
        may_leave=np.ones(len(rows), bool),
        run=numbers,
        trip=numbers,
    )


def _plan(
    network: Network, boats: Any, rides: Connections, lanes: list[Any], opened: Doors | None
) -> Plan:
    """One lane for the stations that keep the same hours."""
    assert network.hierarchy is not None
    quays = ints([node for boat in boats for node in boat[:2]])
    to_quays = journeys.trees(network.hierarchy, points.seeds_at(quays))
    seeds = [points.seeds_at(lane) for lane in lanes]
    direct = np.stack([sweeps.nearest(network.hierarchy, one)[0] for one in seeds], axis=1)
    return prepare(
        rides,
        between=to_quays[:, quays].T,
        onward=direct[quays],
        direct=direct,
        access=lambda chosen: to_quays[chosen],
        doors=opened,
    )


def _boats(
    network: Network, rides: Connections, stations: Any, asked: Any, chance: Any
) -> dict[str, Any]:
    boats = _shores(network, rides, asked)
    plan_ms, plan = reach_ground.median_ms(
        lambda: _plan(network, boats, rides, [stations], None), asked.rounds
    )
    day_ms, maps = reach_ground.median_ms(
        lambda: [plan.costs_at(since)[0][:, 0] for since in HOURS], asked.rounds
    )
    world = _World(network, boats, rides)
    goals = {int(node): None for node in stations}
    wrong, never = 0, 0
    for node, hour in _drawn(network, asked.checked, chance):
        truth = world.served(node, HOURS[hour], goals)
        wrong += truth != int(maps[hour][node])
        never += truth == UNREACHED
    return {
        "timetable_prepared_ms": round(plan_ms, 1),
        "day_of_24_maps_ms": round(day_ms, 1),
        "checked": asked.checked,
        "of_these_no_service": never,
        "boats_wrong": wrong,
    }


def _shores(network: Network, rides: Connections, asked: Any) -> list[tuple[int, int, int]]:
    return _apart(reach_ground.network_of(asked))[1]


def _doors(
    network: Network, rides: Connections, stations: Any, asked: Any, chance: Any
) -> dict[str, Any]:
    boats = _shores(network, rides, asked)
    lanes = [stations[kind :: len(KINDS)] for kind in range(len(KINDS))][:2]
    periods = [_periods(kind) for kind in KINDS[:2]]
    told: dict[str, Any] = {}
    for policy in ("may_wait", "arrive_open"):
        plan = _plan(network, boats, rides, lanes, doors(periods, policy, before_closing=0))
        day_ms, maps = reach_ground.median_ms(
            lambda plan=plan: [plan.costs_at(since)[0].min(axis=1) for since in HOURS], asked.rounds
        )
        told[f"doors_{policy}_24_maps_ms"] = round(day_ms, 1)
        if policy == "may_wait":
            world = _World(network, boats, rides)
            goals = {int(n): kind for kind, lane in zip(periods, lanes, strict=True) for n in lane}
            told["doors_wrong"] = sum(
                world.served(node, HOURS[hour], goals) != int(maps[hour][node])
                for node, hour in _drawn(network, asked.checked, chance)
            )
        else:
            told |= _one_label(network, lanes, periods, asked, chance)
    return told


def _periods(kind: Any) -> list[tuple[int, int]]:
    return [(opens * MINUTE, closes * MINUTE) for opens, closes in kind]


def _one_label(
    network: Network, lanes: list[Any], periods: list[Any], asked: Any, chance: Any
) -> dict[str, Any]:
    """On foot alone: the nearest station open when one sets out, against every station's door."""
    assert network.hierarchy is not None
    each = [np.array([node]) for lane in lanes for node in lane]
    spans_of = [spans for lane, spans in zip(lanes, periods, strict=True) for _ in lane]
    plan = _plan(network, [], _no_boats(), each, doors(spans_of, "arrive_open", before_closing=0))
    shares, wrong = [], 0
    samples = _drawn(network, asked.checked // 4, chance)
    graph = (network.first.tolist(), network.head.tolist(), network.cost.tolist())
    goals = {int(n): kind for kind, lane in zip(periods, lanes, strict=True) for n in lane}
    ways = {node: reach_ground.tree(graph, [node]) for node, _ in samples}
    for since in range(9 * HOUR, 17 * HOUR, HOUR // 4):
        exact = plan.costs_at(since)[0].min(axis=1)
        open_now = [
            lane for lane, spans in zip(lanes, periods, strict=True) if _is_open(spans, since)
        ]
        naive = np.full(network.nodes, UNREACHED, np.int32)
        if open_now:
            time, who = sweeps.nearest(network.hierarchy, points.seeds_at(np.concatenate(open_now)))
            spans = [goals[int(node)] for node in np.concatenate(open_now)]
            naive = _if_still_open(time, who, spans, since)
        shares.append(float((naive != exact).mean()))
        for node, way in ways.items():
            here = [
                way[n] for n, kind in goals.items() if n in way and _is_open(kind, since + way[n])
            ]
            wrong += min(here, default=UNREACHED) != int(exact[node])
    return {
        "one_label_wrong_percent_mean": round(100 * float(np.mean(shares)), 2),
        "one_label_wrong_percent_worst": round(100 * max(shares), 2),
        "doors_on_foot_wrong": wrong,
    }


def _no_boats() -> Connections:
    none = np.zeros(0, np.int32)
    columns = dict.fromkeys(("start", "end", "depart", "arrive", "board_by", "run", "trip"), none)
    return Connections(on=None, may_leave=np.zeros(0, bool), **columns)  # type: ignore[arg-type]


def _is_open(spans: Any, at: int) -> bool:
    return any(opens <= at < closes for opens, closes in spans)


def _if_still_open(time: Any, who: Any, spans: list[Any], since: int) -> Any:
    closes = np.array([max(c for o, c in kind if o <= since < c) for kind in spans])
    there = (who >= 0) & (since + time.astype(np.int64) < closes[who])
    return np.where(there, time, UNREACHED)


def _drawn(network: Network, many: int, chance: np.random.Generator) -> list[tuple[int, int]]:
    """Half of the nodes off the largest piece, where there are any."""
    apart = np.flatnonzero(network.pieces() != 0)
    nodes = chance.integers(0, network.nodes, many)
    if len(apart):
        nodes[: many // 2] = chance.choice(apart, many // 2)
    return [
        (int(node), int(hour))
        for node, hour in zip(nodes, chance.integers(0, 24, many), strict=True)
    ]


class _World:
    """The textbook: arcs on foot and boats by the clock, searched forward."""

    def __init__(self, network: Network, boats: Any, rides: Connections) -> None:
        self.first, self.head = network.first.tolist(), network.head.tolist()
        self.cost = network.cost.tolist()
        self.leaving: dict[int, list[tuple[int, int, int]]] = {}
        shore = [node for boat in boats for node in boat[:2]]
        for k in range(len(rides.run)):
            ride = int(rides.depart[k]), int(rides.arrive[k]), shore[int(rides.end[k])]
            self.leaving.setdefault(shore[int(rides.start[k])], []).append(ride)

    def served(self, node: int, since: int, goals: dict[int, Any]) -> int:
        """This will return how long until served, who may wait at a door still shut."""
        best, done, queue = UNREACHED, set(), [(since, node)]
        while queue and queue[0][0] - since < best:
            now, here = heapq.heappop(queue)
            if here in done:
                continue
            done.add(here)
            if here in goals:
                best = min(best, _waited(goals[here], now) - since)
            for arc in range(self.first[here], self.first[here + 1]):
                if self.head[arc] not in done:
                    heapq.heappush(queue, (now + self.cost[arc], self.head[arc]))
            for depart, arrive, there in self.leaving.get(here, ()):
                if depart >= now:
                    heapq.heappush(queue, (arrive, there))
        return best if best < UNREACHED else UNREACHED


def _waited(spans: Any, now: int) -> int:
    if spans is None:
        return now
    return min((max(now, opens) for opens, closes in spans if now < closes), default=2 * UNREACHED)


if __name__ == "__main__":
    raise SystemExit(main())
