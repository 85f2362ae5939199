"""Areas of some minutes: how long they take, and how true they are by brute force.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.reach_areas [--osm FILE | --net FILE] [--mode]

Times are the median of stations, each the least of some rounds, wall clock and processor. The
truth: nodes by heapq, the reached roads cut every three metres, and of points strewn over the box
those from which a cut is near enough and early enough (scipy's tree finds the near ones). Told
too: whether all are valid and 5 lies in 10 in 15 in 30, how many holes there are and of the points
in them the share that is reached after all, and of the reached nodes the share left out.
"""

from __future__ import annotations

import json
import time
from itertools import pairwise
from typing import Any

from benchmarks import reach_ground

reach_ground.with_peers("benchmarks.reach_areas")

import numpy as np
import shapely
from scipy.spatial import cKDTree

from yike.engines.travel.isochrone import Areas, Ground, LastLeg, at_nodes, ground_of

BANDS = [5, 10, 15, 30]
LEG, STEP_M, POINTS, MINUTE = LastLeg(), 3.0, 20_000, 600


def main() -> int:
    """This will print times, agreement and shape as JSON; 1 where an area is not sound."""
    parser = reach_ground.options(__doc__)
    parser.set_defaults(stations=12, rounds=7)
    asked = parser.parse_args()
    network = reach_ground.network_of(asked)
    stations, _ = reach_ground.picked(network, asked.stations, 1)
    ground = ground_of(network)
    areas = Areas(ground)
    told: dict[str, Any] = {"nodes": network.nodes, "mode": network.mode}
    told |= _times(areas, stations, asked.rounds)
    graph = reach_ground.plain_lists(network)
    rows = [_judged(areas, int(station), graph, number) for number, station in enumerate(stations)]
    told |= {
        "iou_15_median": round(float(np.median([row["iou"] for row in rows])), 4),
        "iou_15_least": round(min(row["iou"] for row in rows), 4),
        "holes": sum(row["holes"] for row in rows),
        "reached_in_holes_percent": _percent(rows, "in_holes_reached", "in_holes"),
        "nodes_left_out_5_min_percent": _percent(rows, "out_5", "nodes_5"),
        "nodes_left_out_15_min_percent": _percent(rows, "out_15", "nodes_15"),
        "nodes_left_out_5_min_worst": max(
            round(100 * row["out_5"] / max(1, row["nodes_5"]), 2) for row in rows
        ),
        "invalid_wrong": sum(row["invalid"] for row in rows),
        "nesting_wrong": sum(row["outside_next"] for row in rows),
    }
    print(json.dumps(told, indent=1))
    return 1 if any(count for name, count in told.items() if name.endswith("_wrong")) else 0


def _percent(rows: list[dict[str, Any]], part: str, whole: str) -> float:
    return round(100 * sum(row[part] for row in rows) / max(1, sum(row[whole] for row in rows)), 2)


def _times(areas: Areas, stations: Any, rounds: int) -> dict[str, float]:
    told = {}
    for name, minutes in (("15", [15]), ("all_four", BANDS)):
        walls, spents = [], []
        for station in stations:
            start = at_nodes(areas.ground, int(station))
            areas.within(start, minutes)
            took = [_clocked(areas, start, minutes) for _ in range(rounds)]
            walls.append(min(wall for wall, _ in took))
            spents.append(min(spent for _, spent in took))
        told[f"area_{name}_ms"] = round(float(np.median(walls)) * 1e3, 2)
        told[f"area_{name}_cpu_ms"] = round(float(np.median(spents)) * 1e3, 2)
    return told


def _clocked(areas: Areas, start: Any, minutes: list[int]) -> tuple[float, float]:
    begun, spent = time.perf_counter(), time.process_time()
    areas.within(start, minutes)
    return time.perf_counter() - begun, time.process_time() - spent


