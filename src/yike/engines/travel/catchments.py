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
def _weigh(
    order: Ints,
    place: Ints,
    cost: Ints,
    direct_first: Ints,
    direct_source: Ints,
    direct_cost: Ints,
    decay: Floats,
    people: Floats,
    rows: Ints,
    live: Bools,
    lane_of: Ints,
    kept: Ints,
    cells: Ints,
    demand: Floats,
) -> int:
    """Keeps the times of all cells that reach any lane, a row each; how many they are.

    `demand` gets the people of each lane, weighed. Kept are the times, cut at the entry beyond the
    bound, for their weights would take twice the memory.
    """
    row, beyond, count = np.empty(LANES, np.int32), np.int32(len(decay) - 1), 0
    for at in range(len(order)):
        found = cell_row(at, place, cost, rows, live, row)
        begin, end = direct_first[at], direct_first[at + 1]
        if begin < end:
            found = apply_direct(begin, end, direct_source, direct_cost, lane_of, row, found)
        if not found:
            continue
        cells[count], asking = order[at], people[order[at]]
        for lane in range(kept.shape[1]):
            kept[count, lane] = min(row[lane], beyond)
        for lane in range(kept.shape[1]):
            demand[lane] += asking * decay[np.uint32(kept[count, lane])]
        count += 1
    return count


@compiled
def _offer(ratio: Floats, decay: Floats, kept: Ints, at: int) -> float:
    """What the lanes offer a row, in four sums side by side: in one, each addition would wait."""
    one, two, three, four = 0.0, 0.0, 0.0, 0.0
    for lane in range(0, kept.shape[1], 4):
        one += ratio[lane] * decay[np.uint32(kept[at, lane])]
        two += ratio[lane + 1] * decay[np.uint32(kept[at, lane + 1])]
        three += ratio[lane + 2] * decay[np.uint32(kept[at, lane + 2])]
        four += ratio[lane + 3] * decay[np.uint32(kept[at, lane + 3])]
    return (one + two) + (three + four)


@compiled
def _share_out(
    count: int,
    kept: Ints,
    cells: Ints,
    decay: Floats,
    demand: Floats,
    supply: Floats,
    access: Floats,
) -> Floats:
    """Adds a batch to `access` and returns the ratios of its lanes."""
    ratio = np.zeros(LANES)
    for lane in range(len(supply)):
        if demand[lane] > 0:
            ratio[lane] = supply[lane] / demand[lane]
    for at in range(count):
        access[cells[at]] += _offer(ratio, decay, kept, at)
    return ratio


def catchments(
    hierarchy: Hierarchy, seeds: Seeds, ends: Ends, supply: Floats, people: Floats, decay: Floats
) -> Catchments:
    """This will compute both steps for all stations and cells, from cell to station.

    `supply` float64[stations], `people` float64[cells], `decay` from `decay_table`. A cell without
    people has access too: the county asks what an empty plot would offer.
    """
    cells, given = laid_out(hierarchy, ends), floats(supply)
    ratio, access = np.zeros(seeds.sources), np.zeros(ends.cells)
    sweeper = Sweeper(hierarchy, len(decay) - 2)
    kept, who = np.empty((ends.cells, LANES), np.int32), np.empty(ends.cells, np.int32)
    asking, table = floats(people), floats(decay)
    for chosen in sweeper.batches(seeds):
        demand = np.zeros(LANES)
        count = _weigh(
            cells.order,
            cells.place,
            cells.cost,
            cells.direct_first,
            cells.direct_source,
            cells.direct_cost,
            table,
            asking,
            sweeper.rows,
            sweeper.live,
            lanes_of(seeds, chosen),
            kept,
            who,
            demand,
        )
        shared = _share_out(count, kept, who, table, demand, given[chosen], access)
        ratio[chosen] = shared[: len(chosen)]
    return Catchments(ratio=ratio, access=access)
