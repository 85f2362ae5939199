"""`./yike reach cover`: who lives within so many minutes of a station, as JSON.

Shares, tables by place and group, the uncovered and the unreachable by name, and on demand the
plan's radius beside the real minutes. Every table is checked to hold every person once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from yike.engines.coverage import shares, spread, yardsticks
from yike.engines.coverage.ground import Ground, Ints, counts
from yike.house.planner import joining, nearest, outputs, people, roads_asked, tables
from yike.house.planner.tables import Stations, Table, TableError

#: The circle's own minutes: who is beyond them is listed.
CIRCLE = 15


def main(argv: Sequence[str]) -> int:
    """This will measure one network and print or write the JSON; 0 done."""
    asked = outputs.checked(_parser().parse_args(argv))
    table = tables.read(asked.cells, needed=("cell_id", "lon", "lat"))
    ground = people.ground_of(table, asked.by)
    if asked.radius and "zone" not in ground.keys:
        raise TableError(
            f"{table.name} 没有 zone（地区类别：城区、乡村、海岛）列，不能按半径标准比较；请补上。"
        )
    stations = tables.read_stations(asked.stations)
    network = roads_asked.network_asked(asked)
    on = joining.journeys(network, stations, table, asked)
    times = counts(nearest.soonest_of_cells(*on)[0][:, 0])
    told = measured(times, ground, minutes=asked.minutes, by=asked.by)
    told = {"network": {"file": asked.network.name, "mode": network.mode}, **told}
    if asked.radius:
        told["yardsticks"] = _yardsticks(times, table, stations, ground, asked, network.mode)
    _give(told, asked.out)
    return 0


def measured(
    times: Ints, ground: Ground, *, minutes: Sequence[int], by: Sequence[str]
) -> dict[str, Any]:
    """This will return shares, tables, the uncovered, the unreachable and the spread as JSON."""
    rows = shares.tables(times, ground, minutes=minutes, by=by)
    limit = CIRCLE if CIRCLE in minutes else max(minutes)
    listed = [_missed(one) for one in shares.missed(times, ground, minutes=limit)]
    whole = rows[0]
    uneven = spread.spread_of_minutes(times, ground.people)
    return {
        "people": whole.total,
        "cells": whole.cells,
        "cells_without_known_people": whole.unknown_cells,
        "shares": [
            {"minutes": limit, "covered": ins, "uncovered": outs, "share": share}
            for limit, ins, outs, share in zip(
                minutes, whole.covered, whole.uncovered, whole.shares(), strict=True
            )
        ],
        "median_minutes": whole.median,
        "gini_of_minutes": uneven.gini,
        "conserved": True,
        "tables": {
            key: [_row(one, minutes) for one in rows if one.key == key]
            for key in dict.fromkeys(["all", *by])
        },
        "uncovered_beyond_minutes": limit,
        "uncovered": listed,
        "unreachable": [one for one in listed if one["minutes"] is None],
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike reach cover", description=__doc__)
    roads_asked.add_network(parser)
    parser.add_argument("--stations", type=Path, required=True, help="station_id,lon,lat")
    parser.add_argument(
        "--cells",
        type=Path,
        required=True,
        help="cell_id,lon,lat,population[,village,town,zone,elderly,children,disabled]",
    )
    parser.add_argument("--minutes", type=_minutes, default=[5, 10, 15, 30])
    parser.add_argument("--by", type=_names, default=[], help="columns of the cells: village,town")
    parser.add_argument("--radius", action="store_true", help="set the radius standard beside it")
    parser.add_argument(
        "--on", type=date.fromisoformat, help="the day of the standard; without it the latest"
    )
    nearest.add_joining(parser)
    parser.add_argument("--out", type=Path, help="the JSON file; printed without it")
    return parser


def _minutes(text: str) -> list[int]:
    names = _names(text)
    if not names or not all(one.isdecimal() and 1 <= int(one) <= 1440 for one in names):
        raise argparse.ArgumentTypeError(f"“{text}”应为 1 到 1440 的整数，如 5,10,15,30")
    return sorted({int(one) for one in names})


def _names(text: str) -> list[str]:
    """Names parted by commas, each once: a table told twice would count everybody twice."""
    return list(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))


def _row(row: shares.Row, minutes: Sequence[int]) -> dict[str, Any]:
    told = asdict(row)
    quantiles = told.pop("quantiles")
    told["minutes"] = list(minutes)
    told["shares"] = list(row.shares())
    told["minutes_of_people"] = dict(zip(map(str, shares.QUANTILES), quantiles, strict=False))
    return told


def _missed(one: shares.Missed) -> dict[str, Any]:
    return {
        "cell_id": one.name,
        "people": one.people,
        "minutes": one.minutes,
        **{key: name for key, name in one.places if name},
    }


def _yardsticks(
    times: Ints,
    table: Table,
    stations: Stations,
    ground: Ground,
    asked: argparse.Namespace,
    mode: str,
) -> dict[str, Any]:
    """The fourfold tables, with the standard and the classes that are meant for another mode."""
    standard = yardsticks.in_force(yardsticks.preset(), asked.on)
    metres, _ = yardsticks.straight_metres(*tables.coordinates(table), stations.lon, stations.lat)
    rows = yardsticks.both_yardsticks(
        times, metres, ground, zones=ground.keys["zone"], standard=standard, by=asked.by
    )
    return {
        "standard": json.loads(json.dumps(asdict(standard), default=str, ensure_ascii=False)),
        "zones_of_another_mode": [one.zone for one in standard.zones if one.mode != mode],
        "rows": [asdict(one) for one in rows],
        "sentences": [one.sentence for one in rows if one.sentence],
    }


def _give(told: dict[str, Any], out: Path | None) -> None:
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        sys.stdout.write(text)
        return
    with tables.written(out) as stream:
        stream.write(text)
