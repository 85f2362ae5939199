"""`./yike calendar FILE.csv --year 2027 --source 文号`: loads the holiday notice of a year.

Columns: date,kind,name; kind is 休 (free) or 班 (worked in exchange). UTF-8, with or without BOM.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

_AT_ONCE = 500


def main(argv: Sequence[str] | None = None) -> int:
    """This will load a notice; 0 done, 1 refused with a sentence, 2 no readable file."""
    parser = argparse.ArgumentParser(prog="./yike calendar", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--source", required=True, help="the notice's number or title")
    parser.add_argument("--code", default="office", help="which calendar (office)")
    asked = parser.parse_args(argv)
    from yike.rooms.clocks import actions
    from yike.rooms.clocks.actions.holidays import NoticeDay
    from yike.rooms.core.actor import system
    from yike.rooms.core.refusal import Refusal
    from yike.rooms.guard.acting import acting

    try:
        lines = asked.file.read_text(encoding="utf-8-sig").splitlines()
        days = [
            NoticeDay(day=date.fromisoformat(row["date"]), kind=row["kind"], name=row["name"])
            for row in csv.DictReader(lines)
        ]
    except (OSError, ValueError, KeyError) as broken:
        sys.stderr.write(f"读不懂 {asked.file}：{broken}。应有 date,kind,name 三列。\n")
        return 2
    try:
        with acting(system("calendar")) as house:
            made = actions.announce_year(
                code=asked.code, year=asked.year, days=days, source=asked.source, actor=house
            )
    except Refusal as no:
        sys.stderr.write(f"{no.sentence}{no.way_on}\n")
        return 1
    moved = _renew(asked.code)
    done = f"已载入，日历第 {made.version} 版" if made.made else "内容没有变化"
    sys.stdout.write(f"{asked.year} 年 {len(days)} 天：{done}；重算 {moved} 个时限。\n")
    return 0


def _renew(code: str) -> int:
    """Clocks that went beyond the known holidays are reckoned again, some at a time."""
    from yike.rooms.clocks import actions
    from yike.rooms.core.actor import system
    from yike.rooms.guard.acting import acting

    moved, some = 0, _AT_ONCE
    while some == _AT_ONCE:
        with acting(system("calendar")) as house:
            some = actions.renew_clocks(calendar_code=code, limit=_AT_ONCE, actor=house)
        moved += some
    return moved
