"""按需配备: what a place is worth for a terminal, busy here or far from help there. Pure.

Norm: a county's plan for the fifteen-minute circle puts 24-hour terminals, as needed, into busy
商圈、广场、车站 and into remote hills and islands short of services. What counts how much is the
office's data (`Measure`), in versions. What nobody knows is named and never taken for zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

BUSY, SCARCE = "busy", "scarce"
GROUNDS = {BUSY: "人流量大", SCARCE: "资源不足"}
#: measure → its ground, name and unit
MEASURES: dict[str, tuple[str, str, str]] = {
    "footfall": (BUSY, "人流量", "人次/日"),
    "minutes": (SCARCE, "到最近站点", "分钟"),
    "people": (SCARCE, "所在村人口", "人"),
    "elderly": (SCARCE, "所在村老年人", "人"),
}
#: classes of busy places, as the plan names them
CLASSES = {
    "mall": "商圈", "square": "广场", "transit": "车站", "pier": "码头", "centre": "便民服务中心",
    "village": "村（社区）", "other": "其他公共场所",
}  # fmt: skip
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How one measure counts: worth 0 at `low` and 1 at `high`; `weight` within its ground."""

    key: str
    weight: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one measure gave, in words; `points` None where nobody knows the value."""

    key: str
    ground: str
    points: Decimal | None
    words: str


@dataclass(frozen=True, kw_only=True)
class Worth:
    """A place: its score 0…100 by the stronger ground, None where nothing at all is known.

    `lacking`: names of the measures nobody knows; `partial`: a measure that counts is among them.
    """

    name: str
    score: Decimal | None
    ground: str
    grounds: tuple[tuple[str, Decimal | None], ...]
    lines: tuple[Line, ...]
    lacking: tuple[str, ...]
    rank: int | None

    @property
    def partial(self) -> bool:
        """Whether something that counts is unknown."""
        return bool(self.lacking)


#: the value of `minutes` where no way leads to any station
CUT_OFF = "cut_off"


def ranked(
    places: Mapping[str, Mapping[str, Any]], measures: Sequence[Measure]
) -> tuple[Worth, ...]:
    """This will score places, the best first; equal scores share a rank, unknown ones have none.

    `places`: name → measure → number, None where unknown, CUT_OFF where no way leads.
    """
    rated = [_rated(name, values, measures) for name, values in places.items()]
    rated.sort(key=lambda one: (one.score is None, -(one.score or 0), one.name))
    scores = [one.score for one in rated if one.score is not None]
    return tuple(_placed(one, scores) for one in rated)


def _placed(one: Worth, scores: Sequence[Decimal]) -> Worth:
    fields = {name: getattr(one, name) for name in Worth.__dataclass_fields__}
    score = one.score
    rank = None if score is None else 1 + sum(other > score for other in scores)
    return Worth(**(fields | {"rank": rank}))


def _rated(name: str, values: Mapping[str, Any], measures: Sequence[Measure]) -> Worth:
    lines = tuple(_line(one, values.get(one.key)) for one in measures if one.weight > 0)
    grounds = tuple((ground, _share(ground, lines, measures)) for ground in GROUNDS)
    known = [(share, ground) for ground, share in grounds if share is not None]
    best, why = max(known, key=lambda pair: pair[0], default=(None, ""))
    return Worth(
        name=name,
        score=best,
        ground=why,
        grounds=grounds,
        lines=lines,
        lacking=tuple(MEASURES[one.key][1] for one in lines if one.points is None),
        rank=None,
    )


def _line(one: Measure, value: Any) -> Line:
    ground, name, unit = MEASURES[one.key]
    scale = f"{_plain(one.low)} 得 0，{_plain(one.high)} 得满"
    if value is None:
        return Line(
            key=one.key, ground=ground, points=None,
            words=f"{name}不知道：不计分，也不当作零。",
        )  # fmt: skip
    if value == CUT_OFF:
        worth, told = Decimal(1), f"{name}：没有路（或渡线）通到任何站点，按满分"
    else:
        number = Decimal(str(value))
        along = (number - one.low) / (one.high - one.low)
        worth = min(Decimal(1), max(Decimal(0), along))
        told = f"{name} {_plain(number)} {unit}（{scale}）"
    points = worth * one.weight
    words = f"{told} → {_plain(worth)} × 权重 {_plain(one.weight)} = {_plain(points)}"
    return Line(key=one.key, ground=ground, points=points, words=words)


def _share(ground: str, lines: Sequence[Line], measures: Sequence[Measure]) -> Decimal | None:
    """Points of a ground out of the weights of what is known there, in percent."""
    known = {one.key: one.points for one in lines if one.ground == ground}
    told = {key: points for key, points in known.items() if points is not None}
    weights = sum((one.weight for one in measures if one.key in told), Decimal(0))
    if not weights:
        return None
    share = 100 * sum(told.values(), Decimal(0)) / weights
    return share.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    told = f"{number.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP):,f}"
    return told.rstrip("0").rstrip(".")
