"""How lines drawn apart become one network: which vertices are one place, where lines are cut.

What joins, always within the tolerance:
- vertices at the same place and level;
- the end of a line and the end of another, whatever their levels: a bridge begins where the road
  ends;
- the end of a line and a vertex, or the middle of a stretch, of another line of the same level or
  of the ground (level 0): so the end of a bridge meets the ground, and a road that ends below a
  bridge does not meet the bridge.
Lines that cross without a vertex join only when crossings are asked for, and on one level only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from yike.engines.travel.arrays import Bools, Floats, Ints, Longs
from yike.engines.travel.network import first_of
from yike.engines.travel.pieces import strong_pieces

#: Places closer than this (metres) are one: less than any layer is drawn to.
SAME = 0.01


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """Vertices in metres x, y [v], the line of each (rising), and the level of each."""

    x: Floats
    y: Floats
    line: Longs
    level: Longs

    def ends(self) -> Bools:
        """This will say which vertices are the first or last of their line."""
        change = self.line[1:] != self.line[:-1]
        edge = np.ones(1, np.bool_)
        ends: Bools = np.concatenate([edge, change]) | np.concatenate([change, edge])
        return ends

    def stretches(self) -> Longs:
        """This will name the first vertex of each stretch between two vertices of a line."""
        return np.flatnonzero(self.line[1:] == self.line[:-1]).astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joined:
    """Places [n] (x, y) and stretches between them, line by line, in order: tail, head, line [s].

    cuts: how many stretches were cut by an end of another line, or by a crossing.
    """

    x: Floats
    y: Floats
    tail: Longs
    head: Longs
    line: Longs
    cuts: int
    crossings: int


def join(drawn: Drawn, *, tolerance: float, crossings: bool) -> Joined:
    """This will make one network of the lines; tolerance in metres."""
    start = drawn.stretches()
    tree = shapely.STRtree(_segments(drawn, start))
    touched = _touched_by_ends(drawn, start, tree, tolerance)
    crossed = _crossings(drawn, start, tree) if crossings else _none()
    place, x, y = _places(drawn, tolerance)
    fresh = np.arange(len(crossed[0]) // 2) + len(x)
    stops = np.concatenate([place[touched[2]], np.concatenate([fresh, fresh])])
    stretch = np.concatenate([touched[0], crossed[0]])
    share = np.concatenate([touched[1], crossed[1]])
    x = np.concatenate([x, crossed[2]])
    y = np.concatenate([y, crossed[3]])
    tail, head, owner = _cut(place[start], place[start + 1], stretch, share, stops)
    apart = tail != head
    tail, head, owner = tail[apart], head[apart], owner[apart]
    return Joined(
        x=x,
        y=y,
        tail=tail,
        head=head,
        line=drawn.line[start][owner],
        cuts=len(touched[0]),
        crossings=len(fresh),
    )


def _none() -> tuple[Any, ...]:
    return np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0)


def _segments(drawn: Drawn, start: Longs) -> Any:
    points = np.column_stack([drawn.x, drawn.y])
    return shapely.linestrings(np.stack([points[start], points[start + 1]], axis=1))


def _places(drawn: Drawn, tolerance: float) -> tuple[Longs, Floats, Floats]:
    """The place of each vertex, and where the places are: at the first vertex of each."""
    key = np.column_stack(
        [np.rint(drawn.x / SAME), np.rint(drawn.y / SAME), drawn.level.astype(np.float64)]
    )
    _, same = np.unique(key, axis=0, return_inverse=True)
    same = same.ravel().astype(np.int64)
    one, other = _end_pairs(drawn, tolerance)
    place = _united(same, same[one], same[other])
    first = np.full(int(place.max()) + 1, len(place), np.int64)
    np.minimum.at(first, place, np.arange(len(place)))
    return place, drawn.x[first], drawn.y[first]


def _end_pairs(drawn: Drawn, tolerance: float) -> tuple[Longs, Longs]:
    """Ends with the vertices they meet."""
    is_end = drawn.ends()
    ends = np.flatnonzero(is_end)
    points = shapely.points(drawn.x, drawn.y)
    found = shapely.STRtree(points).query(points[ends], predicate="dwithin", distance=tolerance)
    one, other = ends[found[0]], found[1]
    meets = is_end[other] | _may_meet(drawn, one, other)
    return one[meets], other[meets]


def _may_meet(drawn: Drawn, end: Any, other: Any) -> Bools:
    level = drawn.level[other]
    meets: Bools = (level == drawn.level[end]) | (level == 0)
    return meets


def _united(group: Longs, one: Longs, other: Longs) -> Longs:
    """Groups renumbered so that the pairs fall together: components, by the engine's own search."""
    count = int(group.max()) + 1
    tail, head = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(tail, kind="stable")
    head32: Ints = head[order].astype(np.int32)
    return strong_pieces(first_of(count, tail), head32).astype(np.int64)[group]


def _touched_by_ends(
    drawn: Drawn, start: Longs, tree: Any, tolerance: float
) -> tuple[Longs, Floats, Longs]:
    """(stretch, share of its length, vertex) of ends that touch the middle of another line."""
    ends = np.flatnonzero(drawn.ends())
    points = shapely.points(drawn.x[ends], drawn.y[ends])
    found = tree.query(points, predicate="dwithin", distance=tolerance)
    end, stretch = ends[found[0]], found[1]
    at = start[stretch]
    dx, dy = drawn.x[at + 1] - drawn.x[at], drawn.y[at + 1] - drawn.y[at]
    length = np.maximum(np.hypot(dx, dy), SAME)
    along = ((drawn.x[end] - drawn.x[at]) * dx + (drawn.y[end] - drawn.y[at]) * dy) / length
    inner = (along > tolerance) & (along < length - tolerance)
    fits = inner & _may_meet(drawn, end, at)
    return stretch[fits], (along / length)[fits], end[fits]


def _crossings(drawn: Drawn, start: Longs, tree: Any) -> tuple[Any, ...]:
    """(stretch, share, x, y): each crossing first by its one stretch, then by its other."""
    one, other = tree.query(tree.geometries, predicate="crosses")
    fits = (one < other) & (drawn.level[start[one]] == drawn.level[start[other]])
    one, other = one[fits], other[fits]
    points = shapely.intersection(tree.geometries[one], tree.geometries[other])
    single = shapely.get_type_id(points) == shapely.GeometryType.POINT
    one, other, points = one[single], other[single], points[single]
    x, y = shapely.get_x(points), shapely.get_y(points)
    both = np.concatenate([one, other])
    at = start[both]
    length = np.hypot(drawn.x[at + 1] - drawn.x[at], drawn.y[at + 1] - drawn.y[at])
    gone = np.hypot(np.tile(x, 2) - drawn.x[at], np.tile(y, 2) - drawn.y[at])
    return both.astype(np.int64), gone / np.maximum(length, SAME), x, y


def _cut(
    tail: Longs, head: Longs, stretch: Longs, share: Floats, stops: Longs
) -> tuple[Longs, Longs, Longs]:
    """Stretches cut at their stops: (tail, head, stretch) of each part, in order."""
    every = np.arange(len(tail))
    owner = np.concatenate([every, stretch, every])
    along = np.concatenate([np.full(len(tail), -1.0), share, np.full(len(tail), 2.0)])
    place = np.concatenate([tail, stops, head])
    order = np.lexsort((along, owner))
    owner, place = owner[order], place[order]
    inside = owner[1:] == owner[:-1]
    return place[:-1][inside], place[1:][inside], owner[:-1][inside]
