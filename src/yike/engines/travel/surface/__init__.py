"""Where there is no network: a surface of travel speeds, or straight lines with a detour."""

from __future__ import annotations

from yike.engines.travel.surface.grid import (
    Estimate,
    Surface,
    nearest,
    open_country,
    surface_of,
    with_roads,
    with_water,
)
from yike.engines.travel.surface.straight import Detour, fit_detour, straight

__all__ = [
    "Detour",
    "Estimate",
    "Surface",
    "fit_detour",
    "nearest",
    "open_country",
    "straight",
    "surface_of",
    "with_roads",
    "with_water",
]
