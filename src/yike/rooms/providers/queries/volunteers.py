"""Volunteers as the register shows them: life, undertaking, teams, hours, honours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import volunteer_rules
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.models import (
    Volunteer,
    VolunteerCertificate,
    VolunteerContact,
    VolunteerHonour,
    VolunteerMember,
    VolunteerRules,
    VolunteerSignUp,
    VolunteerTeam,
    VolunteerUndertaking,
)
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class Total:
    """What a volunteer gave in all; only services that were signed out count."""

    minutes: int = 0
    services: int = 0
    points: int = 0

    @property
    def hours(self) -> str:
        """Hours with one decimal place."""
        return f"{self.minutes / 60:.1f}"


@dataclass(frozen=True, kw_only=True)
class VolunteerRow:
    """One volunteer in a list."""

    id: UUID
    name: str
    kind: str
    kind_name: str
    directions: tuple[str, ...]
    direction_names: tuple[str, ...]
    specialties: tuple[str, ...]
    languages: tuple[str, ...]
    region_code: str
    areas: tuple[str, ...]
    availability: tuple[str, ...]
    availability_words: str
    employer: str
    practitioner_id: UUID | None
    account_id: UUID | None
    state: str
    state_name: str
    applied_on: date
    began_on: date | None
    ended_on: date | None
    end_words: str
    total: Total
    #: signed the undertaking that is in force
    undertaken: bool
    teams: tuple[str, ...]
    demo: bool


@dataclass(frozen=True, kw_only=True)
class UndertakingRow:
    """One undertaking a volunteer signed."""

    version: str
    signed_on: date
    noted_by: str


@dataclass(frozen=True, kw_only=True)
class CertificateFace:
    """What a certificate says, as whoever has its code sees it."""

    id: UUID
    code: str
    #: the code in groups of four
    code_words: str
    holder: str
    county: str
    total: Total
    honours: tuple[str, ...]
    issued_on: date
    revoked_on: date | None


@dataclass(frozen=True, kw_only=True)
class VolunteerFace:
    """One volunteer with all that hangs on them."""

    row: VolunteerRow
    verbs: tuple[str, ...]
    reach_mask: str
    undertakings: tuple[UndertakingRow, ...]
    version: str
    honours: tuple[tuple[str, date], ...]
    certificates: tuple[CertificateFace, ...]


@dataclass(frozen=True, kw_only=True)
class VolunteerMemberRow:
    """One volunteer's time in a team."""

    id: UUID
    volunteer_id: UUID
    name: str
    leads: bool
    from_on: date
    until_on: date | None
    reason: str
    end_reason: str


@dataclass(frozen=True, kw_only=True)
class VolunteerTeamFace:
    """A team of one professional field: its leader, members, and those who left."""

    id: UUID
    name: str
    field: str
    field_name: str
    region_code: str
    active_from: date
    active_until: date | None
    end_reason: str
    members: tuple[VolunteerMemberRow, ...]
    former: tuple[VolunteerMemberRow, ...]
    demo: bool

    @property
    def leader(self) -> str:
        """The leader's name, or ""."""
        return next((one.name for one in self.members if one.leads), "")


def rules_of(region_code: str, *, on: date | None = None) -> volunteer_rules.Rules:
    """This will return the rules of a region's county on a day (today); ours while it has none."""
    county = codes.at_level(region_code, "county")
    rows = VolunteerRules.objects.filter(region=county, active_from__lte=on or clock.today())
    row = rows.order_by("-active_from").first()
    if row is None:
        return volunteer_rules.Rules()
    return volunteer_rules.Rules(
        points_per_hour=row.points_per_hour,
        points_for_best=row.points_for_best,
        probation_tasks=row.probation_tasks,
        honours=tuple((int(hours), str(name)) for hours, name in row.honours),
        undertaking_version=row.undertaking_version,
        undertaking=row.undertaking,
    )


def undertaken(ids: Iterable[UUID], version: str) -> frozenset[UUID]:
    """This will return those of these volunteers who signed this version."""
    rows = VolunteerUndertaking.objects.filter(volunteer__in=list(ids), version=version)
    return frozenset(rows.values_list("volunteer_id", flat=True))


