"""Reached pieces of road, and how far each cell of a raster lies from what can be reached.

What is reached within a bound is the union of discs around all points of the reached roads: at a
point reached at time t one may still leave the road for min(reach, (bound - t) / pace) metres.
The raster holds, at the middle of each cell, the distance to the edge of that union (negative
inside). This distance changes by one metre per metre, so a contour drawn straight from cell to
cell lies within a small part of a cell of the true edge; times would jump at the end of the last
leg, and their contour would be a staircase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Bools, Floats, Ints
from yike.engines.travel.isochrone.ground import Ground

Singles = npt.NDArray[np.float32]
#: Of each cell [rows, columns]: the distance, and of the disc it is measured to x, y, radius.
Planes = npt.NDArray[np.float32]
#: Beyond this many cells from the edge the distance is not needed.
MARGIN = 1.5
#: Half a strip of so many cells is whole: some middle of a cell lies within half a cell of its
#: axis, and points along it lie within 0.71 of each other.
NARROW = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a raster lies: its corner in metres, the side of a cell, rows and columns."""

    x: float
    y: float
    side: float
    rows: int
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """The earliest reached point of each small cell: metres from the corner of a frame, time."""

    x: Singles
    y: Singles
    time: Singles


def pieces_of(ground: Ground, reached: Ints, labels: Ints, bound: float) -> Floats:
    """This will cut what is reached out of the roads.

    reached: the nodes within the bound; labels: deciseconds of all nodes. Returns float64[k, 6]:
    x, y, time of both ends of each piece, none later than the bound; closed arcs give none, and
    of a road that is reached from both ends, each gives its part up to where they meet.
    """
    most = int((ground.first[reached + 1] - ground.first[reached]).sum()) + len(reached)
    pieces = np.empty((most, 6), np.float64)
    arcs = (ground.first, ground.head, ground.cost, ground.closed, ground.open_node)
    return pieces[: _cut(reached, labels, *arcs, ground.x, ground.y, float(bound), pieces)]


def frame_of(pieces: Floats, reach: float, finest: float, coarsest: float, cells: int) -> Frame:
    """This will place a raster around the pieces and what lies within `reach` metres of them.

    The side of a cell grows from `finest` to `coarsest` so that about `cells` cells suffice.
    """
    west, south, east, north = _box(pieces)
    width, height = east - west + 2 * reach, north - south + 2 * reach
    side = min(max(finest, (width * height / cells) ** 0.5), coarsest)
    # Cells lie on one lattice for all rasters of a side: a little more reached moves no outline.
    left, bottom = (float(np.floor((edge - reach) / side) - 2) * side for edge in (west, south))
    return Frame(
        x=left,
        y=bottom,
        side=side,
        rows=int((north + reach - bottom) / side) + 4,
        columns=int((east + reach - left) / side) + 4,
    )


def seeds_of(pieces: Floats, frame: Frame) -> Seeds:
    """This will keep, of all points of the pieces, the earliest in each quarter of a cell."""
    rows, columns = 2 * frame.rows, 2 * frame.columns
    time = np.full(rows * columns, np.inf, np.float32)
    x = np.empty(rows * columns, np.float32)
    y = np.empty(rows * columns, np.float32)
    cells = np.empty(rows * columns, np.int64)
    fine = frame.side / 2
    count = _plant(pieces, frame.x, frame.y, fine, columns, time, x, y, cells)
    kept = cells[:count]
    return Seeds(x=x[kept], y=y[kept], time=time[kept])


def distances(seeds: Seeds, frame: Frame, bound: float, pace: float, reach: float) -> Singles:
    """This will return float32[rows, columns]: metres to the edge of what is reached in `bound`.

    pace: deciseconds per metre off the road. A road reached with little time left is drawn as a
    strip that the raster can show (NARROW): thinner it would come out as a string of beads, and
    left out a fifth of what a car reaches in five minutes would be missing.
    """
    best = np.full((4, frame.rows, frame.columns), -1, np.float32)
    best[0] = MARGIN * frame.side
    radius = np.minimum((np.float32(bound) - seeds.time) / np.float32(pace), np.float32(reach))
    reached = radius >= 0
    shown = np.maximum(radius[reached], np.float32(min(NARROW * frame.side, reach)))
    side = np.float32(frame.side)
    _surround(seeds.x[reached], seeds.y[reached], shown, side, best)
    _spread(best, side)
    field: Singles = best[0]
    return field


