"""What pages draw of reach: frozen, in plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yike.rooms.reach.yardsticks import Ruler


@dataclass(frozen=True, kw_only=True)
class NetworkRow:
    """One version of a county's roads for one mode."""

    id: UUID
    mode: str
    mode_name: str
    version: int
    kind_name: str
    source: str
    vintage: str
    licence: str
    state: str
    state_name: str
    fault: str
    nodes: int
    arcs: int
    ways_used: int
    #: why ways were not used, and how many
    ways_dropped: tuple[tuple[str, int], ...]
    kilometres: float
    warnings: tuple[str, ...]
    digest: str
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True, kw_only=True)
class TimetableRow:
    """One timetable. `scheduled`: crossings that go by it now; `unscheduled`: those it lacks.

    `over`: its days are over, `soon`: they end within a month.
    """

    id: UUID
    version: int
    source: str
    licence: str
    state: str
    state_name: str
    fault: str
    since: date | None
    until: date | None
    over: bool
    soon: bool
    lines: tuple[str, ...]
    trips: int
    stops: int
    scheduled: tuple[str, ...]
    unscheduled: tuple[str, ...]
    notes: tuple[str, ...]
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True, kw_only=True)
class PeopleRow:
    """One set of population cells. `shifted`: its coordinates are not what they were said to be."""

    id: UUID
    name: str
    source: str
    vintage: str
    derived: bool
    system: str
    system_name: str
    state: str
    state_name: str
    fault: str
    verdict: str
    likeness: str
    shifted: bool
    warnings: tuple[str, ...]
    count: int
    total: int
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One run in a list; `percent` of the people within the minutes, None while not done."""

    id: UUID
    name: str
    state: str
    state_name: str
    fault: str
    ruler_name: str
    percent: float | None
    uncovered: int
    snapshot: str
    parent_id: UUID | None
    parent_name: str
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, kw_only=True)
class RunChoice:
    """One finished run to choose: its name, the period it is kept for, what it varies."""

    id: UUID
    name: str
    snapshot: str
    parent_id: UUID | None
    people_id: UUID
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """One village, town, class of zone or the county; people by minutes and by both yardsticks.

    `percents`: of the people, by the run's minutes. `radius_percent`: within the radius; both,
    radius_only, minutes_only, neither: people. None where nobody's number is known.
    """

    code: str
    name: str
    total: int | None
    percents: tuple[float | None, ...]
    covered: int
    uncovered: int
    unreachable: int
    unknown_cells: int
    median: float | None
    radius_percent: float | None
    radius_only: int
    minutes_only: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class UncoveredRow:
    """A village with people beyond the minutes; `minutes` None: no way leads to a station."""

    code: str
    name: str
    town: str
    people: int
    total: int | None
    unreachable: int
    whole: bool
    minutes: float | None
    station: str | None
    metres: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """What a scenario changes in one place."""

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


@dataclass(frozen=True, kw_only=True)
class StationSpot:
    """A station of a run where it stands, WGS84; `level` of places' kinds, 0 for a supposed one."""

    id: str
    name: str
    lon: float
    lat: float
    level: int


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """One run, whole. `moment`: when people set out, None where no hour was asked; `riders`:
    people whose quickest way takes a boat or a bus by timetable."""

    row: RunRow
    people_id: UUID
    minutes: tuple[int, ...]
    target: int
    county: PlaceRow | None
    groups: tuple[PlaceRow, ...]
    zones: tuple[PlaceRow, ...]
    towns: tuple[PlaceRow, ...]
    villages: tuple[PlaceRow, ...]
    uncovered: tuple[UncoveredRow, ...]
    changes: tuple[ChangeRow, ...]
    edits: tuple[str, ...]
    assumptions: tuple[str, ...]
    licences: tuple[str, ...]
    check: dict[str, int]
    gini: float | None
    stations: tuple[tuple[str, str], ...]
    spots: tuple[StationSpot, ...]
    timed: bool
    moment: datetime | None
    riders: int
    inputs_digest: str
    digest: str
    repeated: str
    repeated_at: datetime | None
    plans: bool

    @property
    def cut_off(self) -> str:
        """What the people are called who reach no station: at a moment the door may be shut."""
        return "此时到不了" if self.moment else "无路可达"


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What a county has: roads by mode, people, yardstick, the last run and those before."""

    networks: tuple[NetworkRow, ...]
    timetable: TimetableRow | None
    lacking: tuple[str, ...]
    people: PeopleRow | None
    waiting: tuple[PeopleRow, ...]
    ruler: Ruler
    last: RunPage | None
    runs: tuple[RunRow, ...]
    plans: bool


def percent(part: int, total: int | None) -> float | None:
    """This will return a share in percent with one decimal, rounded down: 100 means everybody."""
    return (1000 * part // total) / 10 if total else None


def whole(found: dict[str, Any], key: str) -> int:
    """This will return a count that may be unknown, as 0 where it is."""
    return int(found.get(key) or 0)
