"""A network laid on a flat plane of metres and turned in the direction of the search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yike.engines.travel.arrays import Bools, Floats, Ints, Mode
from yike.engines.travel.network import Network, rows
from yike.engines.travel.plane import Plane, plane_around


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The arcs as they are searched, with what an area needs of each.

    x, y: metres of each node; first, head, cost: arcs (CSR) in the direction of the search;
    closed: nobody leaves this arc between its ends (a ferry, a motorway); open_node: some arc at
    the node is not closed; toward: the arcs are reversed, times are those of people who travel to
    the starting point.
    """

    plane: Plane
    x: Floats
    y: Floats
    first: Ints
    head: Ints
    cost: Ints
    closed: Bools
    open_node: Bools
    toward: bool
    mode: Mode


def ground_of(network: Network, *, toward: bool = True) -> Ground:
    """This will lay a network out for areas; make it once and ask it for many."""
    plane = plane_around(network.lon, network.lat)
    x, y = plane.metres(network.lon, network.lat)
    tail, head, closed = network.tails(), network.head, ~network.joinable
    open_node = np.zeros(network.nodes, np.bool_)
    open_node[tail[~closed]] = True
    open_node[head[~closed]] = True
    arcs = (network.first, network.head, network.cost)
    if toward:
        arcs = rows(network.nodes, head, tail, network.cost)
        closed = closed[np.lexsort((tail, head))]
    return Ground(
        plane=plane,
        x=np.ascontiguousarray(x),
        y=np.ascontiguousarray(y),
        first=arcs[0],
        head=arcs[1],
        cost=arcs[2],
        closed=closed,
        open_node=open_node,
        toward=toward,
        mode=network.mode,
    )