@compiled
def _cut(
    reached: Ints,
    labels: Ints,
    first: Ints,
    head: Ints,
    cost: Ints,
    closed: Bools,
    open_node: Bools,
    x: Floats,
    y: Floats,
    bound: float,
    pieces: Floats,
) -> int:
    count = 0
    for u in reached:
        open_arc = False
        for arc in range(first[u], first[u + 1]):
            if closed[arc]:
                continue
            open_arc = True
            share = 1.0
            if labels[u] + cost[arc] > bound:
                share = (bound - labels[u]) / cost[arc]
            share = min(share, _meeting(u, arc, labels, first, head, cost, closed))
            if share <= 0:
                continue
            _note(pieces[count], x, y, labels[u], cost[arc], u, head[arc], share)
            count += 1
        if open_node[u] and not open_arc:
            _note(pieces[count], x, y, labels[u], 0, u, u, 0.0)
            count += 1
    return count


@compiled
def _meeting(
    u: int, arc: int, labels: Ints, first: Ints, head: Ints, cost: Ints, closed: Bools
) -> float:
    """The share of an arc up to which its tail is quicker than the way round by its head."""
    v = head[arc]
    for back in range(first[v], first[v + 1]):
        if head[back] == u and not closed[back]:
            return float((labels[v] + cost[back] - labels[u]) / (cost[arc] + cost[back]))
    return 1.0


@compiled
def _note(
    piece: Floats, x: Floats, y: Floats, start: int, cost: int, u: int, v: int, share: float
) -> None:
    piece[0] = x[u]
    piece[1] = y[u]
    piece[2] = start
    piece[3] = x[u] + share * (x[v] - x[u])
    piece[4] = y[u] + share * (y[v] - y[u])
    piece[5] = start + share * cost


@compiled
def _box(pieces: Floats) -> tuple[float, float, float, float]:
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for piece in pieces:
        west, east = min(west, piece[0], piece[3]), max(east, piece[0], piece[3])
        south, north = min(south, piece[1], piece[4]), max(north, piece[1], piece[4])
    return west, south, east, north


@compiled
def _plant(
    pieces: Floats,
    left: float,
    bottom: float,
    side: float,
    columns: int,
    time: Singles,
    x: Singles,
    y: Singles,
    cells: npt.NDArray[np.int64],
) -> int:
    count = 0
    for piece in pieces:
        dx = piece[3] - piece[0]
        dy = piece[4] - piece[1]
        steps = int(np.sqrt(dx * dx + dy * dy) / side) + 1
        for step in range(steps + 1):
            share = step / steps
            px = piece[0] + share * dx - left
            py = piece[1] + share * dy - bottom
            at = np.float32(piece[2] + share * (piece[5] - piece[2]))
            cell = int(py / side) * columns + int(px / side)
            if at < time[cell]:
                if time[cell] == np.inf:
                    cells[count] = cell
                    count += 1
                time[cell] = at
                x[cell] = px
                y[cell] = py
    return count


@compiled
def _surround(x: Singles, y: Singles, radius: Singles, side: np.float32, best: Planes) -> None:
    """Offers each seed to the four middles of cells around it."""
    for seed in range(len(x)):
        row = int(y[seed] / side - np.float32(0.5))
        column = int(x[seed] / side - np.float32(0.5))
        for i in range(row, row + 2):
            for j in range(column, column + 2):
                _offer(best, i, j, side, x[seed], y[seed], radius[seed])


@compiled
def _offer(
    best: Planes,
    row: int,
    column: int,
    side: np.float32,
    x: np.float32,
    y: np.float32,
    radius: np.float32,
) -> None:
    half = np.float32(0.5)
    dx = (np.float32(column) + half) * side - x
    dy = (np.float32(row) + half) * side - y
    distance = np.sqrt(dx * dx + dy * dy) - radius
    if distance < best[0, row, column]:
        best[0, row, column] = distance
        best[1, row, column] = x
        best[2, row, column] = y
        best[3, row, column] = radius


@compiled
def _spread(best: Planes, side: np.float32) -> None:
    """Each cell hears from its eight neighbours which disc is near them, row by row, up and down.

    What is nearest to a cell is nearest to all between them: so it gets through (Danielsson 1980).
    """
    rows = best.shape[1]
    for row in range(1, rows):
        _along(best, row, row - 1, side)
    for row in range(rows - 2, -1, -1):
        _along(best, row, row + 1, side)


@compiled
def _along(best: Planes, row: int, other: int, side: np.float32) -> None:
    columns = best.shape[2]
    for column in range(1, columns - 1):
        for near in range(column - 1, column + 2):
            _hear(best, row, column, other, near, side)
    for column in range(1, columns):
        _hear(best, row, column, row, column - 1, side)
    for column in range(columns - 2, -1, -1):
        _hear(best, row, column, row, column + 1, side)


@compiled
def _hear(best: Planes, row: int, column: int, i: int, j: int, side: np.float32) -> None:
    if best[3, i, j] >= 0:
        _offer(best, row, column, side, best[1, i, j], best[2, i, j], best[3, i, j])
