"""Reads of the building plan: the board by town, and one project with all that hangs on it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.plans import access, building
from yike.rooms.plans.faces import (
    Board,
    BudgetRow,
    FindingRow,
    InspectionRow,
    MilestoneRow,
    Money,
    ProjectFilter,
    ProjectPage,
    ProjectReportRow,
    ProjectRow,
    TownRow,
)
from yike.rooms.plans.models import (
    BudgetLine,
    Finding,
    Inspection,
    Milestone,
    Project,
    ProjectReport,
)
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries


def board(actor: Actor, asked: ProjectFilter) -> Board:
    """This will return the building plan of a county: the figures of all, the rows asked for."""
    access.require_reader(actor, asked.county)
    every = _rows(Project.objects.filter(county_code=asked.county), clock.today())
    paces = [row.pace for row in every]
    return Board(
        rows=tuple(row for row in every if _asked(row, asked)),
        towns=_towns(every),
        total=len(every),
        counts={code: paces.count(code) for code in building.PACES},
        money=sum((row.money for row in every), Money()),
        unexplained=sum(len(row.unexplained) for row in every),
        unlinked=sum(row.pace == "accepted" and not row.station_code for row in every),
    )


def project_page(actor: Actor, ref: UUID) -> ProjectPage:
    """This will return one project with its story. Refuses NotFound."""
    project = access.project_for(actor, ref)
    labels = {row.verb: row.label for row in building.ROWS}
    own = project.finished_by is not None and project.finished_by == actor.account_id
    return ProjectPage(
        project=_rows(Project.objects.filter(id=project.id), clock.today())[0],
        budget=tuple(_line(row) for row in BudgetLine.objects.filter(project=project)),
        inspections=_inspections(project),
        reports=tuple(
            ProjectReportRow(
                at=row.at,
                label=row.label,
                deed=labels.get(row.verb, row.verb),
                words=row.words,
                late_reason=row.late_reason,
            )
            for row in ProjectReport.objects.filter(project=project)
        ),
        verbs=building.COURSE.allowed(
            project.state, access.standing_at(actor, project), reporter=own
        ),
    )


def projects_of_station(actor: Actor, station_code: str) -> tuple[ProjectRow, ...]:
    """This will return the projects that built a station of the register; for staff."""
    if not station_code or actor.kind not in ("staff", "system"):
        return ()
    return _rows(Project.objects.filter(station_code=station_code), clock.today())


def _asked(row: ProjectRow, asked: ProjectFilter) -> bool:
    return (
        (not asked.region or codes.within(row.region_code, codes.span(asked.region)))
        and (not asked.pace or row.pace == asked.pace)
        and (not asked.kind or row.kind_name == building.KINDS.get(asked.kind))
        and (asked.institution is None or row.institution_id == asked.institution)
        and asked.name in row.name
    )


def _towns(every: tuple[ProjectRow, ...]) -> tuple[TownRow, ...]:
    names = region_queries.regions_of({row.town for row in every})
    found = []
    for code, some in groupby(sorted(every, key=lambda row: row.town), key=lambda row: row.town):
        rows = list(some)
        paces = [row.pace for row in rows]
        found.append(
            TownRow(
                code=code,
                name=names[code].name if code in names else code,
                total=len(rows),
                counts={pace: paces.count(pace) for pace in building.PACES},
                money=sum((row.money for row in rows), Money()),
            )
        )
    return tuple(found)


Child = TypeVar("Child", Milestone, BudgetLine, Finding)


def _by_project(rows: QuerySet[Child]) -> dict[UUID, list[Child]]:
    found: defaultdict[UUID, list[Child]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found


def _rows(wanted: QuerySet[Project], today: date) -> tuple[ProjectRow, ...]:
    found = list(wanted.select_related("institution").order_by("region_id", "level", "name"))
    ids = [row.id for row in found]
    steps = _by_project(Milestone.objects.filter(project__in=ids))
    money = _by_project(BudgetLine.objects.filter(project__in=ids))
    paths = region_queries.paths_of({row.region_id for row in found})
    return tuple(
        _row(row, steps.get(row.id, []), money.get(row.id, []), paths[row.region_id].text, today)
        for row in found
    )


def _row(
    row: Project, steps: list[Milestone], lines: list[BudgetLine], region: str, today: date
) -> ProjectRow:
    dates = [(one.due_on, one.reached_on) for one in steps]
    pace = building.pace(row.state, row.planned_until, dates, today)
    return ProjectRow(
        id=row.id,
        name=row.name,
        kind_name=building.KINDS[row.kind],
        level_name=building.LEVELS[row.level],
        region_code=row.region_id,
        region_name=region,
        town=codes.at_level(row.region_id, "town") or row.county_code,
        institution_id=row.institution_id,
        institution_name=row.institution.name,
        site=row.site,
        document=row.document,
        planned_from=row.planned_from,
        planned_until=row.planned_until,
        state=row.state,
        state_name=building.STATES[row.state],
        pace=pace,
        pace_name=building.PACES[pace],
        accepted_on=row.accepted_on,
        station_code=row.station_code,
        milestones=tuple(_milestone(one, row.state, today) for one in steps),
        money=sum((_money(one) for one in lines), Money()),
        demo=row.demo,
    )


def _milestone(row: Milestone, state: str, today: date) -> MilestoneRow:
    mark = "done" if row.reached_on else ""
    if building.is_late(state, row.due_on, row.reached_on, today):
        mark = "late"
    elif building.is_near(state, row.due_on, row.reached_on, today):
        mark = "near"
    return MilestoneRow(
        id=row.id,
        name=row.name,
        due_on=row.due_on,
        reached_on=row.reached_on,
        late_reason=row.late_reason,
        expected_on=row.expected_on,
        mark=mark,
    )


def _money(row: BudgetLine) -> Money:
    return Money(planned=row.planned_fen, contracted=row.contracted_fen, spent=row.spent_fen)


def _line(row: BudgetLine) -> BudgetRow:
    return BudgetRow(
        id=row.id,
        name=row.name,
        source_name=building.SOURCES[row.source],
        money=_money(row),
        over_reason=row.over_reason,
    )


def _inspections(project: Project) -> tuple[InspectionRow, ...]:
    today = clock.today()
    found: defaultdict[UUID, list[FindingRow]] = defaultdict(list)
    for one in Finding.objects.filter(project=project):
        found[one.inspection_id].append(_finding(one, today))
    return tuple(
        InspectionRow(
            at=row.at,
            label=row.label,
            passed=row.passed,
            words=row.words,
            findings=tuple(found[row.id]),
        )
        for row in Inspection.objects.filter(project=project)
    )


def _finding(row: Finding, today: date) -> FindingRow:
    return FindingRow(
        id=row.id,
        words=row.words,
        due_on=row.due_on,
        late=row.state == building.OPEN and row.due_on < today,
        state=row.state,
        state_name=building.FINDING_STATES[row.state],
        mended_on=row.mended_on,
        mended_words=row.mended_words,
        checked_on=row.checked_on,
        checked_words=row.checked_words,
    )
