"""The building plan: taking projects in, their milestones and money, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, models, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.guard import clean
from yike.rooms.plans import access, building, events, project_deed
from yike.rooms.plans.models import BudgetLine, Milestone, Project
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions

#: how many milestones a project may have
MOST_MILESTONES = 40


@transaction.atomic
def plan_project(
    *,
    county_code: str,
    region_code: str,
    name: str,
    kind: str,
    level: int,
    institution_id: UUID,
    planned_from: date,
    planned_until: date,
    milestones: Sequence[tuple[str, date]] = (),
    site: str = "",
    document: str = "",
    station_code: str = "",
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will take a station or point into the building plan, with its first milestones.

    `station_code`: of the register, where the station stands already. Refuses NotAllowed, BadInput
    (dates, a place outside the county), Clash a name that is used.
    """
    access.require_keeper(actor, county_code)
    region_queries.region(region_code)
    if not codes.within(region_code, codes.span(county_code)):
        raise BadInput("建设地点不在本县。", way_on="请选择本县的乡镇、村。", field="region_code")
    _one_of(kind, building.KINDS, "kind")
    if level not in building.LEVELS:
        raise BadInput("没有这个站点级别。", field="level")
    _period(planned_from, planned_until)
    providers_queries.institution(institution_id)
    row = Project(
        id=new_id(), county_code=county_code, region_id=region_code, kind=kind, level=level,
        name=clean.text(name, field="name", most=100, least=2), institution_id=institution_id,
        site=clean.text(site, field="site", most=200), planned_from=planned_from,
        document=clean.text(document, field="document", most=100), planned_until=planned_until,
        station_code=clean.text(station_code, field="station_code", most=40), demo=demo,
    )  # fmt: skip
    _insert(row, f"“{row.name}”已经在建设计划里。", "name")
    for title, due_on in milestones:
        _add(row, title, due_on, "milestones")
    planned = events.ProjectPlanned(planned_until=planned_until, **project_deed.about(row))
    trail_actions.record(planned, actor=actor)
    return row.id


@transaction.atomic
def revise_project(
    *,
    project_id: UUID,
    reason: str,
    actor: Actor,
    institution_id: UUID | None = None,
    planned_from: date | None = None,
    planned_until: date | None = None,
    site: str | None = None,
    document: str | None = None,
) -> None:
    """This will correct the facts given (None leaves one as it is), with the reason."""
    project, row = project_deed.begin("revise", project_id, actor)
    why = clean.text(reason, field="reason", most=500, least=2)
    _period(planned_from or project.planned_from, planned_until or project.planned_until)
    if institution_id:
        providers_queries.institution(institution_id)
    news = {
        "institution_id": institution_id,
        "planned_from": planned_from,
        "planned_until": planned_until,
        "site": site if site is None else clean.text(site, field="site", most=200),
        "document": document
        if document is None
        else clean.text(document, field="document", most=100),
    }
    changed = [key for key, value in news.items() if value not in (None, getattr(project, key))]
    for key in changed:
        setattr(project, key, news[key])
    project.save(update_fields=changed)
    project_deed.say(project, row, why, actor)


@transaction.atomic
def move_project(
    *, project_id: UUID, verb: str, words: str, late_reason: str = "", actor: Actor
) -> None:
    """This will begin, report on, finish, stop or resume a project, as the table allows.

    While a milestone is overdue and nobody said why, the reason must be given: it is kept with
    each of them. Refuses BadInput without it, Clash to finish before every milestone is reached.
    """
    if verb not in ("begin", "report", "finish", "stop", "resume"):
        raise BadInput("没有这个动作。")
    project, row = project_deed.begin(verb, project_id, actor)
    said = clean.text(words, field="words", most=2000, least=2)
    why = clean.text(late_reason, field="late_reason", most=500)
    if verb in ("begin", "report", "finish"):
        _explained(project, why)
    if verb == "finish":
        _refuse_unreached(project)
        project.finished_by = actor.account_id
    project_deed.settle(project, row)
    project.save(update_fields=["state", "finished_by"])
    project_deed.say(project, row, said, actor, late_reason=why)


