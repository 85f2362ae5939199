"""Where areas begin: nodes of the network, or points beside its roads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from yike.engines.travel.arrays import Bools, Floats, Ints, floats
from yike.engines.travel.errors import PointsError
from yike.engines.travel.isochrone.ground import Ground
from yike.engines.travel.network import Network
from yike.engines.travel.snapping import FARTHEST, Joined, Snapper

#: Degrees around the nodes of a network that still belong to its county.
MARGIN = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a search begins: nodes with the deciseconds already spent there, and what is on it.

    pieces: float64[k, 6] of x, y, time at both ends (metres of the plane): the pieces of road and
    path between the starting point and those nodes, which no search over nodes knows.
    """

    nodes: Ints
    costs: Ints
    pieces: Floats


def at_nodes(ground: Ground, nodes: Any) -> Start:
    """This will start at nodes of the network (indexes), at no cost."""
    index = np.atleast_1d(np.asarray(nodes, np.int32))
    spot = np.column_stack([ground.x[index], ground.y[index], np.zeros(len(index))])
    costs = np.zeros(len(index), np.int32)
    return Start(nodes=index, costs=costs, pieces=np.hstack([spot, spot]))


def at_points(
    ground: Ground,
    network: Network,
    snapper: Snapper,
    lon: Any,
    lat: Any,
    *,
    kmh: float,
    farthest: float = FARTHEST,
) -> Start:
    """This will start at points (WGS84), each on the nearest road, walked to at `kmh`.

    ground and snapper are those of the network. Raises PointsError for a point outside the
    network, farther from every road than `farthest` metres, or with its degrees swapped.
    """
    lon, lat = floats(np.atleast_1d(lon)), floats(np.atleast_1d(lat))
    _check_places(network, lon, lat)
    joined = snapper.join(lon, lat, farthest=farthest, pace=kmh / 3.6)
    why = f"周围 {farthest:g} 米内没有道路，可能在海上或水面上；请把它移到路边，或检查坐标系"
    _refuse(joined.stretch < 0, lon, lat, why)
    node, cost, source = _entries(snapper, joined, toward=ground.toward)
    x, y = ground.plane.metres(lon, lat)
    foot = _foot(ground, snapper, joined)
    walk = joined.walk.astype(np.float64)
    begin = np.column_stack([x, y, np.zeros(len(x))])
    end = np.column_stack([foot, walk])
    nodes = np.column_stack([ground.x[node], ground.y[node], cost])
    pieces = np.concatenate([np.hstack([begin, end]), np.hstack([end[source], nodes])])
    return Start(nodes=node, costs=cost, pieces=pieces)


def clipped(pieces: Floats, bound: float) -> Floats:
    """This will cut pieces of rising time off at the bound."""
    begun = pieces[pieces[:, 2] <= bound]
    lasts = np.maximum(begun[:, 5] - begun[:, 2], 1e-9)
    share = np.minimum((bound - begun[:, 2]) / lasts, 1.0)[:, None]
    return np.hstack([begun[:, :3], begun[:, :3] + share * (begun[:, 3:] - begun[:, :3])])


def _entries(snapper: Snapper, joined: Joined, *, toward: bool) -> tuple[Ints, Ints, Ints]:
    """(node, cost, point): the nodes beside each point, in the direction of travel."""
    if toward:
        seeds = snapper.seeds(joined)
        return seeds.node, seeds.cost, seeds.source
    ends = snapper.ends(joined, joined)
    point, side = np.nonzero(ends.node >= 0)
    return ends.node[point, side], ends.cost[point, side], point.astype(np.int32)


def _foot(ground: Ground, snapper: Snapper, joined: Joined) -> Floats:
    low, high = snapper.nodes_of(joined.stretch)
    x = ground.x[low] + joined.along * (ground.x[high] - ground.x[low])
    y = ground.y[low] + joined.along * (ground.y[high] - ground.y[low])
    return np.column_stack([x, y])


def _check_places(network: Network, lon: Floats, lat: Floats) -> None:
    inside = _within(network, lon, lat)
    turned = ~inside & _within(network, lat, lon)
    _refuse(turned, lon, lat, "像是写反了，请交换两列")
    west, east = network.lon.min(), network.lon.max()
    south, north = network.lat.min(), network.lat.max()
    box = f"（经度 {west:.4f} 至 {east:.4f}，纬度 {south:.4f} 至 {north:.4f}）"
    _refuse(~inside, lon, lat, f"不在路网的范围内{box}；请检查坐标，或换用当地的路网")


def _within(network: Network, lon: Floats, lat: Floats) -> Bools:
    west, east = network.lon.min() - MARGIN, network.lon.max() + MARGIN
    south, north = network.lat.min() - MARGIN, network.lat.max() + MARGIN
    within: Bools = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    return within


def _refuse(wrong: Bools, lon: Floats, lat: Floats, why: str) -> None:
    if wrong.any():
        at = int(wrong.argmax())
        which = f"第 {at + 1} 个点：" if len(lon) > 1 else ""
        raise PointsError(f"{which}经度 {lon[at]:g}、纬度 {lat[at]:g} {why}。")
