"""Advisers of villages: who advises whom, contracts that end, villages without one, workload."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import kinds
from yike.rooms.providers.models import AdviserContract, AdviserVillage, AdviserVisit
from yike.rooms.providers.queries import fitness, register
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries


@dataclass(frozen=True, kw_only=True)
class AdviserFace:
    """Who advises a village, as it must be published (宁波市法治乡村建设促进条例21-23)."""

    contract_id: UUID
    practitioner_id: UUID
    name: str
    institution_id: UUID
    institution_name: str
    village_code: str
    hours_per_month: int
    from_on: date
    #: exclusive
    until_on: date


@dataclass(frozen=True, kw_only=True)
class PublishedAdviser:
    """Who advises a village, as its notice board and the portal say it."""

    name: str
    institution_name: str
    hours_per_month: int
    #: how to reach them, as they agreed; may be ""
    reach: str
    #: may not serve today
    unfit: bool


@dataclass(frozen=True, kw_only=True)
class ContractRow:
    """One contract with the villages under it on the day asked."""

    id: UUID
    number: str
    practitioner_id: UUID
    practitioner_name: str
    institution_id: UUID
    institution_name: str
    region_code: str
    former_id: UUID | None
    renewed: bool
    from_on: date
    #: last day (exclusive), earlier when it was ended
    until_on: date
    hours_per_month: int
    lectures_per_quarter: int
    duties: str
    ended_on: date | None
    end_reason: str
    #: codes and names
    villages: tuple[tuple[str, str], ...]
    #: coming, running or over, on the day asked
    state: str
    days_left: int
    demo: bool


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """What an adviser did in a village on a day."""

    id: UUID
    on: date
    village_code: str
    village_name: str
    minutes: int
    kind_name: str
    people: int
    note: str


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """What a contract asks for in a month and what was done."""

    contract: ContractRow
    asked_minutes: int
    done_minutes: int
    lectures: int
    people: int
    #: villages of the contract in which nothing was done in the month
    unvisited: tuple[tuple[str, str], ...]

    @property
    def asked_hours(self) -> str:
        """Hours asked for, in words."""
        return f"{self.asked_minutes / 60:g}"

    @property
    def done_hours(self) -> str:
        """Hours given, in words."""
        return f"{self.done_minutes / 60:.1f}".removesuffix(".0")

    @property
    def percent(self) -> int | None:
        """Of the hours asked for, how many were given."""
        return round(100 * self.done_minutes / self.asked_minutes) if self.asked_minutes else None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The villages of a region and how many have an adviser on a day."""

    villages: int
    covered: int
    #: code, name, town's name
    without: tuple[tuple[str, str, str], ...]


def adviser_of_village(code: str, on: date | None = None) -> AdviserFace | None:
    """This will return who advises a village on a day (today), or None."""
    rows = _serving(AdviserVillage.objects.filter(village=code), on or clock.today())
    row = rows.order_by("-from_on").first()
    return _adviser(row) if row else None


def published_adviser(code: str) -> PublishedAdviser | None:
    """This will return what must be published of a village's adviser today, None without one.

    宁波市法治乡村建设促进条例: name, hours, contact. None also for what is no village.
    """
    if not codes.is_code(code) or codes.level_of(code) != "village":
        return None
    found = adviser_of_village(code)
    if found is None:
        return None
    person = register.practitioner(found.practitioner_id)
    unfit = fitness.fit_to_serve([person.id], on=clock.today())[person.id]
    return PublishedAdviser(
        name=found.name,
        institution_name=found.institution_name,
        hours_per_month=found.hours_per_month,
        reach=person.contact_sentence,
        unfit=bool(unfit),
    )


def advisers_of_villages(span: tuple[str, str], on: date | None = None) -> dict[str, AdviserFace]:
    """This will return the advisers of all villages of a range of codes, by village."""
    rows = AdviserVillage.objects.filter(village__code__gte=span[0], village__code__lt=span[1])
    found = _serving(rows, on or clock.today()).order_by("from_on")
    return {row.village_id: _adviser(row) for row in found}


