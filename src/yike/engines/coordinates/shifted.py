"""Recognises an upload that is not WGS84 as it is said to be; says so, and converts nothing.

Three witnesses may be asked: the polygons in which the points should lie, the metres to the nearest
road as uploaded and with either shift undone, and known places. Each hypothesis is tested against
"as uploaded" by the sign test on the points that it makes better or worse, so that a handful of
points or an evenly bad fit convinces nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike

from yike.engines.coordinates import telling, written
from yike.engines.coordinates.errors import CoordinateError
from yike.engines.coordinates.evidence import Evidence, Witness, sign_test
from yike.engines.coordinates.systems import Floats, Pair, System, to_wgs84

Likeness = Literal[
    "as_said",
    "gcj02",
    "bd09",
    "swapped",
    "dms",
    "projected",
    "projected_zone",
    "unknown",
    "mixed",
    "unsure",
]

HYPOTHESES: tuple[System, ...] = ("wgs84", "gcj02", "bd09")
#: Mean metres of a degree of latitude.
_DEGREE_M = 111_195.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an upload looks like, how many of its points say so, and the sentence for the desk.

    `odd_rows` (from 0) are written otherwise than most.
    """

    likeness: Likeness
    points: int
    agreeing: int
    sentence: str
    evidence: tuple[Evidence, ...] = ()
    odd_rows: tuple[int, ...] = ()


def recognise(
    lon: ArrayLike,
    lat: ArrayLike,
    *,
    polygons: Sequence[Any] = (),
    roads: Mapping[System, ArrayLike] | None = None,
    references: tuple[ArrayLike, ArrayLike] | None = None,
) -> Verdict:
    """This will say what points called WGS84 look like. Nothing is converted.

    `polygons`: one shapely polygon for all points or one for each, in WGS84. `roads`: for "wgs84",
    "gcj02", "bd09" the metres from each point to the nearest road when the upload is taken to be in
    that system. `references`: the known WGS84 longitudes and latitudes of the same places, NaN
    where not known. Refuses witnesses of another length.
    """
    first, second = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    if first.shape != second.shape or first.ndim != 1 or not first.size:
        raise CoordinateError("经度和纬度两列须一样长，且至少有一行。")
    style, fits = written.writing(first, second)
    if style != "degrees" or not fits.all():
        return _of_writing(style, fits, first, second)
    places = {name: to_wgs84(first, second, name) for name in HYPOTHESES}
    evidence = [*_inside(places, polygons), *_by_metres("roads", roads, first.size)]
    if references is not None:
        apart = {name: _apart(place, references) for name, place in places.items()}
        evidence += _by_metres("references", apart, first.size)
    return _judged(tuple(evidence), first.size)


def _inside(
    places: Mapping[System, tuple[Floats, Floats]], polygons: Sequence[Any]
) -> list[Evidence]:
    """How many points come to lie inside their polygons under each hypothesis."""
    if not len(polygons):
        return []
    size = places["wgs84"][0].size
    if len(polygons) not in {1, size}:
        raise CoordinateError(
            f"给了 {len(polygons)} 个范围，却有 {size} 个点，应为一个或逐点一个。"
        )
    shapes = np.asarray(polygons, dtype=object)
    held = {name: shapely.contains_xy(shapes, *place) for name, place in places.items()}
    return [
        _evidence(
            "polygons",
            name,
            held[name] & ~held["wgs84"],
            held["wgs84"] & ~held[name],
            (float(held["wgs84"].sum()), float(held[name].sum()), size),
        )
        for name in HYPOTHESES[1:]
    ]


def _by_metres(
    witness: Witness, metres: Mapping[System, ArrayLike] | None, size: int
) -> list[Evidence]:
    """Which points come nearer under each hypothesis; points without metres are left out."""
    if metres is None:
        return []
    table = {name: np.asarray(metres[name], dtype=float) for name in HYPOTHESES}
    if any(values.shape != (size,) for values in table.values()):
        raise CoordinateError(f"到道路的距离应逐点给出，共 {size} 个。")
    known = np.all([np.isfinite(values) for values in table.values()], axis=0)
    if not known.any():
        return []
    said = table["wgs84"][known]
    return [
        _evidence(
            witness,
            name,
            values < said,
            said < values,
            (float(np.median(said)), float(np.median(values)), int(known.sum())),
        )
        for name, values in ((name, table[name][known]) for name in HYPOTHESES[1:])
    ]


