"""Chance that is the same on every machine: 48 bits, multiply and add, as in POSIX lrand48."""

from __future__ import annotations

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.siting.problem import Ints

_MASK = 2**48 - 1


def seeded(seed: int) -> Ints:
    """This will return the state of a generator, int64[1]."""
    return np.array([(seed << 16 ^ 0x330E) & _MASK], dtype=np.int64)


@compiled
def roll(state: Ints, below: int) -> int:
    """This will return a number of 0 … below - 1 (below < 2³¹) and move the state on."""
    state[0] = (state[0] * 0x5DEECE66D + 11) & _MASK
    return int((state[0] >> 17) % below)