def tasks_served(ids: Iterable[UUID]) -> dict[UUID, int]:
    """This will return how many services each volunteer was signed out of."""
    return {one: total.services for one, total in totals_of(ids).items()}


def total_of(volunteer_id: UUID) -> Total:
    """This will return what one volunteer gave in all."""
    return totals_of([volunteer_id]).get(volunteer_id, Total())


def totals_of(ids: Iterable[UUID]) -> dict[UUID, Total]:
    """This will return what volunteers gave in all; who gave nothing has no entry."""
    rows = VolunteerSignUp.objects.filter(volunteer__in=list(ids), state="done").order_by()
    sums = rows.values("volunteer").annotate(m=Sum("minutes"), p=Sum("points"), n=Count("id"))
    return {
        one["volunteer"]: Total(minutes=one["m"], services=one["n"], points=one["p"])
        for one in sums
    }


def volunteers_in(
    span: tuple[str, str], *, state: str = "", kind: str = "", direction: str = "", name: str = ""
) -> tuple[VolunteerRow, ...]:
    """This will return the volunteers of a range of codes by name; for whoever may see them."""
    rows = Volunteer.objects.filter(region__code__gte=span[0], region__code__lt=span[1])
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(directions__contains=[direction]) if direction else rows
    rows = rows.filter(name__contains=name) if name else rows
    return _rows(rows)


def volunteers_by_id(ids: Iterable[UUID]) -> dict[UUID, VolunteerRow]:
    """This will return volunteers by id; those who may not be seen have no entry."""
    return {row.id: row for row in _rows(Volunteer.objects.filter(pk__in=list(ids)))}


def volunteer_states(span: tuple[str, str]) -> dict[str, int]:
    """This will count the volunteers of a range of codes by state."""
    rows = Volunteer.objects.filter(region__code__gte=span[0], region__code__lt=span[1])
    counted = rows.order_by().values_list("state").annotate(n=Count("id"))
    return {str(state): int(n) for state, n in counted}


def volunteer_of_account(account_id: UUID) -> VolunteerRow | None:
    """This will return the volunteer who signs in with this account, or None."""
    rows = Volunteer.objects.filter(account_id=account_id).exclude(state__in=words.ENDED)
    return next(iter(_rows(rows)), None)


def volunteer_face(volunteer_id: UUID) -> VolunteerFace:
    """This will return one volunteer with all that hangs on them. Refuses NotFound."""
    found = _rows(Volunteer.objects.filter(pk=volunteer_id))
    if not found:
        raise NotFound("没有这名志愿者")
    row = found[0]
    contact = VolunteerContact.objects.filter(pk=row.id).values_list("reach_mask", flat=True)
    signed = VolunteerUndertaking.objects.filter(volunteer=row.id)
    honours = VolunteerHonour.objects.filter(volunteer=row.id)
    return VolunteerFace(
        row=row,
        verbs=words.verbs_of(row.state),
        reach_mask=contact.first() or "",
        undertakings=tuple(
            UndertakingRow(version=one.version, signed_on=one.signed_on, noted_by=one.noted_by)
            for one in signed
        ),
        version=rules_of(row.region_code).undertaking_version,
        honours=tuple(honours.values_list("name", "reached_on")),
        certificates=tuple(
            _certificate(one) for one in VolunteerCertificate.objects.filter(volunteer=row.id)
        ),
    )


def certificate_by_code(code: str) -> CertificateFace:
    """This will return the certificate of a code; asked as a citizen who claims it. NotFound."""
    found = VolunteerCertificate.objects.filter(code=code).first()
    if found is None:
        raise NotFound("没有这份证书", way_on="请核对证书上的验证码，16 位，不含 I、L、O、U。")
    return _certificate(found)


def volunteer_teams_in(span: tuple[str, str]) -> tuple[VolunteerTeamFace, ...]:
    """This will return the teams of a range of codes, those that ended last; for staff."""
    rows = VolunteerTeam.objects.filter(region__code__gte=span[0], region__code__lt=span[1])
    found = _teams(rows)
    return tuple(sorted(found, key=lambda one: one.active_until is not None))


