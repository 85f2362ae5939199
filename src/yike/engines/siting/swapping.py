"""Interchange for medians: exact sums of whole numbers, kept up to date after every exchange.

Source: M. Resende, R. Werneck, A fast swap-based local search procedure for location problems,
Annals of Operations Research 150 (2007): gain, loss and extra of every pair, and after an exchange
only the demands whose nearest two have changed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting.answer import Stopwatch
from yike.engines.siting.chance import roll, seeded
from yike.engines.siting.near import ENDLESS, Near
from yike.engines.siting.problem import UNREACHED, Ints

#: kicks between two looks at the clock
_STRIDE = 20


class Stand(NamedTuple):
    """The present choice and what follows from it; written in place.

    `slots` int64[most] chosen candidates; `seat` int64[a] slot of a candidate or -1; `first` slot
    of the nearest, `d1`, `d2` costs of the nearest two, int64[n]; `gain` int64[a], `loss`
    int64[most], `extra` int64[a, most]; `clashing` int64[a] chosen ones it clashes with;
    `spent` = [price so far, slots used].
    """

    slots: Ints
    seat: Ints
    first: Ints
    second: Ints
    d1: Ints
    d2: Ints
    gain: Ints
    loss: Ints
    extra: Ints
    clashing: Ints
    spent: Ints


def stand(near: Near) -> Stand:
    """This will return the empty choice: nobody reaches anybody."""
    a, n = near.cost.shape
    return Stand(
        slots=np.full(near.most, -1),
        seat=np.full(a, -1),
        first=np.full(n, -1),
        second=np.full(n, -1),
        d1=np.full(n, UNREACHED),
        d2=np.full(n, UNREACHED),
        gain=np.zeros(a, np.int64),
        loss=np.zeros(near.most, np.int64),
        extra=np.zeros((a, near.most), np.int64),
        clashing=np.zeros(a, np.int64),
        spent=np.zeros(2, np.int64),
    )


@compiled
def _two(near: Near, now: Stand, u: int) -> None:
    """The nearest two chosen of one demand, by its sorted candidates."""
    now.first[u] = now.second[u] = -1
    now.d1[u] = now.d2[u] = UNREACHED
    wanted = min(2, now.spent[1])
    for k in range(near.order.shape[1]):
        if wanted == 0:
            return
        slot = now.seat[near.order[u, k]]
        if slot < 0:
            continue
        wanted -= 1
        if now.first[u] < 0:
            now.first[u], now.d1[u] = slot, near.ranked[u, k]
        else:
            now.second[u], now.d2[u] = slot, near.ranked[u, k]


@compiled
def _tell(near: Near, now: Stand, u: int, sign: int) -> None:
    """Add (or with -1 take back) what one demand says of every exchange."""
    w, d1, d2, f = sign * near.weight[u], now.d1[u], now.d2[u], now.first[u]
    if f >= 0:
        now.loss[f] += w * (d2 - d1)
    for k in range(near.order.shape[1]):
        d = near.ranked[u, k]
        if d >= d2:
            return
        i = near.order[u, k]
        if d < d1:
            now.gain[i] += w * (d1 - d)
        if f >= 0:
            now.extra[i, f] += w * (d2 - max(d, d1))


@compiled
def tell_all(near: Near, now: Stand) -> None:
    """This will add what every demand says of a choice: needed once, after the first are seated."""
    for u in range(near.cost.shape[1]):
        _two(near, now, u)
        _tell(near, now, u, 1)


@compiled
def enter(near: Near, now: Stand, i: int, slot: int, sign: int) -> None:
    """This will seat (or with -1 unseat) a candidate; what follows from it is not told."""
    now.spent[0] += sign * near.price[i]
    now.spent[1] += sign
    now.slots[slot] = i if sign > 0 else -1
    now.seat[i] = slot if sign > 0 else -1
    for k in range(len(now.clashing)):
        if near.clash[i, k]:
            now.clashing[k] += sign


@compiled
def place(near: Near, now: Stand, i: int, slot: int) -> None:
    """This will put candidate i into a slot, in place of whoever stood there."""
    out = now.slots[slot]
    for u in range(near.cost.shape[1]):
        if near.cost[i, u] < now.d2[u] or now.first[u] == slot or now.second[u] == slot:
            _tell(near, now, u, -1)
            now.d2[u] = -1 - now.d2[u]
    if out >= 0:
        enter(near, now, out, slot, -1)
    enter(near, now, i, slot, 1)
    for u in range(near.cost.shape[1]):
        if now.d2[u] < 0:
            _two(near, now, u)
            _tell(near, now, u, 1)


@compiled
def _best_swap(near: Near, now: Stand) -> tuple[int, int, int]:
    """The exchange that saves most and may be made: (saved, candidate, slot)."""
    best, who, where = 0, -1, -1
    used = now.spent[1]
    for i in range(len(now.seat)):
        if now.seat[i] >= 0:
            continue
        for slot in range(used):
            saved = now.gain[i] - now.loss[slot] + now.extra[i, slot]
            if saved > best and may_swap(near, now, i, slot):
                best, who, where = saved, i, slot
    return best, who, where


@compiled
def may_swap(near: Near, now: Stand, i: int, slot: int) -> bool:
    """This will tell whether candidate i may stand in for whoever has the slot."""
    out = now.slots[slot]
    if near.kept[out] or now.clashing[i] > near.clash[i, out]:
        return False
    return bool(now.spent[0] - near.price[out] + near.price[i] <= near.budget)


@compiled
def _best_more(near: Near, now: Stand, per_price: bool) -> int:
    """The candidate worth adding most, or -1: by what it saves, or by that for each price."""
    best, who = 0.0, -1
    for i in range(len(now.seat)):
        if now.seat[i] >= 0 or now.clashing[i] or now.gain[i] <= 0:
            continue
        if now.spent[0] + near.price[i] > near.budget:
            continue
        worth = now.gain[i] / max(1, near.price[i]) if per_price else float(now.gain[i])
        if worth > best:
            best, who = worth, i
    return who


@compiled
def fill(near: Near, now: Stand, per_price: bool) -> None:
    """This will add the best candidate again and again while one more may be chosen."""
    while now.spent[1] < len(now.slots):
        i = _best_more(near, now, per_price)
        if i < 0:
            return
        place(near, now, i, now.spent[1])


@compiled
def descend(near: Near, now: Stand) -> None:
    """This will exchange and add until nothing saves any more."""
    while True:
        saved, who, where = _best_swap(near, now)
        if saved > 0:
            place(near, now, who, where)
            continue
        used = now.spent[1]
        fill(near, now, False)
        if now.spent[1] == used:
            return


@compiled
def total(near: Near, now: Stand) -> int:
    """This will return Σ units × cost of the nearest, UNREACHED where nobody is near."""
    value = 0
    for u in range(len(now.d1)):
        value += near.weight[u] * now.d1[u]
    return value


@compiled
def _kick(near: Near, now: Stand, luck: Ints) -> None:
    """Exchange a few at random, within what may be chosen."""
    used, a = now.spent[1], len(now.seat)
    for _ in range(2 + roll(luck, max(1, used // 8))):
        slot, i = roll(luck, used), roll(luck, a)
        if now.seat[i] < 0 and may_swap(near, now, i, slot):
            place(near, now, i, slot)


@compiled
def _restore(near: Near, now: Stand, slots: Ints) -> None:
    """Go back to an earlier choice of as many; only what differs is exchanged."""
    wanted = np.zeros(len(now.seat), np.bool_)
    for i in slots:
        if i >= 0:
            wanted[i] = True
    for i in slots:
        if i >= 0 and now.seat[i] < 0:
            slot = 0
            while slot < now.spent[1] and wanted[now.slots[slot]]:
                slot += 1
            place(near, now, i, slot)


@compiled
def _many(slots: Ints) -> int:
    many = 0
    for i in slots:
        many += i >= 0
    return many


@compiled
def wander(near: Near, now: Stand, best: Ints, value: int, rounds: int, luck: Ints) -> int:
    """This will kick and descend `rounds` times; `best` is overwritten, its value returned.

    Iterated local search: what is worse is taken back. `luck` is written on.
    """
    for _ in range(rounds):
        if now.spent[1] == 0:
            return value
        _kick(near, now, luck)
        descend(near, now)
        found = total(near, now)
        if found <= value:
            value = found
            for slot in range(len(best)):
                best[slot] = now.slots[slot]
        elif now.spent[1] == _many(best):
            _restore(near, now, best)
    return value


def search(
    near: Near, *, seed: int, rounds: int, watch: Stopwatch, start: Ints | None = None
) -> tuple[Ints, int, int]:
    """This will return the best choice found, its total, and the total before the wandering.

    From `start`, or greedy both by what is saved and by what is saved for each price; then
    exchange, then kicks, looking at the clock after every few.
    """
    if start is not None:
        ends = [_descended(near, start, False)]
    else:
        kept = np.flatnonzero(near.kept)
        starts = (False, True) if near.budget < ENDLESS else (False,)
        ends = [_descended(near, kept, per_price) for per_price in starts]
    first = min(int(total(near, now)) for now in ends)
    now = next(end for end in ends if total(near, end) == first)
    best, value = now.slots.copy(), first
    luck = seeded(seed)
    for _ in range(0, rounds, _STRIDE):
        if watch.over():
            break
        value = int(wander(near, now, best, value, _STRIDE, luck))
    return np.sort(best[best >= 0]), value, first


def improved(near: Near, chosen: Ints) -> tuple[Ints, int]:
    """This will fill up and exchange from a choice, and return what it led to with its total."""
    now = _descended(near, chosen, False)
    return np.sort(now.slots[now.slots >= 0]), int(total(near, now))


def _descended(near: Near, chosen: Ints, per_price: bool) -> Stand:
    now = stand(near)
    for slot, i in enumerate(chosen):
        enter(near, now, int(i), slot, 1)
    tell_all(near, now)
    fill(near, now, per_price)
    descend(near, now)
    return now
