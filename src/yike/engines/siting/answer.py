"""The answer: who is chosen, how good it is, how sure, and who is served by whom."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from yike.engines.siting.problem import UNREACHED, Costs, Ints, Problem

OPTIMAL, WITHIN, TIME, INFEASIBLE = "optimal", "within", "time", "infeasible"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Service:
    """Who is served by whom: three arrays side by side, and what is left.

    `demand`, `candidate` int64[k] indexes, `units` int64[k] (people × full); `left` int64[n] units
    of each demand that are not served; `unreachable` the demands that no allowed candidate reaches.
    """

    demand: Ints
    candidate: Ints
    units: Ints
    left: Ints
    unreachable: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One way to make the plan possible: what to change, to what, and what that would cost.

    `kind`: candidate (allow it), p, budget, minutes (to this cost), quantile, penalty. `to` is the
    least value that helps; `proven` tells whether a smaller one is shown not to help.
    """

    kind: str
    to: float
    by: float
    proven: bool
    candidates: tuple[int, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A demand that cannot be covered: units left out, and how far the nearest allowed one is.

    `by` is the cost above the bound, None where no allowed candidate reaches it at all.
    """

    demand: int
    units: int
    by: int | None
    nearest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why there is no plan: the demands that stand in the way, and every repair, cheapest first."""

    reason: str
    shorts: tuple[Short, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What was found.

    `objective` and `bound` are whole numbers in the units of the question (mclp: units covered;
    cover: stations or price; pmedian: units × cost; center: cost). `gap` = |objective - bound| /
    max(1, |objective|). `status` is `optimal` only where objective and proven bound are equal.
    `first` is what the quick search alone had found.
    """

    question: str
    status: str
    chosen: tuple[int, ...]
    objective: int
    bound: int
    gap: float
    seconds: float
    first: int | None
    first_seconds: float
    service: Service
    covered: int
    uncovered: int
    #: whether the clock, and not a count of steps, ended a part of the search
    cut_short: bool
    explanation: Explanation | None = None


def _now() -> float:
    return Stopwatch.clock()


@dataclass(slots=True)
class Stopwatch:
    """The stated time limit of a run; remembers whether it ever ended anything.

    `clock` is what all of them read: a measurement on a machine that others use as well may put
    `time.process_time` there. HiGHS keeps to the wall's.
    """

    clock: ClassVar[Callable[[], float]] = staticmethod(time.monotonic)

    seconds: float
    began: float = field(default_factory=_now)
    cut: bool = False
    whole: Stopwatch | None = None

    def gone(self) -> float:
        """This will return the seconds since the start."""
        return _now() - self.began

    def left(self) -> float:
        """This will return the seconds left, never below zero."""
        return max(0.0, self.seconds - self.gone())

    def part(self, share: float) -> Stopwatch:
        """This will return a stopwatch for one step, of this share of what is left."""
        return Stopwatch(self.left() * share, whole=self)

    def over(self) -> bool:
        """This will tell whether the time is up, and remember that something was ended by it."""
        if self.gone() < self.seconds:
            return False
        self.stop()
        return True

    def stop(self) -> None:
        """This will remember that a step ended by its time, not by its own count."""
        self.cut = True
        if self.whole is not None:
            self.whole.stop()


def state(objective: int, bound: int, *, cut: bool) -> tuple[str, float]:
    """This will return status and gap of an objective and a proven bound."""
    gap = abs(objective - bound) / max(1, abs(objective))
    if objective == bound:
        return OPTIMAL, 0.0
    return (TIME if cut else WITHIN), gap


def answered(
    question: str,
    chosen: Ints,
    found: tuple[int, int],
    service: Service,
    watch: Stopwatch,
    *,
    first: tuple[int | None, float] | None = None,
) -> Answer:
    """This will put together what was found: (objective, bound), and who is served by it.

    `chosen`: candidates of the problem, in any order. `first`: what the quick search alone had
    found, and after how many seconds.
    """
    status, gap = state(*found, cut=watch.cut)
    gone = watch.gone()
    return Answer(
        question=question,
        status=status,
        chosen=tuple(int(i) for i in np.sort(chosen)),
        objective=found[0],
        bound=found[1],
        gap=gap,
        seconds=gone,
        first=first[0] if first else None,
        first_seconds=first[1] if first else gone,
        service=service,
        covered=int(service.units.sum()),
        uncovered=int(service.left.sum()),
        cut_short=watch.cut,
    )


def impossible(question: str, problem: Problem, watch: Stopwatch, *, proven: bool = True) -> Answer:
    """This will return the answer where nothing may be chosen that does what was asked.

    `proven=False`: nothing was found in time, and nothing shows that there is none.
    """
    return Answer(
        question=question,
        status=INFEASIBLE if proven else TIME,
        chosen=(),
        objective=0,
        bound=0,
        gap=1.0,
        seconds=watch.gone(),
        first=None,
        first_seconds=watch.gone(),
        service=serve(problem, ()),
        covered=0,
        uncovered=int(problem.units.sum()),
        cut_short=watch.cut,
    )


def serve(problem: Problem, chosen: Sequence[int] | Ints, within: int | None = None) -> Service:
    """This will give every demand to its nearest chosen candidates, `full` units at most.

    `within`: only candidates up to this cost serve. Ties go to the earlier candidate. No capacity.
    """
    picked = np.sort(np.array(chosen, dtype=np.int64))
    near = problem.cost[picked]
    order = np.argsort(near, axis=0, kind="stable")
    most = UNREACHED - 1 if within is None else min(within, UNREACHED - 1)
    free = np.full(len(problem.demands), problem.full, dtype=np.int64)
    parts: list[tuple[Ints, Ints, Ints]] = []
    for rank in range(len(picked)):
        if not free.any():
            break
        who = order[rank]
        reached = near[who, np.arange(len(free))] <= most
        given = np.where(reached, np.minimum(free, problem.share[picked[who]]), 0)
        places = np.flatnonzero(given)
        parts.append((places, picked[who[places]], given[places] * problem.weight[places]))
        free -= given
    return _service(problem, parts, free * problem.weight)


def _service(problem: Problem, parts: list[tuple[Ints, Ints, Ints]], left: Ints) -> Service:
    none = np.zeros(0, np.int64)
    demand, candidate, units = (
        np.concatenate([part[place] for part in parts]) if parts else none for place in range(3)
    )
    order = np.lexsort((candidate, demand))
    return Service(
        demand=demand[order],
        candidate=candidate[order],
        units=units[order],
        left=left,
        unreachable=unreachable(problem),
    )


def unreachable(problem: Problem) -> tuple[int, ...]:
    """This will return the demands that no allowed candidate reaches."""
    best = nearest_allowed(problem)
    return tuple(int(place) for place in np.flatnonzero(best >= UNREACHED))


def nearest_allowed(problem: Problem) -> Costs:
    """This will return the least cost from every demand to an allowed candidate, int32[n]."""
    if not problem.allowed.any():
        return np.full(len(problem.demands), UNREACHED, np.int32)
    best: Costs = problem.cost[problem.allowed].min(axis=0)
    return best
