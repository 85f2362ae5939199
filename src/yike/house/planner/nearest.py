"""`./yike reach nearest N.net --stations S.csv --cells C.csv --out OUT.csv`: how long to a station.

Instead of N.net roads may be named, with the way to travel: COUNTY.osm.pbf --mode walk.

Out: `cell_id,rank,station_id,seconds`, the k nearest of each cell in the order of the file of
cells; seconds with one decimal, which is exact, for the engine counts tenths. A cell that reaches
no station has one row: rank 1, no station, no seconds.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from yike.engines.travel import unprepared
from yike.engines.travel.arrays import UNITS, UNREACHED
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.islands import LEAST_NAMED
from yike.engines.travel.network import Network
from yike.engines.travel.points import Ends, Seeds
from yike.engines.travel.snapping import FARTHEST, PACE, Joined, Snapper
from yike.house.planner import moment_options, outputs, roads_asked, shifts, tables
from yike.house.planner.tables import Cells, Stations, TableError

#: So many ids are named on stderr; the rest are counted.
_NAMED = 10


def main(argv: Sequence[str]) -> int:
    """This will write the nearest stations of all cells; 0 done."""
    asked = outputs.checked(_parser().parse_args(argv))
    stations, cells = tables.read_stations(asked.stations), tables.read_cells(asked.cells)
    network = roads_asked.network_asked(asked)
    for table, points in ((asked.stations, stations), (asked.cells, cells)):
        check_side(network, table.name, points)
    snapper = Snapper(network)
    for table, points in ((asked.stations, stations), (asked.cells, cells)):
        shifts.tell_shift(table.name, points, snapper)
    where = [
        snapper.join(points.lon, points.lat, farthest=asked.farthest, pace=asked.pace)
        for points in (stations, cells)
    ]
    tell_unjoined(asked.stations.name, stations.ids, where[0], asked.farthest)
    tell_cut_off(asked.stations.name, stations.ids, where[0], snapper, network)
    if len(where[0].unreached()) == len(stations.ids):
        raise TableError(_nowhere(asked.stations.name, asked.farthest))
    time, station = _found(asked, network, snapper, stations, where)
    rows = _rows(cells.ids, stations.ids, time, station)
    tables.write(asked.out, ("cell_id", "rank", "station_id", "seconds"), rows)
    _summary(asked, cells, where[1], time)
    return 0


def _found(
    asked: argparse.Namespace,
    network: Network,
    snapper: Snapper,
    stations: Stations,
    where: list[Joined],
) -> tuple[Any, Any]:
    if asked.at:
        from yike.house.planner import moment

        return moment.soonest(asked, network, layers_of(network), snapper, stations, where)
    moment_options.remind(network)
    if stations.open and any(stations.open):
        _say(f"{asked.stations.name} 写有开放时间；没有用 --at 说明出发时刻，这次按一直开放计算。")
    ends = snapper.ends(where[1], where[0])
    return soonest_of_cells(network, snapper.seeds(where[0]), ends, asked.k)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike reach nearest", description=__doc__)
    roads_asked.add_network(parser)
    parser.add_argument("--stations", type=Path, required=True, help="station_id,lon,lat[,open]")
    parser.add_argument("--cells", type=Path, required=True, help="cell_id,lon,lat[,population]")
    parser.add_argument("--k", type=_count, default=1, help="how many stations for each cell")
    add_joining(parser)
    moment_options.add_gtfs(parser)
    moment_options.add_at(parser)
    parser.add_argument("--out", type=Path, required=True, help="the CSV file to write")
    return parser


def add_joining(parser: argparse.ArgumentParser) -> None:
    """This will add the options on how points join the roads."""
    parser.add_argument("--farthest", type=_metres, default=FARTHEST, help="metres to a road")
    parser.add_argument("--pace", type=_pace, default=PACE, help="metres a second to the road")


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"“{text}”应为 1 到 100 的整数")
    return int(text)


def _metres(text: str) -> float:
    return between(text, 1, 100_000)


def _pace(text: str) -> float:
    return between(text, 0.1, 50)


def day_part(text: str) -> float:
    """This will read minutes of an option: a tenth of one to a day; raises ArgumentTypeError."""
    return between(text, 0.1, 1440)


def between(text: str, least: float, most: float) -> float:
    """This will read the number of an option; raises ArgumentTypeError beyond the bounds."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"“{text}”应为 {least:g} 到 {most:g} 的数")
    return number


def layers_of(network: Network) -> Hierarchy:
    """This will return the network's hierarchy, made now where the file has none."""
    from yike.engines.travel.layering import prepared

    return network.hierarchy or prepared(network).hierarchy  # type: ignore[return-value]


