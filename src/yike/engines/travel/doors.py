"""When a door lets people in: periods per station on the clock of one day, and who waits for them.

An instant is deciseconds after the midnight of that day; days before and after lie below zero and
beyond twenty-four hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import UNREACHED, Ints

#: `arrive_open`: nobody is served who comes before the door opens; who travels by a later boat in
#: order to find it open is. `may_wait`: who comes early waits, and is served when it opens.
DoorPolicy = Literal["arrive_open", "may_wait"]

Periods = Sequence[tuple[int, int]]
#: first, opens, last and waits of `Doors`, as a search takes them
DoorArrays = tuple[Ints, Ints, Ints, bool]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doors:
    """Of station s the periods first[s]:first[s + 1] in order: people are let in from `opens` until
    `last`, both included. `waits`: early comers wait at the door."""

    first: Ints
    opens: Ints
    last: Ints
    waits: bool

    @property
    def always(self) -> bool:
        """This will say whether every door is open at any time."""
        ends = -UNREACHED + 1, UNREACHED - 1
        return len(self.opens) == len(self.first) - 1 and bool(
            (self.opens == ends[0]).all() and (self.last == ends[1]).all()
        )

    @property
    def arrays(self) -> DoorArrays:
        """This will return the four fields in the order in which a search takes them."""
        return self.first, self.opens, self.last, self.waits

    def of(self, stations: Ints) -> Doors:
        """This will return the doors of some stations, in the order given."""
        counts = np.diff(self.first)[stations]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        periods = np.repeat(self.first[stations], counts) + within
        return Doors(
            first=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
            opens=self.opens[periods],
            last=self.last[periods],
            waits=self.waits,
        )


def doors(periods: Sequence[Periods | None], policy: DoorPolicy, *, before_closing: int) -> Doors:
    """This will lay out the doors of stations, None for one that is always open.

    `periods`: (opens, closes) in deciseconds, in order, apart from each other. Whoever comes less
    than `before_closing` deciseconds before the end of a period, or at its very end, is too late.
    """
    early = max(before_closing, 1)
    kept = [
        [(-UNREACHED + 1, UNREACHED - 1)] if told is None else _usable(told, early)
        for told in periods
    ]
    counts = [len(one) for one in kept]
    flat = np.array([period for one in kept for period in one], dtype=np.int32).reshape(-1, 2)
    return Doors(
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        opens=np.ascontiguousarray(flat[:, 0]),
        last=np.ascontiguousarray(flat[:, 1]),
        waits=policy == "may_wait",
    )


def always_open(stations: int) -> Doors:
    """This will return doors that never close, for so many stations."""
    return doors([None] * stations, "may_wait", before_closing=0)


def _usable(told: Periods, early: int) -> list[tuple[int, int]]:
    return [(opens, closes - early) for opens, closes in told if closes - early >= opens]


@compiled
def served(station: int, arrive: int, door: DoorArrays) -> int:
    """This will return the instant at which who arrives is served, UNREACHED when never."""
    first, opens, last, waits = door
    low = first[station]
    high = first[station + 1]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if last[middle] < arrive:
            low = middle + 1
        else:
            high = middle
    if low == end:
        return UNREACHED
    if arrive >= opens[low]:
        return arrive
    return int(opens[low]) if waits else UNREACHED


@compiled
def served_after(station: int, since: int, travel: int, door: DoorArrays) -> int:
    """This will return when who leaves at `since` and travels so long is served, or UNREACHED."""
    if travel >= UNREACHED:
        return UNREACHED
    return served(station, since + travel, door)
