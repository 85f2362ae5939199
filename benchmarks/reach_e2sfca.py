"""E2SFCA with its search through the network, against pysal `access` on pairs that are ready.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_e2sfca [--osm FILE | --net FILE] [--mode]

Four ways to one answer, in one process on one thread, median of some rounds: the fused kernel (no
pair is stored), the plain form on ready pairs, `access`, and the textbook for some stations. The
answers are compared; `access` is given the pairs and does no search.
"""

from __future__ import annotations

import json
from typing import Any

from benchmarks import reach_ground

reach_ground.with_peers("benchmarks.reach_e2sfca")

import numpy as np
import pandas as pd
from access import fca, weights

from yike.engines.coverage import catchments as plain
from yike.engines.travel import catchments as fused
from yike.engines.travel import journeys, points
from yike.engines.travel.buckets import BucketSearch

#: at most so much the answers may differ, relative to the largest
ALIKE = 1e-6


def main() -> int:
    """This will print times, ratios and differences as JSON; 1 where an answer differs."""
    parser = reach_ground.options(__doc__)
    parser.add_argument("--minutes", type=int, default=15)
    asked = parser.parse_args()
    network = reach_ground.network_of(asked)
    assert network.hierarchy is not None
    stations, cells = reach_ground.picked(network, asked.stations, asked.cells)
    seeds, ends = points.seeds_at(stations), points.ends_at(cells)
    chance = np.random.default_rng(3)
    supply = chance.uniform(10, 40, len(stations))
    people = chance.integers(1, 400, len(cells))
    decay = plain.thirds_decay(asked.minutes)
    folk = people.astype(float)
    fused_ms, own = reach_ground.median_ms(
        lambda: fused.catchments(network.hierarchy, seeds, ends, supply, folk, decay.table),
        asked.rounds,
    )
    search = BucketSearch(*network.reverse())
    pairs = journeys.pairs(network.hierarchy, search, seeds, ends, decay.bound)
    ready = (pairs.station.astype(np.int64), pairs.cell.astype(np.int64), pairs.cost)
    plain_ms, readable = reach_ground.median_ms(
        lambda: plain.two_step(*ready, supply=supply, people=people, decay=decay), asked.rounds
    )
    peer_ms, peer = _access(ready, supply, people, decay, asked.rounds)
    wrong = _textbook(network, stations, cells, ready, decay.bound)
    differ = [_differ(own.access, other) for other in (readable.access, peer)]
    told = {
        "nodes": network.nodes,
        "arcs": network.arcs,
        "pairs": len(pairs.cost),
        "fused_ms": round(fused_ms, 2),
        "plain_on_ready_pairs_ms": round(plain_ms, 2),
        "access_on_ready_pairs_ms": round(peer_ms, 1),
        "ratio_fused_to_access": round(peer_ms / fused_ms, 1),
        "ratio_plain_to_access": round(peer_ms / plain_ms, 1),
        "differs_from_plain": differ[0],
        "differs_from_access": differ[1],
        "stations_wrong_by_the_textbook": wrong,
    }
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 1 if wrong or max(differ) > ALIKE else 0


def _access(
    ready: tuple[Any, Any, Any], supply: Any, people: Any, decay: plain.Decay, rounds: int
) -> tuple[float, Any]:
    """The peer, with its own step weights of the same steps; its frames are made beforehand."""
    costs = pd.DataFrame({"origin": ready[1], "dest": ready[0], "cost": ready[2]})
    demand = pd.DataFrame({"demand": people}, index=pd.RangeIndex(len(people), name="geoid"))
    offers = pd.DataFrame({"supply": supply}, index=pd.RangeIndex(len(supply), name="geoid"))

    thirds = {decay.bound * (k + 1) // 3: share for k, share in enumerate(plain.SLOW)}
    weight = weights.step_fn(thirds)
    spent, series = reach_ground.median_ms(
        lambda: fca.two_stage_fca(
            demand, offers, costs, decay.bound, cost_name="cost", weight_fn=weight
        ),
        rounds,
    )
    return spent, series.reindex(range(len(people))).fillna(0).to_numpy()


def _differ(one: Any, other: Any) -> float:
    return float(np.abs(one - other).max() / max(float(np.abs(one).max()), 1e-300))


def _textbook(
    network: Any, stations: Any, cells: Any, ready: tuple[Any, Any, Any], bound: int
) -> int:
    """Of every tenth station: how many have other pairs by heapq."""
    graph, wrong = reach_ground.plain_lists(network), 0
    for number in range(0, len(stations), 10):
        found = reach_ground.tree(graph, [int(stations[number])], bound)
        costs = [found.get(int(cell), -1) for cell in cells]
        mine = np.full(len(cells), -1, np.int64)
        here = ready[0] == number
        mine[ready[1][here]] = ready[2][here]
        wrong += int((mine != costs).any())
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
