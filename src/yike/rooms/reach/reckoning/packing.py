"""The stored bytes of a run: of every cell its time, its station, the metres to one."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result:
    """n cells: `time` deciseconds (2^30: no way), `station` index or -1, `metres` whole or -1."""

    time: NDArray[np.int64]
    station: NDArray[np.int64]
    metres: NDArray[np.int64]


def packed(result: Result) -> bytes:
    """This will return three columns of little-endian int32, one after the other, compressed."""
    columns = (result.time, result.station, result.metres)
    return zlib.compress(b"".join(column.astype("<i4").tobytes() for column in columns), 6)


def unpacked(data: bytes) -> Result:
    """This will read what `packed` wrote."""
    columns = np.frombuffer(zlib.decompress(data), "<i4").reshape(3, -1).astype(np.int64)
    return Result(time=columns[0], station=columns[1], metres=columns[2])
