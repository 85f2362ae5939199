"""What one witness says of one hypothesis, and whether that could be chance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Literal

from yike.engines.coordinates.systems import System

Witness = Literal["polygons", "roads", "references"]

#: A shift must bring the median to half or less, and chance may explain it once in a hundred times.
_HALF, _CHANCE = 0.5, 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one witness says of one hypothesis against the points as uploaded.

    `before` and `after` are median metres (roads, references) or points inside (polygons).
    """

    witness: Witness
    system: System
    points: int
    better: int
    worse: int
    before: float
    after: float
    chance: float

    @property
    def leans(self) -> bool:
        """Whether it speaks for the hypothesis, be it by chance."""
        if self.witness == "polygons":
            return self.after > self.before
        return self.after <= self.before * _HALF and self.better > self.worse

    @property
    def convinces(self) -> bool:
        """Whether it speaks for the hypothesis beyond chance."""
        return self.leans and self.chance < _CHANCE


def sign_test(better: int, worse: int) -> float:
    """This will return how often chance alone makes at least so many of these points better."""
    total = better + worse
    ways = sum(comb(total, k) for k in range(better, total + 1))
    return float(Fraction(ways, 2**total))
