"""Lengths on the globe, for stretches as short as those of roads and ferries."""

from __future__ import annotations

from typing import Any

import numpy as np

from yike.engines.travel.arrays import Floats

#: Mean radius of the earth (IUGG), in metres.
RADIUS = 6_371_008.8


def metres(lon_a: Any, lat_a: Any, lon_b: Any, lat_b: Any) -> Floats:
    """This will return the distance between points in degrees, by the haversine formula."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    up, over = (phi_b - phi_a) / 2, np.radians(np.subtract(lon_b, lon_a)) / 2
    chord = np.sin(up) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(over) ** 2
    length: Floats = 2 * RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(chord)))
    return length
