"""Costs, people and candidates from files, for `./yike siting`: any numbers, kept as they stand.

Three ways to give costs: a table (first line demands, first column candidates; without names a
square table of one set of places), a list of pairs (`station_id,cell_id,seconds`), or a p-median
file of the OR-Library. An empty field or a missing pair means that nobody gets there.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yike.engines.siting import UNLIMITED, UNREACHED
from yike.house.planner import tables
from yike.house.planner.tables import Table, TableError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: costs with more digits behind the point than this are refused
_DIGITS = 3
#: a table of more pairs than this takes some gigabytes
_PAIRS = 100_000_000
_POWER = 400
_CANDIDATE = ("station_id", "candidate_id", "candidate", "id")
_DEMAND = ("cell_id", "demand_id", "demand", "id")
_COST = ("seconds", "cost", "minutes", "deciseconds", "time")
_PEOPLE = ("population", "people", "weight")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Costs:
    """Costs as whole numbers of 1/scale, int64[m, n], UNREACHED where nobody gets there."""

    cost: Ints
    scale: int
    candidates: list[str]
    demands: list[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """What a file of candidates says, in the order of the costs."""

    kinds: list[str]
    price: Ints
    capacity: Ints
    share: Ints
    kept: list[int]
    excluded: list[int]
    groups: list[list[int]]


def read_matrix(path: Path) -> Costs:
    """This will read a table of costs, with or without names; raises TableError."""
    lines = _rows(path)
    named = not _is_number(lines[0][1][0])
    head = [name.strip() for name in lines[0][1]]
    body = lines[1:] if named else lines
    if not body:
        raise TableError(f"{path.name} 只有列名，没有一行成本。")
    for number, cells in body:
        if len(cells) != len(head):
            raise TableError(
                f"{path.name} 第 {number} 行有 {len(cells)} 列，第一行有 {len(head)} 列；"
                "每行列数应当相同，到不了的留空但保留逗号。"
            )
    if not named and len(body) != len(head):
        raise TableError(
            f"{path.name} 没有名称，应当是方阵，现有 {len(body)} 行、{len(head)} 列；"
            "候选点和需求点不同时，请加一行需求点编号和一列候选点编号。"
        )
    demands = head[1:] if named else [str(place + 1) for place in range(len(head))]
    names = [c[0].strip() if named else str(k + 1) for k, (_, c) in enumerate(body)]
    if "" in names:
        line = body[names.index("")][0]
        raise TableError(f"{path.name} 第 {line} 行没有候选点编号，请补上。")
    if not demands:
        raise TableError(f"{path.name} 只有一列：第一列是候选点编号，后面各列是需求点。")
    values = np.array([_numbers(path, number, c[1:] if named else c) for number, c in body])
    return _scaled(path, values, names, demands)


def read_pairs(path: Path) -> Costs:
    """This will read `station_id,cell_id,seconds`; missing pairs are unreached.

    A line with neither station nor seconds names a cell that nobody reaches, as `reach nearest`
    writes it.
    """
    table = tables.read(path, needed=())
    whos = table.columns[_one_of(table, _CANDIDATE)]
    whoms = table.columns[_one_of(table, _DEMAND[:3])]
    texts = table.columns[_one_of(table, _COST)]
    names, demands = list(dict.fromkeys(filter(None, whos))), list(dict.fromkeys(whoms))
    who, whom = ({name: at for at, name in enumerate(each)} for each in (names, demands))
    if len(names) * len(demands) > _PAIRS:
        raise TableError(
            f"{path.name} 有 {len(names)} 个候选点、{len(demands)} 个需求点，合起来超过一亿对；"
            "请合并需求点或先去掉用不上的候选点。"
        )
    values = np.full((len(names), len(demands)), np.nan)
    seen: set[tuple[str, str]] = set()
    for line, i, j, text in zip(table.lines, whos, whoms, texts, strict=True):
        if j and not i and not text:
            continue
        if not i or not j:
            raise TableError(f"{path.name} 第 {line} 行缺少编号，请补上。")
        if (i, j) in seen:
            raise TableError(f"{path.name} 第 {line} 行：{i} 到 {j} 出现了两次，请只留一行。")
        seen.add((i, j))
        values[who[i], whom[j]] = _numbers(path, line, [text])[0]
    return _scaled(path, values, names, demands)


def read_people(path: Path, demands: Sequence[str]) -> Ints:
    """This will read the people of every demand; raises TableError where one is not told.

    Where nobody lives (0) nothing is counted, and nothing is wrong.
    """
    table = tables.read(path, needed=())
    ids = tables.identities(table, _one_of(table, _DEMAND))
    counts = tables.amounts(table, _one_of(table, _PEOPLE))
    if not counts.any():
        raise TableError(f"{path.name} 里没有一个需求点有人，请检查人数一列。")
    known = dict(zip(ids, counts, strict=True))
    _tell_left_out(path, known, demands)
    for place, demand in enumerate(demands):
        if demand not in known:
            raise TableError(
                f"{path.name}：第 {place + 1} 个需求点“{demand}”没有人数，"
                "请补上人数，或从成本表里删去这个点。"
            )
        count = known[demand]
        if count != int(count):
            raise TableError(f"{path.name}：需求点“{demand}”的人数 {count:g} 不是整数，请取整。")
    return np.array([int(known[demand]) for demand in demands], dtype=np.int64)


def _tell_left_out(path: Path, known: Mapping[str, float], demands: Sequence[str]) -> None:
    """On stderr: the people of places that the costs do not have; no plan counts them."""
    here = set(demands)
    left = [name for name in known if name not in here]
    if left:
        people = sum(known[name] for name in left)
        print(
            f"{path.name} 里有 {len(left)} 个需求点（共 {people:g} 人，如“{left[0]}”）"
            "不在成本表中，没有计入。",
            file=sys.stderr,
        )


def read_candidates(path: Path, names: Sequence[str], *, full: int) -> Candidates:
    """This will read `station_id[,kind][,price][,capacity][,share][,group][,kept][,excluded]`."""
    table = tables.read(path, needed=())
    ids = tables.identities(table, _one_of(table, _CANDIDATE))
    rows = {name: row for row, name in enumerate(ids)}
    lost = [name for name in names if name not in rows]
    if lost:
        raise TableError(f"{path.name} 里没有候选点“{lost[0]}”，成本表里有；请补上一行。")
    order = [rows[name] for name in names]
    groups: dict[str, list[int]] = {}
    for place, group in enumerate(_texts(table, "group", order, "")):
        if group:
            groups.setdefault(group, []).append(place)
    return Candidates(
        kinds=_texts(table, "kind", order, "station"),
        price=_wholes(table, "price", order, 1),
        capacity=_wholes(table, "capacity", order, UNLIMITED),
        share=_wholes(table, "share", order, full),
        kept=_marked(table, "kept", order),
        excluded=_marked(table, "excluded", order),
        groups=list(groups.values()),
    )


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    text = tables.text_of(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise TableError(f"{path.name} 是空的；应为成本矩阵：每行一个候选点，每列一个需求点。")
    if "," in first:
        return list(tables.rows_of(path))
    tables.refuse_separator(path.name, [first.replace("\t", " ")])
    lines = enumerate(text.splitlines(), 1)
    return [(number, line.split()) for number, line in lines if line.strip()]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _numbers(path: Path, line: int, cells: Sequence[str]) -> Floats:
    """The numbers of one line, NaN where a field is empty."""
    try:
        values = np.array([cell.strip() or "nan" for cell in cells], dtype=np.float64)
        wrong = _nan_among(cells) if np.isnan(values).any() else None
    except ValueError:
        wrong = next(cell for cell in cells if cell.strip() and not _is_number(cell))
    if wrong is not None:
        raise TableError(f"{path.name} 第 {line} 行的“{wrong.strip()}”不是数字；到不了的请留空。")
    if (values < 0).any():
        least = float(np.nanmin(values))
        raise TableError(f"{path.name} 第 {line} 行有负的成本 {least:g}：成本不能小于零。")
    if np.isinf(values).any():
        raise TableError(f"{path.name} 第 {line} 行有无穷大：到不了的请留空。")
    return values


def _nan_among(cells: Sequence[str]) -> str | None:
    """A field that says NaN: a slip of the table's maker, not somebody whom nobody reaches."""
    return next((c for c in cells if c.strip() and _is_number(c) and math.isnan(float(c))), None)


