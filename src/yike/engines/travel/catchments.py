"""Enhanced two-step floating catchments (Luo and Qi 2009), inside the sweep: no pair is stored.

Step one: a station's supply over the people within its bound, each weighed by how far they are.
Step two: a cell's access, the sum of the ratios of the stations within its bound, weighed alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import LONGEST_ARC, Bools, Floats, Ints, floats
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
    if steps[-1][0] > LONGEST_ARC:
        raise PointsError("衰减表的时限超过十天，请检查单位。")
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
def _weigh(
    order: Ints,
    ends: tuple[Ints, Ints],
    direct: tuple[Ints, Ints, Ints],
    decay: Floats,
    rows: Ints,
    live: Bools,
    lane_of: Ints,
    weight: Floats,
    cells: Ints,
) -> int:
    """The weights of all cells that reach any lane, one row after the other; how many they are.

    Looked up once and kept for both steps: reading them in order is what the second costs.
    """
    row, beyond, count = np.empty(LANES, np.int32), np.int32(len(decay) - 1), 0
    for cell in order:
        if _times(cell, ends, direct, rows, live, lane_of, row):
            for lane in range(weight.shape[1]):
                weight[count, lane] = decay[np.uint32(min(row[lane], beyond))]
            cells[count] = cell
            count += 1
    return count


@compiled
def _share_out(
    count: int, weight: Floats, cells: Ints, people: Floats, supply: Floats, access: Floats
) -> Floats:
    """Adds a batch to `access` and returns the ratios of its lanes."""
    demand, ratio = np.zeros(LANES), np.zeros(LANES)
    for at in range(count):
        asking = people[cells[at]]
        for lane in range(weight.shape[1]):
            demand[lane] += asking * weight[at, lane]
    for lane in range(len(supply)):
        if demand[lane] > 0:
            ratio[lane] = supply[lane] / demand[lane]
    for at in range(count):
        offered = 0.0
        for lane in range(weight.shape[1]):
            offered += ratio[lane] * weight[at, lane]
        access[cells[at]] += offered
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
    weight, kept = np.empty((ends.cells, LANES)), np.empty(ends.cells, np.int32)
    asking, table = floats(people), floats(decay)
    for chosen in sweeper.batches(seeds):
        count = _weigh(
            cells.order,
            (cells.place, cells.cost),
            direct,
            table,
            sweeper.rows,
            sweeper.live,
            lanes_of(seeds, chosen),
            weight,
            kept,
        )
        shared = _share_out(count, weight, kept, asking, given[chosen], access)
        ratio[chosen] = shared[: len(chosen)]
    return Catchments(ratio=ratio, access=access)
