"""Two lists of points side by side: what is missing on either side, what differs. Pure.

Points are the same by their code; what has no counterpart by code, by name and nearness. Nothing
is guessed beyond that: a name that is close is not the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

Point = tuple[float, float]
#: what a row of the report says → its words
KINDS = {
    "missing_there": "对方没有",
    "missing_here": "本平台没有",
    "displaced": "位置不一致",
    "differs": "内容不一致",
    "twice": "对方重复",
}
#: fields compared, with their names
FIELDS = {"name": "名称", "address": "地址", "phone": "电话", "town": "乡镇"}
#: points of one name, farther apart, are two
SAME_NAME_M = 2_000.0
_EARTH_M = 6_371_008.8


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One point of either list; `ref` is ours (an id) or theirs (a line)."""

    ref: str
    code: str = ""
    name: str = ""
    town: str = ""
    layer: str = ""
    address: str = ""
    phone: str = ""
    point: Point | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One difference; `here` and `there` are refs, "" where there is none."""

    kind: str
    layer: str
    town: str
    code: str
    name: str
    words: str
    here: str = ""
    there: str = ""


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many of a layer in a town stand here, there and on both sides."""

    layer: str
    town: str
    here: int
    there: int
    both: int


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The report. `pairs`: refs of what is the same, and by what it was found."""

    rows: tuple[Row, ...]
    counts: tuple[Count, ...]
    pairs: tuple[tuple[str, str, str], ...]


def compare(ours: Sequence[Spot], theirs: Sequence[Spot], *, metres: float) -> Compared:
    """This will compare two lists; points farther apart than `metres` are displaced."""
    twice, single = _once(theirs)
    pairs = _pairs(ours, single)
    rows = [row for here, there, _ in pairs for row in _differing(here, there, metres)]
    known_here = {here.ref for here, _, _ in pairs}
    known_there = {there.ref for _, there, _ in pairs}
    rows += [
        _row("missing_there", one, "本平台有，对方清单里没有", here=one.ref)
        for one in ours if one.ref not in known_here
    ]  # fmt: skip
    rows += [
        _row("missing_here", one, "对方清单里有，本平台没有", there=one.ref)
        for one in single if one.ref not in known_there
    ]  # fmt: skip
    rows += [
        _row("twice", one, f"编码与第 {first.ref} 行相同", there=one.ref) for one, first in twice
    ]
    order = list(KINDS)
    rows.sort(key=lambda row: (order.index(row.kind), row.layer, row.town, row.code, row.name))
    return Compared(
        rows=tuple(rows),
        counts=_counts(ours, single, pairs),
        pairs=tuple((here.ref, there.ref, by) for here, there, by in pairs),
    )


def metres_between(one: Point, other: Point) -> float:
    """This will return the great-circle distance of two points (lon, lat)."""
    (lon1, lat1), (lon2, lat2) = one, other
    a = sin(radians(lat2 - lat1) / 2) ** 2
    a += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_M * asin(min(1.0, sqrt(a)))


Pair = tuple[Spot, Spot, str]


def _once(theirs: Sequence[Spot]) -> tuple[list[tuple[Spot, Spot]], list[Spot]]:
    """Lines that repeat a code, with the first one of it; and the others."""
    first: dict[tuple[str, str], Spot] = {}
    twice, single = [], []
    for one in theirs:
        key = (one.layer, one.code)
        if one.code and key in first:
            twice.append((one, first[key]))
            continue
        first[key] = one
        single.append(one)
    return twice, single


def _pairs(ours: Sequence[Spot], theirs: Sequence[Spot]) -> list[Pair]:
    by_code = {(one.layer, one.code): one for one in ours if one.code}
    found: list[Pair] = []
    taken: set[str] = set()
    rest: list[Spot] = []
    for one in theirs:
        own = by_code.get((one.layer, one.code)) if one.code else None
        if own is None:
            rest.append(one)
        else:
            found.append((own, one, "code"))
            taken.add(own.ref)
    return found + _by_name([one for one in ours if one.ref not in taken], rest)


def _by_name(ours: Sequence[Spot], theirs: Sequence[Spot]) -> list[Pair]:
    """The nearest of one name first; each is paired once."""
    named: defaultdict[tuple[str, str], list[Spot]] = defaultdict(list)
    for one in ours:
        named[(one.layer, _plain(one.name))].append(one)
    near = sorted(
        (
            (_apart(own, one), own.ref, one.ref, own, one)
            for one in theirs
            for own in named.get((one.layer, _plain(one.name)), ())
            if one.name and _apart(own, one) <= SAME_NAME_M
        ),
        key=_first_three,
    )
    found: list[Pair] = []
    taken: set[str] = set()
    for _, _, _, own, one in near:
        if own.ref not in taken and f"there {one.ref}" not in taken:
            found.append((own, one, "name"))
            taken |= {own.ref, f"there {one.ref}"}
    return found


def _first_three(one: tuple[Any, ...]) -> tuple[Any, ...]:
    return one[:3]


def _apart(own: Spot, one: Spot) -> float:
    """Metres between two; within one town a missing point is no hindrance, elsewhere it is."""
    if own.point is not None and one.point is not None:
        return metres_between(own.point, one.point)
    return 0.0 if own.town == one.town or not one.town else SAME_NAME_M + 1


def _plain(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")")


def _differing(here: Spot, there: Spot, metres: float) -> Iterable[Row]:
    far = metres_between(here.point, there.point) if here.point and there.point else None
    if far is not None and far > metres:
        words = f"相距 {far:.0f} 米（超过 {metres:.0f} 米）"
        yield _row("displaced", here, words, here=here.ref, there=there.ref)
    said = [
        f"{label}：本平台“{mine}”，对方“{theirs}”"
        for name, label in FIELDS.items()
        for mine, theirs in [(getattr(here, name), getattr(there, name))]
        if theirs and _plain(mine) != _plain(theirs)
    ]
    if here.code and there.code and here.code != there.code:
        said.append(f"编码：本平台“{here.code}”，对方“{there.code}”")
    if said:
        yield _row("differs", here, "；".join(said), here=here.ref, there=there.ref)


def _row(kind: str, one: Spot, words: str, *, here: str = "", there: str = "") -> Row:
    return Row(
        kind=kind, layer=one.layer, town=one.town, code=one.code, name=one.name, words=words,
        here=here, there=there,
    )  # fmt: skip


def _counts(ours: Sequence[Spot], theirs: Sequence[Spot], pairs: list[Pair]) -> tuple[Count, ...]:
    """By layer and town; a pair counts in our town."""
    here: defaultdict[tuple[str, str], int] = defaultdict(int)
    there: defaultdict[tuple[str, str], int] = defaultdict(int)
    both: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in ours:
        here[(one.layer, one.town)] += 1
    placed = {other.ref: (own.layer, own.town) for own, other, _ in pairs}
    for one in theirs:
        there[placed.get(one.ref, (one.layer, one.town))] += 1
    for key in placed.values():
        both[key] += 1
    return tuple(
        Count(layer=key[0], town=key[1], here=here[key], there=there[key], both=both[key])
        for key in sorted({*here, *there})
    )
