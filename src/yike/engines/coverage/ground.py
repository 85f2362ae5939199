"""Where people are: cells with their people, groups of people and the names they are told by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yike.engines.coverage.errors import CoverageError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: As the travel engine writes it: no way leads there.
UNREACHED = 2**30
#: A count that nobody knows; it is never taken for zero.
UNKNOWN = -1
#: Deciseconds of a minute.
MINUTE = 600
#: What stands for a place whose name was left empty.
NAMELESS = "（未注明）"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """n cells (or villages). `people`, `groups`: int64[n], UNKNOWN where nobody knows.

    `keys`: by what the cells are told apart, e.g. {"village": [...], "town": [...], "zone": [...]}.
    """

    names: Sequence[str]
    people: Ints
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    groups: Mapping[str, Ints] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """This will refuse columns of another length and counts that cannot be."""
        for title, column in {"people": self.people, **self.keys, **self.groups}.items():
            if len(column) != len(self.names):
                raise CoverageError(
                    f"“{title}”有 {len(column)} 行，人口单元有 {len(self.names)} 个，请逐个给出。"
                )
        self._refuse(self.people < UNKNOWN, "人数小于零")
        for title, group in self.groups.items():
            self._refuse(group < UNKNOWN, f"“{title}”人数小于零")
            known = (group != UNKNOWN) & (self.people != UNKNOWN)
            self._refuse(known & (group > self.people), f"“{title}”人数多于总人数")

    def _refuse(self, wrong: Mask, why: str) -> None:
        if wrong.any():
            row = int(np.argmax(wrong))
            raise CoverageError(
                f"第 {row + 1} 个人口单元“{self.names[row]}”{why}，请核对；不知道的请留空。"
            )


def counts(values: Any) -> Ints:
    """This will return whole numbers as int64."""
    return np.ascontiguousarray(values, dtype=np.int64)


def whole_people(values: ArrayLike) -> Ints:
    """This will round fractional people so that their sum is the rounded sum; NaN gives UNKNOWN.

    Largest remainders are rounded up, earlier cells first where they are equal (Hamilton's rule).
    """
    given = np.asarray(values, dtype=np.float64)
    known = np.isfinite(given)
    parts = np.where(known, given, 0.0)
    whole = np.floor(parts)
    missing = round(float(parts.sum())) - int(whole.sum())
    most = np.argsort(-(parts - whole), kind="stable")[: max(0, missing)]
    whole[most] += 1
    return np.where(known, whole, UNKNOWN).astype(np.int64)


def named(column: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """This will return the different names in order, and for each cell the index of its own."""
    filled = np.array([name or NAMELESS for name in column], dtype=object)
    names, index = np.unique(filled.astype(str), return_inverse=True)
    return [str(name) for name in names], index.reshape(-1)


def minutes_of(deciseconds: int) -> float | None:
    """This will return minutes to a hundredth, or None for what no way leads to."""
    return None if deciseconds >= UNREACHED else round(deciseconds / MINUTE, 2)
