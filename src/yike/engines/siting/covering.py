"""Greedy and exchange for covering, in milliseconds: gains kept up to date, whole numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.chance import roll, seeded
from yike.engines.siting.covers import Covers
from yike.engines.siting.near import ENDLESS
from yike.engines.siting.problem import Flags, Ints

_STRIDE = 10


class Choice(NamedTuple):
    """The present choice, written in place.

    `open_now` bool[a]; `got` int64[c] units of service each class has (uncapped); `gain` int64[a]
    units more if added; `clashing` int64[a]; `spent` = [price, number, units covered].
    """

    open_now: Flags
    got: Ints
    gain: Ints
    clashing: Ints
    spent: Ints


def nothing(made: Covers) -> Choice:
    """This will return the empty choice."""
    a, c = made.table.shape
    gain = np.minimum(made.share, made.full) * (made.table.astype(np.int64) @ made.weight)
    return Choice(
        open_now=np.zeros(a, np.bool_),
        got=np.zeros(c, np.int64),
        gain=gain,
        clashing=np.zeros(a, np.int64),
        spent=np.zeros(3, np.int64),
    )


@compiled
def _brings(full: int, got: int, share: int) -> int:
    """What one more share adds to a class that has `got`."""
    return min(full, got + share) - min(full, got)


@compiled
def turn(made: Covers, now: Choice, i: int, sign: int) -> None:
    """This will add (1) or drop (-1) candidate i."""
    now.open_now[i] = sign > 0
    now.spent[0] += sign * made.price[i]
    now.spent[1] += sign
    for k in range(len(now.clashing)):
        if made.clash[i, k]:
            now.clashing[k] += sign
    for e in range(made.class_at[i], made.class_at[i + 1]):
        c = made.classes[e]
        old = now.got[c]
        new = old + sign * made.share[i]
        now.got[c] = new
        now.spent[2] += made.weight[c] * (min(made.full, new) - min(made.full, old))
        if min(old, new) >= made.full:
            continue
        for z in range(made.covering_at[c], made.covering_at[c + 1]):
            k, share = made.covering[z], made.share[made.covering[z]]
            more = _brings(made.full, new, share) - _brings(made.full, old, share)
            now.gain[k] += made.weight[c] * more


@compiled
def _loses(made: Covers, now: Choice, out: int, back: Ints) -> int:
    """Units lost without `out`; `back` is filled with what others would then bring beyond gain."""
    back[:] = 0
    lost = 0
    for e in range(made.class_at[out], made.class_at[out + 1]):
        c = made.classes[e]
        less = now.got[c] - made.share[out]
        if less >= made.full:
            continue
        lost += made.weight[c] * (min(made.full, now.got[c]) - less)
        for z in range(made.covering_at[c], made.covering_at[c + 1]):
            k, share = made.covering[z], made.share[made.covering[z]]
            more = _brings(made.full, less, share) - _brings(made.full, now.got[c], share)
            back[k] += made.weight[c] * more
    return lost


@compiled
def _exchange(made: Covers, now: Choice, back: Ints) -> bool:
    """Make the best exchange that covers more; False where there is none."""
    best, who, whom = 0, -1, -1
    for out in range(len(now.open_now)):
        if not now.open_now[out] or made.kept[out]:
            continue
        lost = _loses(made, now, out, back)
        for i in range(len(now.open_now)):
            more = now.gain[i] + back[i] - lost
            if more <= best or now.open_now[i] or now.clashing[i] > made.clash[i, out]:
                continue
            if now.spent[0] - made.price[out] + made.price[i] <= made.budget:
                best, who, whom = more, i, out
    if who < 0:
        return False
    turn(made, now, whom, -1)
    turn(made, now, who, 1)
    return True


@compiled
def _next(made: Covers, now: Choice, per_price: bool, noise: float, luck: Ints) -> int:
    """The candidate worth adding most, or -1; `noise` lowers worths at random."""
    best, who = 0.0, -1
    for i in range(len(now.open_now)):
        if now.open_now[i] or now.clashing[i] or now.gain[i] <= 0:
            continue
        if now.spent[0] + made.price[i] > made.budget:
            continue
        worth = float(now.gain[i])
        if per_price:
            worth /= max(1, made.price[i])
        if noise > 0.0:
            worth *= 1.0 - noise * roll(luck, 1000) * 0.001
        if worth > best:
            best, who = worth, i
    return who


@compiled
def settle(made: Covers, now: Choice, per_price: bool, noise: float, luck: Ints) -> None:
    """This will add while it may, exchange while it helps, and begin again after an exchange."""
    back = np.zeros(len(now.gain), np.int64)
    while True:
        while now.spent[1] < made.most:
            i = _next(made, now, per_price, noise, luck)
            if i < 0:
                break
            turn(made, now, i, 1)
        if not _exchange(made, now, back):
            return


@compiled
def _return(made: Covers, now: Choice, best: Flags) -> None:
    """Go back to an earlier choice: first drop, then add, so that no limit is passed."""
    for sign in (-1, 1):
        for k in range(len(best)):
            if now.open_now[k] != best[k] and best[k] == (sign > 0):
                turn(made, now, k, sign)


@compiled
def stir(
    made: Covers, now: Choice, best: Flags, value: int, rounds: int, luck: Ints, per_price: bool
) -> int:
    """This will drop a few at random and settle again, `rounds` times; the best is kept in place.

    `luck` is written on.
    """
    for _ in range(rounds):
        for _ in range(2 + roll(luck, max(1, now.spent[1] // 4))):
            i = roll(luck, len(now.open_now))
            for k in range(len(now.open_now)):
                out = (i + k) % len(now.open_now)
                if now.open_now[out] and not made.kept[out]:
                    turn(made, now, out, -1)
                    break
        settle(made, now, per_price, 0.1, luck)
        if now.spent[2] >= value:
            value = now.spent[2]
            for k in range(len(best)):
                best[k] = now.open_now[k]
        else:
            _return(made, now, best)
    return value


def quick(made: Covers) -> tuple[Choice, bool]:
    """This will return greedy + exchange, the better of by units and by units for each price."""
    ends = []
    for per_price in (False, True) if made.budget < ENDLESS else (False,):
        now = nothing(made)
        for i in np.flatnonzero(made.kept):
            turn(made, now, int(i), 1)
        settle(made, now, per_price, 0.0, seeded(1))
        ends.append((now, per_price))
    return max(ends, key=lambda end: int(end[0].spent[2]))


def improved(made: Covers, order: Ints) -> tuple[Ints, int]:
    """This will choose in this order while it may, settle, and return the choice and its units."""
    now = nothing(made)
    kept = np.flatnonzero(made.kept)
    for i in np.concatenate([kept, order[~made.kept[order]]]):
        if now.spent[1] == made.most:
            break
        if not now.clashing[i] and now.spent[0] + made.price[i] <= made.budget:
            turn(made, now, int(i), 1)
    settle(made, now, False, 0.0, seeded(1))
    return np.flatnonzero(now.open_now), int(now.spent[2])


def search(
    made: Covers, *, seed: int, rounds: int, watch: Stopwatch, goal: int
) -> tuple[Ints, int, int]:
    """This will return the best choice, its units and those of greedy + exchange alone.

    Ends early where `goal` units are reached.
    """
    now, per_price = quick(made)
    best, value = now.open_now.copy(), int(now.spent[2])
    first = value
    luck = seeded(seed)
    for _ in range(0, rounds, _STRIDE):
        if not first or value >= goal or watch.over():
            break
        value = int(stir(made, now, best, value, _STRIDE, luck, per_price))
    return np.flatnonzero(best), value, first
