"""From an office's own lines to a network, with a report of what looks unfinished in the layer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from yike.engines.travel.arrays import UNITS, Bools, Facts, Floats, Longs, Mode
from yike.engines.travel.errors import RoadsError
from yike.engines.travel.network import Network, network_from_arcs
from yike.engines.travel.plane import Plane, plane_around
from yike.engines.travel.roads.joining import Drawn, Joined, join
from yike.engines.travel.roads.layer import Fields, Lines, read_lines
from yike.engines.travel.roads.table import RoadTable, Ways, read_table, ways_of

#: A report names so many places at most; the counts are whole.
MOST_PLACES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Ends within `tolerance` metres meet; `crossings`: join where lines of one level cross."""

    tolerance: float = 0.5
    crossings: bool = False


def network_of_roads(
    path: Path,
    mode: Mode,
    *,
    fields: Fields = Fields(),  # noqa: B008 - frozen
    table: RoadTable | None = None,
    joining: Joining = Joining(),
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> Network:
    """This will read a layer and make a network of it; raises RoadsError or SpeedsError."""
    lines = read_lines(path, fields, layer=layer, crs=crs, encoding=encoding)
    return network_of_lines(lines, mode, fields, table or read_table(), joining)


def network_of_lines(
    lines: Lines, mode: Mode, fields: Fields, table: RoadTable, joining: Joining
) -> Network:
    """This will make a network; facts["report"] holds dangling ends and pieces."""
    if not 0 <= joining.tolerance <= 20:
        raise RoadsError("端点容差应在 0 到 20 米之间，例如 0.5。")
    ways = ways_of(
        table,
        mode,
        lines.count,
        classes=lines.column(fields.road_class),
        oneway=lines.column(fields.oneway),
        speed=lines.column(fields.speed),
    )
    drawn, plane = _drawn(lines, fields, ways)
    joined = join(drawn, tolerance=joining.tolerance, crossings=joining.crossings)
    return _network(joined, plane, mode, ways, _facts(lines, ways, joining, joined))


def _drawn(lines: Lines, fields: Fields, ways: Ways) -> tuple[Drawn, Plane]:
    """Only the lines a mode may use: others must not join what they happen to touch."""
    used = (ways.kmh > 0) & (ways.forward | ways.backward)
    kept = used[lines.line]
    if not kept.any():
        raise RoadsError("图层里没有一条道路可供这种出行方式使用；请检查道路等级表与 --mode。")
    lon, lat, line = lines.lon[kept], lines.lat[kept], lines.line[kept]
    plane = plane_around(lon, lat)
    x, y = plane.metres(lon, lat)
    return Drawn(x=x, y=y, line=line, level=_levels(lines, fields)[line]), plane


def _levels(lines: Lines, fields: Fields) -> Longs:
    column = lines.column(fields.level)
    if column is None:
        return np.zeros(lines.count, np.int64)
    try:
        numbers = np.array([0.0 if value in (None, "") else float(value) for value in column])
    except (TypeError, ValueError) as why:
        raise RoadsError(
            f"层次字段 {fields.level} 的值不是整数（{why}）；地面应为 0，桥为 1，隧道为 -1。"
        ) from why
    levels: Longs = np.nan_to_num(numbers).astype(np.int64)
    return levels


def _network(joined: Joined, plane: Plane, mode: Mode, ways: Ways, facts: Facts) -> Network:
    cost = np.rint(joined.length * 3.6 * UNITS / ways.kmh[joined.line]).astype(np.int64)
    there, back = ways.forward[joined.line], ways.backward[joined.line]
    leave = ways.leave & ~ways.ferry
    lon, lat = plane.degrees(joined.x, joined.y)
    used = np.unique(np.concatenate([joined.tail, joined.head]))
    number = np.full(len(lon), -1, np.int64)
    number[used] = np.arange(len(used))
    tail, head = number[joined.tail], number[joined.head]
    made = network_from_arcs(
        lon=lon[used],
        lat=lat[used],
        tail=np.concatenate([tail[there], head[back]]),
        head=np.concatenate([head[there], tail[back]]),
        cost=np.concatenate([cost[there], cost[back]]),
        mode=mode,
        ferry=_twice(ways.ferry, joined, there, back),
        joinable=_twice(leave, joined, there, back),
    )
    report = _report(joined, lon, lat) | _pieces(made)
    return dataclasses.replace(made, facts=facts | {"report": report})


def _twice(flags: Bools, joined: Joined, there: Bools, back: Bools) -> Bools:
    return np.concatenate([flags[joined.line[there]], flags[joined.line[back]]])


def _facts(lines: Lines, ways: Ways, joining: Joining, joined: Joined) -> Facts:
    return {
        **lines.facts,
        "speeds": ways.facts["speeds"],
        "tolerance_m": joining.tolerance,
        "crossings_joined": joined.crossings,
        "ends_on_lines": joined.cuts,
        "warnings": [*lines.facts["warnings"], *ways.facts["warnings"]],
    }


def _report(joined: Joined, lon: Floats, lat: Floats) -> Facts:
    """Dangling ends (places with a single neighbour), and the metres of road."""
    ends = np.bincount(np.concatenate([joined.tail, joined.head]), minlength=len(lon))
    dangling = np.flatnonzero(ends == 1)
    shown = dangling[:MOST_PLACES]
    return {
        "dangling_ends": len(dangling),
        "dangling_places": np.round(np.column_stack([lon[shown], lat[shown]]), 6).tolist(),
        "kilometres": round(float(joined.length.sum()) / 1000, 3),
    }


def _pieces(network: Network) -> Facts:
    """Pieces between which there is no way both there and back; the largest in per cent."""
    sizes = np.bincount(network.pieces())
    return {
        "pieces": len(sizes),
        "largest_piece_percent": round(100 * sizes.max() / sizes.sum(), 2),
    }
