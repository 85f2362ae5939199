"""Plans in which stations fill up or serve part of the week: people flow to stations, by HiGHS.

A village may be divided among stations; with whole people and whole capacities a flow is whole
again, so the objective of a choice is exact. One model for all questions: slower than the searches
without capacity, and refused above a stated number of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.siting import highs
from yike.engines.siting.answer import Answer, Service, Stopwatch, answered, impossible, unreachable
from yike.engines.siting.covers import choice_rows, covers
from yike.engines.siting.errors import TooLargeError
from yike.engines.siting.highs import INFINITY, Floats, Rows
from yike.engines.siting.problem import UNREACHED, Ints, Problem

_MOST_PAIRS = 1_500_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Who may serve whom: `who` (place among `places`) serves demand `whom` at `cost`, ≤ `most`.

    `places` are the candidates considered; `room` int64 units each of them can serve at all;
    `need` int64[n] units that must be served (or may be, for maximal cover).
    """

    places: Ints
    who: Ints
    whom: Ints
    cost: Ints
    most: Ints
    room: Ints
    need: Ints


def pairs(problem: Problem, places: Ints, within: int) -> Pairs:
    """This will list the pairs at a cost of at most `within`; refuses with TooLargeError."""
    near = problem.cost[places] <= min(within, UNREACHED - 1)
    near[:, problem.weight == 0] = False
    if int(near.sum()) > _MOST_PAIRS:
        raise TooLargeError(
            f"带容量或部分服务的模型有 {int(near.sum())} 对候选点与需求点，"
            f"上限是 {_MOST_PAIRS} 对："
            "请缩短分钟数、合并需求点或去掉容量。"
        )
    who, whom = (place.astype(np.int64) for place in np.nonzero(near))
    share = np.minimum(problem.full, problem.share[places] @ near.astype(np.int64))
    room = np.minimum(problem.capacity[places] * problem.full, int(problem.units.sum()))
    return Pairs(
        places=places,
        who=who,
        whom=whom,
        cost=problem.cost[places][who, whom].astype(np.int64),
        most=np.minimum(problem.share[places][who] * problem.weight[whom], room[who]),
        room=room,
        need=share * problem.weight,
    )


def _by(keys: Ints, count: int, value: Ints, low: Floats, high: Floats, first: int) -> Rows:
    """One row for each key: Σ of the pair columns of that key."""
    order = np.argsort(keys, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=count))])
    return Rows(
        low,
        high,
        start.astype(np.int32),
        (first + order).astype(np.int32),
        value[order].astype(float),
    )


def _linked(made: Pairs, a: int) -> list[Rows]:
    """A pair flows only where the candidate is chosen; a candidate serves up to its room."""
    k, ones = len(made.who), np.ones(len(made.who), np.int64)
    index = np.column_stack([a + np.arange(k), made.who]).ravel()
    value = np.column_stack([ones, -made.most]).ravel().astype(float)
    start = np.arange(0, 2 * k + 1, 2, dtype=np.int32)
    pair = Rows(np.full(k, -INFINITY), np.zeros(k), start, index.astype(np.int32), value)
    keys = np.concatenate([made.who, np.arange(a)])
    order = np.argsort(keys, kind="stable")
    columns = np.concatenate([a + np.arange(k), np.arange(a)])[order]
    values = np.concatenate([ones, -made.room])[order].astype(float)
    at = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=a))]).astype(np.int32)
    room = Rows(np.full(a, -INFINITY), np.zeros(a), at, columns.astype(np.int32), values)
    return [pair, room]


def _solved(
    problem: Problem,
    made: Pairs,
    prices: tuple[Floats, Floats],
    *,
    must: bool,
    watch: Stopwatch,
    seed: int,
) -> highs.Found:
    """Minimise the prices of candidates and of pairs; `must`: every need is met."""
    a, n, k = len(made.places), len(problem.demands), len(made.who)
    need = made.need.astype(float)
    ones = np.ones(k, np.int64)
    served = _by(made.whom, n, ones, need if must else np.full(n, -INFINITY), need, a)
    choice = choice_rows(covers(problem, 0))
    kept = problem.kept[made.places].astype(float)
    return highs.solve(
        np.concatenate(prices),
        np.concatenate([kept, np.zeros(k)]),
        np.concatenate([np.ones(a), made.most.astype(float)]),
        highs.stack([choice, served, *_linked(made, a)]),
        whole=a,
        seconds=watch.left(),
        apart=0.999,
        seed=seed,
    )


