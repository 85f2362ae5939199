"""Draws the flow table as a state diagram: boxes and arrows with coordinates, made from the rows.

A verb open in many states is written into the box it leads to, so that arrows stay countable.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from yike.rooms.matters import flow

WIDTH, BOX, ROW, LINE = 860, 184, 96, 17
#: state → column, row of the grid: the middle is the way, left what stands aside, right the ends
PLACES: dict[str, tuple[int, float]] = {
    flow.ACCEPT: (1, 0),
    flow.DISPATCH: (1, 1.25),
    flow.SIGN: (1, 2.75),
    flow.WORK: (1, 4.25),
    flow.REVIEW: (1, 8),
    flow.ANSWERED: (1, 9.25),
    flow.CLOSED: (1, 10.75),
    flow.ARCHIVED: (1, 12),
    flow.RETURNING: (0, 2.75),
    flow.CROSSING: (0, 4.5),
    flow.PAPERS: (0, 5.6),
    flow.SUSPENDED: (0, 6.7),
    flow.DECLINED: (2, 1.25),
    flow.MERGED: (2, 3),
    flow.WITHDRAWN: (2, 5),
}
#: the state most arrows lead to and from is drawn tall, so that they stand apart
_TALL = {flow.WORK: 290.0}
#: more source states than this: written into the box
_MANY = 2
_LETTERS = 13


@dataclass(frozen=True)
class Box:
    """One state. `lines`: what leads here from many states."""

    code: str
    name: str
    ended: bool
    x: float
    y: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Its vertical middle."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Arrow:
    """The deeds that lead from one state to another: a path, and where its words stand."""

    path: str
    words: tuple[str, ...]
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Diagram:
    """All of it, with the size of the drawing."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def of_flow() -> Diagram:
    """This will return the diagram of the table as it stands."""
    into: dict[str, list[str]] = defaultdict(list)
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in flow.ROWS:
        from_ = [state for state in row.states if state != row.to]
        if not row.to or not from_:
            continue
        if len(from_) > _MANY:
            into[row.to].append(f"{row.label}←{_states(from_)}")
            continue
        for state in from_:
            between[state, row.to].append(row.label)
    boxes = {code: _box(code, into[code]) for code in flow.STATES}
    arrows = [
        _arrow(boxes[a], boxes[b], tuple(said), (b, a) in between)
        for (a, b), said in between.items()
    ]
    height = max(box.y + box.height for box in boxes.values()) + 16
    return Diagram(tuple(boxes.values()), tuple(arrows), WIDTH, round(height))


def _states(codes: list[str]) -> str:
    if set(codes) == set(flow.GOING):
        return "在办的任一状态"
    return "、".join(flow.STATES[code] for code in codes)


def _box(code: str, said: list[str]) -> Box:
    column, row = PLACES[code]
    lines = tuple(line for one in said for line in _wrapped(one))
    x = 8 + column * (WIDTH - BOX - 16) / 2
    height = max(40 + (len(lines) * LINE + 6 if lines else 0), _TALL.get(code, 0))
    return Box(code, flow.STATES[code], code in flow.ENDED, x, 8 + row * ROW, height, lines)


def _wrapped(said: str) -> list[str]:
    return [said[at : at + _LETTERS] for at in range(0, len(said), _LETTERS)]


def _arrow(a: Box, b: Box, words: tuple[str, ...], twice: bool) -> Arrow:
    if a.x == b.x:
        return _along(a, b, words)
    return _across(a, b, words, twice)


def _along(a: Box, b: Box, words: tuple[str, ...]) -> Arrow:
    """In one column: straight to the next one down; else a bow, down right, up left."""
    down = a.y < b.y
    near = abs(PLACES[a.code][1] - PLACES[b.code][1]) < 1.8
    middle = a.x + BOX / 2
    if down and near:
        y1, y2 = a.y + a.height, b.y
        return Arrow(
            f"M{middle} {y1} L{middle} {y2 - 3}", words, middle + 8, (y1 + y2) / 2 + 4, "start"
        )
    side = a.x + BOX if down else a.x
    y1 = a.y + a.height - 10 if down else a.y + 14
    y2 = b.y + 14 if down else b.y + b.height - 10
    reach = (34 + abs(y2 - y1) * 0.14) * (1 if down else -1)
    path = (
        f"M{side} {y1} C{side + reach} {y1} {side + reach} {y2} {side + (3 if down else -3)} {y2}"
    )
    anchor = "start" if down else "end"
    return Arrow(path, words, side + reach * 0.8, (y1 + y2) / 2, anchor)


def _across(a: Box, b: Box, words: tuple[str, ...], twice: bool) -> Arrow:
    """From column to column: two that answer one another run side by side, as level as can be."""
    right = a.x < b.x
    shift = (-7 if right else 9) if twice else 0
    x1, x2 = (a.x + BOX, b.x - 3) if right else (a.x, b.x + BOX + 3)
    level = _level(a, b)
    y1, y2 = (at + shift for at in level)
    half = (x1 + x2) / 2
    path = f"M{x1} {y1} C{half} {y1} {half} {y2} {x2} {y2}"
    if abs(y2 - y1) > BOX / 4:  # a slope: its words keep to the state it leaves
        return Arrow(path, words, x1 * 0.75 + x2 * 0.25, y1 * 0.6 + y2 * 0.4, "middle")
    lift = -5 - 13 * (len(words) - 1) if right else 14
    return Arrow(path, words, half, (y1 + y2) / 2 + lift, "middle")


def _level(a: Box, b: Box) -> tuple[float, float]:
    """Where an arrow leaves and arrives: on one height when the taller box allows it."""
    low, other = (a, b) if a.height <= b.height else (b, a)
    wanted = low.y + 20
    met = min(max(wanted, other.y + 14), other.y + other.height - 14)
    return (wanted, met) if low is a else (met, wanted)