def contract(contract_id: UUID, on: date | None = None) -> ContractRow:
    """This will return one contract. Refuses NotFound."""
    found = _contracts(AdviserContract.objects.filter(pk=contract_id), on or clock.today())
    if not found:
        raise NotFound("没有这份顾问合同")
    return found[0]


def contracts_in(
    span: tuple[str, str], *, over: bool = False, on: date | None = None
) -> tuple[ContractRow, ...]:
    """This will return the contracts of a range of codes: those running or to come, or those over.

    Soonest end first.
    """
    day = on or clock.today()
    rows = AdviserContract.objects.filter(region__code__gte=span[0], region__code__lt=span[1])
    ended = Q(until_on__lte=day) | Q(ended_on__lte=day)
    return _contracts(rows.filter(ended) if over else rows.exclude(ended), day)


def contracts_of(practitioner_id: UUID, on: date | None = None) -> tuple[ContractRow, ...]:
    """This will return all contracts of an adviser, old ones too."""
    rows = AdviserContract.objects.filter(practitioner=practitioner_id)
    return _contracts(rows, on or clock.today())


def advisers_ending(
    before: date, *, span: tuple[str, str] = codes.span(""), on: date | None = None
) -> tuple[ContractRow, ...]:
    """This will return running contracts that end before a day and have no successor yet."""
    day = on or clock.today()
    rows = AdviserContract.objects.filter(
        region__code__gte=span[0], region__code__lt=span[1], ended_on__isnull=True,
        until_on__gt=day, until_on__lt=before,
    )  # fmt: skip
    return tuple(row for row in _contracts(rows, day) if not row.renewed)


def advisers_lapsed(
    since: date, *, span: tuple[str, str], on: date | None = None
) -> tuple[ContractRow, ...]:
    """This will return contracts that ran out since a day and were not renewed."""
    day = on or clock.today()
    rows = AdviserContract.objects.filter(
        region__code__gte=span[0], region__code__lt=span[1], ended_on__isnull=True,
        until_on__lte=day, until_on__gte=since,
    )  # fmt: skip
    return tuple(row for row in _contracts(rows, day) if not row.renewed)


def coverage(region_code: str, on: date | None = None) -> Coverage:
    """This will count the villages with an adviser and list those without."""
    villages = region_queries.villages_of(region_code)
    have = advisers_of_villages(codes.span(region_code), on)
    towns = {row.code: row.name for row in region_queries.towns_of(_county(region_code))}
    without = tuple(
        (row.code, row.name, towns.get(row.parent_code, ""))
        for row in villages
        if row.code not in have
    )
    return Coverage(villages=len(villages), covered=len(villages) - len(without), without=without)


def villages_carried(practitioner_id: UUID, on: date | None = None) -> int:
    """This will return how many villages a person advises on a day (today)."""
    mine = AdviserVillage.objects.filter(contract__practitioner=practitioner_id)
    return _serving(mine, on or clock.today()).count()


def visits_of(contract_id: UUID, *, most: int = 50) -> tuple[VisitRow, ...]:
    """This will return what was done under a contract, newest first; for staff."""
    rows = list(AdviserVisit.objects.filter(contract=contract_id).order_by("-on", "-id")[:most])
    names = region_queries.regions_of({row.village_id for row in rows})
    return tuple(
        VisitRow(
            id=row.pk,
            on=row.on,
            village_code=row.village_id,
            village_name=names[row.village_id].name,
            minutes=row.minutes,
            kind_name=kinds.ADVISER_WORK[row.kind],
            people=row.people,
            note=row.note,
        )
        for row in rows
    )


def workload(span: tuple[str, str], since: date, until: date) -> tuple[WorkRow, ...]:
    """This will compare what contracts ask for in [since, until) with what was done; for staff.

    Meant for a calendar month: the hours are those of one month, for each village served on the
    last day of it.
    """
    rows = contracts_in(span, on=since)
    visits = AdviserVisit.objects.filter(
        contract__in=[row.id for row in rows], on__gte=since, on__lt=until
    )
    done: dict[UUID, list[AdviserVisit]] = defaultdict(list)
    for visit in visits:
        done[visit.contract_id].append(visit)
    return tuple(_work(row, done[row.id]) for row in rows)


