"""The question: who may be chosen, what it costs, who lives where. Frozen; nothing is solved here.

Two places count the same way everywhere: `units`. A person has `full` units (1 by default; 5 where
a mobile circuit that comes one weekday counts one of five), so shares stay whole numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from yike.engines.siting.errors import BadProblemError

Ints = npt.NDArray[np.int64]
Costs = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

#: nobody gets from there to here, however long it may take
UNREACHED = 2**30
#: no stated capacity
UNLIMITED = 2**40
#: Σ units × UNREACHED stays below 2⁶², so that every sum is exact
_MOST_UNITS = 2**32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Candidates × demand with everything a plan must obey.

    `cost` int32[m, n] in one unit (deciseconds from the travel engine), UNREACHED where nobody gets
    there; `weight` int64[n] people; `price` int64[m] of building (kept ones cost nothing more);
    `capacity` int64[m] people a station can serve, UNLIMITED without a bound; `share` int64[m] of
    `full` units of service; `groups`: of each at most one may be chosen; `kept` stay, `excluded`
    may not be chosen. `p` is the number of all chosen, the kept among them; `budget` is for new
    ones. Without `penalty` the unreachable are set aside and listed, never counted in a sum.
    """

    cost: Costs
    weight: Ints
    candidates: tuple[str, ...]
    demands: tuple[str, ...]
    kinds: tuple[str, ...]
    price: Ints
    capacity: Ints
    share: Ints
    full: int
    kept: Flags
    excluded: Flags
    groups: tuple[tuple[int, ...], ...]
    p: int | None
    budget: int | None
    penalty: int | None

    @property
    def size(self) -> tuple[int, int]:
        """This will return the number of candidates and of demands."""
        return len(self.candidates), len(self.demands)

    @property
    def units(self) -> Ints:
        """This will return the units of each demand: people × full."""
        return self.weight * self.full

    @property
    def allowed(self) -> Flags:
        """This will return the candidates that may be chosen."""
        return ~self.excluded

    @property
    def new_price(self) -> Ints:
        """This will return what choosing each candidate still costs: nothing for a kept one."""
        return np.where(self.kept, 0, self.price)

    @property
    def whole(self) -> bool:
        """This will tell whether every candidate serves all the week."""
        return bool((self.share == self.full).all())

    @property
    def bounded(self) -> bool:
        """This will tell whether any capacity can bind at all."""
        return bool((self.capacity < self.weight.sum()).any())

    @property
    def most(self) -> int:
        """This will return how many may be chosen: p, or all that are allowed."""
        allowed = int(self.allowed.sum())
        return allowed if self.p is None else min(self.p, allowed)

    def digest(self) -> str:
        """This will return the sha256 of all inputs, the same on every machine."""
        mark = hashlib.sha256()
        for numbers in (self.cost, self.weight, self.price, self.capacity, self.share):
            mark.update(np.ascontiguousarray(numbers).astype("<i8").tobytes())
        mark.update(np.packbits(self.kept).tobytes() + np.packbits(self.excluded).tobytes())
        words = (self.candidates, self.demands, self.kinds, self.groups)
        mark.update(repr((words, self.full, self.p, self.budget, self.penalty)).encode())
        return mark.hexdigest()


def pose(
    cost: npt.ArrayLike,
    weight: npt.ArrayLike,
    *,
    candidates: Sequence[str] | None = None,
    demands: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    price: npt.ArrayLike | None = None,
    capacity: npt.ArrayLike | None = None,
    share: npt.ArrayLike | None = None,
    full: int = 1,
    kept: Sequence[int] = (),
    excluded: Sequence[int] = (),
    groups: Sequence[Sequence[int]] = (),
    p: int | None = None,
    budget: int | None = None,
    penalty: int | None = None,
) -> Problem:
    """This will check and freeze a problem; kept, excluded and groups by index of the candidate.

    Refuses with BadProblemError whatever contradicts itself.
    """
    table = _matrix(cost)
    m, n = table.shape
    problem = Problem(
        cost=table,
        weight=_whole(weight, n, "人数"),
        candidates=_names(candidates, m, "候选点"),
        demands=_names(demands, n, "需求点"),
        kinds=tuple(kinds) if kinds is not None else ("station",) * m,
        price=_whole(np.ones(m, np.int64) if price is None else price, m, "造价"),
        capacity=_whole(np.full(m, UNLIMITED) if capacity is None else capacity, m, "容量"),
        share=_whole(np.full(m, full) if share is None else share, m, "服务份额"),
        full=full,
        kept=_flags(kept, m),
        excluded=_flags(excluded, m),
        groups=tuple(tuple(sorted({int(i) for i in group})) for group in groups),
        p=p,
        budget=budget,
        penalty=penalty,
    )
    _check(problem)
    return problem