def soonest_of_cells(network: Network, seeds: Seeds, ends: Ends, k: int = 1) -> tuple[Any, Any]:
    """This will return (time, station) of the k nearest; a single one needs no layers."""
    if k == 1 and network.hierarchy is None:
        return unprepared.nearest_of_cells(network.reverse(), seeds, ends)
    from yike.engines.travel.sweeps import nearest_of_cells

    return nearest_of_cells(layers_of(network), seeds, ends, k)


def check_side(network: Network, name: str, points: Stations | Cells) -> None:
    """This will refuse a point that lies off the network and, lon and lat exchanged, upon it."""
    west, east = network.lon.min(), network.lon.max()
    south, north = network.lat.min(), network.lat.max()
    inside = _within(points.lon, west, east) & _within(points.lat, south, north)
    turned = _within(points.lat, west, east) & _within(points.lon, south, north)
    wrong = turned & ~inside
    if wrong.any():
        at = int(wrong.argmax())
        raise TableError(
            f"{name} 里“{points.ids[at]}”：经度 {points.lon[at]:g}、纬度 {points.lat[at]:g} "
            "像是写反了，请交换两列。"
        )


def _within(values: Any, low: Any, high: Any) -> Any:
    margin = 0.5
    return (values >= low - margin) & (values <= high + margin)


def _nowhere(name: str, farthest: float) -> str:
    return (
        f"{name} 里没有一个站点在路网 {farthest:g} 米以内；请检查路网是不是本县的、"
        "坐标是不是 WGS84，或用 --farthest 放宽距离。"
    )


def tell_unjoined(name: str, ids: Sequence[str], joined: Joined, farthest: float) -> None:
    """This will name on stderr the points that lie too far from every road."""
    far = joined.unreached()
    if len(far):
        named = "、".join(ids[at] for at in far[:_NAMED])
        more = f" 等 {len(far)} 个" if len(far) > _NAMED else ""
        _say(f"{name}：{named}{more}距最近的路超过 {farthest:g} 米，没有接入路网。")


def tell_cut_off(
    name: str, ids: Sequence[str], joined: Joined, snapper: Snapper, network: Network
) -> None:
    """This will name on stderr the stations that stand on a scrap of road, apart from all others.

    Hardly anybody reaches those, though they are near a road.
    """
    piece = network.pieces()
    sizes = np.bincount(piece)
    near = np.flatnonzero(joined.stretch >= 0)
    size = sizes[piece[snapper.nodes_of(joined.stretch[near])[0]]]
    apart = (size < LEAST_NAMED) & (size < sizes[0])
    for at, nodes in zip(near[apart][:_NAMED], size[apart], strict=False):
        _say(
            f"{name}：{ids[at]} 接入的是一小片路（{nodes} 个节点），与其余路网不连通，"
            "别处的人到不了它；请把它移到通行的道路旁，或检查那里的道路数据。"
        )


def _rows(
    cells: Sequence[str], stations: Sequence[str], time: Any, station: Any
) -> Iterator[tuple[str, int, str, str]]:
    for cell, times, chosen in zip(cells, time.tolist(), station.tolist(), strict=True):
        if times[0] >= UNREACHED:
            yield cell, 1, "", ""
            continue
        for rank, (spent, at) in enumerate(zip(times, chosen, strict=True), 1):
            if spent < UNREACHED:
                yield cell, rank, stations[at], f"{spent / UNITS:.1f}"


def _summary(asked: argparse.Namespace, cells: Cells, joined: Joined, time: Any) -> None:
    name, farthest = asked.cells.name, asked.farthest
    cut_off = "这一刻不连通、没有班次或赶不上开门的" if asked.at else "所在的路与站点不连通的"
    lost = time[:, 0] >= UNREACHED
    far = joined.stretch < 0
    people = ""
    if cells.population is not None:
        people = f"，{cells.population[lost].sum():g} 人（共 {cells.population.sum():g} 人）"
    _say(
        f"{name}：{len(cells.ids)} 个格点，到不了任何站点的 {int(lost.sum())} 个{people}；"
        f"其中距路超过 {farthest:g} 米的 {int((lost & far).sum())} 个，"
        f"{cut_off} {int((lost & ~far).sum())} 个。"
    )
    tell_unjoined(name, cells.ids, joined, farthest)
    cut = np.flatnonzero(lost & ~far)
    if len(cut):
        _say(f"{name}：{cut_off}有 {'、'.join(cells.ids[at] for at in cut[:_NAMED])}。")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
