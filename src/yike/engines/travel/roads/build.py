"""From an office's own lines to a network, with a report of what looks unfinished in the layer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from yike.engines.travel.arrays import UNITS, Bools, Facts, Floats, Longs, Mode
from yike.engines.travel.curve import laid_along
from yike.engines.travel.errors import RoadsError
from yike.engines.travel.islands import pieces_named
from yike.engines.travel.measure import metres
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
    """This will make a network; facts["report"] tells dangling ends, facts["pieces"] the pieces."""
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
    lon, lat = plane.degrees(joined.x, joined.y)
    length = metres(lon[joined.tail], lat[joined.tail], lon[joined.head], lat[joined.head])
    cost = _costs(joined.line, length, ways.kmh)
    there, back = ways.forward[joined.line], ways.backward[joined.line]
    leave = ways.leave & ~ways.ferry
    used, number = np.unique(np.concatenate([joined.tail, joined.head]), return_inverse=True)
    tail, head = np.split(number.ravel(), 2)
    made = laid_along(
        network_from_arcs(
            lon=lon[used],
            lat=lat[used],
            tail=np.concatenate([tail[there], head[back]]),
            head=np.concatenate([head[there], tail[back]]),
            cost=np.concatenate([cost[there], cost[back]]),
            mode=mode,
            ferry=_twice(ways.ferry, joined, there, back),
            joinable=_twice(leave, joined, there, back),
        )
    )
    report = _report(joined, lon, lat, length)
    counts = {"nodes": made.nodes, "arcs": made.arcs, "ferry_arcs": int(made.ferry.sum())}
    pieces = pieces_named(made, [])
    return dataclasses.replace(made, facts=facts | counts | {"pieces": pieces, "report": report})


def _costs(line: Longs, length: Floats, kmh: Floats) -> Longs:
    """Deciseconds, rounded along each line: many short stretches sum up to the whole."""
    end = np.cumsum(length * 3.6 * UNITS / kmh[line])
    begin = np.concatenate(([0.0], end[:-1]))
    start = begin[np.searchsorted(line, line)]
    costs: Longs = (np.rint(end - start) - np.rint(begin - start)).astype(np.int64)
    return costs


def _twice(flags: Bools, joined: Joined, there: Bools, back: Bools) -> Bools:
    return np.concatenate([flags[joined.line[there]], flags[joined.line[back]]])


def _facts(lines: Lines, ways: Ways, joining: Joining, joined: Joined) -> Facts:
    return {
        **lines.facts,
        "speeds": ways.facts["speeds"],
        "ways_used": ways.facts["used"],
        "ways_dropped": ways.facts["dropped"],
        "tolerance_m": joining.tolerance,
        "crossings_joined": joined.crossings,
        "ends_on_lines": joined.cuts,
        "warnings": [*lines.facts["warnings"], *ways.facts["warnings"]],
    }


def _report(joined: Joined, lon: Floats, lat: Floats, length: Floats) -> Facts:
    """Dangling ends (places with a single neighbour), and the kilometres of road."""
    ends = np.bincount(np.concatenate([joined.tail, joined.head]), minlength=len(lon))
    dangling = np.flatnonzero(ends == 1)
    shown = dangling[:MOST_PLACES]
    return {
        "dangling_ends": len(dangling),
        "dangling_places": np.round(np.column_stack([lon[shown], lat[shown]]), 6).tolist(),
        "kilometres": round(float(length.sum()) / 1000, 3),
    }