def _evidence(
    witness: Witness, system: System, better: Any, worse: Any, told: tuple[float, float, int]
) -> Evidence:
    ups, downs = int(np.sum(better)), int(np.sum(worse))
    return Evidence(
        witness=witness,
        system=system,
        points=told[2],
        better=ups,
        worse=downs,
        before=told[0],
        after=told[1],
        chance=sign_test(ups, downs),
    )


def _apart(place: Pair, references: tuple[ArrayLike, ArrayLike]) -> Floats:
    """Metres from each point to its known place, on a plane: right within a county."""
    lon, lat = (np.asarray(values, dtype=float) for values in references)
    if lon.shape != place[0].shape or lat.shape != place[0].shape:
        raise CoordinateError(f"参照点应逐点给出，共 {place[0].size} 个，不知道的留空。")
    east = (place[0] - lon) * np.cos(np.radians(place[1]))
    return np.asarray(np.hypot(east, place[1] - lat) * _DEGREE_M, dtype=np.float64)


def _of_writing(
    style: written.Writing, fits: written.Mask, first: Floats, second: Floats
) -> Verdict:
    """The verdict where the numbers are no degrees, or not all of them."""
    likeness: Likeness = "mixed" if style == "degrees" else style
    return Verdict(
        likeness=likeness,
        points=first.size,
        agreeing=int(fits.sum()),
        odd_rows=tuple(int(row) for row in np.flatnonzero(~fits)),
        sentence=telling.of_writing(likeness, first, second, fits),
    )


def _judged(evidence: tuple[Evidence, ...], size: int) -> Verdict:
    """The hypothesis that convinces most witnesses; two that are opposed leave it unsure."""
    won = {name: _won(evidence, name) for name in HYPOTHESES[1:]}
    best = max(won, key=lambda name: (len(won[name]), *_fit(won[name])))
    if not won[best]:
        return _unshifted(evidence, size)
    against = [one for one in evidence if one.system == best and one.worse > one.better]
    if against:
        return _unsure(evidence, size, telling.opposed(size, won[best][0], against[0]))
    strongest = won[best][0]
    return Verdict(
        likeness="gcj02" if best == "gcj02" else "bd09",
        points=size,
        agreeing=strongest.better,
        evidence=evidence,
        sentence=telling.of_shift(size, strongest),
    )


def _unshifted(evidence: tuple[Evidence, ...], size: int) -> Verdict:
    """As said, if there was something to compare with and enough of it."""
    if not evidence:
        return _unsure((), size, telling.no_witness(size))
    leaning = next((one for one in evidence if one.leans), None)
    if leaning:
        return _unsure(evidence, size, telling.too_few(size, leaning))
    sentence = telling.as_said(size, evidence)
    return Verdict(
        likeness="as_said", points=size, agreeing=size, evidence=evidence, sentence=sentence
    )


def _unsure(evidence: tuple[Evidence, ...], size: int, sentence: str) -> Verdict:
    return Verdict(likeness="unsure", points=size, agreeing=0, evidence=evidence, sentence=sentence)


def _won(evidence: tuple[Evidence, ...], system: System) -> list[Evidence]:
    """The convinced witnesses of a hypothesis, the most telling first."""
    order = ("references", "roads", "polygons")
    won = [one for one in evidence if one.system == system and one.convinces]
    return sorted(won, key=lambda one: order.index(one.witness))


def _fit(won: list[Evidence]) -> tuple[float, ...]:
    """How well a hypothesis fits by its most telling witness; more is better."""
    if not won:
        return (float("-inf"),)
    return (won[0].after if won[0].witness == "polygons" else -won[0].after,)
