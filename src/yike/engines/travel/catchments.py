"""Enhanced two-step floating catchments (Luo and Qi 2009), inside the sweep: no pair is stored.

Step one: a station's supply over the people within its bound, each weighed by how far they are.
Step two: a cell's access, the sum of the ratios of the stations within its bound, weighed alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yike.engines.compiled import compiled
from yike.engines.travel.arrays import LONGEST_ARC, Floats, Ints, floats
from yike.engines.travel.errors import PointsError
from yike.engines.travel.hierarchy import Hierarchy
from yike.engines.travel.journeys import Cells, cell_row, laid_out
from yike.engines.travel.lanes import Batch, Sweeper, Times
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
def _weigh(
    cells: Cells,
    batch: Batch,
    people: Floats,
    decay: Floats,
    kept: Times,
    who: Ints,
    demand: Floats,
) -> int:
    """Keeps the times of all cells that reach any lane, a row each; how many they are.

    `demand` gets the people of each lane, weighed. Kept are the times, cut at the entry beyond the
    bound, for their weights would take four times the memory.
    """
    count, beyond = 0, kept.dtype.type(len(decay) - 1)
    for at in range(len(cells.order)):
        row = kept[count]
        if not cell_row(at, cells, batch, row):
            continue
        who[count] = cells.order[at]
        asking = people[who[count]]
        for lane in range(len(row)):
            row[lane] = min(row[lane], beyond)
        for lane in range(len(row)):
            demand[lane] += asking * decay[np.uint32(row[lane])]
        count += 1
    return count


@compiled
def _offer(row: Times, ratio: Floats, decay: Floats, offered: Floats) -> float:
    """What the lanes offer a cell, summed by halves: in one sum each addition would wait."""
    for lane in range(len(row)):
        offered[lane] = ratio[lane] * decay[np.uint32(row[lane])]
    half = len(row) // 2
    while half:
        for lane in range(half):
            offered[lane] += offered[lane + half]
        half //= 2
    return float(offered[0])


@compiled
def _share_out(
    count: int, kept: Times, who: Ints, decay: Floats, ratio: Floats, access: Floats
) -> None:
    """Adds what a batch offers to `access`."""
    offered = np.empty(len(ratio))
    for at in range(count):
        access[who[at]] += _offer(kept[at], ratio, decay, offered)


def catchments(
    hierarchy: Hierarchy, seeds: Seeds, ends: Ends, supply: Floats, people: Floats, decay: Floats
) -> Catchments:
    """This will compute both steps for all stations and cells, from cell to station.

    `supply` float64[stations], `people` float64[cells], `decay` from `decay_table`. A cell without
    people has access too: the county asks what an empty plot would offer.
    """
    sweeper, cells = Sweeper(hierarchy, len(decay) - 2), laid_out(hierarchy, ends)
    ratio, access, given = np.zeros(seeds.sources), np.zeros(ends.cells), floats(supply)
    kept = np.empty((ends.cells, sweeper.lanes), sweeper.rows.dtype)
    who, asking, table = np.empty(ends.cells, np.int32), floats(people), floats(decay)
    for batch in sweeper.batches(seeds):
        demand, shared, lanes = np.zeros(sweeper.lanes), np.zeros(sweeper.lanes), len(batch.chosen)
        count = _weigh(cells, batch, asking, table, kept, who, demand)
        np.divide(given[batch.chosen], demand[:lanes], shared[:lanes], where=demand[:lanes] > 0)
        _share_out(count, kept, who, table, shared, access)
        ratio[batch.chosen] = shared[:lanes]
    return Catchments(ratio=ratio, access=access)
