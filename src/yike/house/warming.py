"""Compiles the searches of reach and siting before somebody waits for them: each word runs once.

A grid of streets and a boat of its own making, thrown away at the end.
`python -m yike.house.warming`; with `--once` not again for the same engines, and behind whatever
else the machine has to do: so `./yike up` does it beside the open house.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from yike.demo import sailings
from yike.engines import compiled
from yike.house.planner import reach, siting
from yike.rooms.reach.reckoning import scheduling, words
from yike.rooms.reach.reckoning.shelf import MEGABYTE, Shelf

#: streets each way, and degrees between two of them (about 110 m)
SIDE, STEP = 6, 0.001
WEST, SOUTH = 120.0, 30.0
DAY = date(2026, 5, 6)
Word = tuple[Callable[[Sequence[str]], int], list[str]]


class NotWarmError(RuntimeError):
    """A word could not be run: the message names it and repeats what it said."""


def main(argv: Sequence[str] = ()) -> int:
    """This will run every word of reach and siting, and every question of the reckoner, once."""
    shelf = compiled.shelf()
    done = shelf / "warm" if shelf else None
    if "--once" in argv:
        os.nice(15)
        if done is None or done.exists():
            return 0
    with tempfile.TemporaryDirectory(prefix="yike-warm-") as folder:
        here = Path(folder)
        _lay_out(here)
        for run, told in _words(here):
            _run(run, told)
        for asked in _questions(here):
            _ask(asked)
    if done is not None:
        done.touch()
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


def _questions(here: Path) -> Iterator[dict[str, Any]]:
    """What the reckoner is asked: by road, by hours, and by the boats of a day."""
    net, timed = str(here / "grid.net"), str(here / "timed.net")
    told = {"path": str(here / "boats.zip"), "networks": [[net, timed]], "today": str(DAY)}
    scheduling.run(told)
    point, at = [WEST + STEP, SOUTH + STEP], f"{DAY}T09:00:00+08:00"
    for moment in (None, at):
        yield {
            "word": "trips", "farthest": 1000.0, "at": moment, "point": point, "stations": [point],
            "networks": {"walk": {"path": net, "timed": timed}},
        }  # fmt: skip
    yield {"word": "area", "farthest": 1000.0, "path": net, "point": point, "minutes": [5],
           "places": [point]}  # fmt: skip
    more = [*_stations(), _station("new", 3, 1)]
    for number, (since, roads) in enumerate(((None, {}), (540, {}), (540, {"walk": timed}))):
        inputs = _inputs(net) | {"since": since, "timed": roads, "at": at}
        yield {"word": "what_if", "run": str(number), "inputs": inputs, "stations": more}
        if since is not None:
            yield {"word": "hours", "inputs": inputs | {"at": f"{DAY}T00:00:00+08:00"}}


def _ask(asked: dict[str, Any]) -> None:
    told = words.answer(asked, Shelf(64 * MEGABYTE))
    if "fault" in told or "refused" in told:
        raise NotWarmError(f"{asked['word']}: {told}")


def _inputs(net: str) -> dict[str, Any]:
    cells = {
        "id": [f"c{n}" for n in range(SIDE)], "lon": [WEST + n * STEP for n in range(SIDE)],
        "lat": [SOUTH + n * STEP for n in range(SIDE)], "people": [10] * SIDE,
        "village": ["v"] * SIDE,
    }  # fmt: skip
    return {
        "cells": cells, "names": {}, "target": 15, "farthest": 1000, "modes": ["walk"] * SIDE,
        "networks": {"walk": net}, "stations": _stations(),
    }  # fmt: skip


def _stations() -> list[dict[str, Any]]:
    return [_station("a", 0, 0), _station("b", 4, 4)]


def _station(name: str, far: int, up: int) -> dict[str, Any]:
    place = {"lon": WEST + far * STEP, "lat": SOUTH + up * STEP}
    return {"id": name, "name": name, "periods": [[510, 720]], **place}


def _lay_out(here: Path) -> None:
    ends = ((WEST, SOUTH), (WEST + 4 * STEP, SOUTH + 4 * STEP))
    boat = sailings.Crossing(
        name="a—b", quays=("a", "b"), places=ends, minutes=1, first=480, last=600, every=30
    )
    (here / "boats.zip").write_bytes(sailings.feed(DAY, [boat]))
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
    sys.exit(main(sys.argv[1:]))
