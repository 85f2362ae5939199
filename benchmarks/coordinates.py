"""How exact and how fast the shifts of map coordinates are, on a grid of a million points.

    PYTHONPATH=src:. .venv/bin/python -m benchmarks.coordinates [--side 1000]

Prints for GCJ-02 and BD-09 the greatest distance of a round trip in micrometres, both ways, over
the whole box in which the country lies, and nanoseconds for a point; 1 when one is over 1 mm.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import numpy as np

from yike.engines.coordinates import systems

#: Metres of a degree, and the country's least and most longitude and latitude.
DEGREE_M, LAND = 111_320.0, (73.0, 136.0, 3.0, 54.0)
SHIFTED: tuple[systems.System, ...] = ("gcj02", "bd09")


def main() -> int:
    """This will print the figures as JSON and return 1 when a round trip is off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=1000)
    side = parser.parse_args().side
    west, east, south, north = LAND
    lon, lat = np.meshgrid(np.linspace(west, east, side), np.linspace(south, north, side))
    told = {system: _one(system, lon, lat) for system in SHIFTED}
    print(json.dumps({"points": lon.size, **told}, indent=1))
    return 1 if any(one["worst_micrometres"] > 1000 for one in told.values()) else 0


def _one(system: systems.System, lon: Any, lat: Any) -> dict[str, float]:
    begun = time.perf_counter()
    there = systems.from_wgs84(lon, lat, system)
    halfway = time.perf_counter()
    back = systems.to_wgs84(*there, system)
    ended = time.perf_counter()
    again = systems.from_wgs84(*back, system)
    home, away = _apart(back, (lon, lat)), _apart(again, there)
    moved = _apart(there, (lon, lat))
    return {
        "worst_micrometres": round(float(max(home.max(), away.max())) * 1e6, 4),
        "shift_median_m": round(float(np.median(moved)), 1),
        "shift_most_m": round(float(moved.max()), 1),
        "forward_ns_a_point": round((halfway - begun) / lon.size * 1e9, 1),
        "inverse_ns_a_point": round((ended - halfway) / lon.size * 1e9, 1),
    }


def _apart(one: Any, other: Any) -> Any:
    east = (one[0] - other[0]) * np.cos(np.radians(one[1]))
    return np.hypot(east, one[1] - other[1]) * DEGREE_M


if __name__ == "__main__":
    raise SystemExit(main())