def flow(problem: Problem, chosen: Ints, within: int) -> Service:
    """This will serve as many units as these can, at the least Σ units × cost, whole and exact."""
    made = pairs(problem, chosen, within)
    n, k, p = len(problem.demands), len(made.who), len(chosen)
    apart = unreachable(problem)
    if not k:
        none = np.zeros(0, np.int64)
        return Service(
            demand=none, candidate=none, units=none, left=problem.units, unreachable=apart
        )
    ones = np.ones(k, np.int64)
    worth = int(made.cost.max()) * (p + 1) + 1
    need, room = made.need.astype(float), made.room.astype(float)
    rows = [
        _by(made.whom, n, ones, np.full(n, -INFINITY), need, 0),
        _by(made.who, p, ones, np.full(p, -INFINITY), room, 0),
    ]
    cost, most = (made.cost - worth).astype(float), made.most.astype(float)
    told = highs.solve(cost, np.zeros(k), most, highs.stack(rows), whole=0, seconds=INFINITY)
    assert told.values is not None
    whole = _whole(made, np.rint(told.values).astype(np.int64))
    used = np.flatnonzero(whole)
    order = used[np.lexsort((chosen[made.who[used]], made.whom[used]))]
    return Service(
        demand=made.whom[order],
        candidate=chosen[made.who[order]],
        units=whole[order],
        left=problem.units - np.bincount(made.whom, whole, n).astype(np.int64),
        unreachable=apart,
    )


def _whole(made: Pairs, units: Ints) -> Ints:
    """The flow, taken at its word only where it keeps every bound in whole numbers."""
    by_whom = np.bincount(made.whom, units, len(made.need))
    by_who = np.bincount(made.who, units, len(made.room))
    kept = (units >= 0).all() and (units <= made.most).all()
    if not (kept and (by_whom <= made.need).all() and (by_who <= made.room).all()):
        raise ArithmeticError("HiGHS returned a flow that keeps its bounds only in doubles")
    return units


def mclp(problem: Problem, within: int, watch: Stopwatch, *, seed: int) -> Answer:
    """This will choose what serves the most units within reach and capacity."""
    made = pairs(problem, np.flatnonzero(problem.allowed), within)
    prices = (np.zeros(len(made.places)), -np.ones(len(made.who)))
    told = _solved(problem, made, prices, must=False, watch=watch, seed=seed)
    chosen = _chosen(problem, made, told)
    service = flow(problem, chosen, within)
    value = int(service.units.sum())
    claimed = highs.claimed(told.bound)
    bound = int(made.need.sum()) if claimed is None else min(int(made.need.sum()), -claimed)
    return _answer("mclp", chosen, (value, max(bound, value)), service, told, watch)


def pmedian(problem: Problem, watch: Stopwatch, *, seed: int) -> Answer:
    """This will choose what serves every unit that can be served at the least Σ units × cost.

    With a penalty a unit may stay unserved at that cost; without one the answer may be infeasible.
    """
    made = pairs(problem, np.flatnonzero(problem.allowed), UNREACHED)
    penalty = problem.penalty
    if penalty is None and not made.need.any():
        return impossible("pmedian", problem, watch)
    costs = made.cost - (0 if penalty is None else penalty)
    prices = (np.zeros(len(made.places)), costs.astype(float))
    told = _solved(problem, made, prices, must=penalty is None, watch=watch, seed=seed)
    if told.values is None:
        return impossible("pmedian", problem, watch, proven=told.infeasible)
    chosen = _chosen(problem, made, told)
    service = flow(problem, chosen, UNREACHED)
    unserved = int(service.left.sum()) * (penalty or 0)
    value = unserved + int(
        (service.units * problem.cost[service.candidate, service.demand].astype(np.int64)).sum()
    )
    offset = int(problem.units.sum()) * (penalty or 0)
    claimed = highs.claimed(told.bound)
    bound = 0 if claimed is None else max(0, min(value, claimed + offset))
    return _answer("pmedian", chosen, (value, bound), service, told, watch)


def cover(problem: Problem, within: int, prices: Ints, watch: Stopwatch, *, seed: int) -> Answer:
    """This will choose the cheapest that serve every unit within reach and capacity."""
    made = pairs(problem, np.flatnonzero(problem.allowed), within)
    if (made.need < problem.units).any():
        return impossible("cover", problem, watch)
    costs = (prices[made.places].astype(float), np.zeros(len(made.who)))
    told = _solved(problem, made, costs, must=True, watch=watch, seed=seed)
    if told.values is None:
        return impossible("cover", problem, watch, proven=told.infeasible)
    chosen = _chosen(problem, made, told)
    value = int(prices[chosen].sum())
    claimed = highs.claimed(told.bound)
    bound = 0 if claimed is None else max(0, min(value, claimed))
    service = flow(problem, chosen, within)
    return _answer("cover", chosen, (value, bound), service, told, watch)


def _chosen(problem: Problem, made: Pairs, told: highs.Found) -> Ints:
    """The chosen candidates; before HiGHS has found any plan, the kept ones alone."""
    if told.values is None:
        return np.flatnonzero(problem.kept)
    return made.places[np.flatnonzero(told.values[: len(made.places)] > 0.5)]


def _answer(
    question: str,
    chosen: Ints,
    found: tuple[int, int],
    service: Service,
    told: highs.Found,
    watch: Stopwatch,
) -> Answer:
    if not told.done:
        watch.stop()
    return answered(question, chosen, found, service, watch)