def changed(problem: Problem, **parts: Any) -> Problem:
    """This will return the problem with some parts replaced, checked again."""
    fields = {name: getattr(problem, name) for name in Problem.__slots__}
    again = Problem(**{**fields, **parts})
    _check(again)
    return again


def _matrix(cost: npt.ArrayLike) -> Costs:
    numbers = np.asarray(cost)
    if numbers.ndim != 2 or not numbers.size:
        raise BadProblemError("成本矩阵是空的：至少要有一个候选点和一个需求点。")
    if not np.issubdtype(numbers.dtype, np.integer):
        raise BadProblemError("成本矩阵必须是整数（例如十分之一秒）。")
    if (numbers < 0).any():
        row, column = np.argwhere(numbers < 0)[0]
        raise BadProblemError(f"第 {row + 1} 个候选点到第 {column + 1} 个需求点的成本是负数。")
    table = np.ascontiguousarray(np.minimum(numbers, UNREACHED), dtype=np.int32)
    table.setflags(write=False)
    return table


def _whole(numbers: npt.ArrayLike, length: int, what: str) -> Ints:
    array = np.asarray(numbers)
    if array.shape != (length,):
        raise BadProblemError(f"{what}有 {array.size} 个，应当有 {length} 个。")
    if not np.issubdtype(array.dtype, np.integer):
        raise BadProblemError(f"{what}必须是整数。")
    if (array < 0).any():
        raise BadProblemError(f"第 {int(np.argmax(array < 0)) + 1} 个{what}是负数。")
    whole = array.astype(np.int64)
    whole.setflags(write=False)
    return whole


def _names(names: Sequence[str] | None, length: int, what: str) -> tuple[str, ...]:
    if names is None:
        return tuple(str(number + 1) for number in range(length))
    if len(names) != length:
        raise BadProblemError(f"{what}的名称有 {len(names)} 个，应当有 {length} 个。")
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadProblemError(f"{what}“{name}”出现了两次，请只留一个。")
        seen.add(name)
    return tuple(names)


def _flags(places: Sequence[int], length: int) -> Flags:
    flags = np.zeros(length, np.bool_)
    for place in places:
        if not 0 <= place < length:
            raise BadProblemError(f"没有第 {place + 1} 个候选点，一共只有 {length} 个。")
        flags[place] = True
    flags.setflags(write=False)
    return flags


def _check(problem: Problem) -> None:
    m, _ = problem.size
    if len(problem.kinds) != m:
        raise BadProblemError(f"类型有 {len(problem.kinds)} 个，候选点有 {m} 个。")
    if problem.full < 1 or (problem.share < 1).any() or (problem.share > problem.full).any():
        raise BadProblemError(f"服务份额必须在 1 到 {problem.full} 之间。")
    if not 0 < int(problem.weight.sum()) * problem.full < _MOST_UNITS:
        raise BadProblemError("人数合计必须大于零，并且不超过四十二亿份。")
    for flags, what in ((problem.kept & problem.excluded, "既要保留又被排除"),):
        if flags.any():
            name = problem.candidates[int(np.argmax(flags))]
            raise BadProblemError(f"候选点“{name}”{what}，请去掉一项。")
    if any(not 0 <= i < m for group in problem.groups for i in group):
        raise BadProblemError("互斥组里有不存在的候选点。")
    for group in problem.groups:
        both = [problem.candidates[i] for i in group if problem.kept[i]]
        if len(both) > 1:
            raise BadProblemError(f"“{both[0]}”和“{both[1]}”互斥，不能都保留。")
    _check_limits(problem)


def _check_limits(problem: Problem) -> None:
    m, _ = problem.size
    if problem.p is not None and not 1 <= problem.p <= m:
        raise BadProblemError(f"要选 {problem.p} 个，候选点有 {m} 个：p 应当在 1 到 {m} 之间。")
    if problem.budget is not None and problem.budget < 0:
        raise BadProblemError("预算不能是负数。")
    if int(problem.price.sum()) >= 2**53:
        raise BadProblemError("造价合计过大，请换一个单位（例如万元）。")
    finite = problem.cost[problem.cost < UNREACHED]
    dearest = int(finite.max()) if finite.size else 0
    if problem.penalty is not None and not dearest <= problem.penalty < UNREACHED:
        raise BadProblemError(f"不可达的罚值应当不小于最大的成本 {dearest}，且小于 {UNREACHED}。")