def _work(row: ContractRow, visits: list[AdviserVisit]) -> WorkRow:
    seen = {visit.village_id for visit in visits}
    return WorkRow(
        contract=row,
        asked_minutes=60 * row.hours_per_month * len(row.villages),
        done_minutes=sum(visit.minutes for visit in visits),
        lectures=sum(visit.kind == "lecture" for visit in visits),
        people=sum(visit.people for visit in visits),
        unvisited=tuple(village for village in row.villages if village[0] not in seen),
    )


def _county(region_code: str) -> str:
    return codes.at_level(region_code, "county") or region_code


def _serving(rows: QuerySet[AdviserVillage], day: date) -> QuerySet[AdviserVillage]:
    alive = Q(contract__ended_on__isnull=True) | Q(contract__ended_on__gt=day)
    return rows.filter(
        alive, from_on__lte=day, until_on__gt=day, contract__until_on__gt=day
    ).select_related("contract__practitioner__institution")


def _adviser(row: AdviserVillage) -> AdviserFace:
    paper = row.contract
    person = paper.practitioner
    return AdviserFace(
        contract_id=paper.pk,
        practitioner_id=person.pk,
        name=person.name,
        institution_id=person.institution_id,
        institution_name=person.institution.name,
        village_code=row.village_id,
        hours_per_month=paper.hours_per_month,
        from_on=row.from_on,
        until_on=min(row.until_on, paper.ended_on or row.until_on),
    )


def _contracts(rows: QuerySet[AdviserContract], day: date) -> tuple[ContractRow, ...]:
    found = list(rows.select_related("practitioner__institution").order_by("until_on", "id"))
    ids = [row.pk for row in found]
    renewed = set(
        AdviserContract.objects.filter(former__in=ids).values_list("former_id", flat=True)
    )
    villages = _villages_under(found, day)
    return tuple(_contract(row, villages[row.pk], row.pk in renewed, day) for row in found)


def _villages_under(
    found: list[AdviserContract], day: date
) -> dict[UUID, tuple[tuple[str, str], ...]]:
    """The villages on the day; of a contract to come on its first day, of one over on its last."""
    shown = {row.pk: max(row.from_on, min(day, _end(row) - timedelta(days=1))) for row in found}
    under: dict[UUID, list[str]] = {row.pk: [] for row in found}
    for one in AdviserVillage.objects.filter(contract__in=list(under)).order_by("village_id"):
        if one.from_on <= shown[one.contract_id] < one.until_on:
            under[one.contract_id].append(one.village_id)
    names = region_queries.regions_of({code for many in under.values() for code in many})
    return {
        contract: tuple((code, names[code].name if code in names else code) for code in many)
        for contract, many in under.items()
    }


def _end(row: AdviserContract) -> date:
    return min(row.until_on, row.ended_on or row.until_on)


def _contract(
    row: AdviserContract, villages: tuple[tuple[str, str], ...], renewed: bool, day: date
) -> ContractRow:
    person = row.practitioner
    return ContractRow(
        id=row.pk,
        number=row.number,
        practitioner_id=person.pk,
        practitioner_name=person.name,
        institution_id=person.institution_id,
        institution_name=person.institution.name,
        region_code=row.region_id,
        former_id=row.former_id,
        renewed=renewed,
        from_on=row.from_on,
        until_on=_end(row),
        hours_per_month=row.hours_per_month,
        lectures_per_quarter=row.lectures_per_quarter,
        duties=row.duties,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        villages=villages,
        state=_state(row, day),
        days_left=(_end(row) - day).days,
        demo=row.demo,
    )


def _state(row: AdviserContract, day: date) -> str:
    if _end(row) <= day:
        return "over"
    return "coming" if day < row.from_on else "running"
