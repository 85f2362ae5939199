"""`./yike map build SOURCE --out FILE` and `./yike map use FILE`: the offline base map."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from yike.house import config as house_config
from yike.house.basemap import building, using
from yike.house.basemap.reading import NotMapped
from yike.house.planner import outputs
from yike.house.planner.tables import TableError


def needs_database(argv: Sequence[str]) -> bool:
    """This will say that no word of this command asks for the database."""
    return False


def main(argv: Sequence[str]) -> int:
    """This will build a base map or put one into service; 0 done, 1 refused with a sentence."""
    asked = _parser().parse_args(argv)
    try:
        return _build(asked) if asked.word == "build" else _use(asked.file)
    except (NotMapped, TableError, OSError) as why:
        _say(str(why))
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike map", description=__doc__)
    words = parser.add_subparsers(dest="word", required=True)
    build = words.add_parser("build", help="make a base map of an OpenStreetMap extract")
    build.add_argument("source", type=Path, help=".osm[.gz|.bz2|.pbf] of the county and its edges")
    build.add_argument("--outlines", type=Path, help="the office's outlines: .geojson, .gpkg, .shp")
    build.add_argument("--county", default="", help="only outlines whose code begins with this")
    build.add_argument("--out", type=Path, required=True, help="the .pmtiles file to write")
    build.add_argument("--use", action="store_true", help="and put it into service")
    use = words.add_parser("use", help="put a built base map into service")
    use.add_argument("file", type=Path)
    return parser


def _build(asked: argparse.Namespace) -> int:
    outputs.checked(asked)
    if asked.out.suffix != ".pmtiles":
        raise NotMapped(f"--out {asked.out} 应以 .pmtiles 结尾。")
    begun = time.monotonic()
    built = building.build(asked.source, asked.out, outlines=asked.outlines, county=asked.county)
    _say(
        f"{asked.out}：{built.tiles} 个瓦片，{built.size / 1e6:.1f} MB，"
        f"最大的瓦片 {built.largest / 1000:.0f} kB，用时 {time.monotonic() - begun:.0f} 秒。"
    )
    _say("  " + "，".join(f"{name} {count}" for name, count in sorted(built.shapes.items())))
    for fault in built.faults:
        _say(f"  注意：{fault}")
    return _use(asked.out) if asked.use else 0


def _use(file: Path) -> int:
    base = using.use(file, house_config.read().state_dir)
    _say(f"{file.name} 已启用（{base.name}）。页面上的地图下次打开就用它，不用重启。")
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
