"""Two states of the same people compared: who gains or loses minutes, who comes in, who out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import MINUTE, UNKNOWN, UNREACHED, Ground, Ints, Mask, named


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place before and after. Covered after = covered before + newly covered - lost.

    `minutes_saved`: mean over the people who have a way in both states, negative where it takes
    longer; None where nobody has. `faster`, `slower`: people; those who gain or lose their only way
    are in `reached` and `cut_off` instead.
    """

    key: str
    name: str
    total: int
    covered_before: int
    covered_after: int
    newly_covered: int
    lost: int
    faster: int
    slower: int
    reached: int
    cut_off: int
    minutes_saved: float | None
    unknown_cells: int


def compare(
    before: Ints, after: Ints, ground: Ground, *, minutes: int, by: Sequence[str] = ()
) -> list[Change]:
    """This will return the change in all and for each place of the keys `by`.

    `before`, `after`: deciseconds to the nearest station, n each, UNREACHED where there is no way.
    """
    if not len(before) == len(after) == len(ground.names):
        raise CoverageError(f"两个方案的时间应逐个给出，共 {len(ground.names)} 个人口单元。")
    everywhere = np.ones(len(ground.names), dtype=np.bool_)
    rows = [_change(("all", "all"), before, after, ground.people, everywhere, minutes)]
    for key in by:
        names, index = named(ground.keys[key])
        rows += [
            _change((key, name), before, after, ground.people, index == at, minutes)
            for at, name in enumerate(names)
        ]
    return rows


def _change(
    told: tuple[str, str], before: Ints, after: Ints, people: Ints, here: Mask, minutes: int
) -> Change:
    known = here & (people != UNKNOWN)
    was, now, folk = before[known].astype(np.int64), after[known].astype(np.int64), people[known]
    in_before, in_after = was <= minutes * MINUTE, now <= minutes * MINUTE
    way_before, way_after = was < UNREACHED, now < UNREACHED
    steady = way_before & way_after
    riders = int(folk[steady].sum())
    saved = int(((was - now) * folk)[steady].sum())
    return Change(
        key=told[0],
        name=told[1],
        total=int(folk.sum()),
        covered_before=int(folk[in_before].sum()),
        covered_after=int(folk[in_after].sum()),
        newly_covered=int(folk[in_after & ~in_before].sum()),
        lost=int(folk[in_before & ~in_after].sum()),
        faster=int(folk[steady & (now < was)].sum()),
        slower=int(folk[steady & (now > was)].sum()),
        reached=int(folk[way_after & ~way_before].sum()),
        cut_off=int(folk[way_before & ~way_after].sum()),
        minutes_saved=round(saved / riders / MINUTE, 3) if riders else None,
        unknown_cells=int((here & (people == UNKNOWN)).sum()),
    )
