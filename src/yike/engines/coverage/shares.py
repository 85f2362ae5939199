"""Who lives within so many minutes: in all, by village, town, zone class and group of people.

The unreachable stay in the denominator and are listed. In every row covered + uncovered = total, in
whole people; cells whose people nobody knows are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import (
    MINUTE,
    UNKNOWN,
    UNREACHED,
    Ground,
    Ints,
    minutes_of,
    named,
)

EVERYBODY = "all"
#: Percent of the people by whom minutes are told beside the shares.
QUANTILES = (50, 75, 90, 95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place and group. `total` is None where no cell of it has a known count.

    `covered`, `uncovered`: people for each threshold; `unreachable` are among all the uncovered.
    `unknown_cells`: cells left out as nobody knows their count. `quantiles`: minutes within which
    so many percent live, None where those include the unreachable.
    """

    key: str
    name: str
    group: str
    cells: int
    unknown_cells: int
    total: int | None
    covered: tuple[int, ...]
    uncovered: tuple[int, ...]
    unreachable: int | None
    quantiles: tuple[float | None, ...]

    @property
    def median(self) -> float | None:
        """Minutes within which half of the people live."""
        return self.quantiles[0] if self.quantiles else None

    def shares(self) -> tuple[float | None, ...]:
        """This will return covered / total for each threshold; None where there is nobody."""
        if not self.total:
            return tuple(None for _ in self.covered)
        return tuple(one / self.total for one in self.covered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One cell that is not covered; `minutes` None where no way leads to a station."""

    name: str
    people: int | None
    minutes: float | None
    places: tuple[tuple[str, str], ...]


def tables(
    deciseconds: Ints, ground: Ground, *, minutes: Sequence[int], by: Sequence[str] = ()
) -> list[Row]:
    """This will return rows in all and by each key of `by`, each for everybody and every group.

    `deciseconds`: int[n] to the nearest station, UNREACHED where there is no way; a threshold is
    met at exactly its minutes. Refuses keys that the ground does not have, and lost people.
    """
    _refuse(deciseconds, ground, minutes, by)
    rows: list[Row] = []
    for group, people in {EVERYBODY: ground.people, **ground.groups}.items():
        nowhere = np.zeros(len(ground.names), dtype=np.intp)
        rows += _rows(deciseconds, people, minutes, (EVERYBODY, group), [EVERYBODY], nowhere)
        for key in by:
            names, index = named(ground.keys[key])
            rows += _rows(deciseconds, people, minutes, (key, group), names, index)
    check_conserved(rows)
    return rows


def missed(deciseconds: Ints, ground: Ground, *, minutes: int) -> list[Missed]:
    """This will return the uncovered cells, most people first, the unreachable among them.

    Cells known to be empty are left out; those whose people nobody knows come last.
    """
    late = np.flatnonzero((deciseconds > minutes * MINUTE) & (ground.people != 0))
    order = late[np.lexsort((late, -ground.people[late]))]
    return [
        Missed(
            name=ground.names[cell],
            people=None if ground.people[cell] == UNKNOWN else int(ground.people[cell]),
            minutes=minutes_of(int(deciseconds[cell])),
            places=tuple((key, column[cell]) for key, column in ground.keys.items()),
        )
        for cell in order
    ]


def check_conserved(rows: Iterable[Row]) -> None:
    """This will refuse rows in which people were lost or counted twice.

    In every row covered + uncovered = total; over each key the rows of a group sum up to all.
    """
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.total is None:
            continue
        for ins, outs in zip(row.covered, row.uncovered, strict=True):
            if ins + outs != row.total or outs < (row.unreachable or 0):
                raise CoverageError(
                    f"“{row.name}”已覆盖 {ins} 人与未覆盖 {outs} 人之和不等于总数。"
                )
        at = (row.key, row.group)
        sums[at] = sums.get(at, 0) + row.total
    for (key, group), total in sums.items():
        whole = sums.get((EVERYBODY, group), total)
        if total != whole:
            raise CoverageError(f"按“{key}”合计 {total} 人，与总数 {whole} 人不符，请检查表格。")


def weighted_quantiles(
    values: Ints, weights: Ints, percents: Sequence[int] = QUANTILES
) -> list[int]:
    """This will return the least values within which so many percent of the weight lie.

    Values in rising order; whole numbers throughout, so that no rounding moves a step.
    """
    running = np.cumsum(weights)
    total = int(running[-1])
    return [int(values[np.searchsorted(running * 100, percent * total)]) for percent in percents]


def _refuse(deciseconds: Ints, ground: Ground, minutes: Sequence[int], by: Sequence[str]) -> None:
    if len(deciseconds) != len(ground.names):
        raise CoverageError(
            f"时间有 {len(deciseconds)} 个，人口单元有 {len(ground.names)} 个，请逐个给出。"
        )
    if not minutes or not all(0 < limit * MINUTE < UNREACHED for limit in minutes):
        raise CoverageError("请给出大于零、不过大的分钟数，如 5,10,15,30。")
    for key in by:
        if key not in ground.keys:
            raise CoverageError(f"人口表里没有“{key}”这一列，不能按它统计，请补上或去掉这一项。")


def _rows(
    deciseconds: Ints,
    people: Ints,
    minutes: Sequence[int],
    told: tuple[str, str],
    names: list[str],
    index: NDArray[np.intp],
) -> list[Row]:
    """One row for each name; cells are sorted once by name and time, then read in stretches."""
    order = np.lexsort((deciseconds, index))
    edges = np.searchsorted(index[order], np.arange(len(names) + 1))
    return [
        _row(deciseconds[cells], people[cells], minutes, (*told, name))
        for name, cells in zip(names, np.split(order, edges[1:-1]), strict=True)
    ]


def _row(
    deciseconds: Ints, people: Ints, minutes: Sequence[int], told: tuple[str, str, str]
) -> Row:
    """The row of cells in rising order of time."""
    known = people != UNKNOWN
    weights, times = people[known], deciseconds[known]
    total = int(weights.sum()) if known.any() else None
    covered = [int(weights[times <= limit * MINUTE].sum()) for limit in minutes]
    lost = int(weights[times >= UNREACHED].sum())
    beyond = [int(weights[times > limit * MINUTE].sum()) for limit in minutes]
    quantiles = [minutes_of(one) for one in weighted_quantiles(times, weights)] if total else []
    return Row(
        key=told[0],
        name=told[2],
        group=told[1],
        cells=len(people),
        unknown_cells=int((~known).sum()),
        total=total,
        covered=tuple(covered) if total is not None else (),
        uncovered=tuple(beyond) if total is not None else (),
        unreachable=lost if total is not None else None,
        quantiles=tuple(quantiles),
    )
