"""Who is stationed where: single facts, the matrix, and its rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import kinds
from yike.rooms.providers.models import Stationing


@dataclass(frozen=True, kw_only=True)
class StationingRow:
    """One institution on one platform in one way, as of a day."""

    id: UUID
    institution_id: UUID
    institution_name: str
    institution_kind: str
    region_code: str
    platform: str
    platform_name: str
    #: station of the room places; None for hotline and web
    place_id: UUID | None
    way: str
    way_name: str
    planned: bool
    planned_on: date | None
    active_from: date | None
    active_until: date | None
    #: stationed on the day asked
    actual: bool
    reason_code: str
    reason_not: str
    agreement_no: str
    agreement_until: date | None
    window_no: str
    queue_code: str
    co_duty: bool

    @property
    def state(self) -> str:
        """done: stationed as planned; extra: not planned; missing: planned and not there; ended."""
        if self.actual:
            return "done" if self.planned else "extra"
        return "missing" if self.planned and self.active_until is None else "ended"

    @property
    def why_not(self) -> str:
        """Why it is not stationed, in words; "" when nobody said."""
        name = kinds.NOT_STATIONED.get(self.reason_code, "")
        return "：".join(part for part in (name, self.reason_not) if part)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How much of the plan came true."""

    label: str
    planned: int
    actual: int
    extra: int

    @property
    def percent(self) -> int | None:
        """Of what was planned, how much is there; None when nothing was planned."""
        return round(100 * self.actual / self.planned) if self.planned else None


def stationing(stationing_id: UUID) -> StationingRow:
    """This will return one stationing, ended or not. Refuses NotFound."""
    found = _rows(Stationing.objects.filter(pk=stationing_id), clock.today())
    if not found:
        raise NotFound("没有这条进驻记录")
    return found[0]


def stationings_of(
    *, institution_id: UUID | None = None, place_id: UUID | None = None, on: date | None = None
) -> tuple[StationingRow, ...]:
    """This will return what is planned or actual of an institution, or at a station, on a day."""
    rows = Stationing.objects.all()
    rows = rows.filter(institution=institution_id) if institution_id else rows
    rows = rows.filter(place_id=place_id) if place_id else rows
    day = on or clock.today()
    return _rows(_current(rows, day), day)


def stationings_in(span: tuple[str, str], *, on: date | None = None) -> tuple[StationingRow, ...]:
    """This will return everything planned or actual on the platforms of a range of codes."""
    day = on or clock.today()
    rows = Stationing.objects.filter(region__code__gte=span[0], region__code__lt=span[1])
    return _rows(_current(rows, day), day)


def rates(rows: Iterable[StationingRow]) -> tuple[Rate, ...]:
    """This will count plan and fact: all together first, then way by way. Pure."""
    known = list(rows)
    ways = [
        _rate(name, [row for row in known if row.way == way]) for way, name in kinds.WAYS.items()
    ]
    return (_rate("全部", known), *ways)


def _rate(label: str, rows: list[StationingRow]) -> Rate:
    return Rate(
        label=label,
        planned=sum(row.planned for row in rows),
        actual=sum(row.state == "done" for row in rows),
        extra=sum(row.state == "extra" for row in rows),
    )


def _current(rows: QuerySet[Stationing], day: date) -> QuerySet[Stationing]:
    return rows.filter(Q(active_until__isnull=True) | Q(active_until__gt=day))


def _rows(rows: QuerySet[Stationing], day: date) -> tuple[StationingRow, ...]:
    ordered = rows.select_related("institution").order_by(
        "institution__region_id", "institution__code", "platform", "place_id", "way"
    )
    return tuple(_row(row, day) for row in ordered)


def _row(row: Stationing, day: date) -> StationingRow:
    since, until = row.active_from, row.active_until
    return StationingRow(
        id=row.pk,
        institution_id=row.institution_id,
        institution_name=row.institution.name,
        institution_kind=row.institution.kind,
        region_code=row.region_id,
        platform=row.platform,
        platform_name=kinds.PLATFORMS[row.platform],
        place_id=row.place_id,
        way=row.way,
        way_name=kinds.WAYS[row.way],
        planned=row.planned,
        planned_on=row.planned_on,
        active_from=since,
        active_until=until,
        actual=since is not None and since <= day and (until is None or day < until),
        reason_code=row.reason_code,
        reason_not=row.reason_not,
        agreement_no=row.agreement_no,
        agreement_until=row.agreement_until,
        window_no=row.window_no,
        queue_code=row.queue_code,
        co_duty=row.co_duty,
    )
