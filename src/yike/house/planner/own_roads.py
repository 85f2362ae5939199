"""`./yike reach build ROADS.gpkg ...`: the office's own road layer in, a network out.

ROADS is a GeoPackage, a Shapefile or GeoJSON. What each field means is said by options; a class
gives its speed by a table (YAML) that an office may replace.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yike.engines.travel.arrays import MODES
from yike.engines.travel.network import Network
from yike.engines.travel.roads import SUFFIXES, Fields, Joining, network_of_roads, read_table
from yike.house.planner import build, moment_options, outputs

#: So many dangling ends are printed; the file holds more.
_SHOWN = 5


def main(argv: Sequence[str]) -> int:
    """This will build one network and store it; 0 done."""
    asked = outputs.checked(_parser().parse_args(argv))
    network = network_of_roads(
        asked.network,
        asked.mode,
        fields=Fields(
            road_class=asked.class_field,
            oneway=asked.oneway_field,
            speed=asked.speed_field,
            level=asked.level_field,
        ),
        table=read_table(asked.classes) if asked.classes else None,
        joining=Joining(tolerance=asked.tolerance, crossings=asked.split_crossings),
        layer=asked.layer,
        crs=asked.crs,
        encoding=asked.encoding,
    )
    network = moment_options.scheduled(network, asked)
    build.store(network, asked)
    _report(network, asked.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike reach build", description=__doc__)
    say: Any = parser.add_argument
    say("network", type=Path, help=" ".join(SUFFIXES))
    say("--mode", choices=MODES, required=True)
    moment_options.add_gtfs(parser)
    build.add_out(parser)
    say("--layer", help="which layer, where the file has several")
    say("--crs", help="of the coordinates, where the file does not say: EPSG:4549")
    say("--encoding", help="of a Shapefile's words, where the .cpg is wrong: GB18030")
    say("--class-field", help="the field with the class of a road")
    say("--oneway-field", help="the field with the direction of one-ways")
    say("--speed-field", help="the field with kilometres an hour (by car)")
    say("--level-field", help="the field with the level: 0 ground, 1 bridge, -1 tunnel")
    say("--classes", type=Path, help="the office's own table of classes (YAML)")
    say("--tolerance", type=float, default=0.5, help="metres within which ends meet (0.5)")
    say("--split-crossings", action="store_true", help="join lines that cross on one level")
    return parser


def _report(network: Network, out: Path) -> None:
    facts = network.facts
    report = facts["report"]
    _say(
        f"{out}：{network.nodes} 个节点，{network.arcs} 个路段，{report['kilometres']:g} 千米，"
        f"采用 {sum(facts['ways_used'].values())} 条线，"
        f"未采用 {sum(facts['ways_dropped'].values())} 条。"
    )
    for warning in facts["warnings"]:
        _say(f"  {warning}")
    _say(f"  断头 {report['dangling_ends']} 处，其中：{_places(report['dangling_places'])}")
    for piece in facts["pieces"]["listed"][1:]:
        _say(f"  与主路网不连通的一片：（{piece['lon']}, {piece['lat']}），{piece['nodes']} 个节点")


def _places(places: list[list[float]]) -> str:
    return "、".join(f"（{lon}, {lat}）" for lon, lat in places[:_SHOWN]) or "无"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
