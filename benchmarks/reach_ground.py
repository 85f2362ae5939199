"""Ground for measuring reach: a road-like network of any size, stations, cells, peers, memory.

The network is drawn, not real: a jittered grid with missing links, four classes of road, three
islands and their ferries. A real one is given as a file (`--net`, or `--osm` built first).
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import heapq
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel import storage
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".yike" / "peers" / "reach"
NEEDS = ["access==1.1.10.post3", "pandana==0.8", "spopt==0.7.0", "scipy", "numpy==2.4.*"]
ISLANDS = ((0.85, 0.2, 0.07), (0.9, 0.55, 0.05), (0.8, 0.85, 0.09))
#: km/h by class of road: lane, village road, county road, trunk road
CAR_KMH, WALK_KMH = np.array([20.0, 30.0, 45.0, 70.0]), 4.5
STEP_M, DEGREE_M = 60.0, 111_195.0


def with_peers(module: str) -> None:
    """This will run the module again under a Python that has the peers, installing them once.

    They live in a folder of their own and see the product's packages behind their own.
    """
    if os.environ.get("YIKE_BENCH_PEERS"):
        return
    python = PEERS / "bin" / "python"
    ready, wanted = PEERS / "ready", " ".join(NEEDS)
    if not ready.exists() or ready.read_text(encoding="utf-8") != wanted:
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "-q", "--clear", str(PEERS)], check=True)
        subprocess.run([*uv, "pip", "install", "-q", "--python", str(python), *NEEDS], check=True)
        ours = next(Path(sys.prefix).glob("lib/python*/site-packages"))
        theirs = next(PEERS.glob("lib/python*/site-packages"))
        (theirs / "yike.pth").write_text(f"{ours}\n", encoding="utf-8")
        ready.write_text(wanted, encoding="utf-8")
    single = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")}
    env = {**os.environ, **single, "YIKE_BENCH_PEERS": "1"}
    os.execve(python, [str(python), "-W", "ignore", "-m", module, *sys.argv[1:]], env)


class _ByProcessor(argparse.Action):
    """Counts processor time from now on, for a machine that others use as well."""

    clock: Callable[[], float] = staticmethod(time.perf_counter)

    def __call__(self, *_: object) -> None:
        _ByProcessor.clock = staticmethod(time.process_time)


def options(about: str | None) -> argparse.ArgumentParser:
    """This will return the options that every measurement of reach takes."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--net", type=Path, help="a network made by ./yike reach build")
    parser.add_argument("--osm", type=Path, help="an OSM file, built first")
    parser.add_argument("--mode", default="car", choices=("walk", "cycle", "car"))
    parser.add_argument("--side", type=int, default=330, help="drawn network: nodes along a side")
    parser.add_argument("--stations", type=int, default=200)
    parser.add_argument("--cells", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--cpu", action=_ByProcessor, nargs=0, help="processor time, not the wall's"
    )
    return parser


def network_of(asked: argparse.Namespace) -> Network:
    """This will return the network asked for, with its hierarchy."""
    if asked.osm:
        return _built(asked.osm, asked.mode)
    found = storage.load(asked.net) if asked.net else drawn(asked.side, asked.mode)
    return found if found.hierarchy else prepared(found)


def drawn(side: int, mode: str, seed: int = 1) -> Network:
    """This will draw a road-like network of side² nodes."""
    chance = np.random.default_rng(seed)
    i, j = np.divmod(np.arange(side * side), side)
    x = (j + chance.normal(0, 0.22, side * side)) * STEP_M
    y = (i + chance.normal(0, 0.22, side * side)) * STEP_M
    across, along = np.flatnonzero(j < side - 1), np.flatnonzero(i < side - 1)
    one, other = np.r_[across, along], np.r_[across + 1, along + side]
    road = _classes(np.r_[i[across], j[along]])
    island = _islands(i / side, j / side)
    kept = chance.random(len(one)) > np.array([0.35, 0.09, 0.01, 0.01])[road]
    kept &= island[one] == island[other]
    one, other, road = one[kept], other[kept], road[kept]
    metres = np.hypot(x[one] - x[other], y[one] - y[other]) * chance.uniform(1, 1.35, len(one))
    kmh = CAR_KMH[road] if mode == "car" else np.full(len(one), WALK_KMH)
    spent = np.rint(metres / kmh * 36).astype(np.int64)
    quay, pier, crossing = _ferries(island, chance)
    return network_from_arcs(
        lon=121.0 + x / (DEGREE_M * np.cos(np.radians(29.5))),
        lat=29.0 + y / DEGREE_M,
        tail=np.r_[one, other, quay, pier],
        head=np.r_[other, one, pier, quay],
        cost=np.r_[spent, spent, crossing, crossing],
        ferry=np.r_[np.zeros(2 * len(one), bool), np.ones(2 * len(quay), bool)],
        mode=mode,  # type: ignore[arg-type]
    )


