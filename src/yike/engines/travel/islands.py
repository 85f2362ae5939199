"""The pieces of a network told to people: how large, where, and near which named place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from yike.engines.travel.measure import metres
from yike.engines.travel.network import Network

#: A piece of fewer nodes is a driveway or a loose end; they are counted together.
LEAST_NAMED = 20
_MOST = 50
#: A place further away does not name a piece, in metres.
_NEAR = 5_000.0


class Place(NamedTuple):
    """A named place of the source: a village, a town, an island."""

    name: str
    lon: float
    lat: float


def pieces_named(network: Network, places: Sequence[Place]) -> dict[str, Any]:
    """This will list the strongly connected pieces of 20 nodes and more, the largest first.

    Each with `nodes`, a `lon`, `lat` on its road and the nearest named `place` (None beyond 5 km);
    `count` of all pieces, `small_nodes` in those not listed.
    """
    piece = network.pieces()
    sizes = np.bincount(piece)
    listed = [
        at for at, size in enumerate(sizes[:_MOST].tolist()) if size >= LEAST_NAMED or at == 0
    ]
    return {
        "count": len(sizes),
        "listed": [_named(network, np.flatnonzero(piece == at), places) for at in listed],
        "small_nodes": int(sizes.sum() - sizes[listed].sum()),
    }


def _named(network: Network, nodes: Any, places: Sequence[Place]) -> dict[str, Any]:
    lon, lat = network.lon[nodes], network.lat[nodes]
    away = metres(lon, lat, np.median(lon), np.median(lat))
    middle = int(away.argmin())
    at = float(lon[middle]), float(lat[middle])
    return {
        "nodes": len(nodes),
        "lon": round(at[0], 6),
        "lat": round(at[1], 6),
        "place": nearest_place(*at, places),
    }


def nearest_place(lon: float, lat: float, places: Sequence[Place]) -> str | None:
    """This will name the nearest place within five kilometres, or None."""
    if not places:
        return None
    away = metres(lon, lat, [place.lon for place in places], [place.lat for place in places])
    nearest = int(away.argmin())
    return places[nearest].name if away[nearest] <= _NEAR else None
