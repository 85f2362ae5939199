"""The people of a table of cells, as the engine wants them: whole, and unknown where left empty."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from yike.engines.coverage.ground import UNKNOWN, Ground, Ints, whole_people
from yike.house.planner.tables import Floats, Table, TableError, counts_or_none, identities

#: Columns that name where a cell lies, and columns that count some of its people.
KEYS = ("village", "town", "zone")
GROUPS = ("elderly", "children", "disabled")


def ground_of(table: Table, by: Sequence[str] = ()) -> Ground:
    """This will read `population`, the groups and the keys; raises TableError.

    Fractions of people are rounded so that the sum stays; an empty field is not known.
    """
    if "population" not in table.columns:
        raise TableError(
            f"{table.name} 没有 population（人口）列，无法按人数统计；请补上这一列，不知道的留空。"
        )
    given = counts_or_none(table, "population")
    people = whole_people(given)
    if not (people > 0).any():
        raise TableError(f"{table.name} 没有一个单元有人口，请检查 population 列。")
    missing = [key for key in by if key not in table.columns]
    if missing:
        raise TableError(
            f"{table.name} 没有 {'、'.join(missing)} 列，不能按它统计；请补上，或改 --by。"
        )
    kept = [key for key in dict.fromkeys((*KEYS, *by)) if key in table.columns]
    return Ground(
        names=identities(table, "cell_id"),
        people=people,
        keys={key: table.columns[key] for key in kept},
        groups={
            name: _group(table, name, given, people) for name in GROUPS if name in table.columns
        },
    )


def _group(table: Table, name: str, given: Floats, people: Ints) -> Ints:
    """One group in whole people; rounding alone lets it exceed nobody's total."""
    told = counts_or_none(table, name)
    over = np.flatnonzero(told > given)
    if len(over):
        line = table.lines[int(over[0])]
        raise TableError(
            f"{table.name} 第 {line} 行的 {name} 是 {told[over[0]]:g}，多于人口 "
            f"{given[over[0]]:g}，请核对。"
        )
    whole = whole_people(told)
    both = (whole != UNKNOWN) & (people != UNKNOWN)
    return np.where(both, np.minimum(whole, people), whole)
