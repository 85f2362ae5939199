"""`./yike reach build NETWORK --mode walk|cycle|car --out N.net`: roads in, a network out.

What was used, what was dropped and which islands there are goes to stderr and into the file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from yike.engines.travel import storage
from yike.engines.travel.arrays import MODES
from yike.engines.travel.network import Network
from yike.engines.travel.osm import network_from_osm
from yike.house.planner import moment_options, outputs

#: As `roads.SUFFIXES`: an office's own layer.
_OWN = (".gpkg", ".shp", ".geojson", ".json")


def main(argv: Sequence[str]) -> int:
    """This will build one network and store it; 0 done. The office's own roads: see own_roads."""
    if any(Path(word).suffix.lower() in _OWN for word in argv):
        from yike.house.planner import own_roads

        return own_roads.main(argv)
    asked = outputs.checked(_parser().parse_args(argv))
    network = network_from_osm(asked.network, asked.mode, asked.speeds)
    network = moment_options.scheduled(network, asked)
    store(network, asked)
    _report(network, str(asked.out))
    return 0


def made(asked: argparse.Namespace) -> Network:
    """This will make the network of a question, tell it, and keep it where `keep` says."""
    network = network_from_osm(asked.network, asked.mode, asked.speeds)
    network = moment_options.scheduled(network, asked)
    if asked.keep:
        storage.save(network, asked.keep)
    _report(network, str(asked.keep or f"{asked.network.name}（{asked.mode}）"))
    return network


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike reach build", description=__doc__)
    parser.add_argument("network", type=Path, help=".osm[.gz|.bz2|.pbf], or .gpkg, .shp, .geojson")
    parser.add_argument("--mode", choices=MODES, required=True)
    parser.add_argument("--speeds", type=Path, help="the office's own table of speeds (YAML)")
    moment_options.add_gtfs(parser)
    add_out(parser)
    return parser


def add_out(parser: argparse.ArgumentParser) -> None:
    """This will add the options on the file to write."""
    parser.add_argument("--out", type=Path, required=True, help="the .net file to write")
    parser.add_argument(
        "--prepare",
        action="store_true",
        help="make now what nearest --k, nearest --at and e2sfca search by;"
        " otherwise each of them makes it for itself",
    )


def store(network: Network, asked: argparse.Namespace) -> None:
    """This will write the network, with its hierarchy where that is asked for."""
    if asked.prepare:
        from yike.engines.travel.layering import prepared

        network = prepared(network)
    storage.save(network, asked.out)


def _report(network: Network, name: str) -> None:
    facts = network.facts
    used, dropped = facts["ways_used"], facts["ways_dropped"]
    _say(
        f"{name}：{network.nodes} 个节点，{network.arcs} 个路段，"
        f"采用 {sum(used.values())} 条路，未采用 {sum(dropped.values())} 条。"
    )
    for why, count in dropped.items():
        _say(f"  未采用 {count} 条：{why}")
    islands = facts["pieces"]["listed"][1:]
    for piece in islands:
        near = f"“{piece['place']}”附近" if piece["place"] else ""
        _say(
            f"  与主路网不连通的一片：{near}（{piece['lon']}, {piece['lat']}），"
            f"{piece['nodes']} 个节点"
        )
    if facts["pieces"]["small_nodes"]:
        others = facts["pieces"]["count"] - len(facts["pieces"]["listed"])
        _say(f"  另有不连通的小片 {others} 处，共 {facts['pieces']['small_nodes']} 个节点")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
