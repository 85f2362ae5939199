"""Why a cell reaches no station at the asked instant. Pure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: SHUT a way leads there, but no door is open on arrival; GONE the last boat or bus that would help
#: has left; IDLE nothing leads there on this day, though a stop is near; OFF far from every road
NONE, OFF, IDLE, GONE, SHUT = range(5)
WORDS = ("none", "off", "idle", "gone", "shut")

Mask = NDArray[np.bool_]


def reasons_of(
    *, off: Mask, by_road: Mask, by_ride: Mask, earlier: Mask, near_a_stop: Mask
) -> NDArray[np.int64]:
    """This will return one number a cell: of several reasons the one that is nearest to help.

    `by_road`, `by_ride`: a way would lead there were every door open; `earlier`: would have led
    there from the beginning of the day on.
    """
    found = np.zeros(len(off), np.int64)
    way = by_road | by_ride
    for which, reason in ((off, OFF), (near_a_stop, IDLE), (earlier, GONE), (way, SHUT)):
        found[which] = reason
    return found


def villages(reached: Mask, reason: NDArray[np.int64], cells: dict[str, Any]) -> dict[str, str]:
    """This will return of each village with a cell that reaches nothing what keeps most of them."""
    people: dict[str, list[int]] = {}
    for at in np.flatnonzero(~reached).tolist():
        counts = people.setdefault(cells["village"][at], [0] * len(WORDS))
        counts[int(reason[at])] += 1 + max(0, cells["people"][at])
    return {code: WORDS[counts.index(max(counts))] for code, counts in sorted(people.items())}


def riders(rides: Mask, cells: dict[str, Any]) -> dict[str, int]:
    """This will return the people of each village whose quickest way takes a boat or a bus."""
    people: dict[str, int] = {}
    for at in np.flatnonzero(rides).tolist():
        code = cells["village"][at]
        people[code] = people.get(code, 0) + max(0, cells["people"][at])
    return dict(sorted(people.items()))
