"""A county of real size in a house of its own; a station dragged there, and its pages opened.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_county [--keep] [--side 330]

Made by the product's own actions (see county_ground): roads from a drawn OpenStreetMap file, or
`--osm FILE` of the product's county, villages with outlines, 200 stations, 50,000 population cells,
two runs. Then `./yike up` opens the house, and Chromium drags, adds, closes and changes hours as
reach_page tells; the first load of the pages is told in bytes and seconds. `--keep` leaves the
house for another round (YIKE_BENCH_STATE, default .yike/county).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault(
    "YIKE_BENCH_STATE", str(Path(__file__).resolve().parents[1] / ".yike" / "county")
)

from benchmarks import reach_files, reach_page, serving

#: where the drawn roads are moved to: the product's county
AWAY = (0.78, 0.32)
_MADE = serving.STATE / "made.json"


def main() -> int:
    """This will fill, open, measure, and print JSON; 1 where an answer is wrong."""
    asked = _options()
    made = json.loads(_MADE.read_text()) if _MADE.exists() else _filled(asked)
    with _opened(serving.free_port()) as address:
        asked.page = address
        told = reach_page.measured(asked, made)
    print(json.dumps({"made": made, **told}, ensure_ascii=False, indent=1))
    if not asked.keep:
        shutil.rmtree(serving.STATE)
    return int(told["wrong"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osm", type=Path, help="roads of the product's county instead of drawn")
    parser.add_argument("--side", type=int, default=330, help="drawn network: nodes along a side")
    parser.add_argument("--stations", type=int, default=200)
    parser.add_argument("--cells", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--keep", action="store_true", help="leave the house, and use it again")
    reach_page.seats(parser)
    return parser.parse_args()


def _filled(asked: argparse.Namespace) -> dict[str, Any]:
    serving.STATE.mkdir(parents=True, exist_ok=True)
    roads = asked.osm or reach_files.written(serving.STATE / "drawn.osm.pbf", asked.side, AWAY)
    command = [sys.executable, "-m", "benchmarks.county_ground", str(roads)]
    command += [str(asked.stations), str(asked.cells)]
    done = subprocess.run(
        command, env=serving.environ(), cwd=serving.ROOT, check=True, stdout=subprocess.PIPE
    )
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    made |= {"stations": asked.stations, "cells": asked.cells}
    _MADE.write_text(json.dumps(made))
    return made


@contextmanager
def _opened(port: int) -> Iterator[str]:
    """The house as `./yike up` opens it: web, worker, reckoner."""
    command = [sys.executable, "-m", "yike.house.up", "--port", str(port)]
    with subprocess.Popen(
        command, env=serving.environ(), cwd=serving.ROOT, stdout=sys.stderr
    ) as up:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/healthz", up)
            yield address
        finally:
            up.terminate()
            up.wait(60)


def _wait(address: str, up: subprocess.Popen[bytes]) -> None:
    for _ in range(900):
        if up.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the house did not open")


if __name__ == "__main__":
    sys.exit(main())