def _judged(areas: Areas, station: int, graph: Any, seed: int) -> dict[str, Any]:
    drawn = areas.within(at_nodes(areas.ground, station), BANDS)
    shapes = [area.polygons for area in drawn]
    labels = reach_ground.tree(graph, [station], 30 * MINUTE)
    row: dict[str, Any] = {
        "invalid": sum(not shape.is_valid for shape in shapes),
        "outside_next": sum(not wide.covers(narrow) for narrow, wide in pairwise(shapes)),
        "holes": sum(len(part.interiors) for part in shapely.get_parts(shapes[2])),
    }
    for band in (0, 2):
        row |= _left_out(areas.ground, shapes[band], labels, BANDS[band])
    row |= _agreement(areas.ground, shapes[2], labels, graph, seed)
    return row


def _left_out(ground: Ground, shape: Any, labels: dict[int, int], minutes: int) -> dict[str, int]:
    reached = [node for node, at in labels.items() if at <= minutes * MINUTE]
    nodes = np.array([node for node in reached if ground.open_node[node]])
    lon, lat = ground.plane.degrees(ground.x[nodes], ground.y[nodes])
    shapely.prepare(shape)
    out = int((~shapely.contains_xy(shape, lon, lat)).sum())
    return {f"nodes_{minutes}": len(nodes), f"out_{minutes}": out}


def _agreement(
    ground: Ground, shape: Any, labels: dict[int, int], graph: Any, seed: int
) -> dict[str, Any]:
    bound = 15 * MINUTE
    cuts = _cuts(ground, labels, graph, bound)
    low, high = cuts[:, :2].min(axis=0) - LEG.metres, cuts[:, :2].max(axis=0) + LEG.metres
    points = np.random.default_rng(seed).uniform(low, high, (POINTS, 2))
    truth = _reached(cuts, points, bound)
    lon, lat = ground.plane.degrees(points[:, 0], points[:, 1])
    drawn = shapely.contains_xy(shape, lon, lat)
    parts = shapely.get_parts(shape)
    solid = shapely.union_all([shapely.Polygon(part.exterior) for part in parts])
    inside = shapely.contains_xy(solid, lon, lat) & ~drawn
    return {
        "iou": float((truth & drawn).sum() / max(1, (truth | drawn).sum())),
        "in_holes": int(inside.sum()),
        "in_holes_reached": int((inside & truth).sum()),
    }


def _cuts(ground: Ground, labels: dict[int, int], graph: Any, bound: int) -> Any:
    """x, y, time along every reached road that may be left, every few metres."""
    first, head, cost = graph
    rows = []
    for node, at in labels.items():
        for arc in range(first[node], first[node + 1]):
            if at > bound or ground.closed[arc]:
                continue
            other = head[arc]
            dx, dy = ground.x[other] - ground.x[node], ground.y[other] - ground.y[node]
            shares = np.linspace(0, 1, int(np.hypot(dx, dy) / STEP_M) + 2)
            spent = at + shares * cost[arc]
            kept = spent <= bound
            there = ground.x[node] + shares * dx, ground.y[node] + shares * dy, spent
            rows.append(np.stack(there, axis=1)[kept])
    return np.concatenate(rows)


def _reached(cuts: Any, points: Any, bound: int) -> Any:
    """Within how many metres of a point a cut must lie depends on its time: tried by classes."""
    truth = np.zeros(len(points), bool)
    radius = np.minimum((bound - cuts[:, 2]) / LEG.pace, LEG.metres)
    whole = radius >= LEG.metres
    if whole.any():
        distance, _ = cKDTree(cuts[whole, :2]).query(points, distance_upper_bound=LEG.metres)
        truth |= distance <= LEG.metres
    if not whole.all():
        tree, late = cKDTree(cuts[~whole, :2]), radius[~whole]
        for at in np.flatnonzero(~truth):
            near = tree.query_ball_point(points[at], LEG.metres)
            truth[at] = _any_near(tree, near, points[at], late)
    return truth


def _any_near(tree: Any, near: list[int], point: Any, radius: Any) -> bool:
    if not near:
        return False
    apart = np.hypot(*(tree.data[near] - point).T)
    return bool((apart <= radius[near]).any())


if __name__ == "__main__":
    raise SystemExit(main())
