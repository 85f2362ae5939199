"""Who reaches a station only over water: cells on other land than every station. Pure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from yike.engines.travel.network import Network
from yike.engines.travel.points import Ends, Seeds

Mask = NDArray[np.bool_]


def by_ferry(network: Network, seeds: Seeds, ends: Ends, *, stations: int) -> Mask:
    """This will tell the cells from whose land no road leads to one of the first `stations`.

    Whether a ferry leads there is another question: whoever has no way at all is told here too.
    """
    land = _pieces(network)
    here = set(land[seeds.node[seeds.source < stations]].tolist())
    at = ends.node.max(axis=1)
    joined = at >= 0
    found: Mask = joined & ~np.isin(land[np.maximum(at, 0)], sorted(here))
    return found


def villages(mask: Mask, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """This will return the villages with such cells and their people, most people first."""
    cells, names = asked["cells"], asked["names"]
    people: dict[str, int] = {}
    for at in np.flatnonzero(mask):
        code = cells["village"][at]
        people[code] = people.get(code, 0) + max(0, cells["people"][at])
    found = [
        {"code": code, "name": names.get(code, code), "people": count}
        for code, count in people.items()
    ]
    return sorted(found, key=lambda one: (-int(str(one["people"])), str(one["code"])))


def _pieces(network: Network) -> NDArray[np.int32]:
    """The number of the piece of land of each node: what roads join, crossings left out."""
    tail = np.repeat(np.arange(network.nodes), np.diff(network.first))
    dry = ~network.ferry
    arcs = coo_matrix(
        (np.ones(int(dry.sum()), np.int8), (tail[dry], network.head[dry])),
        shape=(network.nodes, network.nodes),
    )
    pieces: NDArray[np.int32] = connected_components(arcs, directed=True, connection="weak")[1]
    return pieces
