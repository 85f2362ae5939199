"""`./yike reach e2sfca`: what capacity within reach each cell has for one person, as CSV.

`capacity` of the stations is in service hours (or any other unit, which the answer then has).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from yike.engines.coverage import catchments as weights
from yike.engines.coverage import spread
from yike.engines.coverage.ground import UNKNOWN, Ground
from yike.engines.travel import catchments
from yike.house.planner import joining, nearest, outputs, people, roads_asked, tables
from yike.house.planner.tables import Floats, Stations, TableError


def main(argv: Sequence[str]) -> int:
    """This will compute access of all cells and write it; 0 done."""
    asked = outputs.checked(_parser().parse_args(argv))
    stations = tables.read_stations(asked.stations)
    supply = _capacity(stations, asked.stations.name)
    table = tables.read(asked.cells, needed=("cell_id", "lon", "lat"))
    ground = people.ground_of(table)
    decays = {"step": weights.thirds_decay, "gaussian": weights.gaussian_decay}
    decay = decays[asked.decay](asked.minutes)
    network = roads_asked.network_asked(asked)
    on = joining.journeys(network, stations, table, asked)
    known = np.where(ground.people == UNKNOWN, 0, ground.people)
    layers = nearest.layers_of(network)
    known = known.astype(np.float64)
    found = catchments.catchments(layers, on.seeds, on.ends, supply, known, decay.table)
    rows = zip(ground.names, ground.people.tolist(), found.access.tolist(), strict=True)
    tables.write(
        asked.out,
        ("cell_id", "population", "capacity_per_person", "capacity_per_1000"),
        (
            (name, "" if folk < 0 else folk, f"{one:.9g}", f"{one * 1000:.9g}")
            for name, folk, one in rows
        ),
    )
    _say_unknown(asked.cells.name, ground)
    _say(stations, supply, found, spread.spread(found.access, ground.people).gini, asked.minutes)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike reach e2sfca", description=__doc__)
    roads_asked.add_network(parser)
    parser.add_argument("--stations", type=Path, required=True, help="station_id,lon,lat,capacity")
    parser.add_argument("--cells", type=Path, required=True, help="cell_id,lon,lat,population")
    parser.add_argument("--minutes", type=nearest.day_part, default=15.0)
    parser.add_argument("--decay", choices=("step", "gaussian"), default="step")
    nearest.add_joining(parser)
    parser.add_argument("--out", type=Path, required=True, help="the CSV file to write")
    return parser


def _capacity(stations: Stations, name: str) -> Floats:
    if stations.capacity is None:
        raise TableError(f"{name} 没有 capacity（每周服务小时）列，请补上。")
    return stations.capacity


def _say_unknown(name: str, ground: Ground) -> None:
    """On stderr: whose people are not known, and so ask for nothing."""
    unknown = np.flatnonzero(ground.people == UNKNOWN)
    if len(unknown):
        names = "、".join(ground.names[at] for at in unknown[:10])
        more = " 等" if len(unknown) > 10 else ""
        print(
            f"{name}：{len(unknown)} 个单元没有人口数（{names}{more}），按没有需求计算，"
            "结果会偏高；请补上 population。",
            file=sys.stderr,
        )


def _say(
    stations: Stations,
    supply: Floats,
    found: catchments.Catchments,
    gini: float | None,
    minutes: float,
) -> None:
    """On stderr: what nobody can use, and how unevenly the rest is spread."""
    idle = [
        name
        for name, ratio, hours in zip(stations.ids, found.ratio, supply, strict=True)
        if hours > 0 and ratio == 0
    ]
    if idle:
        names = "、".join(idle[:10]) + (" 等" if len(idle) > 10 else "")
        print(f"{minutes:g} 分钟内没有人口的站点 {len(idle)} 个：{names}。", file=sys.stderr)
    if gini is not None:
        print(f"可及性的基尼系数（按人口加权）：{gini:.3f}。", file=sys.stderr)
