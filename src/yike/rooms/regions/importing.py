"""`./yike region import FILE.csv`: a county from a file, whole or not at all.

Columns: code,name,level,parent_code and, when known, lon,lat,crs,population,year. UTF-8 (with or
without BOM) or GB 18030. Every fault is listed with its line before anything is written.
"""

# The command is looked up before Django is ready: whatever needs tables is imported when used.
from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from yike.rooms.core.actor import Actor, system


def main(argv: Sequence[str] | None = None) -> int:
    """This will import a file, or with --dry-run only check it; 0 done, 1 faults, 2 no file.

    Words: import FILE.csv [--dry-run].
    """
    options = _parser().parse_args(argv)
    try:
        raw = options.file.read_bytes()
    except OSError as broken:
        sys.stderr.write(f"读不到文件 {options.file}：{broken.strerror}\n")
        return 2
    from yike.rooms.guard.acting import acting

    with acting(system("regions.import")) as actor:
        return import_file(raw, name=options.file.name, dry_run=options.dry_run, actor=actor)


def import_file(raw: bytes, *, name: str, dry_run: bool, actor: Actor) -> int:
    """This will check the bytes and import them when nothing is wrong; prints what it did."""
    from yike.rooms.regions import actions, checking

    checked = checking.check(raw, name=name)
    if checked.faults:
        for fault in checked.faults:
            sys.stderr.write(f"{fault}\n")
        sys.stderr.write(f"共 {len(checked.faults)} 处错误，未导入任何内容。\n")
        return 1
    found = f"{len(checked.regions)} 个区划、{len(checked.populations)} 条人口数"
    if dry_run:
        sys.stdout.write(f"检查通过：{found}。未写入（--dry-run）。\n")
        return 0
    written = actions.import_regions(
        regions=checked.regions, populations=checked.populations, file_name=name, actor=actor
    )
    sys.stdout.write(f"已导入 {found}：新增 {written.added} 个，更新 {written.changed} 个。\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./yike region", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="import")
    importing = commands.add_parser("import", help="导入一个县的区划（CSV）")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    return parser
