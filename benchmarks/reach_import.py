"""From an OpenStreetMap file to the first answer, in a process of its own as a planner starts it.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_import [FILE.osm.pbf] [--copies 7]

First `./yike reach nearest FILE --mode walk …` is timed from outside, as one whole process from the
file of roads to the answer on disk; `--copies 7` first lays so many of the file side by side
(Andorra's 0.57 MB become 3.9). Timed apart are `./yike reach build` and `./yike reach nearest`
after it, each a new process, without scipy, which only a developer has (numba loads it where it is
there, 0.2 s). Compiled searches are on disk. Told beside: the file read by osmium alone, which is
the floor. Without a file one is written: streets with bends, one-ways, lanes, footways and a ferry,
on foot 140,000 nodes.

Cells stand on nodes, and count as wrong where their seconds are not the node's. Hence none is put
where a point stands for another road than the node's own: in a tunnel, onto which nobody steps from
above (the road there is taken), or at one place with another node. How many there are is told.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from benchmarks import reach_files, reach_ground
from yike.engines.travel import storage
from yike.engines.travel.network import Network

STATIONS, CELLS = 20, 500
COMMAND = Path(__file__).resolve().parent.parent / "yike"


def main() -> int:
    """This will print seconds and faults as JSON; 1 where a time is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--mode", default="walk", choices=("walk", "cycle", "car"))
    parser.add_argument("--side", type=int, default=315, help="of the file written here")
    parser.add_argument("--copies", type=int, default=1, help="of FILE, side by side")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cpu", action="store_true", help="processor time, not the wall's")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = asked.file or reach_files.written(folder / "drawn.osm.pbf", asked.side)
        if asked.copies > 1:
            source = reach_files.copied(source, asked.copies, folder / "copies.osm.pbf")
        told = _measured(source, asked, folder)
    print(json.dumps(told, indent=1))
    return 1 if told["nearest_wrong"] else 0


def _measured(source: Path, asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    rounds, mode, clock = asked.rounds, asked.mode, _children if asked.cpu else time.perf_counter
    net, out = folder / "built.net", folder / "nearest.csv"
    build = ["reach", "build", str(source), "--mode", mode, "--out", str(net)]
    _run(build, clock)
    network = storage.load(net)
    stations, cells = _tables(network, folder)
    tables = ["--stations", str(stations), "--cells", str(cells), "--out", str(out)]
    ask = ["reach", "nearest", str(net), *tables]
    straight = ["reach", "nearest", str(source), "--mode", mode, *tables]
    _run(ask, clock)
    _command(straight, clock)
    wrong = _wrong(network, stations, cells, out)
    straights = [_command(straight, clock) for _ in range(rounds)]
    builds = [_run(build, clock) for _ in range(rounds)]
    asks = [_run(ask, clock) for _ in range(rounds)]
    floors = [_floor(source) for _ in range(rounds)]
    return {
        "file_mb": round(source.stat().st_size / 1e6, 2),
        "clock": "processor" if asked.cpu else "wall",
        "nodes": network.nodes,
        "nodes_nobody_steps_on": int((~_stepped_on(network)).sum()),
        "nodes_at_one_place": int((~_alone(network)).sum()),
        "arcs": network.arcs,
        "command_s": round(float(np.median(straights)), 2),
        "command_least_s": round(min(straights), 2),
        "build_s": round(float(np.median(builds)), 2),
        "first_answer_s": round(float(np.median(asks)), 2),
        "file_to_first_answer_s": round(float(np.median(builds) + np.median(asks)), 2),
        "least_s": round(min(builds) + min(asks), 2),
        "osmium_alone_s": round(float(np.median(floors)), 2),
        "nearest_wrong": wrong + _wrong(network, stations, cells, out),
    }


def _children() -> float:
    """Seconds of processor time of all processes run so far and ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _command(words: list[str], clock: Callable[[], float]) -> float:
    """Seconds of `./yike`, started as a planner starts it."""
    begun = clock()
    subprocess.run([sys.executable, str(COMMAND), *words], check=True, stderr=subprocess.DEVNULL)
    return clock() - begun


def _run(words: list[str], clock: Callable[[], float]) -> float:
    """Seconds of one new process that does these words, without scipy."""
    code = "import sys; sys.modules['scipy'] = None; from yike.house.planner import reach"
    code += f"; sys.exit(reach.main({words[1:]!r}))"
    begun = clock()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return clock() - begun


def _floor(source: Path) -> float:
    """The file decoded by osmium alone: roads are handed over, and nothing is done with them."""
    begun = time.perf_counter()
    for _ in osmium.FileProcessor(str(source)).with_filter(osmium.filter.KeyFilter("highway")):
        pass
    return time.perf_counter() - begun


def _tables(network: Any, folder: Path) -> tuple[Path, Path]:
    chance = np.random.default_rng(3)
    main = np.flatnonzero((network.pieces() == 0) & _stepped_on(network) & _alone(network))
    paths = []
    for name, many in (("station", STATIONS), ("cell", CELLS)):
        nodes = chance.choice(main, many, replace=False)
        path = folder / f"{name}s.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow([f"{name}_id", "lon", "lat"])
            for node in nodes:
                table.writerow([int(node), f"{network.lon[node]:.9f}", f"{network.lat[node]:.9f}"])
        paths.append(path)
    return paths[0], paths[1]


def _stepped_on(network: Network) -> Any:
    """Whether a road at the node may be stepped on from beside it: no tunnel, no ferry."""
    open_node = np.zeros(network.nodes, bool)
    open_node[network.tails()[network.joinable]] = True
    open_node[network.head[network.joinable]] = True
    return open_node


def _alone(network: Network) -> Any:
    """Whether no other node has the same coordinates."""
    places = np.column_stack([network.lon, network.lat])
    _, place, many = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    return many[place.ravel()] == 1


def _wrong(network: Any, stations: Path, cells: Path, out: Path) -> int:
    """Each cell stands on its node: its seconds are those of the textbook."""
    starts = [int(row["station_id"]) for row in _rows(stations)]
    book = reach_ground.tree(reach_ground.plain_lists(network), starts)
    told = {int(row["cell_id"]): row["seconds"] for row in _rows(out)}
    wrong = 0
    for row in _rows(cells):
        node = int(row["cell_id"])
        truth = book.get(node)
        said = told.get(node, "")
        wrong += (truth is None) != (said == "") or (
            truth is not None and abs(float(said) - truth / 10) > 1.0
        )
    return wrong


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    raise SystemExit(main())
