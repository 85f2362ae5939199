"""Reads of verification and correction: when an entry was compared last, what is reported wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import corrections, kinds
from yike.rooms.providers.layers import KIND_OF_HOUSE
from yike.rooms.providers.models import Correction, InstitutionCheck, KindCharge
from yike.rooms.providers.queries import InstitutionRow, institutions_in, norm
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries

#: at most so many reports on a page
MOST = 200


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """When an entry was compared last, and with what."""

    institution_id: UUID
    source: str
    checked_on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class StaleRow:
    """An institution whose entry was not compared for long; `check` None: never."""

    house: InstitutionRow
    kind: str
    kind_name: str
    department: str
    check: CheckRow | None
    days: int | None
    #: whether it should be compared again
    stale: bool


@dataclass(frozen=True, kw_only=True)
class CorrectionRow:
    """One report, for whoever answers it or holds its code. `days` open, or until the answer."""

    id: UUID
    code: str
    about: str
    subject: UUID
    name: str
    region_name: str
    department: str
    wrong_name: str
    words: str
    state: str
    state_name: str
    made_at: datetime
    days: int
    late: bool
    outcome_name: str
    answer: str
    answered_at: datetime | None


def last_checks(wanted: Iterable[UUID]) -> dict[UUID, CheckRow]:
    """This will return the last comparison of each institution that has one, in one query."""
    rows = InstitutionCheck.objects.filter(institution__in=list(wanted))
    rows = rows.order_by("institution_id", "-checked_on", "-id").distinct("institution_id")
    return {row.institution_id: _check(row) for row in rows}


def verified(county: str, *, kind: str = "", on: date | None = None) -> tuple[StaleRow, ...]:
    """This will list the institutions of the nine kinds (of one), the longest unverified first."""
    day, span = on or clock.today(), codes.span(county)
    wanted = kinds.HOUSES_OF_KIND.get(kind) or tuple(KIND_OF_HOUSE)
    houses = institutions_in(span, wanted, on=day)
    checks, sections = last_checks([one.id for one in houses]), _departments(span)
    most = norm("layers.verify_days", county).value
    rows = [
        _stale(house, checks.get(house.id), sections.get(KIND_OF_HOUSE[house.kind], ""), day, most)
        for house in houses
    ]
    return tuple(sorted(rows, key=lambda row: (row.check is not None, -(row.days or 0))))


def corrections_for(actor: Actor, county: str, *, state: str = "open") -> tuple[CorrectionRow, ...]:
    """This will list the reports the actor may answer, the oldest first."""
    del actor  # row security shows the others to nobody
    found = Correction.objects.filter(state=state)
    since, until = codes.span(county)
    return _rows(found.filter(region__gte=since, region__lt=until), county)


def correction(actor: Actor, ref: UUID, county: str) -> CorrectionRow:
    """This will return one report. Refuses NotFound what the actor may not answer."""
    del actor
    found = _rows(Correction.objects.filter(pk=ref), county)
    if not found:
        raise NotFound("没有这条纠错")
    return found[0]


def correction_by_code(code: str, county: str) -> CorrectionRow:
    """This will return the report of a receipt, for whoever claims its code. Refuses NotFound."""
    found = _rows(Correction.objects.filter(code=code), county) if code else ()
    if not found:
        raise NotFound("没有这个查询码", way_on="请核对查询码；也可以打 12348 问。")
    return found[0]


def _rows(found: QuerySet[Correction], county: str) -> tuple[CorrectionRow, ...]:
    rows = list(found.order_by("made_at")[:MOST])
    paths = region_queries.paths_of({row.region_id for row in rows})
    sections = _departments(codes.span(county)) if rows else {}
    most = norm("layers.answer_days", county).value if rows else 0
    today = clock.now()
    return tuple(
        CorrectionRow(
            id=row.pk,
            code=row.code,
            about=row.about,
            subject=row.subject,
            name=row.name,
            region_name=paths[row.region_id].text if row.region_id in paths else "",
            department=sections.get(row.kind, ""),
            wrong_name=corrections.WRONGS[row.wrong],
            words=row.words,
            state=row.state,
            state_name=corrections.STATES[row.state],
            made_at=row.made_at,
            days=(days := ((row.answered_at or today) - row.made_at).days),
            late=row.state == "open" and days > most,
            outcome_name=corrections.OUTCOMES.get(row.outcome, ""),
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row in rows
    )


def _departments(span: tuple[str, str]) -> dict[str, str]:
    """Kind → the department in charge; empty for visitors, to whom it is not shown."""
    rows = KindCharge.objects.filter(until_on__isnull=True, region__gte=span[0], region__lt=span[1])
    return dict(rows.values_list("kind", "department"))


def _stale(
    house: InstitutionRow, check: CheckRow | None, department: str, day: date, most: int
) -> StaleRow:
    days = (day - check.checked_on).days if check else None
    kind = KIND_OF_HOUSE[house.kind]
    return StaleRow(
        house=house, kind=kind, kind_name=kinds.RESOURCE_KINDS[kind], department=department,
        check=check, days=days, stale=days is None or days > most,
    )  # fmt: skip


def _check(row: InstitutionCheck) -> CheckRow:
    return CheckRow(
        institution_id=row.institution_id, source=row.source, checked_on=row.checked_on,
        note=row.note,
    )  # fmt: skip
