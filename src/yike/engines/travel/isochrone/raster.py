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
    x, y, time of both ends of each piece, none later than the bound; closed arcs give none.
    """
    most = int((ground.first[reached + 1] - ground.first[reached]).sum()) + len(reached)
    pieces = np.empty((most, 6), np.float64)
    arcs = (ground.first, ground.head, ground.cost, ground.closed, ground.open_node)
    return pieces[: _cut(reached, labels, *arcs, ground.x, ground.y, float(bound), pieces)]


def frame_of(pieces: Floats, reach: float, finest: float, coarsest: float, cells: int) -> Frame:
    """This will place a raster around the pieces and what lies within `reach` metres of them.

    The side of a cell grows from `finest` to `coarsest` so that about `cells` cells suffice.
    """
    low = np.minimum(pieces[:, 0:2], pieces[:, 3:5]).min(axis=0) - reach
    high = np.maximum(pieces[:, 0:2], pieces[:, 3:5]).max(axis=0) + reach
    width, height = (float(length) for length in high - low)
    side = min(max(finest, (width * height / cells) ** 0.5), coarsest)
    # Cells lie on one lattice for all rasters of a side: a little more reached moves no outline.
    left, bottom = (float(np.floor(edge / side) - 2) * side for edge in low)
    columns = int((float(high[0]) - left) / side) + 4
    return Frame(
        x=left,
        y=bottom,
        side=side,
        rows=int((float(high[1]) - bottom) / side) + 4,
        columns=columns,
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
    field = np.full((frame.rows, frame.columns), MARGIN * frame.side, np.float32)
    radius = np.minimum((np.float32(bound) - seeds.time) / np.float32(pace), np.float32(reach))
    reached = radius >= 0
    shown = np.maximum(radius[reached], np.float32(min(NARROW * frame.side, reach)))
    _stamp(seeds.x[reached], seeds.y[reached], shown, np.float32(frame.side), field)
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
            _note(pieces[count], x, y, labels[u], cost[arc], u, head[arc], share)
            count += 1
        if open_node[u] and not open_arc:
            _note(pieces[count], x, y, labels[u], 0, u, u, 0.0)
            count += 1
    return count


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
def _stamp(x: Singles, y: Singles, radius: Singles, side: np.float32, field: Singles) -> None:
    half = np.float32(0.5)
    for seed in range(len(x)):
        wide = radius[seed] + np.float32(MARGIN) * side
        low = max(0, int((y[seed] - wide) / side - half))
        high = min(field.shape[0], int((y[seed] + wide) / side + half) + 1)
        for row in range(low, high):
            dy = (np.float32(row) + half) * side - y[seed]
            rest = wide * wide - dy * dy
            if rest > 0:
                _stamp_row(field[row], x[seed], dy * dy, np.sqrt(rest), radius[seed], side)


@compiled
def _stamp_row(
    row: Singles,
    x: np.float32,
    dy2: np.float32,
    chord: np.float32,
    radius: np.float32,
    side: np.float32,
) -> None:
    half = np.float32(0.5)
    left = max(0, int((x - chord) / side - half))
    right = min(len(row), int((x + chord) / side + half) + 1)
    cells = row[left:right]
    begin = (np.float32(left) + half) * side - x
    # Written so that several cells are done by one instruction: twice as fast as `min(...)`.
    for column in range(len(cells)):
        dx = np.float32(column) * side + begin
        distance = np.sqrt(dx * dx + dy2) - radius
        cells[column] = distance if distance < cells[column] else cells[column]
