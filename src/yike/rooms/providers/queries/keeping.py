"""Who looks every day, who is close to whom, and which department answers for a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.providers import kinds
from yike.rooms.providers.models import Keeper, KindCharge, KindUpdate, Relation


@dataclass(frozen=True, kw_only=True)
class Keepers:
    """Who looks at an institution's affairs every day (每天查看); None: nobody was named."""

    keeper_account: UUID | None = None
    deputy_account: UUID | None = None
    from_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RelationFace:
    """One blind index under which somebody close to a practitioner may be met again."""

    #: id and phone name one person; name alone is only a hint
    index_kind: str
    index: str
    relation: str


@dataclass(frozen=True, kw_only=True)
class RelationRow:
    """One declared relation, as the register shows it: masked."""

    id: UUID
    relation: str
    mask: str
    declared_on: date
    withdrawn_on: date | None


@dataclass(frozen=True, kw_only=True)
class ChargeRow:
    """Which department answers for a kind, and how its updates stand."""

    id: UUID
    kind: str
    kind_name: str
    department: str
    account_id: UUID | None
    period_name: str
    from_on: date
    last_signed_on: date | None
    open_updates: int
    overdue: int


@dataclass(frozen=True, kw_only=True)
class UpdateRow:
    """One period's update of a kind."""

    id: UUID
    charge_id: UUID
    kind: str
    kind_name: str
    department: str
    account_id: UUID | None
    since: date
    until: date
    due_on: date
    signed_at: datetime | None
    signed_by: UUID | None
    institutions: int
    practitioners: int
    unfit: int
    remark: str
    overdue: bool


def keepers_of(institution_id: UUID, *, on: date | None = None) -> Keepers:
    """This will return who looks at an institution's affairs on a day (today); for staff."""
    return keepers_of_many([institution_id], on=on).get(institution_id, Keepers())


def keepers_of_many(ids: Iterable[UUID], *, on: date | None = None) -> dict[UUID, Keepers]:
    """This will return the keepers of many institutions in one question; for staff."""
    day = on or clock.today()
    rows = Keeper.objects.filter(institution__in=list(ids), from_on__lte=day).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=day)
    )
    return {
        row.institution_id: Keepers(
            keeper_account=row.keeper_account,
            deputy_account=row.deputy_account,
            from_on=row.from_on,
        )
        for row in rows.order_by("from_on")
    }


def kept_by(account_id: UUID, *, on: date | None = None) -> dict[UUID, str]:
    """This will return the institutions an account looks at every day: "keeper" or "deputy"."""
    day = on or clock.today()
    rows = Keeper.objects.filter(
        Q(keeper_account=account_id) | Q(deputy_account=account_id),
        Q(until_on__isnull=True) | Q(until_on__gt=day),
        from_on__lte=day,
    )
    return {
        row.institution_id: "keeper" if row.keeper_account == account_id else "deputy"
        for row in rows.order_by("institution_id")
    }


def relations_of(ids: Iterable[UUID]) -> dict[UUID, tuple[RelationFace, ...]]:
    """This will return the blind indexes of those close to practitioners; nobody has no entry."""
    found: dict[UUID, list[RelationFace]] = defaultdict(list)
    rows = Relation.objects.filter(practitioner__in=list(ids), withdrawn_on__isnull=True)
    for row in rows.order_by("id"):
        for kind in ("id", "phone", "name"):
            index = str(getattr(row, f"{kind}_index"))
            if index:
                found[row.practitioner_id].append(
                    RelationFace(index_kind=kind, index=index, relation=row.relation)
                )
    return {one: tuple(faces) for one, faces in found.items()}


def related_by(marks: Iterable[tuple[str, str]]) -> dict[UUID, tuple[RelationFace, ...]]:
    """This will return the practitioners who declared somebody found by one of these marks.

    `marks`: (name | id | phone, blind index). One question, however many practitioners there are.
    """
    wanted = Q(pk=None)
    for kind, index in marks:
        wanted |= Q(**{f"{kind}_index": index}) if index else Q(pk=None)
    rows = Relation.objects.filter(wanted, withdrawn_on__isnull=True)
    return relations_of(set(rows.values_list("practitioner", flat=True)))


def relation_rows(practitioner_id: UUID) -> tuple[RelationRow, ...]:
    """This will return what a practitioner declared, masked, withdrawn ones too; for registrars."""
    return tuple(
        RelationRow(
            id=row.pk,
            relation=row.relation,
            mask=row.person_mask,
            declared_on=row.declared_on,
            withdrawn_on=row.withdrawn_on,
        )
        for row in Relation.objects.filter(practitioner=practitioner_id)
    )


def charges_in(span: tuple[str, str], *, on: date | None = None) -> tuple[ChargeRow, ...]:
    """This will return the departments in charge of the nine kinds on a day (today); for staff."""
    day = on or clock.today()
    rows = KindCharge.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=day),
        region__code__gte=span[0], region__code__lt=span[1], from_on__lte=day,
    )  # fmt: skip
    updates: dict[UUID, list[KindUpdate]] = defaultdict(list)
    for update in KindUpdate.objects.filter(charge__in=rows):
        updates[update.charge_id].append(update)
    return tuple(_charge(row, updates[row.pk], day) for row in rows.order_by("kind"))


def updates_in(
    span: tuple[str, str], *, overdue: bool = False, most: int = 60, on: date | None = None
) -> tuple[UpdateRow, ...]:
    """This will return the periods' updates, newest first; only overdue ones when asked."""
    day = on or clock.today()
    rows = KindUpdate.objects.filter(
        charge__region__code__gte=span[0], charge__region__code__lt=span[1]
    )
    if overdue:
        rows = rows.filter(signed_at__isnull=True, due_on__lt=day)
    found = rows.select_related("charge").order_by("-due_on", "charge__kind")[:most]
    return tuple(_update(row, day) for row in found)


def _charge(row: KindCharge, updates: list[KindUpdate], day: date) -> ChargeRow:
    signed = [one.signed_at for one in updates if one.signed_at]
    waiting = [one for one in updates if one.signed_at is None]
    return ChargeRow(
        id=row.pk,
        kind=row.kind,
        kind_name=kinds.RESOURCE_KINDS[row.kind],
        department=row.department,
        account_id=row.account_id,
        period_name=kinds.PERIODS[row.period],
        from_on=row.from_on,
        last_signed_on=max(signed).astimezone(clock.CIVIL).date() if signed else None,
        open_updates=len(waiting),
        overdue=sum(one.due_on < day for one in waiting),
    )


def _update(row: KindUpdate, day: date) -> UpdateRow:
    return UpdateRow(
        id=row.pk,
        charge_id=row.charge_id,
        kind=row.charge.kind,
        kind_name=kinds.RESOURCE_KINDS[row.charge.kind],
        department=row.charge.department,
        account_id=row.charge.account_id,
        since=row.since,
        until=row.until,
        due_on=row.due_on,
        signed_at=row.signed_at,
        signed_by=row.signed_by,
        institutions=row.institutions,
        practitioners=row.practitioners,
        unfit=row.unfit,
        remark=row.remark,
        overdue=row.signed_at is None and row.due_on < day,
    )
