"""Duty teams as of a day: what they need, who belongs to them, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.providers import kinds
from yike.rooms.providers.models import DutyMember, DutyNeed, DutyTeam
from yike.rooms.providers.queries.fitness import fit_to_serve
from yike.rooms.providers.queries.register import PractitionerRow, practitioners_by_id


@dataclass(frozen=True, kw_only=True)
class NeedFace:
    """So many people of these kinds (any when empty), with this specialty and language."""

    kinds: tuple[str, ...]
    people: int
    specialty: str
    language: str

    @property
    def sentence(self) -> str:
        """The need in words: 律师或基层法律服务至少2名，须会象山话."""
        who = "或".join(kinds.RESOURCE_KINDS[kind] for kind in self.kinds) or "人员"
        more = [f"擅长{self.specialty}"] if self.specialty else []
        more += [f"会{self.language}"] if self.language else []
        return f"{who}至少{self.people}名" + (f"，须{'、'.join(more)}" if more else "")

    def met_by(self, row: PractitionerRow) -> bool:
        """Whether this person counts."""
        return (
            (not self.kinds or row.kind in self.kinds)
            and (not self.specialty or self.specialty in row.specialties)
            and (not self.language or self.language in row.languages)
        )


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """One person's time in a team, and whether they may serve on the day asked."""

    id: UUID
    practitioner: PractitionerRow
    part: str
    part_name: str
    from_on: date
    until_on: date | None
    reason: str
    end_reason: str
    #: () when fit
    unfit: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TeamFace:
    """A duty team as of a day."""

    id: UUID
    name: str
    region_code: str
    post_id: UUID | None
    place_id: UUID | None
    line: str
    active_from: date
    active_until: date | None
    end_reason: str
    needs: tuple[NeedFace, ...]
    members: tuple[MemberRow, ...]
    #: which needs the fit members do not meet, in words
    missing: tuple[str, ...]
    demo: bool


def team(team_id: UUID, *, on: date | None = None) -> TeamFace:
    """This will return a team as it was or will be on a day (today). Refuses NotFound."""
    found = _teams(DutyTeam.objects.filter(pk=team_id), on or clock.today())
    if not found:
        raise NotFound("没有这个值班团队")
    return found[0]


def team_of_post(post_id: UUID, *, on: date | None = None) -> TeamFace | None:
    """This will return the team of a duty post on a day (today), or None."""
    day = on or clock.today()
    found = _teams(_active(DutyTeam.objects.filter(post_id=post_id), day), day)
    return found[0] if found else None


def teams_in(span: tuple[str, str], *, on: date | None = None) -> tuple[TeamFace, ...]:
    """This will return the teams of a range of codes as of a day (today)."""
    day = on or clock.today()
    rows = DutyTeam.objects.filter(region__code__gte=span[0], region__code__lt=span[1])
    return _teams(_active(rows, day), day)


def teams_of(practitioner_id: UUID, *, on: date | None = None) -> tuple[TeamFace, ...]:
    """This will return the teams a person belongs to on a day (today)."""
    day = on or clock.today()
    mine = _serving(DutyMember.objects.filter(practitioner=practitioner_id), day)
    return _teams(_active(DutyTeam.objects.filter(pk__in=mine.values("team")), day), day)


def membership_of(team_id: UUID) -> tuple[MemberRow, ...]:
    """This will return everybody who ever belonged to a team, newest first: its versions."""
    rows = list(DutyMember.objects.filter(team=team_id).order_by("-from_on", "-id"))
    people = practitioners_by_id(row.practitioner_id for row in rows)
    return tuple(_member(row, people, {}) for row in rows)


def missing_of(needs: Sequence[NeedFace], fit: Sequence[PractitionerRow]) -> tuple[str, ...]:
    """This will say which needs these people do not meet. Pure."""
    said = []
    for need in needs:
        have = sum(need.met_by(row) for row in fit)
        if have < need.people:
            said.append(f"{need.sentence}，现有{have}名，差{need.people - have}名")
    return tuple(said)


def _teams(rows: QuerySet[DutyTeam], day: date) -> tuple[TeamFace, ...]:
    found = list(rows.order_by("region_id", "name", "id"))
    ids = [row.pk for row in found]
    held = list(_serving(DutyMember.objects.filter(team__in=ids), day).order_by("from_on", "id"))
    people = practitioners_by_id(row.practitioner_id for row in held)
    unfit = fit_to_serve(list(people), on=day)
    members: dict[UUID, list[MemberRow]] = defaultdict(list)
    for member in held:
        members[member.team_id].append(_member(member, people, unfit))
    needs: dict[UUID, list[NeedFace]] = defaultdict(list)
    for need in DutyNeed.objects.filter(team__in=ids).order_by("id"):
        needs[need.team_id].append(_need(need))
    return tuple(_team(row, needs[row.pk], members[row.pk]) for row in found)


def _team(row: DutyTeam, needs: list[NeedFace], members: list[MemberRow]) -> TeamFace:
    parts = list(kinds.PARTS)
    fit = [one.practitioner for one in members if not one.unfit and one.part != "reserve"]
    return TeamFace(
        id=row.pk,
        name=row.name,
        region_code=row.region_id,
        post_id=row.post_id,
        place_id=row.place_id,
        line=row.line,
        active_from=row.active_from,
        active_until=row.active_until,
        end_reason=row.end_reason,
        needs=tuple(needs),
        members=tuple(sorted(members, key=lambda one: parts.index(one.part))),
        missing=missing_of(needs, fit),
        demo=row.demo,
    )


def _need(row: DutyNeed) -> NeedFace:
    return NeedFace(
        kinds=tuple(row.kinds), people=row.people, specialty=row.specialty, language=row.language
    )


def _member(
    row: DutyMember,
    people: dict[UUID, PractitionerRow],
    unfit: dict[UUID, tuple[str, ...]],
) -> MemberRow:
    return MemberRow(
        id=row.pk,
        practitioner=people[row.practitioner_id],
        part=row.part,
        part_name=kinds.PARTS[row.part],
        from_on=row.from_on,
        until_on=row.until_on,
        reason=row.reason,
        end_reason=row.end_reason,
        unfit=unfit.get(row.practitioner_id, ()),
    )


def _active(rows: QuerySet[DutyTeam], day: date) -> QuerySet[DutyTeam]:
    still = Q(active_until__isnull=True) | Q(active_until__gt=day)
    return rows.filter(still, active_from__lte=day)


def _serving(rows: QuerySet[DutyMember], day: date) -> QuerySet[DutyMember]:
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)
