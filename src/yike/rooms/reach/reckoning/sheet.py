"""A CSV table of population cells, read with refusals that name the line."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

from yike.engines.coverage.errors import CoverageError

NEEDED = ("cell_id", "lon", "lat", "population")
GROUPS = ("elderly", "children", "disabled")
#: Column → what else it may be called.
ALSO = {
    "cell_id": ("编号", "单元编号", "网格编号"),
    "lon": ("经度",),
    "lat": ("纬度",),
    "population": ("人口", "人数", "常住人口"),
    "elderly": ("老年人", "老人"),
    "children": ("儿童", "未成年人"),
    "disabled": ("残疾人",),
    "region_code": ("区划代码", "village_code", "town_code", "村代码", "乡镇代码"),
    "zone": ("地区类别",),
}
#: A county has fewer cells of a hundred metres; more is another county's file, or a raster.
MOST = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Columns of one length, in the order of the file; `people` and groups -1 where left empty."""

    lines: list[int]
    ids: list[str]
    lon: list[float]
    lat: list[float]
    people: list[float]
    groups: dict[str, list[float]]
    codes: list[str]
    zones: list[str]


def read(path: Path) -> Sheet:
    """This will read the table; raises CoverageError naming line, column and the way out."""
    rows = csv.reader(io.StringIO(_text(path), newline=""))
    head = _head([name.strip().lower() for name in next(rows, [])], path.name)
    try:
        kept = [
            (rows.line_num, _named(head, row, rows.line_num))
            for row in rows
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as why:
        raise CoverageError(f"{path.name} 不是可读的 CSV 表（{why}），请另存为 CSV。") from why
    if not kept or len(kept) > MOST:
        raise CoverageError(f"{path.name} 应有 1 到 {MOST:,} 行人口单元，现在有 {len(kept):,} 行。")
    return _sheet(kept, head)


def _text(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CoverageError(f"{path.name} 不是文本表格；请在表格软件里另存为 CSV（UTF-8）再传。")


def _head(typed: list[str], name: str) -> list[str]:
    known = {other: column for column, others in ALSO.items() for other in (column, *others)}
    head = [known.get(title, "") for title in typed]
    lacking = [column for column in NEEDED if column not in head]
    if lacking:
        raise CoverageError(
            f"{name} 第一行缺少列 {'、'.join(lacking)}；第一行应为 "
            "cell_id,lon,lat,population[,elderly,children,disabled][,region_code][,zone]。"
        )
    twice = [column for column in set(head) if column and head.count(column) > 1]
    if twice:
        raise CoverageError(f"{name} 的列 {'、'.join(sorted(twice))} 出现两次，请删去一列。")
    return head


def _named(head: list[str], row: list[str], line: int) -> dict[str, str]:
    if len(row) != len(head):
        raise CoverageError(f"第 {line} 行有 {len(row)} 列，第一行有 {len(head)} 列，请补齐。")
    return {column: cell.strip() for column, cell in zip(head, row, strict=True) if column}


def _sheet(rows: list[tuple[int, dict[str, str]]], head: list[str]) -> Sheet:
    groups = [name for name in GROUPS if name in head]
    return Sheet(
        lines=[line for line, _ in rows],
        ids=_ids(rows),
        lon=[_number(line, row, "lon") for line, row in rows],
        lat=[_number(line, row, "lat") for line, row in rows],
        people=[_people(line, row, "population") for line, row in rows],
        groups={name: [_people(line, row, name) for line, row in rows] for name in groups},
        codes=[row.get("region_code", "") for _, row in rows],
        zones=[row.get("zone", "") for _, row in rows],
    )


def _ids(rows: list[tuple[int, dict[str, str]]]) -> list[str]:
    seen: dict[str, int] = {}
    for line, row in rows:
        name = row["cell_id"]
        if not name or name in seen:
            also = f"与第 {seen[name]} 行重复" if name else "没有填写"
            raise CoverageError(f"第 {line} 行的编号“{name}”{also}，请改正。")
        seen[name] = line
    return list(seen)


def _number(line: int, row: dict[str, str], column: str) -> float:
    try:
        number = float(row[column])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise CoverageError(f"第 {line} 行的 {column}“{row[column]}”不是数字，请改正。")
    return number


def _people(line: int, row: dict[str, str], column: str) -> float:
    if not row[column]:
        return -1.0
    number = _number(line, row, column)
    if number < 0:
        raise CoverageError(f"第 {line} 行的 {column} 是 {number:g}，不能小于零；不知道的请留空。")
    return number
