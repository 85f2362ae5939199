"""Blank areas by minutes over the county's networks: towns from which none of a kind is near."""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.providers import kinds
from yike.rooms.providers import layers as providers_layers
from yike.rooms.providers.layers import Placed
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import Journey
from yike.rooms.regions import queries as regions_queries
from yike.rooms.regions.queries import RegionRow

#: minutes that may be asked for, the usual one first
MINUTES = (30, 15, 60)


@dataclass(frozen=True, kw_only=True)
class TimedBlank:
    """A town from which the nearest of a kind is too far. `minutes` None: no way leads to any."""

    town: RegionRow
    kind_name: str
    nearest: str
    minutes: int | None
    mode_name: str
    by_ferry: bool
    #: institutions of the kind of which nobody told where they are
    unplaced: int
    none: bool
    #: all of the kind stand where nobody told
    unjudged: bool


@dataclass(frozen=True, kw_only=True)
class TimedBlanks:
    """Towns by kind beyond the minutes. `why`: why nothing was measured, else empty."""

    rows: tuple[TimedBlank, ...]
    limit: int
    measured: int
    modes: tuple[str, ...]
    licences: tuple[str, ...]
    unplaced: tuple[str, ...]
    why: str


def timed_blanks(county: str, *, kind: str, limit: int) -> TimedBlanks:
    """This will measure each town's centre to every institution of the nine kinds, by road.

    The quickest mode with a network counts. Towns without a known centre are named apart.
    """
    towns = regions_queries.towns_of(county)
    placed = providers_layers.placed_of(county, kind=kind)
    ends = [one for one in placed if one.point]
    rows: list[TimedBlank] = []
    modes: tuple[str, ...] = ()
    for town in (one for one in towns if one.point):
        assert town.point is not None
        told = reach_queries.journeys(county, town.point, [one.point for one in ends if one.point])
        if told.why:
            return _unknown(limit, told.why)
        modes = told.modes
        rows += blanks_of_town(town, kind, limit, placed, dict(zip(_keys(ends), told.rows,
                                                                  strict=True)))  # fmt: skip
    rows.sort(key=lambda one: (one.kind_name, one.town.code))
    return TimedBlanks(
        rows=tuple(rows), limit=limit, measured=sum(1 for one in towns if one.point), modes=modes,
        licences=reach_queries.licences_in_use(county),
        unplaced=tuple(one.name for one in towns if one.point is None), why="",
    )  # fmt: skip


def blanks_of_town(
    town: RegionRow, kind: str, limit: int, placed: tuple[Placed, ...],
    found: dict[tuple[str, str], Journey],
) -> list[TimedBlank]:  # fmt: skip
    """This will return the kinds of which a town has none within the minutes. Pure.

    `found`: the journey to each placed institution, by kind and name.
    """
    made = []
    for code in [kind] if kind else list(kinds.RESOURCE_KINDS):
        own = [one for one in placed if one.kind == code]
        ways = [(found[(one.kind, one.name)], one.name) for one in own if one.point]
        known = [(way.minutes, name, way) for way, name in ways if way.minutes is not None]
        minutes, name, best = min(known, key=lambda one: one[:2]) if known else (None, "", None)
        if minutes is not None and minutes <= limit:
            continue
        made.append(
            TimedBlank(
                town=town,
                kind_name=kinds.RESOURCE_KINDS[code],
                nearest=name,
                minutes=minutes,
                mode_name=best.mode_name if best else "",
                by_ferry=bool(best and best.by_ferry),
                unplaced=len(own) - len(ways),
                none=not own,
                unjudged=bool(own) and not ways,
            )
        )
    return made


def _keys(ends: list[Placed]) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in ends]


def _unknown(limit: int, why: str) -> TimedBlanks:
    return TimedBlanks(
        rows=(), limit=limit, measured=0, modes=(), licences=(), unplaced=(), why=why
    )
