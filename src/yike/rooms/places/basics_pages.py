"""Reads of the basic five: the matrix, one station with its tries, and the gaps by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.places import basics, queries
from yike.rooms.places.models import BasicTry, BasicWay
from yike.rooms.places.queries import StationRow
from yike.rooms.providers import queries as providers_queries


@dataclass(frozen=True, kw_only=True)
class BasicCell:
    """One of the five at one station."""

    basic: str
    name: str
    kind: str
    kind_name: str
    #: the ways of the matrix in words, "" where it tells nothing
    modes: str
    to_whom: str
    how: str
    gap: str
    tried_on: date | None
    outcome: str
    outcome_name: str
    #: why it is to be tried again; "" while the last try holds
    due: str


@dataclass(frozen=True, kw_only=True)
class BasicRow:
    """One station and its five."""

    station: StationRow
    cells: tuple[BasicCell, ...]


@dataclass(frozen=True, kw_only=True)
class TryRow:
    """One try and what came out."""

    name: str
    on: date
    outcome: str
    outcome_name: str
    words: str
    label: str


@dataclass(frozen=True, kw_only=True)
class BasicSum:
    """How many stations give one of the five, and how."""

    name: str
    direct: int
    guided: int
    gaps: int
    due: int


def matrix(region_code: str, *, most_level: int | None = None) -> tuple[BasicRow, ...]:
    """This will return the stations of a region with their five, down to a level when asked."""
    rows = queries.stations_in(region_code)
    return _rows([row for row in rows if most_level is None or row.level <= most_level])


def of_station(station_id: UUID) -> BasicRow:
    """This will return one station with its five. Refuses NotFound."""
    return _rows([queries.station(station_id)])[0]


def tries_of(station_id: UUID) -> tuple[TryRow, ...]:
    """This will return what was tried at a station, the latest first."""
    return tuple(
        TryRow(
            name=basics.BASICS[one.basic], on=one.on, outcome=one.outcome,
            outcome_name=basics.OUTCOMES[one.outcome], words=one.words, label=one.label,
        )
        for one in BasicTry.objects.filter(station=station_id)
    )  # fmt: skip


def sums(rows: Iterable[BasicRow]) -> tuple[BasicSum, ...]:
    """This will count by service how many stations give it, lead on, have a gap, should try."""
    cells: defaultdict[str, list[BasicCell]] = defaultdict(list)
    for row in rows:
        for one in row.cells:
            cells[one.basic].append(one)
    return tuple(
        BasicSum(
            name=name, direct=sum(one.kind == basics.DIRECT for one in cells[code]),
            guided=sum(one.kind == basics.GUIDED for one in cells[code]),
            gaps=sum(bool(one.gap) for one in cells[code]),
            due=sum(bool(one.due) for one in cells[code]),
        )
        for code, name in basics.BASICS.items()
    )  # fmt: skip


def _rows(stations: list[StationRow]) -> tuple[BasicRow, ...]:
    if not stations:
        return ()
    ids = [row.id for row in stations]
    ways = {(one.station_id, one.basic): one for one in BasicWay.objects.filter(station__in=ids)}
    last: dict[tuple[UUID, str], BasicTry] = {}
    for one in BasicTry.objects.filter(station__in=ids):
        last.setdefault((one.station_id, one.basic), one)
    days = providers_queries.norm("basics.try_days", stations[0].region_code).value
    return tuple(
        BasicRow(
            station=row,
            cells=tuple(
                _cell(row, basic, ways.get((row.id, basic)), last.get((row.id, basic)), days)
                for basic in basics.BASICS
            ),
        )
        for row in stations
    )


def _cell(
    row: StationRow, basic: str, way: BasicWay | None, last: BasicTry | None, days: int
) -> BasicCell:
    given = [one for one in row.services if one.service in basics.SERVICES_OF[basic]]
    to_whom, how = (way.to_whom, way.how) if way else ("", "")
    found = basics.cell(
        basic=basic, modes=[one.mode for one in given], way=way.way if way else "",
        to_whom=to_whom, how=how,
    )  # fmt: skip
    tried = (last.on, last.outcome) if last else None
    return BasicCell(
        basic=basic, name=basics.BASICS[basic], kind=found.kind,
        kind_name=basics.KINDS[found.kind], to_whom=to_whom, how=how, gap=found.gap,
        modes="、".join(dict.fromkeys(one.mode_name for one in given)),
        tried_on=last.on if last else None, outcome=last.outcome if last else "",
        outcome_name=basics.OUTCOMES[last.outcome] if last else "",
        due=basics.due(tried, today=clock.today(), days=days) if found.kind != basics.GAP else "",
    )  # fmt: skip
