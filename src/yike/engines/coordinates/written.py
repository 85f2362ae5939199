"""How an upload's numbers are written: degrees, the columns swapped, minutes and seconds, metres.

Only the numbers are looked at here; whether degrees are shifted is asked in `shifted`.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from yike.engines.coordinates.systems import Floats

Writing = Literal["degrees", "swapped", "dms", "projected", "projected_zone", "unknown"]
Mask = NDArray[np.bool_]

#: Least and most longitude and latitude of the country, seas included.
LON, LAT = (73.0, 136.0), (3.0, 54.0)
#: Metres without a zone before them: east of a meridian drawn at 500 km, north of the equator.
_EAST, _NORTH = (1e5, 9e5), (3e5, 6.0e6)
#: Zones of six and of three degrees are numbered 13 to 45.
_ZONED = (13.1e6, 45.9e6)
#: The hundredths of a minute look like seconds (below 60) in six of ten random decimals.
_CHANCE, _SURE = 0.36, 0.001


def masks(first: Floats, second: Floats) -> dict[Writing, Mask]:
    """This will tell of each way of writing which points of (lon, lat) columns may be meant so.

    Metres may come with the northing first, as surveyors write them.
    """
    degrees = _between(first, LON) & _between(second, LAT)
    found: dict[Writing, Mask] = {
        "degrees": degrees,
        "swapped": _between(first, LAT) & _between(second, LON),
        "projected": _either(first, second, _EAST),
        "projected_zone": _either(first, second, _ZONED),
        "dms": degrees & _sexagesimal(first) & _sexagesimal(second),
    }
    return found


def writing(first: Floats, second: Floats) -> tuple[Writing, Mask]:
    """This will return the way most points are written, and which are.

    Minutes and seconds are believed when every point fits and random decimals would do so less
    than once in a thousand uploads, seconds other than zero being there.
    """
    found = masks(first, second)
    dms = found.pop("dms")
    if dms.all() and _seconds_speak(first, second):
        return "dms", dms
    best = max(found, key=lambda name: int(found[name].sum()))
    if 2 * int(found[best].sum()) > first.size:
        return best, found[best]
    return "unknown", np.zeros(first.shape, dtype=np.bool_)


def degrees_of_dms(value: Floats) -> Floats:
    """This will return degrees of 121.5230 meant as 121 degrees, 52 minutes, 30 seconds."""
    whole, minutes, seconds = _parts(value)
    return np.asarray(whole + minutes / 60 + seconds / 3600, dtype=np.float64)


def _between(value: Floats, bounds: tuple[float, float]) -> Mask:
    return np.asarray((bounds[0] <= value) & (value <= bounds[1]), dtype=np.bool_)


def _either(first: Floats, second: Floats, east: tuple[float, float]) -> Mask:
    forward = _between(first, east) & _between(second, _NORTH)
    return forward | (_between(second, east) & _between(first, _NORTH))


def _parts(value: Floats) -> tuple[Floats, Floats, Floats]:
    """Degrees, minutes and seconds of a number written DDD.MMSSss."""
    packed = np.round(value * 1e4, 5)
    return packed // 10_000, packed // 100 % 100, packed % 100


def _sexagesimal(value: Floats) -> Mask:
    _, minutes, seconds = _parts(value)
    return np.asarray((minutes < 60) & (seconds < 60), dtype=np.bool_)


def _seconds_speak(first: Floats, second: Floats) -> bool:
    """Whether chance is ruled out: only points whose seconds are not both zero count."""
    telling = (_parts(first)[2] > 0) & (_parts(second)[2] > 0)
    return bool(_CHANCE ** int(telling.sum()) < _SURE)