def _explained(project: Project, why: str) -> None:
    """Refuse while something is late without a reason; else keep the reason with what is late."""
    today = clock.today()
    open_ = Milestone.objects.filter(project=project, reached_on=None, due_on__lt=today)
    silent = list(open_.filter(late_reason=""))
    past = project.planned_until < today and not open_.exists()
    if (silent or past) and len(why) < 2:
        named = "、".join(f"“{one.name}”" for one in silent) or "整个项目"
        raise BadInput(
            f"{named}已超过计划日期，请写明逾期原因。",
            way_on="写明原因后再提交。",
            field="late_reason",
        )
    for one in silent:
        one.late_reason = why
        one.save(update_fields=["late_reason"])


def _refuse_unreached(project: Project) -> None:
    left = list(Milestone.objects.filter(project=project, reached_on=None))
    if left:
        raise Clash(
            f"还有 {len(left)} 个里程碑没有达成：{'、'.join(one.name for one in left)}。",
            way_on="请先登记它们的实际日期，或由计划管理人员调整。",
        )


@transaction.atomic
def add_milestone(*, project_id: UUID, name: str, due_on: date, actor: Actor) -> UUID:
    """This will add a milestone with its planned day. Refuses Clash a name that is used."""
    project, _ = project_deed.begin("milestone", project_id, actor)
    row = _add(project, name, due_on, "name")
    project_deed.revised(project, f"里程碑“{row.name}”（计划 {due_on}）", actor)
    return row.id


@transaction.atomic
def move_milestone(
    *, project_id: UUID, milestone_id: UUID, due_on: date, reason: str, actor: Actor
) -> None:
    """This will give a milestone another planned day, with the reason. Keepers only."""
    project, row = project_deed.begin("move", project_id, actor)
    step = _milestone(project, milestone_id)
    why = clean.text(reason, field="reason", most=500, least=2)
    before, step.due_on = step.due_on, due_on
    step.warned, step.late_reason, step.expected_on = building.UNWARNED, "", None
    step.save(update_fields=["due_on", "warned", "late_reason", "expected_on"])
    project_deed.say(project, row, f"“{step.name}”由 {before} 调整到 {due_on}：{why}", actor)


@transaction.atomic
def reach_milestone(
    *,
    project_id: UUID,
    milestone_id: UUID,
    reached_on: date,
    late_reason: str = "",
    actor: Actor,
) -> None:
    """This will say that a milestone was reached on a day. Refuses BadInput a day to come.

    After its planned day only with the reason, unless that was given before.
    """
    project, _ = project_deed.begin("reach", project_id, actor)
    step = _milestone(project, milestone_id)
    if reached_on > clock.today():
        raise BadInput("实际日期还没有到。", way_on="请改正日期。", field="reached_on")
    why = clean.text(late_reason, field="late_reason", most=500) or step.late_reason
    late = reached_on > step.due_on
    if late and len(why) < 2:
        raise BadInput(
            f"“{step.name}”计划 {step.due_on} 达成，晚了，请写明逾期原因。",
            way_on="写明原因后再登记。",
            field="late_reason",
        )
    step.reached_on, step.late_reason = reached_on, why
    step.save(update_fields=["reached_on", "late_reason"])
    trail_actions.record(
        events.MilestoneReached(
            milestone=step.name, reached_on=reached_on, late=late, **project_deed.about(project)
        ),
        actor=actor,
    )


@transaction.atomic
def explain_delay(
    *,
    project_id: UUID,
    milestone_id: UUID,
    reason: str,
    expected_on: date | None = None,
    actor: Actor,
) -> None:
    """This will say why a milestone is late and when it is to be reached now.

    Refuses Clash one that is not late, BadInput an expected day that is past.
    """
    project, row = project_deed.begin("explain", project_id, actor)
    step = _milestone(project, milestone_id)
    why = clean.text(reason, field="reason", most=500, least=2)
    if not building.is_late(project.state, step.due_on, None, clock.today()):
        raise Clash(f"“{step.name}”还没有逾期。", way_on="不用说明原因。")
    if expected_on and expected_on < clock.today():
        raise BadInput("预计日期已经过去。", way_on="请改正日期。", field="expected_on")
    step.late_reason, step.expected_on = why, expected_on
    step.save(update_fields=["late_reason", "expected_on"])
    project_deed.say(project, row, f"“{step.name}”", actor, late_reason=why)


