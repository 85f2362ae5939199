"""For every village and kind of service: the nearest provider, by which way, in what time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yike.engines.coverage.errors import CoverageError
from yike.engines.coverage.ground import UNREACHED, Ints, minutes_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Way:
    """Times of every village to the nearest provider of one kind by one mode.

    `deciseconds`: int[n], UNREACHED where there is no way; `provider`: its index in `providers`.
    """

    kind: str
    mode: str
    deciseconds: Ints
    provider: Ints
    providers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """`provider`, `mode` and `minutes` are None where no provider of the kind can be reached."""

    village: str
    kind: str
    provider: str | None
    mode: str | None
    minutes: float | None


def nearest_providers(villages: Sequence[str], ways: Sequence[Way]) -> list[Nearest]:
    """This will return one row for each village and kind, in the order of villages, then of kinds.

    Of several modes the fastest is told; of equal ones the first given.
    """
    for way in ways:
        if not len(way.deciseconds) == len(way.provider) == len(villages):
            raise CoverageError(f"“{way.kind}”的时间应逐村给出，共 {len(villages)} 个村。")
    kinds = list(dict.fromkeys(way.kind for way in ways))
    best = {kind: _fastest([way for way in ways if way.kind == kind]) for kind in kinds}
    return [_row(name, at, kind, *best[kind]) for at, name in enumerate(villages) for kind in kinds]


def _fastest(ways: list[Way]) -> tuple[list[Way], Ints]:
    """The ways of one kind, and for each village the index of the fastest."""
    times = np.stack([way.deciseconds for way in ways])
    return ways, np.argmin(times, axis=0).astype(np.int64)


def _row(village: str, at: int, kind: str, ways: list[Way], chosen: Ints) -> Nearest:
    way = ways[int(chosen[at])]
    if way.deciseconds[at] >= UNREACHED:
        return Nearest(village=village, kind=kind, provider=None, mode=None, minutes=None)
    return Nearest(
        village=village,
        kind=kind,
        provider=way.providers[int(way.provider[at])],
        mode=way.mode,
        minutes=minutes_of(int(way.deciseconds[at])),
    )
