"""How unequally minutes or access are spread over people: the Gini coefficient and Lorenz curve.

G = sum_ij w_i w_j |x_i - x_j| / (2 W sum_i w_i x_i), half the mean difference over the mean, with
every cell weighted by its people (Sen, On Economic Inequality, 1973; Lerman and Yitzhaki, Journal
of Econometrics 42, 1989, for weights). Computed from the sorted values in one pass.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import MINUTE, UNKNOWN, UNREACHED, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """`gini` from 0 (all alike) towards 1, None where all is zero or nobody is there.

    Lorenz: `people[k]` of the people, those with the least first, have `value[k]` of all.
    `left_out`: people without a value.
    """

    gini: float | None
    people: Floats
    value: Floats
    left_out: int


def spread(values: ArrayLike, people: Ints) -> Spread:
    """This will return Gini and Lorenz of values from zero up; NaN values are left out.

    Cells whose people nobody knows are left out too. Refuses values below zero.
    """
    given = np.asarray(values, dtype=np.float64)
    if (given < 0).any():
        raise CoverageError("小于零的数值不能计算基尼系数，请核对。")
    kept = np.isfinite(given) & (people > 0)
    order = np.argsort(given[kept], kind="stable")
    x, w = given[kept][order], people[kept][order].astype(np.float64)
    left_out = int(people[(people > 0) & ~np.isfinite(given)].sum())
    running, sums = np.cumsum(w), np.cumsum(w * x)
    if not len(x) or sums[-1] == 0:
        return Spread(gini=None, people=np.zeros(1), value=np.zeros(1), left_out=left_out)
    weight, total = running[-1], sums[-1]
    gini = float(np.sum(w * x * (2 * running - w - weight)) / (weight * total))
    return Spread(
        gini=max(0.0, gini),
        people=np.r_[0.0, running / weight],
        value=np.r_[0.0, sums / total],
        left_out=left_out,
    )


def spread_of_minutes(deciseconds: Ints, people: Ints) -> Spread:
    """This will return the spread of minutes; the unreachable have none and are left out."""
    minutes = np.where(deciseconds >= UNREACHED, np.nan, deciseconds / MINUTE)
    return spread(minutes, np.where(people == UNKNOWN, 0, people))
