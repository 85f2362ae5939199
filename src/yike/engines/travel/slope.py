"""Walking up and down hill: heights from SRTM tiles at the nodes, Tobler's pace on each arc.

Tobler (1993), Three presentations on geographical analysis and modeling: 6 exp(-3.5 |s + 0.05|)
km/h at slope s; here relative to the flat, so that the speed of the road stays in force there.
Uphill and downhill differ: the same road takes different times in its two directions.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from yike.engines.travel.arrays import LONGEST_ARC, Floats
from yike.engines.travel.errors import SurfaceError
from yike.engines.travel.measure import metres
from yike.engines.travel.network import Network

#: Rows and columns of a tile of one degree: three seconds of arc, or one.
SIZES = (1201, 3601)
VOID = -32768
#: Steeper than this no road is: a tunnel or a bridge, where the ground says nothing of the road.
STEEPEST = 0.4
_NAME = re.compile(r"([NS])(\d{2})([EW])(\d{3})\.hgt", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tile:
    """Heights in metres of one degree square, float64[n, n]; row 0 is the north edge; nan: void."""

    name: str
    south: int
    west: int
    heights: Floats


def read_tile(path: Path) -> Tile:
    """This will read a `.hgt` file, whose name says where it lies; raises SurfaceError."""
    named = _NAME.fullmatch(path.name)
    if named is None:
        raise SurfaceError(f"{path.name} 的文件名应像 N29E121.hgt：左下角的纬度和经度。")
    raw = np.frombuffer(path.read_bytes(), np.uint8)
    size = next((n for n in SIZES if len(raw) == 2 * n * n), 0)
    if not size:
        raise SurfaceError(f"{path.name} 有 {len(raw)} 字节，不是完整的高程块；请重新下载。")
    heights = raw.view(">i2").reshape(size, size).astype(np.float64)
    heights[heights == VOID] = np.nan
    south = int(named[2]) * (1 if named[1].upper() == "N" else -1)
    west = int(named[4]) * (1 if named[3].upper() == "E" else -1)
    return Tile(name=path.name, south=south, west=west, heights=heights)


def heights_at(tiles: Sequence[Tile], lon: Floats, lat: Floats) -> Floats:
    """This will return metres above sea, between four points of a tile; nan where none is known."""
    height = np.full(len(lon), np.nan)
    for tile in tiles:
        inside = (lon >= tile.west) & (lon <= tile.west + 1)
        inside &= (lat >= tile.south) & (lat <= tile.south + 1) & np.isnan(height)
        height[inside] = _between(tile, lon[inside], lat[inside])
    return height


def with_slopes(network: Network, tiles: Sequence[Tile]) -> Network:
    """This will return the network with the costs of its roads on foot by slope.

    Arcs with an end of unknown height, and ferries, keep theirs. Drops the hierarchy, which
    belongs to the old costs. Raises SurfaceError for another mode than on foot.
    """
    if network.mode != "walk":
        raise SurfaceError("坡度只用于步行路网；骑车和驾车的速度请在速度表里改。")
    height = heights_at(tiles, network.lon, network.lat)
    tail, head = network.tails(), network.head
    run = metres(network.lon[tail], network.lat[tail], network.lon[head], network.lat[head])
    slope = (height[head] - height[tail]) / np.maximum(run, 1.0)
    known = np.isfinite(slope) & ~network.ferry
    slower = np.where(known, tobler(np.where(known, slope, 0.0)), 1.0)
    cost = np.clip(np.rint(network.cost * slower), 1, LONGEST_ARC).astype(np.int32)
    told = {
        "tiles": [tile.name for tile in tiles],
        "function": "Tobler 1993, relative to the flat",
        "nodes_without_height": int(np.isnan(height).sum()),
    }
    facts = network.facts | {"slope": told}
    return dataclasses.replace(network, cost=cost, facts=facts, hierarchy=None)


def tobler(slope: Floats) -> Floats:
    """This will return how many times longer a slope (rise over run) takes than the flat."""
    steep = np.clip(slope, -STEEPEST, STEEPEST)
    times: Floats = np.exp(3.5 * (np.abs(steep + 0.05) - 0.05))
    return times


def _between(tile: Tile, lon: Floats, lat: Floats) -> Floats:
    """Bilinear; a void among the four makes it unknown."""
    steps = len(tile.heights) - 1
    x, y = (lon - tile.west) * steps, (tile.south + 1 - lat) * steps
    column = np.minimum(x.astype(np.int64), steps - 1)
    row = np.minimum(y.astype(np.int64), steps - 1)
    right, down = x - column, y - row
    upper = tile.heights[row, column] * (1 - right) + tile.heights[row, column + 1] * right
    lower = tile.heights[row + 1, column] * (1 - right) + tile.heights[row + 1, column + 1] * right
    height: Floats = upper * (1 - down) + lower * down
    return height
