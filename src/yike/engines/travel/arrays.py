"""The array types of the engine, its one time unit and what it calls unreached."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Facts = dict[str, Any]
Mode = Literal["walk", "cycle", "car"]

MODES: tuple[Mode, ...] = ("walk", "cycle", "car")
#: The one unit of time is the decisecond: a second has so many.
UNITS = 10
#: No journey is so long: 3.4 years. The sum of two stays inside int32.
UNREACHED = 2**30
#: No arc may be so long (ten days): a sum of two labels and an arc must stay inside int32.
LONGEST_ARC = 10 * 86_400 * UNITS


def ints(values: Any) -> Ints:
    """This will return a contiguous int32 array."""
    return np.ascontiguousarray(values, dtype=np.int32)


def floats(values: Any) -> Floats:
    """This will return a contiguous float64 array."""
    return np.ascontiguousarray(values, dtype=np.float64)


def deciseconds(seconds: float) -> int:
    """This will return whole deciseconds, rounded to the nearest."""
    return round(seconds * UNITS)
