"""A weighted score of sites with every part shown: footfall here, scarcity there.

Norm: the founding document of the circle asks for 24-hour terminals, as needed,
"在人流量较大的商圈、广场、车站等公共场所以及公共法律服务资源不足的偏远山区和海岛".
What counts how much is the office's data, versioned by whoever calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yike.engines.siting.errors import BadProblemError


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One measure of a site: worth 0 at `low` and 1 at `high` (high may be the smaller number).

    `weight` ≥ 0; `ground` names what it argues for, such as footfall or scarcity.
    """

    name: str
    ground: str
    weight: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one criterion gave: the measured value, its worth 0…1, and worth × weight."""

    criterion: str
    ground: str
    value: Fraction
    worth: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A site's score: the highest of its grounds, each ground 0…1, and every part.

    A busy square and a far island are both right places: the stronger reason counts, and is named.
    """

    site: str
    total: Fraction
    ground: str
    grounds: tuple[tuple[str, Fraction], ...]
    parts: tuple[Part, ...]
    rank: int


def scores(
    sites: Mapping[str, Mapping[str, Fraction]], criteria: Sequence[Criterion]
) -> tuple[Score, ...]:
    """This will score and rank sites (equal totals share a rank), the best first.

    `sites`: name → criterion → measured value. Within a ground points are divided by the ground's
    weights. Refuses with BadProblemError a value that is missing or a scale without width.
    """
    _check(sites, criteria)
    grounds = tuple(dict.fromkeys(one.ground for one in criteria))
    rated = [_rated(site, values, criteria, grounds) for site, values in sites.items()]
    rated.sort(key=lambda each: (-each[1][0], each[0]))
    return tuple(
        Score(
            site=site,
            total=best,
            ground=why,
            grounds=shares,
            parts=parts,
            rank=1 + sum(other[1][0] > best for other in rated),
        )
        for site, (best, why), shares, parts in rated
    )


_Rated = tuple[str, tuple[Fraction, str], tuple[tuple[str, Fraction], ...], tuple[Part, ...]]


def _rated(
    site: str,
    values: Mapping[str, Fraction],
    criteria: Sequence[Criterion],
    grounds: tuple[str, ...],
) -> _Rated:
    parts = tuple(_part(one, values[one.name]) for one in criteria)
    shares = tuple((ground, _share(ground, parts, criteria)) for ground in grounds)
    why, best = max(shares, key=lambda pair: pair[1])
    return site, (best, why), shares, parts


def _part(one: Criterion, value: Fraction) -> Part:
    along = (value - one.low) / (one.high - one.low)
    worth = min(Fraction(1), max(Fraction(0), along))
    return Part(
        criterion=one.name,
        ground=one.ground,
        value=value,
        worth=worth,
        points=worth * one.weight,
    )


def _share(ground: str, parts: tuple[Part, ...], criteria: Sequence[Criterion]) -> Fraction:
    weights = sum((one.weight for one in criteria if one.ground == ground), Fraction(0))
    return sum((part.points for part in parts if part.ground == ground), Fraction(0)) / weights


def _check(sites: Mapping[str, Mapping[str, Fraction]], criteria: Sequence[Criterion]) -> None:
    if not criteria:
        raise BadProblemError("评分至少要有一项指标。")
    for one in criteria:
        if one.low == one.high:
            raise BadProblemError(f"指标“{one.name}”的起点和满分点相同，无法评分。")
        if one.weight < 0:
            raise BadProblemError(f"指标“{one.name}”的权重是负数。")
    for ground in {one.ground for one in criteria}:
        if not any(one.weight for one in criteria if one.ground == ground):
            raise BadProblemError(f"“{ground}”一类的权重合计为零，请至少给一项权重。")
    for site, values in sites.items():
        for one in criteria:
            if one.name not in values:
                raise BadProblemError(f"“{site}”缺少指标“{one.name}”的数值。")
