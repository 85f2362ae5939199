"""Every read of the register: public facts, masked by row security where a person is private."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from yike.rooms.core import clock, marks
from yike.rooms.core.refusal import NotFound
from yike.rooms.guard import editions
from yike.rooms.providers import kinds
from yike.rooms.providers.models import Contact, Institution, Practitioner, Supply
from yike.rooms.providers.queries import licences
from yike.rooms.regions import codes
from yike.rooms.regions.coordinates import Point

R = TypeVar("R", Institution, Practitioner)


@dataclass(frozen=True, kw_only=True)
class SupplyRow:
    """One service an institution gives, and how."""

    service: str
    service_name: str
    mode: str
    mode_name: str


@dataclass(frozen=True, kw_only=True)
class InstitutionRow:
    """One institution, as anybody may know it."""

    id: UUID
    code: str
    name: str
    kind: str
    kind_name: str
    region_code: str
    parent_id: UUID | None
    uscc: str
    address: str
    phone: str
    #: WGS84 (lon, lat); None: nobody told where it stands
    point: Point | None
    #: as it publishes them; "" where nobody told
    hours: str
    #: region codes served; () is its own region
    areas: tuple[str, ...]
    #: orders carried at once; 0: nobody said
    capacity: int
    handles_orders: bool
    pool: bool
    active_from: date
    active_until: date | None
    demo: bool

    @property
    def mark(self) -> str:
        """What a correction has to have seen."""
        return marks.mark(facts(self))

    @property
    def span(self) -> tuple[str, str]:
        """The range of region codes it answers for."""
        return codes.span(self.region_code)

    def active_on(self, day: date) -> bool:
        """Whether it serves on this day."""
        return self.active_from <= day and (self.active_until is None or day < self.active_until)


def facts(row: InstitutionRow | Institution) -> dict[str, object]:
    """This will return what may be corrected of an institution, as it stands."""
    lon, lat = row.point or (None, None) if isinstance(row, InstitutionRow) else (row.lon, row.lat)
    return {
        "name": row.name, "address": row.address, "phone": row.phone, "uscc": row.uscc,
        "areas": list(row.areas), "capacity": row.capacity, "pool": row.pool,
        "handles_orders": row.handles_orders, "lon": lon, "lat": lat, "hours": row.hours,
    }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PractitionerRow:
    """One person who serves. `phone` is "" unless they agreed to publish it."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    title: str
    licence_no: str
    institution_id: UUID
    institution_name: str
    account_id: UUID | None
    specialties: tuple[str, ...]
    languages: tuple[str, ...]
    #: region codes served; () is the region of the institution
    areas: tuple[str, ...]
    #: orders carried at once; 0: nobody said
    capacity: int
    #: first day without a licence that must be held; None: no end, or none is registered
    licence_until: date | None
    suspended_from: date | None
    suspended_until: date | None
    contact_class: str
    contact_sentence: str
    #: region of the institution
    region_code: str
    active_from: date
    active_until: date | None
    demo: bool


def institution(institution_id: UUID) -> InstitutionRow:
    """This will return one institution, active or not. Refuses NotFound."""
    found = _one(institution_id)
    if found is None:
        raise NotFound("名录里没有这个机构")
    return found


@editions.kept("providers")
def _one(institution_id: UUID) -> InstitutionRow | None:
    found = Institution.objects.filter(pk=institution_id).first()
    return _institution(found) if found else None


def institution_by_code(code: str) -> InstitutionRow | None:
    """This will return the institution with this code, or None."""
    found = Institution.objects.filter(code=code).first()
    return _institution(found) if found else None


def regions_of(institution_ids: Iterable[UUID]) -> dict[UUID, str]:
    """This will return the region codes that many institutions answer for, in one query."""
    return dict(_regions(frozenset(institution_ids)))


@editions.kept("providers")
def _regions(ids: frozenset[UUID]) -> tuple[tuple[UUID, str], ...]:
    return tuple(Institution.objects.filter(pk__in=ids).values_list("id", "region_id"))


