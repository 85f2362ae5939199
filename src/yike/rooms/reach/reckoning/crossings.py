"""Who reaches a station only over water: cells on other land than every station. Pure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.travel.network import Network, rows
from yike.engines.travel.pieces import strong_pieces
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
    tail = np.repeat(np.arange(network.nodes, dtype=np.int32), np.diff(network.first))
    tail, head = tail[~network.ferry], network.head[~network.ferry]
    there, back = np.concatenate([tail, head]), np.concatenate([head, tail])
    first, near, _ = rows(network.nodes, there, back, np.zeros(len(there), np.int32))
    return strong_pieces(first, near)
