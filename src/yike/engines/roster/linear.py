"""A linear model in plain lists, which any solver can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

INFINITY = float("inf")


@dataclass
class Linear:
    """Minimise cost·x over bounds and rows; columns with `whole` take whole numbers."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    offset: float = 0.0

    def column(
        self, cost: float, low: float = 0.0, high: float = INFINITY, *, whole: bool = False
    ) -> int:
        """This will add a column and return its place."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """This will add low ≤ Σ value·column ≤ high."""
        for place, value in terms:
            self.index.append(place)
            self.value.append(value)
        self.starts.append(len(self.index))
        self.row_low.append(low)
        self.row_high.append(high)
