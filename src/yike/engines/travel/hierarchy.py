"""The stored form of a contraction hierarchy: arcs that only rise, and arcs that only descend."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from yike.engines.travel.arrays import Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hierarchy:
    """The reversed network, renumbered so that every node stands after those above it.

    `position` int32[n]: place of each network node; `order` int32[n]: node at each place.
    `up_*`: for each place its arcs to earlier places. `down_*`: for each place the arcs that
    enter it, `down_head` naming the earlier place they come from. All CSR, deciseconds.
    A shortest way of the reversed network first rises, then descends.
    """

    position: Ints
    order: Ints
    up_first: Ints
    up_head: Ints
    up_cost: Ints
    down_first: Ints
    down_head: Ints
    down_cost: Ints

    @property
    def nodes(self) -> int:
        """This will count the nodes."""
        return len(self.position)

    def arrays(self) -> dict[str, Ints]:
        """This will return every array by its name, for storing."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    def is_sound(self) -> bool:
        """This will say whether the arrays belong together: lengths, ranges, rising, descending."""
        places = np.arange(self.nodes)
        return (
            np.array_equal(self.position[self.order], places)
            and _rises(self.up_first, self.up_head, self.up_cost)
            and _rises(self.down_first, self.down_head, self.down_cost)
        )


def _rises(first: Ints, head: Ints, cost: Ints) -> bool:
    nodes = len(first) - 1
    if first[0] != 0 or first[-1] != len(head) or len(head) != len(cost):
        return False
    own = np.repeat(np.arange(nodes), np.diff(first))
    return bool((np.diff(first) >= 0).all() and (head >= 0).all() and (head < own).all())
