"""The roads of a question: a `.net` file, or OpenStreetMap roads made into a network here and now.

One process then goes from the file to the answer. The network is made as `./yike reach build` makes
it, is told on stderr in the same words, and is kept only where `--keep` names a file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from yike.engines.travel import storage
from yike.engines.travel.arrays import MODES
from yike.engines.travel.network import Network
from yike.house.planner.tables import TableError

#: As `osm.SUFFIXES` and `roads.SUFFIXES`, without loading what reads them.
_OSM = (".osm", ".osm.gz", ".osm.bz2", ".pbf")
_OWN = (".gpkg", ".shp", ".geojson", ".json")


def add_network(parser: argparse.ArgumentParser) -> None:
    """This will add the network of a question and how roads are made into one."""
    parser.add_argument(
        "network", type=Path, help="a .net file of ./yike reach build, or .osm[.gz|.bz2|.pbf]"
    )
    parser.add_argument("--mode", choices=MODES, help="with a file of roads: who travels")
    parser.add_argument("--speeds", type=Path, help="with a file of roads: a table of speeds")
    parser.add_argument("--keep", type=Path, help="write the network made, as a .net file")


def network_asked(asked: argparse.Namespace) -> Network:
    """This will load the network, or make it of roads; raises TravelError, TableError."""
    name = asked.network.name.lower()
    if name.endswith(_OWN):
        raise TableError(
            f"{asked.network.name} 是单位自有的道路图层，要先说明各字段的含义："
            f"请先运行 ./yike reach build {asked.network} --mode walk --out 路网.net，"
            "再用得到的 .net。"
        )
    if not name.endswith(_OSM):
        return _stored(asked)
    if asked.mode is None:
        raise TableError(
            f"{asked.network.name} 是道路数据，请用 --mode walk、cycle 或 car 说明怎样出行。"
        )
    from yike.house.planner import build

    return build.made(asked)


def _stored(asked: argparse.Namespace) -> Network:
    """A ready network takes no options that belong to the making of one."""
    useless = [f"--{word}" for word in ("speeds", "keep", "gtfs") if getattr(asked, word, None)]
    if useless:
        raise TableError(
            f"{'、'.join(useless)} 只在直接给出道路数据（.osm、.osm.pbf）时有用；"
            f"{asked.network.name} 已是做好的路网，请去掉，或用 ./yike reach build 重新生成。"
        )
    network = storage.load(asked.network)
    if asked.mode not in (None, network.mode):
        raise TableError(
            f"{asked.network.name} 是 {network.mode} 的路网，--mode 却是 {asked.mode}；"
            "请改用那种方式的路网，或去掉 --mode。"
        )
    return network
