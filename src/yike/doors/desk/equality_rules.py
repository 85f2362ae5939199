"""均等化、普惠化、便捷化 as numbers: gaps, shares, medians; unknown is None. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Gap:
    """The best and the worst placed of several; `ratio` None where the best is zero."""

    best: str
    low: float
    worst: str
    high: float

    @property
    def difference(self) -> float:
        """By how much the worst is above the best."""
        return self.high - self.low

    @property
    def ratio(self) -> float | None:
        """How many times the best the worst is."""
        return self.high / self.low if self.low else None


def gap_of(rows: Sequence[tuple[str, float | None]]) -> Gap | None:
    """This will return the gap between the least and the most; None with fewer than two known."""
    known = sorted((value, name) for name, value in rows if value is not None)
    if len(known) < 2:
        return None
    (low, best), (high, worst) = known[0], known[-1]
    return Gap(best=best, low=low, worst=worst, high=high)


def share_of(part: int, whole: int) -> float | None:
    """This will return a share in percent with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def median_of(values: Sequence[float]) -> float | None:
    """This will return the middle value, the mean of the two middle ones; None of none."""
    if not values:
        return None
    rows, half = sorted(values), len(values) // 2
    return rows[half] if len(rows) % 2 else (rows[half - 1] + rows[half]) / 2
