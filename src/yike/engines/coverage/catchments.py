"""Two-step floating catchment areas on ready pairs: the readable form of the fused search.

2SFCA: Luo and Wang, Environment and Planning B 30 (2003). E2SFCA, with weights that fall with time:
Luo and Qi, Health & Place 15 (2009). Gaussian weight down to zero at the bound: Dai, Health & Place
16 (2010). Capacity is in service hours (or any unit), access in that unit for one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import MINUTE, UNKNOWN, Floats, Ints

#: Weights of Luo and Qi (2009), slow decay, for thirds of the bound.
SLOW = (1.0, 0.68, 0.22)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decay:
    """`table[d]`: the weight of d deciseconds, float64[bound + 2]; the last entry, beyond, is 0."""

    bound: int
    table: Floats

    def weights(self, deciseconds: Ints) -> Floats:
        """This will return the weight of each time, 0 beyond the bound."""
        return np.asarray(self.table[np.minimum(deciseconds, self.bound + 1)], dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Access:
    """`access`: capacity for one person in each cell; `ratio`: capacity for one weighted person.

    `demand`: weighted people in each station's catchment. `idle`: stations with nobody in theirs,
    whose capacity reaches no one.
    """

    access: Floats
    ratio: Floats
    demand: Floats
    idle: Ints


def step_decay(steps: Sequence[tuple[float, float]]) -> Decay:
    """This will return weights that fall in steps: (minutes, weight), minutes rising, included."""
    ends = [_deciseconds(minutes) for minutes, _ in steps]
    weights = [weight for _, weight in steps]
    if not ends or ends != sorted(set(ends)) or ends[0] <= 0:
        raise CoverageError("衰减的分钟数应逐级增大且大于零，如 10、20、30。")
    if min(weights) <= 0 or weights != sorted(weights, reverse=True):
        raise CoverageError("衰减的权重应大于零且逐级不增，如 1、0.68、0.22。")
    times = np.arange(ends[-1] + 1)
    return _decay(np.asarray(weights)[np.searchsorted(ends, times)])


def _deciseconds(minutes: float) -> int:
    """A table of weights has a row for each decisecond: a day of them at most."""
    if not minutes <= 24 * 60:
        raise CoverageError(f"衰减的分钟数 {minutes:g} 应不超过 1440。")
    return round(max(minutes, 0.0) * MINUTE)


def thirds_decay(minutes: float) -> Decay:
    """This will return the slow step weights on thirds of the bound."""
    return step_decay([(minutes * (k + 1) / 3, weight) for k, weight in enumerate(SLOW)])


def gaussian_decay(minutes: float) -> Decay:
    """This will return exp(-(t/bound)²/2) set to run from 1 at once to 0 at the bound."""
    bound = _deciseconds(minutes)
    if bound <= 0:
        raise CoverageError("衰减的分钟数应大于零。")
    bell = np.exp(-0.5 * (np.arange(bound + 1) / bound) ** 2)
    low = np.exp(-0.5)
    return _decay((bell - low) / (1 - low))


def two_step(
    station: Ints, cell: Ints, deciseconds: Ints, *, supply: Floats, people: Ints, decay: Decay
) -> Access:
    """This will return access by cell from pairs (station, cell, time), each index from 0.

    Pairs beyond the bound weigh nothing; a pair given twice counts twice. Cells whose people nobody
    knows ask for nothing, yet get their access. What stations with people hold is shared out whole:
    sum of people * access = their capacity. Refuses indexes out of range and negative capacity.
    """
    _refuse(station, cell, supply, people)
    weight = decay.weights(deciseconds)
    asking = np.where(people == UNKNOWN, 0, people).astype(np.float64)
    demand = _sums(station, weight * asking[cell], len(supply))
    ratio = np.divide(supply, demand, out=np.zeros(len(supply)), where=demand > 0)
    access = _sums(cell, weight * ratio[station], len(people))
    return Access(access=access, ratio=ratio, demand=demand, idle=np.flatnonzero(demand == 0))


def _sums(index: Ints, values: Floats, length: int) -> Floats:
    return np.asarray(np.bincount(index, weights=values, minlength=length), dtype=np.float64)


def _decay(weights: Floats) -> Decay:
    return Decay(bound=len(weights) - 1, table=np.r_[weights, 0.0])


def _refuse(station: Ints, cell: Ints, supply: Floats, people: Ints) -> None:
    for index, length, what in ((station, len(supply), "站点"), (cell, len(people), "人口单元")):
        if len(index) and not (int(index.min()) >= 0 and int(index.max()) < length):
            raise CoverageError(f"配对里的{what}序号超出 0 到 {length - 1}，请检查。")
    if (supply < 0).any():
        raise CoverageError(f"第 {int(np.argmax(supply < 0)) + 1} 个站点的服务时长小于零，请改正。")
