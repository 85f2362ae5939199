"""Stations and cells as CSV files, in with clear refusals, out whole or not at all.

Read: UTF-8 with or without a mark, or GB 18030, as a Chinese Excel writes it. Coordinates are WGS84
degrees as they stand.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: More people, or hours, than any county has; beyond it sums would no longer be exact.
_MOST = 1e12


class TableError(ValueError):
    """A table cannot be used; the message names file, row and the way out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stations:
    """Stations in the order of the file; `open` and `capacity` where the columns are there."""

    ids: list[str]
    lon: Floats
    lat: Floats
    open: list[str] | None
    capacity: Floats | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Cells in the order of the file; `population` and further counts where columns are there.

    `groups`: every other column that holds only numbers from zero up, by its name.
    """

    ids: list[str]
    lon: Floats
    lat: Floats
    population: Floats | None
    groups: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a CSV file by column, each row with the number of its line in the file."""

    name: str
    columns: dict[str, list[str]]
    lines: list[int]


def read_stations(path: Path) -> Stations:
    """This will read `station_id,lon,lat[,open][,capacity]`; raises TableError."""
    table = read(path, needed=("station_id", "lon", "lat"))
    lon, lat = coordinates(table)
    return Stations(
        ids=identities(table, "station_id"),
        lon=lon,
        lat=lat,
        open=table.columns.get("open"),
        capacity=amounts(table, "capacity") if "capacity" in table.columns else None,
    )


def read_cells(path: Path) -> Cells:
    """This will read `cell_id,lon,lat[,population][,further groups]`; raises TableError."""
    table = read(path, needed=("cell_id", "lon", "lat"))
    lon, lat = coordinates(table)
    known = {"cell_id", "lon", "lat", "population"}
    others = [name for name in table.columns if name not in known]
    return Cells(
        ids=identities(table, "cell_id"),
        lon=lon,
        lat=lat,
        population=amounts(table, "population") if "population" in table.columns else None,
        groups={name: amounts(table, name) for name in others if _all_numbers(table, name)},
    )


def read(path: Path, *, needed: Sequence[str]) -> Table:
    """This will read a CSV file with a head line; raises TableError naming what is missing."""
    rows = rows_of(path)
    head = [name.strip() for name in next(rows, (1, []))[1]]
    if not any(head):
        raise TableError(f"{path.name} 是空的；第一行应为列名：{','.join(needed)}。")
    refuse_separator(path.name, head)
    missing = [name for name in needed if name not in head]
    if missing:
        raise TableError(
            f"{path.name} 缺少列 {'、'.join(missing)}；第一行现有：{'、'.join(head)}。"
            f"请把列名改为 {','.join(needed)}。"
        )
    doubled = {name for name in head if name and head.count(name) > 1}
    if doubled:
        raise TableError(f"{path.name} 的列名 {'、'.join(sorted(doubled))} 出现两次，请删去一列。")
    return _columns(path.name, head, rows)


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """This will yield the rows that hold anything, with the line each ends at; raises TableError.

    A quote that is never closed is refused: it would swallow all rows after it.
    """
    rows = csv.reader(io.StringIO(text_of(path), newline=""), strict=True)
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield rows.line_num, cells
    except csv.Error as why:
        raise TableError(
            f"{path.name} 到第 {rows.line_num} 行不是可读的 CSV 表（{why}），"
            "请检查双引号是否成对，或另存为 CSV（UTF-8）再试。"
        ) from why


def refuse_separator(name: str, head: Sequence[str]) -> None:
    """This will refuse a first line that is parted by something else than commas."""
    for mark, said in ((";", "分号"), ("\t", "制表符"), ("；", "分号"), ("，", "全角逗号")):
        if len(head) == 1 and mark in head[0]:
            raise TableError(f"{name} 的各列用{said}分隔，应为逗号；请另存为 CSV（逗号分隔）再试。")
    if head[0].lower().startswith("sep="):
        raise TableError(f"{name} 的第一行是“{','.join(head)}”，应为列名；请删去这一行。")


