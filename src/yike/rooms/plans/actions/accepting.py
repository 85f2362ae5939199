"""Acceptance of building projects: inspection, mending, a second look; warnings; the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean, limits
from yike.rooms.people import purposes
from yike.rooms.plans import building, events, project_deed, queries
from yike.rooms.plans.models import Finding, Inspection, Milestone, Project
from yike.rooms.trail import actions as trail_actions

#: lists one person may take in a day
_PER_DAY = 20
_A_DAY = 24 * 3600
MOST_FINDINGS = 50


@dataclass(frozen=True, kw_only=True)
class ProjectList:
    """The building plan on its way out, with the words of its watermark."""

    rows: tuple[queries.ProjectRow, ...]
    purpose: str
    reason: str


@transaction.atomic
def inspect_project(
    *,
    project_id: UUID,
    words: str,
    findings: Sequence[str] = (),
    mend_until: date | None = None,
    actor: Actor,
) -> None:
    """This will accept a finished project, or send it back with what must be mended by a day.

    By keepers of the county, never by who reported it finished. Refuses Clash to accept while
    something found before is not mended.
    """
    project, row = project_deed.begin("fault" if findings else "accept", project_id, actor)
    said = clean.text(words, field="words", most=2000, least=2)
    seen = Inspection.objects.create(
        id=new_id(), project=project, at=clock.now(), passed=not findings, words=said,
        account=actor.account_id, label=actor.label[:80] if actor.kind == "staff" else "",
    )  # fmt: skip
    if findings:
        _find(seen, findings, mend_until)
    else:
        _refuse_unmended(project)
        project.accepted_on = clock.today()
    project_deed.settle(project, row)
    project.save(update_fields=["state", "accepted_on"])
    project_deed.say(project, row, said, actor)


def _find(seen: Inspection, findings: Sequence[str], mend_until: date | None) -> None:
    if len(findings) > MOST_FINDINGS:
        raise BadInput(f"一次最多 {MOST_FINDINGS} 个问题。", field="findings")
    if mend_until is None or mend_until < clock.today():
        raise BadInput("请写整改期限，今天或以后。", way_on="请改正日期。", field="mend_until")
    for one in findings:
        Finding.objects.create(
            id=new_id(), project=seen.project, inspection=seen, due_on=mend_until,
            words=clean.text(one, field="findings", most=500, least=2),
        )  # fmt: skip


def _refuse_unmended(project: Project) -> None:
    left = Finding.objects.filter(project=project).exclude(state=building.PASSED).count()
    if left:
        raise Clash(f"还有 {left} 个问题没有复查通过，不能验收。", way_on="请先逐个复查。")


@transaction.atomic
def mend_finding(*, project_id: UUID, finding_id: UUID, words: str, actor: Actor) -> None:
    """This will say how something found was mended; with the last one the project is back for a

    second look. Refuses NotFound what does not wait to be mended.
    """
    project, row = project_deed.begin("mend", project_id, actor)
    one = _finding(project, finding_id, building.OPEN)
    one.state, one.mended_on, one.mended_by = building.MENDED, clock.today(), actor.account_id
    one.mended_words = clean.text(words, field="words", most=500, least=2)
    one.save(update_fields=["state", "mended_on", "mended_by", "mended_words"])
    project_deed.settle(project, row)
    project.save(update_fields=["state"])
    project_deed.say(project, row, f"“{one.words}”：{one.mended_words}"[:2000], actor)


@transaction.atomic
def recheck_finding(
    *, project_id: UUID, finding_id: UUID, passed: bool, words: str, actor: Actor
) -> None:
    """This will look again at something mended: passed, or back to be mended.

    By a keeper who did not mend it. Refuses NotAllowed, NotFound.
    """
    project, row = project_deed.begin("recheck", project_id, actor)
    one = _finding(project, finding_id, building.MENDED)
    if actor.account_id is not None and one.mended_by == actor.account_id:
        raise NotAllowed("报告整改的人不能自己复查", way_on="请由另一位管理人员复查。")
    one.state = building.PASSED if passed else building.OPEN
    one.checked_on = clock.today()
    one.checked_words = clean.text(words, field="words", most=500, least=2)
    one.save(update_fields=["state", "checked_on", "checked_words"])
    project_deed.settle(project, row)
    project.save(update_fields=["state"])
    found = "通过" if passed else "没有通过"
    said = f"“{one.words}”{found}：{one.checked_words}"
    project_deed.say(project, row, said[:2000], actor)


@transaction.atomic
def warn_of_milestones(*, actor: Actor) -> int:
    """This will tell, once each, of milestones due within a week and of those overdue.

    Run each day by the house; returns how many it told of.
    """
    if actor.kind != "system":
        raise NotAllowed("里程碑提醒由系统每天发出")
    today = clock.today()
    rows = Milestone.objects.select_for_update(of=("self",)).select_related("project")
    due = rows.filter(
        reached_on=None, project__state__in=building.GOING, warned__lt=building.WARNED_LATE,
        due_on__lte=today + timedelta(days=building.NEAR_DAYS),
    )  # fmt: skip
    told = 0
    for one in due.order_by("id"):
        tier = building.WARNED_LATE if one.due_on < today else building.WARNED_NEAR
        if one.warned >= tier:
            continue
        one.warned = tier
        one.save(update_fields=["warned"])
        trail_actions.record(_warning(one, tier), actor=actor)
        told += 1
    return told


def _warning(one: Milestone, tier: int) -> events.MilestoneNear:
    return events.MilestoneNear(
        milestone_id=one.id,
        milestone=one.name,
        due_on=one.due_on,
        institution_id=one.project.institution_id,
        county_code=one.project.county_code,
        overdue="，已逾期" if tier == building.WARNED_LATE else "",
        **project_deed.about(one.project),
    )


@transaction.atomic
def export_projects(
    *, asked: queries.ProjectFilter, purpose: str, reason: str, actor: Actor
) -> ProjectList:
    """This will let the projects that match leave as a list, with purpose and reason recorded.

    Refuses BadInput no known purpose or no rows; TooMany the 21st list in a day.
    """
    if actor.kind != "staff":
        raise NotAllowed("只有工作人员可以导出建设计划")
    if purpose not in dict(purposes.EXPORTING):
        raise BadInput("请选择导出的用途。", field="purpose")
    why = clean.text(reason, field="reason", most=200, least=4).replace("\n", " ")
    rows = queries.board(actor, asked).rows
    if not rows:
        raise BadInput("没有可以导出的项目。", way_on="请换个条件。")
    limits.allow(what="export", who=actor.ref, per_seconds=_A_DAY, at_most=_PER_DAY)
    named = purposes.name_of(purpose)
    exported = events.ProjectsExported(
        region_code=actor.region_from, rows=len(rows), purpose=named, reason=why
    )
    trail_actions.record(exported, actor=actor)
    return ProjectList(rows=rows, purpose=named, reason=why)


def _finding(project: Project, finding_id: UUID, state: str) -> Finding:
    rows = Finding.objects.select_for_update().filter(pk=finding_id, project=project)
    found = rows.filter(state=state).first()
    if found is None:
        raise NotFound(f"没有这个{building.FINDING_STATES[state]}的问题")
    return found
