"""Set cover: everybody within the stated minutes by the fewest, or the cheapest, candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.siting import dominance, flows, highs, setcover
from yike.engines.siting.answer import Answer, Stopwatch, answered, impossible, serve
from yike.engines.siting.covers import Covers, choice_rows, cover_rows, covers, feasible
from yike.engines.siting.problem import Flags, Ints, Problem

QUESTION = "cover"
NUMBER, PRICE = "number", "price"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cover:
    """A cover (None where none is known), its price, a proven bound, and whether there is none."""

    chosen: Ints | None
    value: int
    bound: int
    none: bool


def cover(
    problem: Problem, within: int, *, by: str = NUMBER, seconds: float = 60.0, seed: int = 1
) -> Answer:
    """This will choose the fewest (or, by price, the cheapest) candidates that cover everybody.

    Number, budget and groups are obeyed; where that cannot be, the answer is `infeasible`.
    """
    watch = Stopwatch(seconds)
    prices = problem.new_price if by == PRICE else np.ones(len(problem.price), np.int64)
    if problem.bounded:
        return flows.cover(problem, within, prices, watch, seed=seed)
    made = covers(problem, within)
    found = least(problem, made, prices[made.places], watch, seed=seed)
    if found.chosen is None:
        return impossible(QUESTION, problem, watch, proven=found.none)
    picked = made.places[found.chosen]
    service = serve(problem, picked, within)
    return answered(QUESTION, picked, (found.value, found.bound), service, watch)


def least(
    problem: Problem,
    made: Covers,
    prices: Ints,
    watch: Stopwatch,
    *,
    seed: int,
    enough: int | None = None,
) -> Cover:
    """This will return the cheapest cover of all who live somewhere, with its bound.

    `enough`: any cover that obeys the limits will do as soon as its price is no higher; and none
    is looked for once the bound lies above it.
    """
    alone = (made.group_of < 0) & (problem.weight > 0)
    sums = made.share @ made.table.astype(np.int64)
    lived = made.weight > 0
    if alone.any() or (sums[lived] < made.full).any() or int(made.kept.sum()) > made.most:
        return Cover(chosen=None, value=0, bound=0, none=True)
    kept = np.flatnonzero(made.kept)
    paid = int(prices[kept].sum())
    got = made.share[kept] @ made.table[kept].astype(np.int64)
    open_classes: Flags = lived & (got < made.full)
    if not open_classes.any():
        return Cover(chosen=kept, value=paid, bound=paid, none=False)
    quick = _whole if problem.whole else _shared
    return quick(made, prices, open_classes, watch, seed, enough)


def _whole(
    made: Covers,
    prices: Ints,
    open_classes: Flags,
    watch: Stopwatch,
    seed: int,
    enough: int | None,
) -> Cover:
    """Reduce by dominance, bound by prices, then HiGHS on what is left."""
    kept = np.flatnonzero(made.kept)
    paid = int(prices[kept].sum())
    classes = np.flatnonzero(open_classes)
    free = ~made.kept
    table = made.table[:, classes] & free[:, None]
    grouped: Flags = np.asarray(made.clash.any(axis=1))
    rows, columns = dominance.reduce(table, prices, made.price, grouped)
    places = np.flatnonzero(rows & free)
    small = np.ascontiguousarray(table[np.ix_(places, np.flatnonzero(columns))])
    bounded = setcover.bounded(small, prices[places], watch)
    chosen = np.concatenate([kept, places[bounded.chosen]])
    value, bound = paid + bounded.price, paid + bounded.bound
    good = feasible(made, chosen)
    if good and (bound >= value or (enough is not None and value <= enough)):
        return Cover(chosen=chosen, value=value, bound=min(bound, value), none=False)
    if enough is not None and bound > enough:
        return Cover(chosen=chosen if good else None, value=value, bound=bound, none=False)
    stay = np.zeros(len(made.price), np.bool_)
    stay[places[~bounded.never(bounded.price) if good else slice(None)]] = True
    stay[chosen] = True
    asked = (stay, classes[columns], prices)
    return _branched(made, asked, (chosen if good else None, value, bound), watch, seed)


def _shared(
    made: Covers,
    prices: Ints,
    open_classes: Flags,
    watch: Stopwatch,
    seed: int,
    enough: int | None,
) -> Cover:
    """With shares of service no set implies another: HiGHS decides alone."""
    asked = (np.ones(len(prices), np.bool_), np.flatnonzero(open_classes), prices)
    return _branched(made, asked, (None, 0, int(prices[made.kept].sum())), watch, seed)


def _branched(
    made: Covers,
    asked: tuple[Flags, Ints, Ints],
    known: tuple[Ints | None, int, int],
    watch: Stopwatch,
    seed: int,
) -> Cover:
    stay, classes, prices = asked
    chosen, value, bound = known
    a = len(made.price)
    sizes = made.table[:, classes]
    at = np.concatenate([[0], np.cumsum(sizes.sum(axis=0))])
    listed = made._replace(
        weight=made.weight[classes],
        covering_at=at,
        covering=np.nonzero(sizes.T)[1].astype(np.int32),
    )
    start = None
    if chosen is not None:
        start = np.zeros(a)
        start[chosen] = 1.0
    rows = [choice_rows(made), cover_rows(listed, low=float(made.full), slack=False)]
    told = highs.solve(
        prices.astype(np.float64),
        made.kept.astype(np.float64),
        (stay | made.kept).astype(np.float64),
        highs.stack(rows),
        whole=a,
        seconds=watch.left(),
        start=start,
        apart=0.999,
        seed=seed,
    )
    return _read(made, prices, told, (chosen, value, bound), watch)


def _read(
    made: Covers,
    prices: Ints,
    told: highs.Found,
    known: tuple[Ints | None, int, int],
    watch: Stopwatch,
) -> Cover:
    """The better of what was known and what HiGHS found; its bound where it is higher."""
    chosen, value, bound = known
    if told.infeasible:
        return Cover(chosen=chosen, value=value, bound=value, none=chosen is None)
    if not told.done:
        watch.stop()
    claimed = highs.claimed(told.bound)
    if told.values is not None:
        other = np.flatnonzero(told.values[: len(made.price)] > 0.5)
        price = int(prices[other].sum())
        if feasible(made, other) and (chosen is None or price < value):
            chosen, value = other, price
    if claimed is not None:
        bound = max(bound, claimed)
    if chosen is not None:
        bound = min(bound, value)
    return Cover(chosen=chosen, value=value, bound=bound, none=False)
