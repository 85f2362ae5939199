"""Whether a table of points is in a shifted system (GCJ-02, BD-09), judged by the roads."""

from __future__ import annotations

import sys

import numpy as np

from yike.engines.coordinates.shifted import HYPOTHESES, recognise
from yike.engines.coordinates.systems import to_wgs84
from yike.engines.travel.snapping import Snapper
from yike.house.planner.tables import Cells, Floats, Stations

#: Points beyond this are no witnesses; a shift is some 300 to 1,300 metres.
_FARTHEST = 2_000.0
#: So many points, evenly taken, convince as well as all of them.
_ENOUGH = 1_000


def tell_shift(name: str, points: Stations | Cells, snapper: Snapper) -> None:
    """This will warn on stderr where the points fit the roads only with a shift undone.

    Nothing is converted: which system a table is in is for the office to say.
    """
    step = -(-len(points.lon) // _ENOUGH)
    lon, lat = points.lon[::step], points.lat[::step]
    roads = {system: _away(snapper, *to_wgs84(lon, lat, system)) for system in HYPOTHESES}
    near = np.isfinite(np.array(list(roads.values()))).any(axis=0)
    if not near.any():
        return
    told = {system: np.minimum(metres[near], _FARTHEST) for system, metres in roads.items()}
    verdict = recognise(lon[near], lat[near], roads=told)
    if verdict.likeness in HYPOTHESES:
        print(f"{name}：{verdict.sentence}这次仍按 WGS84 计算，结果可能有误。", file=sys.stderr)


def _away(snapper: Snapper, lon: Floats, lat: Floats) -> Floats:
    return snapper.join(lon, lat, farthest=_FARTHEST).metres
