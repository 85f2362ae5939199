"""What covers what, demands of the same cover set merged into one: what covering reads.

Source of merging: demands with identical sets of candidates are one demand with their people
together (isomorphic aggregation, arXiv 2409.09834); 10,000 villages become a few thousand classes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yike.engines.siting import highs
from yike.engines.siting.highs import INFINITY, Rows
from yike.engines.siting.near import ENDLESS, clashes
from yike.engines.siting.problem import UNREACHED, Flags, Ints, Problem

Places = npt.NDArray[np.int32]


class Covers(NamedTuple):
    """The allowed candidates against classes of demand, as flat arrays.

    `table` bool[a, c]; class c holds `weight` int64[c] people; candidate i covers
    classes[class_at[i]:class_at[i+1]], class c is covered by covering[covering_at[c]:…];
    `share` int64[a] of `full`; `price`, `clash`, `kept` of the candidates; `group_of` int64[n] the
    class of each demand, -1 where nothing covers it.
    """

    table: Flags
    class_at: Ints
    classes: Places
    covering_at: Ints
    covering: Places
    weight: Ints
    share: Ints
    full: int
    price: Ints
    clash: Flags
    kept: Flags
    budget: int
    most: int
    group_of: Ints
    places: Ints


def covers(problem: Problem, within: int, *, merged: bool = True) -> Covers:
    """This will return who covers whom at a cost of at most `within`.

    `merged=False` keeps every demand apart, for measuring what merging is worth.
    """
    places = np.flatnonzero(problem.allowed)
    table = problem.cost[places] <= min(within, UNREACHED - 1)
    group_of, firsts = _merge(table) if merged else _apart(table)
    weight = np.bincount(group_of[group_of >= 0], problem.weight[group_of >= 0], len(firsts))
    small = np.ascontiguousarray(table[:, firsts])
    class_at, classes = _lists(small)
    covering_at, covering = _lists(np.ascontiguousarray(small.T))
    return Covers(
        table=small,
        class_at=class_at,
        classes=classes,
        covering_at=covering_at,
        covering=covering,
        weight=np.rint(weight).astype(np.int64),
        share=problem.share[places],
        full=problem.full,
        price=problem.new_price[places],
        clash=clashes(problem)[np.ix_(places, places)],
        kept=problem.kept[places],
        budget=ENDLESS if problem.budget is None else problem.budget,
        most=problem.most,
        group_of=group_of,
        places=places,
    )


def without(made: Covers, never: Flags, always: Flags) -> Covers:
    """This will leave candidates out, keep others, and merge the classes that are now alike."""
    stay = np.flatnonzero(~never)
    table = made.table[stay]
    group_of, firsts = _merge(table)
    weight = np.bincount(group_of[group_of >= 0], made.weight[group_of >= 0], len(firsts))
    small = np.ascontiguousarray(table[:, firsts])
    class_at, classes = _lists(small)
    covering_at, covering = _lists(np.ascontiguousarray(small.T))
    return made._replace(
        table=small,
        class_at=class_at,
        classes=classes,
        covering_at=covering_at,
        covering=covering,
        weight=np.rint(weight).astype(np.int64),
        share=made.share[stay],
        price=made.price[stay],
        clash=made.clash[np.ix_(stay, stay)],
        kept=(made.kept | always)[stay],
        group_of=np.where(made.group_of >= 0, group_of[made.group_of], -1),
        places=made.places[stay],
    )


def _merge(table: Flags) -> tuple[Ints, Ints]:
    """The class of every demand (-1: nothing covers it) and the first demand of each class."""
    if not len(table):
        return _apart(table)
    packed = np.ascontiguousarray(np.packbits(table, axis=0).T)
    keys = packed.view([("", packed.dtype)] * packed.shape[1]).ravel()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    covered = table[:, first].any(axis=0)
    number = np.where(covered, np.cumsum(covered) - 1, -1)
    return number[inverse.ravel()], first[covered]


def _apart(table: Flags) -> tuple[Ints, Ints]:
    covered = table.any(axis=0)
    return np.where(covered, np.cumsum(covered) - 1, -1), np.flatnonzero(covered)


def _lists(table: Flags) -> tuple[Ints, Places]:
    at = np.concatenate([[0], np.cumsum(table.sum(axis=1))]).astype(np.int64)
    return at, np.nonzero(table)[1].astype(np.int32)


def choice_rows(made: Covers) -> Rows:
    """This will return the rows on the choice alone: number, budget and exclusive groups."""
    a = len(made.price)
    parts = [highs.row(np.arange(a), 1.0, -INFINITY, made.most)]
    if made.budget < ENDLESS:
        parts.append(highs.row(np.arange(a), made.price, -INFINITY, made.budget))
    for i, k in np.argwhere(np.triu(made.clash)):
        parts.append(highs.row([i, k], 1.0, -INFINITY, 1.0))
    return highs.stack(parts)


def cover_rows(made: Covers, *, low: float, slack: bool) -> Rows:
    """This will return Σ share·x [- full·y] ≥ low for every class; y are columns after the x."""
    a, c = len(made.price), len(made.weight)
    sizes = np.diff(made.covering_at)
    more = 1 if slack else 0
    start = np.concatenate([[0], np.cumsum(sizes + more)])
    index = np.empty(start[-1], np.int64)
    value = np.empty(start[-1])
    inside = np.ones(start[-1], np.bool_)
    if slack:
        inside[start[1:] - 1] = False
        index[start[1:] - 1] = a + np.arange(c)
        value[start[1:] - 1] = -made.full
    index[inside] = made.covering
    value[inside] = made.share[made.covering]
    return Rows(
        np.full(c, low), np.full(c, INFINITY), start.astype(np.int32), index.astype(np.int32), value
    )


def units(made: Covers, chosen: Ints) -> int:
    """This will return the units covered by these candidates, exactly."""
    got = np.minimum(made.full, made.share[chosen] @ made.table[chosen].astype(np.int64))
    return int((made.weight * got).sum())


def feasible(made: Covers, chosen: Ints) -> bool:
    """This will tell whether a choice obeys number, budget, groups and the kept ones."""
    open_now = np.zeros(len(made.price), np.bool_)
    open_now[chosen] = True
    return bool(
        open_now.sum() <= made.most
        and made.price[chosen].sum() <= made.budget
        and not made.clash[np.ix_(chosen, chosen)].any()
        and open_now[made.kept].all()
    )
