"""From a point to town and village: by outlines an office imported, else by known centres. Pure.

A centre is not a border: the answer by centres is a guess with its distance, and a point far from
every known centre of the county is refused rather than pressed into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from yike.rooms.regions.coordinates import Point, distance_m

Means = Literal["outline", "centre"]

#: Outlines of a coast are drawn coarsely: a quay so near outside one still belongs to it.
NEAR_M = 300.0
#: Below this a county's own spacing is not trusted: valleys and islands lie wide apart.
LEAST_BOUND_M = 10_000.0
#: A village centre nearer than this names the village; farther, only the town is named.
VILLAGE_M = 1_500.0


@dataclass(frozen=True)
class Centre:
    """One known centre point, WGS84. `town` is the code of its town (itself for a town)."""

    code: str
    town: str
    point: Point

    @property
    def is_town(self) -> bool:
        """Whether this is a town's own centre."""
        return self.code == self.town


@dataclass(frozen=True)
class Guess:
    """The likely place: town always, village when a village centre is close enough.

    `sure`: the nearest centre is at most half as far as the nearest one of any other town.
    """

    town: str
    village: str
    distance_m: float
    sure: bool


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the outlines of a county say of a point.

    `drawn`: units that have an outline; `near`: those whose outline holds the point (0 m) or
    passes within NEAR_M, with the metres.
    """

    drawn: frozenset[str] = frozenset()
    near: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Held:
    """Which units hold a point by their outlines; "" where none does. `county`: that it does."""

    town: str = ""
    village: str = ""
    county: bool = False
    distance_m: float = 0.0
    sure: bool = False


def by_outline(around: Around, county: str, towns: Sequence[str]) -> Held | None:
    """This will say where a point lies by outlines; None when they leave it open.

    Open: no outline near, and neither the county nor all of its towns are drawn. A county's
    outline may hold a point that no town's does: then `county` is true and `town` is "".
    """
    near = sorted((metres, code) for code, metres in around.near)
    inside = any(code == county for _, code in near)
    held = next(((metres, code) for metres, code in near if code in towns), None)
    if held is None:
        whole = county in around.drawn or (bool(towns) and around.drawn >= set(towns))
        return Held(county=inside) if whole else None
    metres, town = held
    village = next((code for _, code in near if _below(code, town)), "")
    sure = metres == 0 and sum(1 for far, code in near if code in towns and far == 0) == 1
    return Held(town=town, village=village, county=True, distance_m=metres, sure=sure)


def village_near(point: Point, centres: Sequence[Centre], town: str) -> str:
    """This will return the village of a town whose known centre is within VILLAGE_M, or ""."""
    ranked = sorted(
        (distance_m(point, one.point), one.code)
        for one in centres
        if not one.is_town and one.town == town
    )
    return ranked[0][1] if ranked and ranked[0][0] <= VILLAGE_M else ""


def _below(code: str, town: str) -> bool:
    return code != town and code.startswith(town[:9])


def guess(point: Point, centres: Sequence[Centre], rivals: Sequence[Point] = ()) -> Guess | None:
    """This will return the likely place of a WGS84 point, or None when it lies outside.

    Outside: too far from all centres, or at least twice as far as from a centre of another county
    (`rivals`). Measured on the outlines of eight counties: 97 to 100 % of the points inside are
    accepted; of those in neighbour counties within 40 km, 1 to 7 % are.
    """
    ranked = sorted((distance_m(point, centre.point), centre.code, centre) for centre in centres)
    if not ranked or ranked[0][0] > bound_m(centres):
        return None
    distance, _, nearest = ranked[0]
    abroad = min((distance_m(point, rival) for rival in rivals), default=float("inf"))
    if abroad * 2 <= distance:
        return None
    others = [far for far, _, centre in ranked if centre.town != nearest.town]
    village = next((c.code for far, _, c in ranked if not c.is_town and far <= VILLAGE_M), "")
    if village and not village.startswith(nearest.town[:9]):
        village = ""
    sure = distance * 2 <= min([abroad, *others[:1]])
    return Guess(town=nearest.town, village=village, distance_m=distance, sure=sure)


def bound_m(centres: Sequence[Centre]) -> float:
    """This will return how far from every centre a point may lie and still count as inside.

    The widest gap between a town centre and its next town centre: a point half-way between two
    neighbours is always inside, and so is the rim of the widest town. At least ten kilometres.
    """
    towns = [centre.point for centre in centres if centre.is_town]
    gaps = [
        min(distance_m(one, other) for place, other in enumerate(towns) if place != own)
        for own, one in enumerate(towns)
        if len(towns) > 1
    ]
    return max([LEAST_BOUND_M, *gaps])
