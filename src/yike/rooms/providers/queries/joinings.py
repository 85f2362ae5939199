"""Institutions on their way in, and out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import joining, kinds
from yike.rooms.providers.models import Joining, JoiningPaper


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """A licence that was shown, and what came of checking it."""

    id: int
    kind: str
    number: str
    issuer: str
    valid_from: date
    valid_until: date | None
    passed: bool | None
    remark: str
    checked_on: date | None


@dataclass(frozen=True, kw_only=True)
class JoiningFace:
    """One institution's way in and out."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    uscc: str
    region_code: str
    address: str
    phone: str
    #: pairs of service and mode, in words
    offers: tuple[tuple[str, str], ...]
    offers_sentence: str
    state: str
    state_name: str
    applied_on: date
    agreement_no: str
    agreement_from: date | None
    agreement_until: date | None
    institution_id: UUID | None
    ended_on: date | None
    end_reason: str
    papers: tuple[PaperRow, ...]
    verbs: tuple[str, ...]
    demo: bool


def joining_face(joining_id: UUID) -> JoiningFace:
    """This will return one application; for staff. Refuses NotFound."""
    found = _faces(Joining.objects.filter(pk=joining_id))
    if not found:
        raise NotFound("没有这个入驻申请")
    return found[0]


def joinings_in(span: tuple[str, str], *, state: str = "") -> tuple[JoiningFace, ...]:
    """This will return the applications of a range of codes, newest first; for staff."""
    rows = Joining.objects.filter(region__code__gte=span[0], region__code__lt=span[1])
    return _faces(rows.filter(state=state) if state else rows)


def joinings_ending(before: date, *, span: tuple[str, str]) -> tuple[JoiningFace, ...]:
    """This will return active institutions whose agreement ended or ends before a day."""
    rows = Joining.objects.filter(
        region__code__gte=span[0], region__code__lt=span[1], state="active",
        agreement_until__lt=before,
    )  # fmt: skip
    return _faces(rows)


def _faces(rows: QuerySet[Joining]) -> tuple[JoiningFace, ...]:
    found = list(rows.order_by("-applied_on", "-id"))
    papers: dict[UUID, list[PaperRow]] = defaultdict(list)
    for paper in JoiningPaper.objects.filter(joining__in=[row.pk for row in found]):
        papers[paper.joining_id].append(_paper(paper))
    return tuple(_face(row, tuple(papers[row.pk])) for row in found)


def _face(row: Joining, papers: tuple[PaperRow, ...]) -> JoiningFace:
    offers = tuple((service, mode) for service, mode in row.offers)
    return JoiningFace(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        kind_name=kinds.INSTITUTION_KINDS[row.kind],
        uscc=row.uscc,
        region_code=row.region_id,
        address=row.address,
        phone=row.phone,
        offers=offers,
        offers_sentence=_words(offers),
        state=row.state,
        state_name=joining.STATES[row.state],
        applied_on=row.applied_on,
        agreement_no=row.agreement_no,
        agreement_from=row.agreement_from,
        agreement_until=row.agreement_until,
        institution_id=row.institution_id,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        papers=papers,
        verbs=joining.verbs_of(row.state),
        demo=row.demo,
    )


def _paper(row: JoiningPaper) -> PaperRow:
    return PaperRow(
        id=row.pk,
        kind=row.kind,
        number=row.number,
        issuer=row.issuer,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        passed=row.passed,
        remark=row.remark,
        checked_on=row.checked_on,
    )


def _words(offers: tuple[tuple[str, str], ...]) -> str:
    by_service: dict[str, list[str]] = defaultdict(list)
    for service, mode in offers:
        by_service[service].append(kinds.MODES[mode])
    return "、".join(
        f"{kinds.SERVICES[service]}（{'、'.join(modes)}）" for service, modes in by_service.items()
    )
