"""Reads of grade schemes: which there are, which is in force, and one whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.places import access, grading, kinds
from yike.rooms.places.grading import Criterion, Grade, Scheme
from yike.rooms.places.models import GradeScheme
from yike.rooms.providers.access import REGISTRARS
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class SchemeRow:
    """One version in a list."""

    id: UUID
    name: str
    version: int
    published: bool
    state_name: str
    in_force: bool
    levels: tuple[int, ...]
    levels_sentence: str
    full: int
    appeal_days: int
    source: str
    checked_on: date | None
    active_from: date | None
    active_until: date | None
    criteria: int
    demo: bool


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """One criterion in words."""

    one: Criterion
    rule_name: str
    evidence_name: str
    levels_sentence: str
    steps_sentence: str


@dataclass(frozen=True, kw_only=True)
class SchemePage:
    """One version whole: grades, criteria by section, totals by level, and its faults."""

    row: SchemeRow
    scheme: Scheme
    grades: tuple[Grade, ...]
    sections: tuple[tuple[str, tuple[CriterionRow, ...]], ...]
    totals: tuple[tuple[str, int], ...]
    faults: tuple[str, ...]
    keeps: bool


def schemes_in(county: str) -> tuple[SchemeRow, ...]:
    """This will return all versions of a county's schemes that the actor sees, newest first."""
    return tuple(row_of(one) for one in GradeScheme.objects.filter(county_code=county))


def in_force(county: str, level: int, on: date | None = None) -> SchemeRow | None:
    """This will return the version a station of a level is graded by on a day (today), or None."""
    day = on or clock.today()
    rows = GradeScheme.objects.filter(
        Q(active_until=None) | Q(active_until__gt=day), published=True, county_code=county,
        active_from__lte=day,
    ).order_by("-active_from", "-version")  # fmt: skip
    found = next((one for one in rows if level in one.body.get("levels", ())), None)
    return row_of(found) if found else None


def scheme_page(actor: Actor, ref: UUID) -> SchemePage:
    """This will return one version with its criteria. Refuses NotFound."""
    row = access.scheme_for(actor, ref)
    scheme = grading.read(row.body)
    span = (actor.region_from, actor.region_until)
    sections: dict[str, list[CriterionRow]] = {}
    for one in scheme.criteria:
        sections.setdefault(one.section, []).append(_criterion(one))
    return SchemePage(
        row=row_of(row),
        scheme=scheme,
        grades=scheme.grades,
        sections=tuple((name, tuple(rows)) for name, rows in sections.items()),
        totals=tuple(
            (kinds.LEVELS[level], sum(one.points for one in scheme.of_level(level)))
            for level in scheme.levels
        ),
        faults=() if row.published else grading.faults(scheme),
        keeps=actor.has(*REGISTRARS) and codes.within(row.county_code, span),
    )


def row_of(row: GradeScheme) -> SchemeRow:
    """This will return a version as a list shows it."""
    today, begins, ends = clock.today(), row.active_from, row.active_until
    in_force = row.published and begins is not None and begins <= today
    in_force = in_force and (ends is None or today < ends)
    ended = ends is not None and ends <= today
    state = "施行中" if in_force else "已失效" if ended else "未到施行日"
    levels = tuple(row.body.get("levels", ()))
    return SchemeRow(
        id=row.pk,
        name=row.name,
        version=row.version,
        published=row.published,
        state_name=state if row.published else "草稿",
        in_force=in_force,
        levels=levels,
        levels_sentence="、".join(kinds.LEVELS[one] for one in levels),
        full=row.body.get("full", 100),
        appeal_days=row.appeal_days,
        source=row.source,
        checked_on=row.checked_on,
        active_from=begins,
        active_until=ends,
        criteria=len(row.body.get("criteria", ())),
        demo=row.demo,
    )


def _criterion(one: Criterion) -> CriterionRow:
    return CriterionRow(
        one=one,
        rule_name=grading.RULES[one.rule],
        evidence_name=grading.EVIDENCE[one.evidence],
        levels_sentence="、".join(kinds.LEVELS[level] for level in one.levels) or "全部级别",
        steps_sentence=(
            f"{grading.FACTS.get(one.fact, one.fact)}："
            + "，".join(f"{step.at_least} 起得 {step.points} 分" for step in one.steps)
        ) if one.steps else "",
    )  # fmt: skip
