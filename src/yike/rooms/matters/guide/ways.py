"""How many minutes by which way from somewhere to stations, where a county's roads are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.places.queries import StationRow
from yike.rooms.reach import queries as reach_queries
from yike.rooms.regions.coordinates import Point

#: ways in the words of whoever goes; reach's own are those of a planner
MODES = {"walk": "走路", "cycle": "骑车", "car": "开车"}


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to a point. `ferry`: the next departure on it in words, "" without a crossing."""

    mode: str
    minutes: int
    ferry: str = ""

    @property
    def words(self) -> str:
        """走路约 12 分钟."""
        said = f"{MODES[self.mode]}约 {_length(self.minutes)}"
        return f"{said}（{self.ferry}）" if self.ferry else said


@dataclass(frozen=True, kw_only=True)
class Travel:
    """Ways to stations; `said`: what must be said beside them (why none, the data's licence)."""

    ways: Mapping[UUID, tuple[Way, ...]] = field(default_factory=dict)
    #: of stations that no way leads to now: when the next boat goes, or that there is none
    cut: Mapping[UUID, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()


def travel(county: str, start: Point, rows: Sequence[StationRow]) -> Travel:
    """This will return the ways from a point to stations, when one sets out now."""
    found = reach_queries.trips(county, start, stations=rows)
    known = {row.station_id: tuple(map(way_of, row.ways)) for row in found.rows if row.ways}
    cut = {row.station_id: said for row in found.rows if (said := cut_off(row))}
    if not known and not cut:
        return Travel(said=((found.why,) if found.why else found.notes) if rows else ())
    lacking = (f"没有{'、'.join(found.lacking)}路网，这些方式没有算。",) if found.lacking else ()
    return Travel(ways=known, cut=cut, said=(*found.notes, *lacking, *found.licences))


def way_of(told: reach_queries.Way) -> Way:
    """This will put a way into the words of whoever goes."""
    return Way(mode=told.mode, minutes=told.minutes, ferry=_ferry(told))


def cut_off(trip: reach_queries.Trip) -> str:
    """This will say that nobody gets to a station now, with the next departure; else ""."""
    if trip.ways:
        return ""
    if trip.later:
        return f"现在没有船或车过去，最早是{_leaves(trip.later)}"
    return "六小时之内没有路可以到" if trip.why == reach_queries.NO_WAY else ""


def _ferry(told: reach_queries.Way) -> str:
    sailing = told.sailing
    if sailing is None:
        return "要过渡，开船前请先打电话问" if told.by_ferry else ""
    return _leaves(sailing)


def _leaves(sailing: reach_queries.Sailing) -> str:
    what = "渡船" if sailing.ferry else "班车"
    leaves = sailing.leaves_at.astimezone(clock.CIVIL)
    ahead = (leaves.date() - clock.today()).days
    day = {0: "", 1: "明天 "}.get(ahead, f"{leaves.month}月{leaves.day}日 ")
    return f"{sailing.quay} {day}{leaves:%H:%M} 的{what}"


def _length(minutes: int) -> str:
    if minutes < 60:
        return f"{max(1, minutes)} 分钟"
    hours, rest = divmod(minutes, 60)
    return f"{hours} 小时 {rest} 分钟" if rest else f"{hours} 小时"