def volunteer_team(team_id: UUID) -> VolunteerTeamFace:
    """This will return one team with everybody who ever belonged to it. Refuses NotFound."""
    found = _teams(VolunteerTeam.objects.filter(pk=team_id))
    if not found:
        raise NotFound("没有这支志愿者团队")
    return found[0]


def _teams(rows: QuerySet[VolunteerTeam]) -> list[VolunteerTeamFace]:
    found = list(rows.order_by("name", "id"))
    members: dict[UUID, list[VolunteerMemberRow]] = defaultdict(list)
    within = VolunteerMember.objects.filter(team__in=[row.pk for row in found])
    for one in within.select_related("volunteer").order_by("-leads", "from_on", "id"):
        members[one.team_id].append(_member(one))
    return [_team(row, members[row.pk]) for row in found]


def _team(row: VolunteerTeam, members: list[VolunteerMemberRow]) -> VolunteerTeamFace:
    return VolunteerTeamFace(
        id=row.pk,
        name=row.name,
        field=row.field,
        field_name=words.DIRECTIONS[row.field],
        region_code=row.region_id,
        active_from=row.active_from,
        active_until=row.active_until,
        end_reason=row.end_reason,
        members=tuple(one for one in members if one.until_on is None),
        former=tuple(one for one in members if one.until_on is not None),
        demo=row.demo,
    )


def _member(one: VolunteerMember) -> VolunteerMemberRow:
    return VolunteerMemberRow(
        id=one.pk, volunteer_id=one.volunteer_id, name=one.volunteer.name, leads=one.leads,
        from_on=one.from_on, until_on=one.until_on, reason=one.reason, end_reason=one.end_reason,
    )  # fmt: skip


def _rows(rows: QuerySet[Volunteer]) -> tuple[VolunteerRow, ...]:
    found = list(rows.order_by("name", "id"))
    ids = [row.pk for row in found]
    totals = totals_of(ids)
    counties = {codes.at_level(row.region_id, "county") for row in found}
    versions = {one: rules_of(one).undertaking_version for one in counties}
    signed = set(
        VolunteerUndertaking.objects.filter(volunteer__in=ids).values_list("volunteer", "version")
    )
    teams: dict[UUID, list[str]] = defaultdict(list)
    within = VolunteerMember.objects.filter(Q(volunteer__in=ids), until_on__isnull=True)
    for volunteer, name in within.values_list("volunteer", "team__name"):
        teams[volunteer].append(str(name))
    return tuple(
        _row(
            row, totals.get(row.pk, Total()),
            (row.pk, versions[codes.at_level(row.region_id, "county")]) in signed,
            tuple(teams[row.pk]),
        )
        for row in found
    )  # fmt: skip


def _row(row: Volunteer, total: Total, undertaken_: bool, teams: tuple[str, ...]) -> VolunteerRow:
    said = "：".join(one for one in (words.REASONS.get(row.end_reason, ""), row.end_words) if one)
    return VolunteerRow(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        kind_name=words.KINDS[row.kind],
        directions=tuple(row.directions),
        direction_names=tuple(words.DIRECTIONS[one] for one in row.directions),
        specialties=tuple(row.specialties),
        languages=tuple(row.languages),
        region_code=row.region_id,
        areas=tuple(row.areas),
        availability=tuple(row.availability),
        availability_words=words.availability_words(row.availability),
        employer=row.employer,
        practitioner_id=row.practitioner_id,
        account_id=row.account_id,
        state=row.state,
        state_name=words.STATES[row.state],
        applied_on=row.applied_on,
        began_on=row.began_on,
        ended_on=row.ended_on,
        end_words=said,
        total=total,
        undertaken=undertaken_,
        teams=teams,
        demo=row.demo,
    )


def _certificate(row: VolunteerCertificate) -> CertificateFace:
    return CertificateFace(
        id=row.pk,
        code=row.code,
        code_words="-".join(row.code[n : n + 4] for n in range(0, len(row.code), 4)),
        holder=row.holder,
        county=row.county,
        total=Total(minutes=row.minutes, services=row.services, points=row.points),
        honours=tuple(row.honours),
        issued_on=row.issued_on,
        revoked_on=row.revoked_on,
    )