def _columns(name: str, head: list[str], rows: Iterator[tuple[int, list[str]]]) -> Table:
    kept, lines = [], []
    for line, cells in rows:
        if len(cells) != len(head):
            raise TableError(
                f"{name} 第 {line} 行有 {len(cells)} 列，第一行有 {len(head)} 列；"
                "含逗号的内容请用双引号括起来。"
            )
        kept.append(cells)
        lines.append(line)
    if not kept:
        raise TableError(f"{name} 只有列名，没有一行内容。")
    columns = {title: [row[at].strip() for row in kept] for at, title in enumerate(head) if title}
    return Table(name, columns, lines)


def text_of(path: Path) -> str:
    """This will read UTF-8, GB 18030 or UTF-16 with its mark; raises TableError."""
    raw = path.read_bytes()
    if b"\0" in raw[:4096] and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError(f"{path.name} 不是文本表格；请在表格软件里另存为 CSV（UTF-8）再试。")


def identities(table: Table, column: str) -> list[str]:
    """This will return the ids; raises TableError where one is empty or stands twice."""
    seen: dict[str, int] = {}
    for line, value in zip(table.lines, table.columns[column], strict=True):
        if not value:
            raise TableError(f"{table.name} 第 {line} 行没有 {column}，请补上编号。")
        if value in seen:
            raise TableError(
                f"{table.name} 第 {line} 行的 {column}“{value}”与第 {seen[value]} 行重复，"
                "请删去一行或改用不同的编号。"
            )
        seen[value] = line
    return list(seen)


def coordinates(table: Table) -> tuple[Floats, Floats]:
    """This will return (lon, lat) float64; raises TableError where one is off the globe."""
    lon, lat = _numbers(table, "lon"), _numbers(table, "lat")
    wrong = np.flatnonzero((np.abs(lon) > 180) | (np.abs(lat) > 90))
    for at in wrong[:1]:
        where = f"{table.name} 第 {table.lines[at]} 行：经度 {lon[at]:g}、纬度 {lat[at]:g} "
        if abs(lat[at]) <= 180 and abs(lon[at]) <= 90:
            raise TableError(where + "像是写反了，请交换两列。")
        raise TableError(where + "不在地球上；应为十进制度，如 121.87 和 29.48。")
    return lon, lat


def amounts(table: Table, column: str) -> Floats:
    """This will return numbers from zero up, an empty field as zero; raises TableError."""
    values = _numbers(table, column, empty=0.0)
    below = np.flatnonzero(values < 0)
    if len(below):
        at = below[0]
        raise TableError(
            f"{table.name} 第 {table.lines[at]} 行的 {column} 是 {values[at]:g}，"
            "不能小于零，请改正。"
        )
    above = np.flatnonzero(values > _MOST)
    if len(above):
        raise TableError(
            f"{table.name} 第 {table.lines[above[0]]} 行的 {column} 是 {values[above[0]]:g}，"
            "大得不可能，请改正。"
        )
    return values


def counts_or_none(table: Table, column: str) -> Floats:
    """This will return numbers from zero up, NaN where the field is empty; raises TableError."""
    values = amounts(table, column)
    values[[not text for text in table.columns[column]]] = np.nan
    return values


def _numbers(table: Table, column: str, empty: float | None = None) -> Floats:
    values = np.empty(len(table.lines), np.float64)
    for at, text in enumerate(table.columns[column]):
        number = _number(text) if text or empty is None else empty
        if number is None:
            said = f"“{text}”不是数字" if text else "没有填写"
            raise TableError(f"{table.name} 第 {table.lines[at]} 行的 {column} {said}，请改正。")
        values[at] = number
    return values


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if "_" in text:  # a slip of the keyboard to people, a mark between thousands to Python
        return None
    return number if math.isfinite(number) else None


def _all_numbers(table: Table, column: str) -> bool:
    numbers = [_number(text) for text in table.columns[column] if text]
    return bool(numbers) and all(n is not None and 0 <= n <= _MOST for n in numbers)


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """This will open a text file beside its place and rename it when the block ends well."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """This will write a CSV file in UTF-8, lines ended by LF, whole or not at all."""
    with written(path) as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(head)
        table.writerows(rows)
