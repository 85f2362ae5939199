"""Compiles the searches of reach and siting before somebody waits for them: each word runs once.

A grid of streets of its own making, thrown away at the end. `python -m yike.house.warming`.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from yike.house.planner import reach, siting

#: streets each way, and degrees between two of them (about 110 m)
SIDE, STEP = 6, 0.001
WEST, SOUTH = 120.0, 30.0
Word = tuple[Callable[[Sequence[str]], int], list[str]]


class NotWarmError(RuntimeError):
    """A word could not be run: the message names it and repeats what it said."""


def main() -> int:
    """This will run every word of `./yike reach` and `./yike siting` on a small grid."""
    with tempfile.TemporaryDirectory(prefix="yike-warm-") as folder:
        here = Path(folder)
        _lay_out(here)
        for run, told in _words(here):
            _run(run, told)
    return 0


def _run(run: Callable[[Sequence[str]], int], told: list[str]) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(told)
    if code:
        raise NotWarmError(f"{' '.join(told)}: {said.getvalue()}")


def _words(here: Path) -> Iterator[Word]:
    net, out = str(here / "grid.net"), str(here / "out")
    points = ["--stations", str(here / "stations.csv"), "--cells", str(here / "cells.csv")]
    moment = ["--at", "2026-05-06T09:00"]
    costs = ["--matrix", str(here / "matrix.csv"), "--p", "2", "--minutes", "15"]
    yield reach.main, ["build", str(here / "grid.geojson"), "--mode", "walk", "--out", net]
    yield reach.main, ["nearest", net, *points, "--out", out]
    yield reach.main, ["nearest", net, *points, "--k", "2", "--out", out]
    yield reach.main, ["nearest", net, *points, *moment, "--out", out]
    yield reach.main, ["cover", net, *points, "--out", out]
    yield reach.main, ["e2sfca", net, *points, "--minutes", "15", "--decay", "step", "--out", out]
    centre = ["--lon", str(WEST + 2 * STEP), "--lat", str(SOUTH + 2 * STEP), "--minutes", "5"]
    yield reach.main, ["isochrone", net, *centre, "--out", out]
    for question in ("pmedian", "mclp", "cover", "center"):
        yield siting.main, [question, *costs, "--out", out]


def _lay_out(here: Path) -> None:
    (here / "grid.geojson").write_text(json.dumps(_streets()), encoding="utf-8")
    (here / "stations.csv").write_text(
        f"station_id,lon,lat,capacity,open\na,{WEST},{SOUTH},8,08:30-12:00\n"
        f"b,{WEST + 4 * STEP},{SOUTH + 4 * STEP},8,\n",
        encoding="utf-8",
    )
    cells = [f"c{n},{WEST + n * STEP},{SOUTH + n * STEP},{10 + n}" for n in range(SIDE)]
    (here / "cells.csv").write_text(
        "\n".join(["cell_id,lon,lat,population", *cells, ""]), encoding="utf-8"
    )
    rows = [",".join([f"s{m}", *(str(abs(m - n) * 60) for n in range(SIDE))]) for m in range(4)]
    head = ",".join(["station_id", *(f"c{n}" for n in range(SIDE))])
    (here / "matrix.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def _streets() -> dict[str, object]:
    lines = [
        [[WEST + far * STEP, SOUTH + row * STEP] for far in range(SIDE)] for row in range(SIDE)
    ] + [[[WEST + row * STEP, SOUTH + far * STEP] for far in range(SIDE)] for row in range(SIDE)]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"class": "支路"},
                "geometry": {"type": "LineString", "coordinates": line},
            }
            for line in lines
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
