"""One station more on a county's network: milliseconds of the search, and of the whole request.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_whatif [--net FILE] [--mode walk]

A reckoner of its own answers on a socket as `./yike up` starts it; the drawn network has some
109,000 nodes. Whole request: question written, sent, reckoned, answer read. Every answer is held
against the nearest stations reckoned afresh. With `--page ADDRESS` a running product is measured
instead, from the pointer's release to the redrawn page: see reach_page.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from benchmarks import reach_ground, reach_page
from yike.engines.travel import storage
from yike.engines.travel.arrays import UNREACHED
from yike.engines.travel.network import Network
from yike.engines.travel.snapping import Snapper
from yike.engines.travel.sweeps import nearest_of_cells

MINUTES, FARTHEST = 15, 1000.0


def main() -> int:
    """This will print the figures as JSON; 1 where an answer is wrong."""
    parser = reach_ground.options(__doc__)
    parser.add_argument("--page", help="address of a running product; its map is dragged on")
    reach_page.seats(parser)
    asked = parser.parse_args()
    if asked.page:
        return reach_page.main(asked)
    network = reach_ground.network_of(asked)
    with tempfile.TemporaryDirectory() as folder:
        path, place = Path(folder) / "drawn.net", Path(folder) / "reckoner.sock"
        storage.save(network, path)
        settings.configure(RECKONER_SOCKET=place, RECKONER_SECONDS=120.0)
        command = [sys.executable, "-m", "yike.rooms.reach.reckoning", "serve", str(place)]
        with subprocess.Popen(command) as reckoner:
            try:
                told = _measured(network, path, asked)
            finally:
                reckoner.terminate()
    print(json.dumps(told, indent=1))
    return 1 if told["wrong"] else 0


def _measured(network: Network, path: Path, asked: Any) -> dict[str, Any]:
    from yike.rooms.reach import warm

    run = _run(network, path, asked)
    stations, more = run["stations"], _places(network, asked.rounds, seed=3)
    begun = time.perf_counter()
    _patiently(lambda: warm.ask("what_if", run="bench", inputs=run, stations=stations))
    loaded = time.perf_counter() - begun
    engine, whole, wrong = [], [], 0
    for at, (lon, lat) in enumerate(more):
        now = [*stations, _station(len(stations), lon, lat)]
        begun = time.perf_counter()
        told = warm.ask("what_if", run="bench", stations=now)
        whole.append((time.perf_counter() - begun) * 1e3)
        engine.append(told["engine_ms"])
        wrong += told["total"]["covered_after"] != _afresh(network, run, now) if at < 5 else 0
    return {
        "nodes": network.nodes,
        "stations": len(stations),
        "cells": asked.cells,
        "lay_out_s": round(loaded, 2),
        "engine_ms": _spread(engine),
        "request_ms": _spread(whole),
        **_areas(path, more),
        "wrong": wrong,
    }


def _areas(path: Path, places: Any) -> dict[str, Any]:
    from yike.rooms.reach import warm

    told: dict[str, list[float]] = {"area_ms": [], "trips_ms": []}
    for lon, lat in places:
        words: dict[str, Any] = {"farthest": FARTHEST, "point": (lon, lat)}
        begun = time.perf_counter()
        warm.ask("area", path=str(path), minutes=[15], **words)
        told["area_ms"].append((time.perf_counter() - begun) * 1e3)
        networks = {"any": {"path": str(path), "timed": None}}
        begun = time.perf_counter()
        warm.ask("trips", networks=networks, stations=places.tolist(), at=None, **words)
        told["trips_ms"].append((time.perf_counter() - begun) * 1e3)
    return {name: _spread(values) for name, values in told.items()}


def _run(network: Network, path: Path, asked: Any) -> dict[str, Any]:
    cells = _places(network, asked.cells, seed=1)
    chance = np.random.default_rng(2)
    villages = [f"v{n % 500:03d}" for n in range(asked.cells)]
    places = _places(network, asked.stations, seed=4)
    return {
        "networks": {network.mode: str(path)},
        "modes": [network.mode] * asked.cells,
        "stations": [_station(at, *place) for at, place in enumerate(places)],
        "since": None,
        "target": MINUTES,
        "farthest": FARTHEST,
        "names": {},
        "cells": {
            "id": [f"c{n}" for n in range(asked.cells)],
            "lon": cells[:, 0].tolist(),
            "lat": cells[:, 1].tolist(),
            "people": chance.integers(1, 60, asked.cells).tolist(),
            "village": villages,
        },
    }


def _station(at: int, lon: float, lat: float) -> dict[str, Any]:
    return {"id": f"s{at}", "name": f"s{at}", "lon": float(lon), "lat": float(lat), "periods": None}


def _places(network: Network, count: int, seed: int) -> Any:
    chance = np.random.default_rng(seed)
    nodes = chance.choice(network.nodes, count)
    return np.column_stack((network.lon[nodes], network.lat[nodes])) + chance.normal(
        0, 2e-4, (count, 2)
    )


def _afresh(network: Network, run: dict[str, Any], stations: list[dict[str, Any]]) -> int:
    """People within the minutes, by a sweep over all stations."""
    snapper, cells = Snapper(network), run["cells"]
    places = np.array([(one["lon"], one["lat"]) for one in stations])
    doors = snapper.join(places[:, 0], places[:, 1], farthest=FARTHEST)
    homes = snapper.join(np.array(cells["lon"]), np.array(cells["lat"]), farthest=FARTHEST)
    assert network.hierarchy is not None
    ends = snapper.ends(homes, doors)
    times, _ = nearest_of_cells(network.hierarchy, snapper.seeds(doors), ends)
    within = times[:, 0] <= min(MINUTES * 600, UNREACHED)
    return int(np.array(cells["people"])[within].sum())


def _patiently(deed: Any) -> None:
    """The reckoner has just been started: it is waited for."""
    from yike.rooms.reach import warm

    for _ in range(100):
        try:
            return deed()
        except warm.NotRunning:
            time.sleep(0.1)
    raise SystemExit("the reckoner does not answer")


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": round(float(np.median(values)), 2), "worst": round(max(values), 2)}


if __name__ == "__main__":
    sys.exit(main())
