"""Services given outside orders, listed and filtered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from yike.rooms.core.refusal import NotFound
from yike.rooms.files import queries as files_queries
from yike.rooms.files.faces import FileFace
from yike.rooms.providers import kinds, service_records
from yike.rooms.providers.models import ServiceRecord
from yike.rooms.regions import queries as region_queries


@dataclass(frozen=True, kw_only=True)
class RecordFilter:
    """What a list is asked for; `until` is exclusive, empty words filter nothing."""

    span: tuple[str, str]
    service: str = ""
    giver: str = ""
    client: str = ""
    result: str = ""
    since: date | None = None
    until: date | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceRow:
    """One record."""

    id: UUID
    service: str
    service_name: str
    on: date
    minutes: int
    region_code: str
    region_name: str
    where: str
    giver: str
    giver_kind: str
    giver_name: str
    client_name: str
    people: int
    result_name: str
    words: str
    noted_at: datetime
    noted_by: str
    void_reason: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class ServiceFace:
    """One record with its attachments."""

    row: ServiceRow
    files: tuple[FileFace, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceSum:
    """How much of one service was given; void records do not count."""

    service_name: str
    records: int
    people: int
    minutes: int


def records_in(
    filters: RecordFilter, *, offset: int = 0, limit: int = 50
) -> tuple[ServiceRow, ...]:
    """This will return the records that match, newest first; those the actor may see."""
    rows = list(_matching(filters).order_by("-on", "-id")[offset : offset + limit])
    return _rows(rows)


def record_sums(filters: RecordFilter) -> tuple[ServiceSum, ...]:
    """This will add up the records that match by kind of service."""
    rows = _matching(filters).filter(void_reason="").order_by()
    sums = rows.values("service").annotate(n=Count("id"), p=Sum("people"), m=Sum("minutes"))
    return tuple(
        ServiceSum(
            service_name=kinds.SERVICES[one["service"]], records=one["n"], people=one["p"],
            minutes=one["m"],
        )
        for one in sorted(sums, key=lambda one: str(one["service"]))
    )  # fmt: skip


def count_records(filters: RecordFilter) -> int:
    """This will count the records that match."""
    return _matching(filters).count()


def service_record(record_id: UUID) -> ServiceFace:
    """This will return one record with its attachments. Refuses NotFound."""
    found = ServiceRecord.objects.filter(pk=record_id).first()
    if found is None:
        raise NotFound("没有这条服务记录")
    files = files_queries.files_of("service_record", str(record_id))
    return ServiceFace(row=_rows([found])[0], files=tuple(files))


def _matching(filters: RecordFilter) -> QuerySet[ServiceRecord]:
    rows = ServiceRecord.objects.filter(
        region__code__gte=filters.span[0], region__code__lt=filters.span[1]
    )
    for field in ("service", "giver", "client", "result"):
        if value := getattr(filters, field):
            rows = rows.filter(**{field: value})
    rows = rows.filter(on__gte=filters.since) if filters.since else rows
    rows = rows.filter(on__lt=filters.until) if filters.until else rows
    return rows.filter(giver_name__contains=filters.name) if filters.name else rows


def _rows(rows: list[ServiceRecord]) -> tuple[ServiceRow, ...]:
    paths = region_queries.paths_of({row.region_id for row in rows})
    return tuple(
        ServiceRow(
            id=row.pk,
            service=row.service,
            service_name=kinds.SERVICES[row.service],
            on=row.on,
            minutes=row.minutes,
            region_code=row.region_id,
            region_name=paths[row.region_id].text,
            where=row.where,
            giver=row.giver,
            giver_kind=service_records.GIVERS[row.giver],
            giver_name=row.giver_name,
            client_name=service_records.CLIENTS[row.client],
            people=row.people,
            result_name=service_records.RESULTS[row.result],
            words=row.words,
            noted_at=row.noted_at,
            noted_by=row.noted_by,
            void_reason=row.void_reason,
            demo=row.demo,
        )
        for row in rows
    )
