"""Stations and cells of the tables, joined to a network: what measures of reach begin with."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from yike.engines.travel.network import Network
from yike.engines.travel.points import Ends, Seeds
from yike.engines.travel.snapping import Snapper
from yike.house.planner import moment_options, nearest, shifts, tables
from yike.house.planner.tables import Cells, Stations, Table, TableError


class Journeys(NamedTuple):
    """From every cell to every station, on one network."""

    network: Network
    seeds: Seeds
    ends: Ends


def journeys(
    network: Network, stations: Stations, table: Table, asked: argparse.Namespace
) -> Journeys:
    """This will join both tables to the network by the options of `nearest.add_joining`.

    Stations and cells too far from every road are named on stderr; cells then are unreachable.
    Refuses swapped columns and a table without any station near a road.
    """
    lon, lat = tables.coordinates(table)
    ids = tables.identities(table, "cell_id")
    cells = Cells(ids=ids, lon=lon, lat=lat, population=None, groups={})
    nearest.check_side(network, asked.stations.name, stations)
    nearest.check_side(network, asked.cells.name, cells)
    moment_options.remind(network, timed=False)
    snapper = Snapper(network)
    shifts.tell_shift(asked.stations.name, stations, snapper)
    shifts.tell_shift(asked.cells.name, cells, snapper)
    whence, where = (
        snapper.join(points.lon, points.lat, farthest=asked.farthest, pace=asked.pace)
        for points in (cells, stations)
    )
    nearest.tell_unjoined(asked.stations.name, stations.ids, where, asked.farthest)
    nearest.tell_cut_off(asked.stations.name, stations.ids, where, snapper, network)
    nearest.tell_unjoined(asked.cells.name, ids, whence, asked.farthest)
    if len(where.unreached()) == len(stations.ids):
        raise TableError(
            f"{asked.stations.name} 里没有一个站点在路网 {asked.farthest:g} 米以内；"
            "请检查路网是不是本县的、坐标是不是 WGS84，或用 --farthest 放宽距离。"
        )
    return Journeys(network, snapper.seeds(where), snapper.ends(whence, where))