def names_of(institution_ids: Iterable[UUID]) -> dict[UUID, str]:
    """This will return the names of many institutions in one query."""
    return dict(_names(frozenset(institution_ids)))


@editions.kept("providers")
def _names(ids: frozenset[UUID]) -> tuple[tuple[UUID, str], ...]:
    return tuple(Institution.objects.filter(pk__in=ids).values_list("id", "name"))


def institutions_in(
    span: tuple[str, str],
    kinds_wanted: Sequence[str] = (),
    *,
    handles_orders: bool | None = None,
    on: date | None = None,
) -> tuple[InstitutionRow, ...]:
    """This will return the institutions active on a day (today) within a range of codes."""
    return _within(span, tuple(kinds_wanted), handles_orders, on or clock.today())


@editions.kept("providers")
def _within(
    span: tuple[str, str], kinds_wanted: tuple[str, ...], handles_orders: bool | None, on: date
) -> tuple[InstitutionRow, ...]:
    rows = _active(Institution.objects.all(), on)
    rows = rows.filter(region__code__gte=span[0], region__code__lt=span[1])
    if kinds_wanted:
        rows = rows.filter(kind__in=kinds_wanted)
    if handles_orders is not None:
        rows = rows.filter(handles_orders=handles_orders)
    return tuple(_institution(row) for row in rows.order_by("region_id", "code"))