@transaction.atomic
def set_budget(
    *, project_id: UUID, name: str, source: str, planned_fen: int, reason: str = "", actor: Actor
) -> UUID:
    """This will plan money for one thing from one source, or change what was planned, in fen.

    Changing needs the reason. Refuses BadInput less than nothing or more than a hundred million.
    """
    project, _ = project_deed.begin("budget", project_id, actor)
    _one_of(source, building.SOURCES, "source")
    named = clean.text(name, field="name", most=60, least=2)
    _money(planned_fen, "planned_fen")
    rows = BudgetLine.objects.select_for_update().filter(project=project, name=named, source=source)
    line = rows.first() or BudgetLine(id=new_id(), project=project, name=named, source=source)
    why = clean.text(reason, field="reason", most=200, least=0 if line._state.adding else 2)
    line.planned_fen = planned_fen
    if building.is_over(planned_fen, line.contracted_fen, line.spent_fen):
        line.over_reason = line.over_reason or why
    line.save()
    project_deed.revised(project, f"资金“{named}”", actor)
    return line.id


@transaction.atomic
def spend(
    *,
    project_id: UUID,
    line_id: UUID,
    contracted_fen: int,
    spent_fen: int,
    over_reason: str = "",
    actor: Actor,
) -> None:
    """This will write down what is contracted and spent of one budget line so far, in fen.

    More than planned needs the reason. Refuses BadInput, NotFound.
    """
    project, _ = project_deed.begin("spend", project_id, actor)
    line = BudgetLine.objects.select_for_update().filter(pk=line_id, project=project).first()
    if line is None:
        raise NotFound("没有这笔资金")
    _money(contracted_fen, "contracted_fen")
    _money(spent_fen, "spent_fen")
    why = clean.text(over_reason, field="over_reason", most=200)
    if building.is_over(line.planned_fen, contracted_fen, spent_fen):
        line.over_reason = why or line.over_reason
        if len(line.over_reason) < 2:
            raise BadInput(
                "合同或支出超过了计划，请写明原因。",
                way_on="写明原因后再登记，或先由计划管理人员调整计划。",
                field="over_reason",
            )
    line.contracted_fen, line.spent_fen = contracted_fen, spent_fen
    line.save(update_fields=["contracted_fen", "spent_fen", "over_reason"])
    project_deed.revised(project, f"资金“{line.name}”的合同和支出", actor)


@transaction.atomic
def link_station(*, project_id: UUID, station_code: str, actor: Actor) -> None:
    """This will tie a project to the station of the register that it built, by its code.

    The door offers the codes: the register lies on the same floor and is not asked here.
    """
    project, _ = project_deed.begin("link", project_id, actor)
    project.station_code = clean.text(station_code, field="station_code", most=40, least=1)
    project.save(update_fields=["station_code"])
    linked = events.ProjectLinked(station_code=project.station_code, **project_deed.about(project))
    trail_actions.record(linked, actor=actor)


def _add(project: Project, name: str, due_on: date, field: str) -> Milestone:
    if Milestone.objects.filter(project=project).count() >= MOST_MILESTONES:
        raise BadInput(f"一个项目最多 {MOST_MILESTONES} 个里程碑。", field=field)
    row = Milestone(
        id=new_id(), project=project, due_on=due_on,
        name=clean.text(name, field=field, most=60, least=2),
    )  # fmt: skip
    _insert(row, f"已经有里程碑“{row.name}”。", field)
    return row


def _milestone(project: Project, milestone_id: UUID) -> Milestone:
    rows = Milestone.objects.select_for_update().filter(pk=milestone_id, project=project)
    found = rows.filter(reached_on=None).first()
    if found is None:
        raise NotFound("没有这个里程碑，或已经达成")
    return found


def _insert(row: models.Model, clash: str, field: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash(clash, way_on="请换一个名称。", field=field) from None


def _one_of(typed: str, words: dict[str, str], field: str) -> None:
    if typed not in words:
        raise BadInput("请从列表里选择。", way_on=f"可选：{'、'.join(words.values())}", field=field)


def _period(planned_from: date, planned_until: date) -> None:
    if planned_until < planned_from:
        raise BadInput("计划验收早于计划开工。", way_on="请改正日期。", field="planned_until")


def _money(fen: int, field: str) -> None:
    if not 0 <= fen <= building.MOST_FEN:
        raise BadInput("金额应在 0 到 1 亿元之间。", way_on="请核对金额。", field=field)