def _scaled(path: Path, values: Floats, names: list[str], demands: list[str]) -> Costs:
    finite = values[~np.isnan(values)]
    for digits in range(_DIGITS + 1):
        scaled = finite * 10**digits
        if np.abs(scaled - np.rint(scaled)).max(initial=0.0) < 1e-6:
            break
    else:
        raise TableError(f"{path.name} 的成本小数超过 {_DIGITS} 位，请先取整。")
    if scaled.max(initial=0.0) >= UNREACHED:
        raise TableError(f"{path.name} 的成本 {finite.max():g} 太大；到不了的请留空。")
    cost = np.where(np.isnan(values), UNREACHED, np.rint(np.nan_to_num(values) * 10**digits))
    return Costs(cost=cost.astype(np.int64), scale=10**digits, candidates=names, demands=demands)


def _one_of(table: Table, names: Sequence[str]) -> str:
    for name in names:
        if name in table.columns:
            return name
    raise TableError(f"{table.name} 缺少列 {names[0]}；第一行现有：{'、'.join(table.columns)}。")


def _texts(table: Table, column: str, order: list[int], default: str) -> list[str]:
    texts = table.columns.get(column)
    return [(texts[row] or default) if texts else default for row in order]


def _wholes(table: Table, column: str, order: list[int], default: int) -> Ints:
    if column not in table.columns:
        return np.full(len(order), default, dtype=np.int64)
    values = tables.counts_or_none(table, column)[order]
    values = np.where(np.isnan(values), default, values)
    broken = np.flatnonzero(values != np.rint(values))
    if len(broken):
        line = table.lines[order[broken[0]]]
        raise TableError(f"{table.name} 第 {line} 行的 {column} 不是整数，请改正。")
    return values.astype(np.int64)


def _marked(table: Table, column: str, order: list[int]) -> list[int]:
    """The places with a mark: 1, yes, true, 是."""
    marks = _texts(table, column, order, "")
    wrong = [mark for mark in marks if mark.lower() not in {*_YES, *_NO}]
    if wrong:
        raise TableError(f"{table.name} 的 {column} 列应填 1 或 0，现有“{wrong[0]}”。")
    return [place for place, mark in enumerate(marks) if mark.lower() in _YES]


_YES, _NO = ("1", "yes", "true", "是"), ("", "0", "no", "false", "否")


def exact(text: str) -> Fraction:
    """This will return a number as it is written, without rounding; raises ValueError.

    A power of ten beyond all use is refused before its digits are written out.
    """
    power = text.lower().partition("e")[2]
    if power and abs(int(power)) > _POWER:
        raise ValueError(text)
    return Fraction(text)