def subtree_ids(institution_id: UUID) -> frozenset[UUID]:
    """This will return the ids of an institution and all below it, closed ones included."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBTREE, [institution_id])
        return frozenset(row[0] for row in cursor.fetchall())


_SUBTREE = """
with recursive below(id) as (
  select id from providers_institution where id = %s
  union
  select child.id from providers_institution child join below on child.parent_id = below.id
) select id from below
"""


def office_of_town(code: str, *, on: date | None = None) -> InstitutionRow | None:
    """This will return the active judicial office of the town that holds this code, or None."""
    town = codes.at_level(code, "town")
    rows = _active(Institution.objects.filter(kind="office", region=town or code), on)
    found = rows.order_by("code").first()
    return _institution(found) if found else None


def county_pool(code: str, *, on: date | None = None) -> InstitutionRow | None:
    """This will return who takes what nobody else can take, in the county that holds this code."""
    county = codes.at_level(code, "county")
    since, until = codes.span(county or code)
    rows = Institution.objects.filter(pool=True, region__code__gte=since, region__code__lt=until)
    found = _active(rows, on).order_by("region_id", "code").first()
    return _institution(found) if found else None


def supplies_of(institution_id: UUID) -> tuple[SupplyRow, ...]:
    """This will return what an institution gives and how, in the order of the ten services."""
    rows = Supply.objects.filter(institution=institution_id).order_by("service", "mode")
    return tuple(
        SupplyRow(
            service=row.service,
            service_name=kinds.SERVICES[row.service],
            mode=row.mode,
            mode_name=kinds.MODES[row.mode],
        )
        for row in rows
    )


def suppliers_of(service: str, span: tuple[str, str]) -> tuple[InstitutionRow, ...]:
    """This will return the active institutions of a range that give one service."""
    given = Supply.objects.filter(service=service).values("institution")
    rows = _active(Institution.objects.filter(pk__in=given), None)
    rows = rows.filter(region__code__gte=span[0], region__code__lt=span[1])
    return tuple(_institution(row) for row in rows.order_by("region_id", "code"))


def services_supplied(span: tuple[str, str], *, on: date | None = None) -> frozenset[str]:
    """This will return which of the ten services an active institution of a range gives."""
    houses = _active(Institution.objects.all(), on)
    houses = houses.filter(region__code__gte=span[0], region__code__lt=span[1])
    given = Supply.objects.filter(institution__in=houses)
    return frozenset(given.values_list("service", flat=True).distinct())


def practitioner(practitioner_id: UUID) -> PractitionerRow:
    """This will return one practitioner, active or not. Refuses NotFound."""
    found = _practitioners(Practitioner.objects.filter(pk=practitioner_id))
    if not found:
        raise NotFound("名录里没有这个人员")
    return found[0]


def practitioners_of(
    institution_id: UUID, *, kind: str = "", on: date | None = None
) -> tuple[PractitionerRow, ...]:
    """This will return who serves in an institution on a day (today)."""
    rows = _active(Practitioner.objects.filter(institution=institution_id), on)
    return _practitioners(rows.filter(kind=kind) if kind else rows)


def practitioners_in(
    span: tuple[str, str],
    kinds_wanted: Sequence[str] = (),
    *,
    kind: str = "",
    on: date | None = None,
) -> tuple[PractitionerRow, ...]:
    """This will return who serves in the institutions of a range of codes on a day (today).

    `kinds_wanted`: resource kinds 01…09, all when empty. Not all of them may serve that day: ask
    `fit_to_serve`.
    """
    rows = Practitioner.objects.filter(
        institution__region__code__gte=span[0], institution__region__code__lt=span[1]
    )
    wanted = (*kinds_wanted, kind) if kind else tuple(kinds_wanted)
    rows = _active(rows, on)
    return _practitioners(rows.filter(kind__in=wanted) if wanted else rows)


def practitioners_by_id(ids: Iterable[UUID]) -> dict[UUID, PractitionerRow]:
    """This will return many practitioners, active or not, in as many questions as one."""
    return {row.id: row for row in _practitioners(Practitioner.objects.filter(pk__in=set(ids)))}


def practitioner_of_account(account_id: UUID) -> PractitionerRow | None:
    """This will return the active practitioner linked to an account, or None."""
    found = _practitioners(_active(Practitioner.objects.filter(account_id=account_id), None))
    return found[0] if found else None


def _active(rows: QuerySet[R], on: date | None) -> QuerySet[R]:
    day = on or clock.today()
    still = Q(active_until__isnull=True) | Q(active_until__gt=day)
    return rows.filter(still, active_from__lte=day)


def _institution(row: Institution) -> InstitutionRow:
    return InstitutionRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        kind_name=kinds.INSTITUTION_KINDS[row.kind],
        region_code=row.region_id,
        parent_id=row.parent_id,
        uscc=row.uscc,
        address=row.address,
        phone=row.phone,
        point=None if row.lon is None or row.lat is None else (row.lon, row.lat),
        hours=row.hours,
        areas=tuple(row.areas),
        capacity=row.capacity,
        handles_orders=row.handles_orders,
        pool=row.pool,
        active_from=row.active_from,
        active_until=row.active_until,
        demo=row.demo,
    )


def _practitioners(rows: QuerySet[Practitioner]) -> tuple[PractitionerRow, ...]:
    found = list(rows.select_related("institution").order_by("institution_id", "name", "id"))
    ids = [row.pk for row in found]
    open_ = Contact.objects.filter(practitioner__in=ids, public=True)
    phones = {contact.practitioner_id: contact.phone for contact in open_}
    ends = licences.ends_of(ids)
    return tuple(_practitioner(row, phones.get(row.pk, ""), ends.get(row.pk)) for row in found)


def _practitioner(row: Practitioner, phone: str, licence_until: date | None) -> PractitionerRow:
    through = f"请拨打{row.institution.name}电话{row.institution.phone}转接"
    sentences = {"public": phone, "institution": through, "hidden": ""}
    return PractitionerRow(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        kind_name=kinds.RESOURCE_KINDS[row.kind],
        title=row.title,
        licence_no=row.licence_no,
        institution_id=row.institution_id,
        institution_name=row.institution.name,
        account_id=row.account_id,
        specialties=tuple(row.specialties),
        languages=tuple(row.languages),
        areas=tuple(row.areas),
        capacity=row.capacity,
        licence_until=licence_until,
        suspended_from=row.suspended_from,
        suspended_until=row.suspended_until,
        contact_class=row.contact_class,
        contact_sentence=sentences[row.contact_class],
        region_code=row.institution.region_id,
        active_from=row.active_from,
        active_until=row.active_until,
        demo=row.demo,
    )
