"""A coast road of eleven places, a hundred seconds apart, and an island that no road leads to."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from yike.engines.travel import storage
from yike.engines.travel.layering import prepared
from yike.engines.travel.network import Network, network_from_arcs

LON = [121.5 + 0.01 * place for place in range(11)] + [121.9, 121.91]
LAT = [29.2] * 11 + [29.0, 29.0]


def network() -> Network:
    """This will return the road, prepared; places 11 and 12 are the island."""
    one = np.r_[np.arange(10), 11]
    return prepared(
        network_from_arcs(
            lon=LON,
            lat=LAT,
            tail=np.r_[one, one + 1],
            head=np.r_[one + 1, one],
            cost=np.full(22, 1000),
            mode="walk",
        )
    )


def stored(folder: Path) -> Path:
    """This will store the network and return its file."""
    path = folder / "coast.net"
    storage.save(network(), path)
    return path


def table(path: Path, head: str, *rows: str) -> Path:
    """This will write a table; `@n` in a row stands for the lon,lat of place n."""
    lines = [
        ",".join(_place(field) if field.startswith("@") else field for field in row.split(","))
        for row in rows
    ]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def _place(field: str) -> str:
    number = int(field[1:])
    return f"{LON[number]:.6f},{LAT[number]:.6f}"
