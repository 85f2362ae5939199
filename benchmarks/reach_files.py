"""Files of roads for the benchmark of reading them: a drawn one, and copies of a real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import osmium

from benchmarks import reach_ground

KINDS = ("residential", "unclassified", "tertiary", "primary")
#: Between the numbers of one copy and the next: beyond all that OpenStreetMap has given out.
_APART = 100_000_000_000
#: Degrees between two copies.
_GAP = 0.02


def copied(source: Path, copies: int, path: Path) -> Path:
    """This will write `copies` of an extract, each east of the last, with all it holds.

    Nodes of all copies come first, then ways, then relations, as in every extract.
    """
    step = _width(source) + _GAP
    with osmium.SimpleWriter(str(path)) as file:
        for kind in (osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION):
            for copy in range(copies):
                for thing in osmium.FileProcessor(str(source), kind):
                    _add(file, thing, copy * _APART, copy * step)
    return path


def _width(source: Path) -> float:
    nodes: Any = osmium.FileProcessor(str(source), osmium.osm.NODE)
    lon = [node.location.lon for node in nodes if node.location.valid()]
    return max(lon) - min(lon)


def _add(file: Any, thing: Any, more: int, east: float) -> None:
    if thing.is_node():
        spot = (thing.location.lon + east, thing.location.lat)
        file.add_node(thing.replace(id=thing.id + more, location=spot))
    elif thing.is_way():
        nodes = [node.ref + more for node in thing.nodes]
        file.add_way(thing.replace(id=thing.id + more, nodes=nodes))
    else:
        members = [(one.type, one.ref + more, one.role) for one in thing.members]
        file.add_relation(thing.replace(id=thing.id + more, members=members))


def written(path: Path, side: int, away: tuple[float, float] = (0.0, 0.0)) -> Path:
    """This will write a drawn network as OpenStreetMap data, each road with a bend on its way.

    `away`: degrees east and north of where it is drawn.
    """
    network = reach_ground.drawn(side, "walk")
    tail, head = network.tails(), network.head
    once = (tail < head) & ~network.ferry
    lon, lat = network.lon + away[0], network.lat + away[1]
    chance = np.random.default_rng(5)
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path)) as file:
        for node in range(network.nodes):
            spot = (float(lon[node]), float(lat[node]))
            file.add_node(osmium.osm.mutable.Node(id=node + 1, version=1, location=spot))
        ways = list(zip(tail[once].tolist(), head[once].tolist(), strict=True))
        bent = chance.random(len(ways)) < 0.3
        number = network.nodes
        for (one, other), bend in zip(ways, bent, strict=True):
            if bend:
                number += 1
                spot = ((lon[one] + lon[other]) / 2 + 1e-4, (lat[one] + lat[other]) / 2)
                place = (float(spot[0]), float(spot[1]))
                file.add_node(osmium.osm.mutable.Node(id=number, version=1, location=place))
        middle = network.nodes
        for at, ((one, other), bend) in enumerate(zip(ways, bent, strict=True)):
            middle += int(bend)
            nodes = [one + 1, *([middle + 0] if bend else []), other + 1]
            tags = {"highway": KINDS[int(chance.integers(4))]}
            if chance.random() < 0.05:
                tags["oneway"] = "yes"
            file.add_way(osmium.osm.mutable.Way(id=at + 1, version=1, nodes=nodes, tags=tags))
        _ferries(file, network, tail, head, len(ways))
    return path


def _ferries(file: Any, network: Any, tail: Any, head: Any, ways: int) -> None:
    for at in np.flatnonzero(network.ferry & (tail < head)):
        ways += 1
        nodes = [int(tail[at]) + 1, int(head[at]) + 1]
        tags = {"route": "ferry", "duration": "00:30"}
        file.add_way(osmium.osm.mutable.Way(id=ways, version=1, nodes=nodes, tags=tags))
