"""Degrees laid out flat, in metres around a point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.travel.arrays import Floats
from yike.engines.travel.measure import RADIUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """Metres east and north of a point, true at its parallel.

    A hundred kilometres north or south of it east-west distances are about one per cent off at
    the latitude of China: enough for a last leg of some hundred metres.
    """

    lon: float
    lat: float

    def metres(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """This will turn degrees into metres."""
        return self._east() * (lon - self.lon), self._north() * (lat - self.lat)

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """This will turn metres back into degrees."""
        return self.lon + x / self._east(), self.lat + y / self._north()

    def _north(self) -> float:
        return float(np.radians(1.0)) * RADIUS

    def _east(self) -> float:
        return self._north() * float(np.cos(np.radians(self.lat)))


def plane_around(lon: Floats, lat: Floats) -> Plane:
    """This will lay the plane at the middle of the places, of which there is at least one."""
    return Plane(lon=_middle(lon), lat=_middle(lat))


def _middle(degrees: Floats) -> float:
    return float(degrees.min() + degrees.max()) / 2
