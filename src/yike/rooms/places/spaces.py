"""Reads of windows and rooms: the one register of windows, and what is free to be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import hours as hours_rules
from yike.rooms.places import kinds
from yike.rooms.places.models import Sign, Space, Terminal
from yike.rooms.places.queries import day_kind
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class SpaceRow:
    """One window or room."""

    id: UUID
    station_id: UUID
    station_name: str
    region_code: str
    code: str
    name: str
    kind: str
    kind_name: str
    institution_id: UUID | None
    institution_name: str
    services: tuple[str, ...]
    services_sentence: str
    #: its own hours, {} for those of the station
    hours: hours_rules.Hours
    hours_sentence: str
    seats: int
    equipment: str
    queue_code: str
    status: str
    status_name: str
    status_reason: str
    status_on: date
    #: open at the moment asked: not paused, and within its hours
    open_now: bool
    demo: bool


@dataclass(frozen=True, kw_only=True)
class PoolFigure:
    """So many of a kind of resource, and how many can be used now."""

    name: str
    total: int
    usable: int
    hint: str


def space(space_id: UUID) -> SpaceRow:
    """This will return one window or room. Refuses NotFound."""
    found = _rows(Space.objects.filter(pk=space_id), clock.now())
    if not found:
        raise NotFound("没有这个窗口或房间")
    return found[0]


def spaces_in(
    region_code: str, kinds_wanted: Sequence[str] = (), *, now: datetime | None = None
) -> tuple[SpaceRow, ...]:
    """This will return windows and rooms of a region that are not closed for good."""
    since, until = codes.span(region_code)
    rows = Space.objects.filter(
        station__region__code__gte=since, station__region__code__lt=until
    ).exclude(status="closed")
    rows = rows.filter(kind__in=kinds_wanted) if kinds_wanted else rows
    return _rows(rows, now or clock.now())


def spaces_at(station_id: UUID) -> tuple[SpaceRow, ...]:
    """This will return the windows and rooms of one station, closed ones too."""
    return _rows(Space.objects.filter(station=station_id), clock.now())


def pool_of(region_code: str, *, now: datetime | None = None) -> tuple[PoolFigure, ...]:
    """This will count rooms and devices of a region and how many can be used now (B9.4)."""
    rows = spaces_in(region_code, now=now)
    rooms = [
        PoolFigure(
            name=name,
            total=sum(row.kind == kind for row in rows),
            usable=sum(row.kind == kind and row.open_now for row in rows),
            hint="在开放时间内、没有暂停的",
        )
        for kind, name in kinds.SPACES.items()
    ]
    return (*rooms, *_devices(region_code))


def _devices(region_code: str) -> tuple[PoolFigure, ...]:
    since, until = codes.span(region_code)
    found = []
    for model, name in ((Terminal, kinds.FACILITIES["terminal"]), (Sign, kinds.FACILITIES["sign"])):
        rows = model.objects.filter(region__code__gte=since, region__code__lt=until)
        states = Counter(rows.exclude(status="removed").values_list("status", flat=True))
        found.append(
            PoolFigure(name=name, total=states.total(), usable=states["working"], hint="状态正常的")
        )
    return tuple(found)


def _rows(rows: QuerySet[Space], now: datetime) -> tuple[SpaceRow, ...]:
    found = rows.select_related("station", "institution").order_by(
        "station__level", "station__region_id", "station__code", "kind", "code"
    )
    moment = now.astimezone(clock.CIVIL)
    what = day_kind(moment.date())
    return tuple(_row(row, moment, what) for row in found)


def _row(row: Space, moment: datetime, what: hours_rules.DayKind) -> SpaceRow:
    station = row.station
    hours = row.hours or station.hours
    within = hours_rules.is_open(hours, station.holiday_rule, moment, what)
    return SpaceRow(
        id=row.pk,
        station_id=row.station_id,
        station_name=station.name,
        region_code=station.region_id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        kind_name=kinds.SPACES[row.kind],
        institution_id=row.institution_id,
        institution_name=row.institution.name if row.institution else "",
        services=tuple(row.services),
        services_sentence="、".join(provider_kinds.SERVICES[one] for one in row.services),
        hours=row.hours,
        hours_sentence=hours_rules.sentence(hours),
        seats=row.seats,
        equipment=row.equipment,
        queue_code=row.queue_code,
        status=row.status,
        status_name=kinds.SPACE_STATUSES[row.status],
        status_reason=row.status_reason,
        status_on=row.status_on,
        open_now=row.status == "open" and station.closed_on is None and within,
        demo=station.demo,
    )