def _classes(row: Any) -> Any:
    road = np.where(row % 4 == 0, 1, 0)
    road = np.where(row % 16 == 0, 2, road)
    return np.where(row % 64 == 0, 3, road)


def _islands(north: Any, east: Any) -> Any:
    island = np.zeros(len(north), np.int8)
    for number, (a, b, radius) in enumerate(ISLANDS, 1):
        island[(north - a) ** 2 + (east - b) ** 2 < radius**2] = number
    return island


def _ferries(island: Any, chance: np.random.Generator) -> tuple[Any, Any, Any]:
    """Two crossings of 30 and 40 minutes from each island."""
    shore = np.flatnonzero(island == 0)
    quays = [chance.choice(np.flatnonzero(island == one), 2) for one in (1, 2, 3)]
    return np.concatenate(quays), chance.choice(shore, 6), np.tile([18_000, 24_000], 3)


def _built(osm: Path, mode: str) -> Network:
    from yike.house.planner import reach

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "built.net"
        if reach.main(["build", str(osm), "--mode", mode, "--out", str(out)]):
            raise SystemExit(f"{osm} cannot be built")
        found = storage.load(out)
    return found if found.hierarchy else prepared(found)


def picked(network: Network, stations: int, cells: int) -> tuple[Any, Any]:
    """This will pick the nodes of stations and cells in the largest piece, the same every time."""
    chance = np.random.default_rng(7)
    main = np.flatnonzero(network.pieces() == 0)
    return chance.choice(main, stations, replace=False), chance.choice(main, cells)


def median_ms(deed: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """This will return the median milliseconds of some rounds after one, and the last answer."""
    answer, spent = deed(), []
    for _ in range(rounds):
        begun = _ByProcessor.clock()
        answer = deed()
        spent.append(_ByProcessor.clock() - begun)
    return float(np.median(spent)) * 1e3, answer


def tree(graph: tuple[Any, Any, Any], starts: list[int], bound: int = 2**62) -> dict[int, int]:
    """This will search by the textbook (heapq) on plain lists: node → cost, within a bound."""
    first, head, cost = graph
    done: dict[int, int] = {}
    queue = [(0, start) for start in starts]
    heapq.heapify(queue)
    while queue:
        spent, node = heapq.heappop(queue)
        if node in done:
            continue
        done[node] = spent
        for arc in range(first[node], first[node + 1]):
            there = spent + cost[arc]
            if head[arc] not in done and there <= bound:
                heapq.heappush(queue, (there, head[arc]))
    return done


def plain_lists(network: Network) -> tuple[list[int], list[int], list[int]]:
    """This will return the reversed network as lists, for `tree`."""
    first, head, cost = network.reverse()
    return first.tolist(), head.tolist(), cost.tolist()


class Peak:
    """Memory in MB that the block needed beyond what was there before it (Linux)."""

    megabytes = 0.0

    def __enter__(self) -> Peak:
        """This will forget the former peak, and give back what former rounds have freed."""
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self.before = _status("VmRSS")
        return self

    def __exit__(self, *_: object) -> None:
        """This will read the peak of the block."""
        self.megabytes = (_status("VmHWM") - self.before) / 1024


def peak_rss() -> float:
    """This will return the most memory in MB the process has held since the last `Peak` began."""
    return _status("VmHWM") / 1024


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
