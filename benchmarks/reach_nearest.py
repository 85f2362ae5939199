"""Nearest station of every node, five nearest, and station-cell pairs, against scipy and pandana.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_nearest [--osm FILE | --net FILE] [--mode]
    ... -m benchmarks.reach_nearest --side 1020 --stations 1000 --no-pairs     # a million nodes
    ... --no-pandana        # which needs 40 s and 2.7 GB for a million

One process, one thread, the median of some rounds; every engine answers the same question. The
nearest of all nodes is compared node by node with the textbook (heapq); five nearest and pairs with
the textbook's trees of some stations (`--checked`), and with the peers in full.
"""

from __future__ import annotations

import json
import time
from typing import Any

from benchmarks import reach_ground

reach_ground.with_peers("benchmarks.reach_nearest")

import numpy as np
import pandana
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from yike.engines.travel import journeys, points, sweeps
from yike.engines.travel.arrays import UNREACHED
from yike.engines.travel.buckets import BucketSearch
from yike.engines.travel.kept import kept_pairs
from yike.engines.travel.layering import prepared

BOUND = 15 * 600
NEAREST, FARTHEST = 5, 1e7


def main() -> int:
    """This will print times, ratios and faults as JSON; 1 where an answer is wrong."""
    parser = reach_ground.options(__doc__)
    parser.add_argument("--checked", type=int, default=10, help="stations the textbook checks")
    parser.add_argument("--no-pairs", action="store_true")
    parser.add_argument("--no-pandana", action="store_true")
    asked = parser.parse_args()
    network = reach_ground.network_of(asked)
    told: dict[str, Any] = {
        "nodes": network.nodes,
        "arcs": network.arcs,
        "stations": asked.stations,
        **_prepared(network),
    }
    stations, cells = reach_ground.picked(network, asked.stations, asked.cells)
    graph = reach_ground.plain_lists(network)
    trees = {
        number: reach_ground.tree(graph, [int(stations[number])])
        for number in range(0, asked.stations, max(1, asked.stations // asked.checked))
    }
    peer = None if asked.no_pandana else _pandana(network, stations, told)
    _nearest(network, stations, graph, peer, asked.rounds, told)
    _five(network, stations, trees, peer, asked.rounds, told)
    if not asked.no_pairs:
        _pairs(network, stations, cells, trees, asked.rounds, told)
    print(json.dumps(told, indent=1))
    return 1 if any(count for name, count in told.items() if name.endswith("_wrong")) else 0


def _prepared(network: Any) -> dict[str, float]:
    """Seconds, processor seconds and the memory beyond what was there (the network itself)."""
    begun, spent = time.perf_counter(), time.process_time()
    with reach_ground.Peak() as peak:
        prepared(network)
    return {
        "prepare_s": round(time.perf_counter() - begun, 2),
        "prepare_cpu_s": round(time.process_time() - spent, 2),
        "prepare_more_mb": round(peak.megabytes, 1),
        "prepare_peak_rss_mb": round(reach_ground.peak_rss(), 1),
    }


def _pandana(network: Any, stations: Any, told: dict[str, Any]) -> Any:
    """The peer, set up with the same arcs and stations; places of equal coordinates are a trap."""
    begun = time.perf_counter()
    peer = pandana.Network(
        pd.Series(network.lon),
        pd.Series(network.lat),
        pd.Series(network.tails()),
        pd.Series(network.head),
        pd.DataFrame({"time": network.cost.astype(float)}),
        twoway=False,
    )
    lon, lat = pd.Series(network.lon[stations]), pd.Series(network.lat[stations])
    peer.set_pois("stations", FARTHEST, NEAREST, lon, lat)
    told["pandana_prepare_s"] = round(time.perf_counter() - begun, 2)
    return peer


def _nearest(
    network: Any, stations: Any, graph: Any, peer: Any, rounds: int, told: dict[str, Any]
) -> None:
    seeds = points.seeds_at(stations)
    own_ms, (own, _) = reach_ground.median_ms(
        lambda: sweeps.nearest(network.hierarchy, seeds), rounds
    )
    back = _sparse(network)
    scipy_ms, theirs = reach_ground.median_ms(
        lambda: csgraph.dijkstra(back, indices=stations, min_only=True), rounds
    )
    book = reach_ground.tree(graph, [int(one) for one in stations])
    truth = np.array([book.get(node, UNREACHED) for node in range(network.nodes)])
    told |= _measured("nearest", own_ms, scipy=scipy_ms)
    told["nearest_wrong"] = int((own != truth).sum())
    told["scipy_nearest_differs"] = int((_whole(theirs) != truth).sum())
    if peer is not None:
        pandana_ms, pois = reach_ground.median_ms(
            lambda: peer.nearest_pois(FARTHEST, "stations", num_pois=1), rounds
        )
        told |= _measured("nearest", own_ms, pandana=pandana_ms)
        told["pandana_nearest_differs"] = int((_whole(pois.to_numpy()[:, 0]) != truth).sum())


def _five(
    network: Any, stations: Any, trees: Any, peer: Any, rounds: int, told: dict[str, Any]
) -> None:
    """The k nearest; by the textbook a checked station stands with its time, or is later."""
    seeds = points.seeds_at(stations)
    own_ms, (own, who) = reach_ground.median_ms(
        lambda: sweeps.k_nearest(network.hierarchy, seeds, NEAREST), rounds
    )
    told["five_ms"] = round(own_ms, 2)
    if peer is not None:
        pandana_ms, pois = reach_ground.median_ms(
            lambda: peer.nearest_pois(FARTHEST, "stations", num_pois=NEAREST), rounds
        )
        told |= _measured("five", own_ms, pandana=pandana_ms)
        told["pandana_five_differs"] = int((_whole(pois.to_numpy()) != own).any(axis=1).sum())
    wrong = 0
    for number, book in trees.items():
        truth = np.array([book.get(node, UNREACHED) for node in range(network.nodes)])
        here = who == number
        listed = here.any(axis=1)
        mine = np.where(listed, np.where(here, own, 0).sum(axis=1), truth)
        wrong += int(((mine != truth) | (~listed & (truth < own[:, -1]))).sum())
    told["five_wrong"] = wrong


def _pairs(
    network: Any, stations: Any, cells: Any, trees: Any, rounds: int, told: dict[str, Any]
) -> None:
    seeds, ends = points.seeds_at(stations), points.ends_at(cells)
    search, back = BucketSearch(*network.reverse()), _sparse(network)

    def own() -> Any:
        return journeys.pairs(network.hierarchy, search, seeds, ends, BOUND)

    def theirs() -> Any:
        return _scipy_pairs(back, stations, cells)

    own_ms, mine = reach_ground.median_ms(own, rounds)
    scipy_ms, others = reach_ground.median_ms(theirs, max(1, rounds // 2))
    streamed_ms, _ = reach_ground.median_ms(lambda: _streamed(network, seeds, ends), rounds)
    kept_ms, _ = reach_ground.median_ms(
        lambda: kept_pairs(network.hierarchy, seeds, ends, BOUND), rounds
    )
    told["pairs"] = len(mine.cost)
    told |= _measured("pairs", own_ms, scipy=scipy_ms)
    told |= _measured("pairs_streamed", streamed_ms, scipy=scipy_ms)
    told |= _measured("pairs_kept", kept_ms, scipy=scipy_ms)
    deeds = {
        "own": own,
        "own_kept": lambda: kept_pairs(network.hierarchy, seeds, ends, BOUND),
        "own_streamed": lambda: _streamed(network, seeds, ends),
        "scipy": theirs,
        "scipy_at_once": lambda: csgraph.dijkstra(back, indices=stations, limit=BOUND),
    }
    for name, deed in deeds.items():
        with reach_ground.Peak() as peak:
            answer = deed()
        told[f"pairs_{name}_mb"] = round(peak.megabytes, 1)
        told[f"pairs_{name}_bytes"] = _held(answer)
    order = np.lexsort((mine.cell, mine.station))
    same = [
        np.array_equal(np.asarray(one)[order], other)
        for one, other in zip((mine.station, mine.cell, mine.cost), others, strict=True)
    ]
    wrong = 0
    for number, book in trees.items():
        near = ((at, book.get(int(cell), BOUND + 1)) for at, cell in enumerate(cells))
        truth = {at: spent for at, spent in near if spent <= BOUND}
        here = mine.station == number
        wrong += dict(zip(mine.cell[here].tolist(), mine.cost[here].tolist(), strict=True)) != truth
    told["pairs_wrong"] = wrong + (not all(same))


def _held(answer: Any) -> int:
    """The bytes of all arrays of an answer."""
    if isinstance(answer, np.ndarray):
        return int(answer.nbytes)
    if isinstance(answer, (list, tuple)):
        return sum(map(_held, answer))
    fields = getattr(answer, "__dataclass_fields__", ())
    return sum(_held(getattr(answer, name)) for name in fields)


def _scipy_pairs(back: Any, stations: Any, cells: Any) -> tuple[Any, Any, Any]:
    """One bounded search for each station; the pairs by station, then by cell."""
    found = []
    for number, station in enumerate(stations):
        spent = csgraph.dijkstra(back, indices=station, limit=BOUND)[cells]
        near = np.flatnonzero(spent <= BOUND)
        found.append((np.full(len(near), number), near, spent[near].astype(np.int64)))
    station, cell, cost = (np.concatenate(column) for column in zip(*found, strict=True))
    return station, cell, cost


def _streamed(network: Any, seeds: Any, ends: Any) -> int:
    """The pairs as a consumer takes them who keeps none: 32 stations at a time."""
    batches = journeys.pair_batches(network.hierarchy, seeds, ends, BOUND)
    return sum(len(batch.cost) for batch in batches)


def _sparse(network: Any) -> Any:
    first, head, cost = network.reverse()
    shape = (network.nodes, network.nodes)
    return sparse.csr_matrix((cost.astype(np.float64), head, first), shape=shape)


def _whole(values: Any) -> Any:
    given = np.asarray(values, dtype=np.float64)
    reached = np.isfinite(given) & (given < FARTHEST)
    return np.where(reached, np.rint(np.where(reached, given, 0)), UNREACHED).astype(np.int64)


def _measured(name: str, own: float, **peers: float) -> dict[str, float]:
    told = {f"{name}_ms": round(own, 2)}
    for peer, spent in peers.items():
        told[f"{name}_{peer}_ms"] = round(spent, 1)
        told[f"{name}_ratio_{peer}"] = round(spent / own, 1)
    return told


if __name__ == "__main__":
    raise SystemExit(main())
