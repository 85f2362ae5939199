"""Enhanced two-step floating catchments (Luo and Qi 2009), inside the sweep: no pair is stored.

Step one: a station's supply over the people within its bound, each weighed by how far they are.
Step two: a cell's access, the sum of the ratios of the stations within its bound, weighed alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import Bools, Floats, Ints, floats
from yike.engines.travel.errors import PointsError
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.journeys import apply_direct, cell_row, laid_out, lanes_of
from yike.engines.travel.lanes import LANES, Sweeper
from yike.engines.travel.points import Ends, Seeds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catchments:
    """`ratio` float64[stations]: supply per weighed person, 0 where nobody is within the bound.

    `access` float64[cells]: in the unit of the supply per person.
    """

    ratio: Floats
    access: Floats


def decay_table(steps: Sequence[tuple[int, float]]) -> Floats:
    """This will lay out step weights by decisecond: float64[bound + 2], the last one 0.

    `steps`: (until this many deciseconds, weight), rising; the last one is the bound.
    """
    table, begin = np.zeros(steps[-1][0] + 2), 0
    for until, weight in steps:
        if until < begin or weight < 0:
            raise PointsError(
                f"衰减表的时限应逐级增大、权重不小于零：{until / 10:g} 秒、权重 {weight:g} 不对。"
            )
        table[begin : until + 1] = weight
        begin = until + 1
    return table


@compiled
def _weighed_people(row: Ints, people: float, weight: Floats, beyond: int, demand: Floats) -> None:
    for lane in range(LANES):
        demand[lane] += people * weight[min(row[lane], beyond)]


@compiled
def _weighed_ratios(row: Ints, ratio: Floats, weight: Floats, beyond: int) -> float:
    access = 0.0
    for lane in range(LANES):
        access += ratio[lane] * weight[min(row[lane], beyond)]
    return access


@compiled
def _times(
    cell: int,
    ends: tuple[Ints, Ints],
    direct: tuple[Ints, Ints, Ints],
    rows: Ints,
    live: Bools,
    lane_of: Ints,
    row: Ints,
) -> bool:
    """The 32 times of one cell; False when it is beyond the bound of every lane."""
    found = cell_row(cell, ends[0], ends[1], rows, live, row)
    begin, end = direct[0][cell], direct[0][cell + 1]
    if begin < end:
        found = apply_direct(begin, end, direct[1], direct[2], lane_of, row, found)
    return found


@compiled
def _both_steps(
    order: Ints,
    ends: tuple[Ints, Ints],
    direct: tuple[Ints, Ints, Ints],
    people: Floats,
    weight: Floats,
    rows: Ints,
    live: Bools,
    lane_of: Ints,
    supply: Floats,
    access: Floats,
) -> Floats:
    """Adds a batch to `access` and returns the ratios of its lanes."""
    beyond = len(weight) - 1
    row, demand, ratio = np.empty(LANES, np.int32), np.zeros(LANES), np.zeros(LANES)
    for cell in order:
        if people[cell] > 0 and _times(cell, ends, direct, rows, live, lane_of, row):
            _weighed_people(row, people[cell], weight, beyond, demand)
    for lane in range(len(supply)):
        if demand[lane] > 0:
            ratio[lane] = supply[lane] / demand[lane]
    for cell in order:
        if _times(cell, ends, direct, rows, live, lane_of, row):
            access[cell] += _weighed_ratios(row, ratio, weight, beyond)
    return ratio


def catchments(
    hierarchy: Hierarchy, seeds: Seeds, ends: Ends, supply: Floats, people: Floats, decay: Floats
) -> Catchments:
    """This will compute both steps for all stations and cells, from cell to station.

    `supply` float64[stations], `people` float64[cells], `decay` from `decay_table`. A cell without
    people has access too: the county asks what an empty plot would offer.
    """
    cells, given = laid_out(hierarchy, ends), floats(supply)
    direct = cells.direct_first, cells.direct_source, cells.direct_cost
    ratio, access = np.zeros(seeds.sources), np.zeros(ends.cells)
    sweeper = Sweeper(hierarchy, len(decay) - 2)
    for chosen in sweeper.batches(seeds):
        ratio[chosen] = _both_steps(
            cells.order,
            (cells.place, cells.cost),
            direct,
            floats(people),
            floats(decay),
            sweeper.rows,
            sweeper.live,
            lanes_of(seeds, chosen),
            given[chosen],
            access,
        )[: len(chosen)]
    return Catchments(ratio=ratio, access=access)
