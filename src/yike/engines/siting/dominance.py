"""What a set cover can do without, before any search: demands and candidates that others imply.

A demand whose candidates include all those of another is covered with it; a candidate that covers
no more than another, at no lower price, need not be chosen.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from yike.engines.compiled import compiled
from yike.engines.siting.problem import Flags, Ints

Bits = npt.NDArray[np.uint64]
_PASSES = 6


@compiled
def _inside(small: Bits, large: Bits) -> bool:
    beyond = np.uint64(0)
    for word in range(len(small)):
        beyond |= small[word] & ~large[word]
    return bool(beyond == 0)


@compiled
def _implied(bits: Bits, sizes: Ints, order: Ints, gone: Flags) -> None:
    """Mark rows that contain another row, smallest first; of equals the first stays."""
    for k in range(len(order)):
        one = order[k]
        for q in range(k):
            other = order[q]
            if not gone[other] and sizes[other] and _inside(bits[other], bits[one]):
                gone[one] = True
                break


@compiled
def _needless(bits: Bits, prices: Ints, budgets: Ints, fixed: Flags, gone: Flags) -> None:
    """Mark rows inside another one that is not dearer and stands in no exclusive group."""
    for one in range(len(prices)):
        if gone[one] or fixed[one]:
            continue
        for other in range(len(prices)):
            if other == one or gone[other] or fixed[other]:
                continue
            if prices[other] > prices[one] or budgets[other] > budgets[one]:
                continue
            if _inside(bits[one], bits[other]):
                gone[one] = True
                break


def _packed(table: Flags) -> Bits:
    width = -(-table.shape[1] // 64) * 64
    wide = np.zeros((table.shape[0], max(64, width)), np.bool_)
    wide[:, : table.shape[1]] = table
    return np.packbits(wide, axis=1).view(np.uint64)


def reduce(table: Flags, prices: Ints, budgets: Ints, fixed: Flags) -> tuple[Flags, Flags]:
    """This will return which candidates (rows) and which classes (columns) are worth keeping.

    `fixed` candidates neither imply nor are implied: those in exclusive groups.
    """
    rows, columns = np.ones(table.shape[0], np.bool_), np.ones(table.shape[1], np.bool_)
    for _ in range(_PASSES):
        before = int(rows.sum()) + int(columns.sum())
        _drop_columns(table, rows, columns)
        _drop_rows(table, rows, columns, (prices, budgets, fixed))
        if int(rows.sum()) + int(columns.sum()) == before:
            break
    return rows, columns


def _drop_columns(table: Flags, rows: Flags, columns: Flags) -> None:
    places = np.flatnonzero(columns)
    small = np.ascontiguousarray(table[np.ix_(np.flatnonzero(rows), places)].T)
    sizes = small.sum(axis=1).astype(np.int64)
    gone = np.zeros(len(places), np.bool_)
    _implied(_packed(small), sizes, np.argsort(sizes, kind="stable"), gone)
    columns[places[gone]] = False


def _drop_rows(table: Flags, rows: Flags, columns: Flags, terms: tuple[Ints, Ints, Flags]) -> None:
    places = np.flatnonzero(rows)
    small = table[np.ix_(places, np.flatnonzero(columns))]
    prices, budgets, fixed = terms
    gone: Flags = ~small.any(axis=1) & ~fixed[places]
    _needless(_packed(small), prices[places], budgets[places], fixed[places], gone)
    rows[places[gone]] = False
