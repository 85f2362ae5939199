"""Licences: those of one institution or person, and those that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.providers.models import Credential, Institution, Practitioner


@dataclass(frozen=True, kw_only=True)
class CredentialRow:
    """One licence, and whether it is valid on the day asked."""

    id: UUID
    institution_id: UUID | None
    practitioner_id: UUID | None
    kind: str
    number: str
    issuer: str
    valid_from: date
    valid_until: date | None
    verified_on: date | None
    needed: bool
    #: whose it is, for lists
    holder_name: str


def credentials_of(
    *, institution_id: UUID | None = None, practitioner_id: UUID | None = None
) -> tuple[CredentialRow, ...]:
    """This will return the licences of one institution or one practitioner."""
    rows = Credential.objects.filter(
        Q(institution=institution_id) if institution_id else Q(practitioner=practitioner_id)
    )
    return _credentials(rows.order_by("kind", "number"))


def credentials_ending(
    span: tuple[str, str], *, within_days: int = 60
) -> tuple[CredentialRow, ...]:
    """This will return the licences that have ended or end within so many days, soonest first.

    Not those of whoever left, nor those that a longer one of the same kind replaced.
    """
    today = clock.today()
    here = {"region__code__gte": span[0], "region__code__lt": span[1]}
    still = Q(active_until__isnull=True) | Q(active_until__gt=today)
    houses = Institution.objects.filter(still, **here)
    people = Practitioner.objects.filter(
        still, **{f"institution__{key}": value for key, value in here.items()}
    )
    longer = Credential.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        Q(practitioner=OuterRef("practitioner"))
        | Q(practitioner__isnull=True, institution=OuterRef("institution")),
        kind=OuterRef("kind"),
    )
    rows = Credential.objects.filter(
        Q(institution__in=houses) | Q(practitioner__in=people),
        ~Exists(longer),
        valid_until__lte=today + timedelta(days=within_days),
    )
    return _credentials(rows.order_by("valid_until", "number"))


def _credentials(rows: QuerySet[Credential]) -> tuple[CredentialRow, ...]:
    return tuple(_credential(row) for row in rows.select_related("institution", "practitioner"))


def _credential(row: Credential) -> CredentialRow:
    holder = row.institution or row.practitioner
    return CredentialRow(
        id=row.pk,
        institution_id=row.institution_id,
        practitioner_id=row.practitioner_id,
        kind=row.kind,
        number=row.number,
        issuer=row.issuer,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        verified_on=row.verified_on,
        needed=row.needed,
        holder_name=holder.name if holder else "",
    )
