"""The building plan at the desk: the board by town, and each project up to its acceptance."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import building as shapes
from yike.doors.kit import door, exports
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.matters.exporting import Export, safe
from yike.rooms.places import queries as places_queries
from yike.rooms.plans import actions as plans_actions
from yike.rooms.plans import building as words
from yike.rooms.plans import queries as plans_queries
from yike.rooms.plans.queries import ProjectFilter, ProjectPage, ProjectRow
from yike.rooms.trail import queries as trail_queries

_HEAD = ("项目", "建设性质", "站点级别", "所在地", "责任单位", "状态", "进度", "计划开工",
         "计划验收", "验收日期", "里程碑", "逾期里程碑和原因", "计划（元）", "合同（元）",
         "支出（元）", "站点编码", "数据性质")  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """This will show the building plan: figures by town, and the projects that match."""
    actor, asked = seat.who(request), _asked(request)
    more: dict[str, Any] = {
        "asked": asked, "paces": words.PACES, "kinds": words.KINDS,
        "query": request.GET.urlencode(), "towns": choices.towns(blank="全县"),
        "keeps": actor.has(*seat.ROUTERS), "works": seat.works(actor),
    }  # fmt: skip
    return show(request, "desk/building.html", plans_queries.board(actor, asked), **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will take a project into the plan."""
    form = shapes.Plan(request.POST or None)
    if form.is_valid() and (made := attempt(form, lambda: plans_actions.plan_project(
        county_code=choices.county(), actor=seat.who(request), **form.cleaned_data
    ))):  # fmt: skip
        return go(request, "desk:project", made)
    more: dict[str, Any] = {"form": form, "title": "列入建设计划", "button": "列入计划"}
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """This will show one project with its milestones, money, inspections and story."""
    return _project(request, project_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, project_id: UUID, what: str) -> HttpResponse:
    """This will do one deed on a project."""
    about = plans_queries.project_page(seat.who(request), project_id)
    form = changing.tried(request, CHANGES, what, project_id, about)
    return _project(request, project_id, {what: form}) if form else go(
        request, "desk:project", project_id
    )  # fmt: skip


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """This will let the projects that match leave as a file, with purpose and reason."""
    actor, asked = seat.who(request), _asked(request)
    total = len(plans_queries.board(actor, asked).rows)
    face = exports.ExportFace(
        "建设计划", total, reverse("desk:building"),
        words="每行一个项目：进度、里程碑、逾期原因、资金。不含个人信息。",
    )  # fmt: skip
    return exports.offer(request, face, lambda purpose, reason: _list(
        asked, purpose, reason, actor
    ))  # fmt: skip


def _move(verb: str) -> Any:
    return partial(plans_actions.move_project, verb=verb)


def _stop(verb: str) -> Any:
    return partial(plans_actions.move_project, verb=verb, late_reason="")


CHANGES = {
    "begin": Change("开工", "登记开工", shapes.Say, _move("begin"), "project_id"),
    "report": Change("报告进展", "报告进展", shapes.Say, _move("report"), "project_id"),
    "reach": Change(
        "达成里程碑", "登记达成", shapes.Reach, plans_actions.reach_milestone, "project_id"
    ),
    "explain": Change(
        "说明逾期原因", "保存原因", shapes.Explain, plans_actions.explain_delay, "project_id"
    ),
    "spend": Change("登记合同和支出", "登记", shapes.Spend, plans_actions.spend, "project_id"),
    "finish": Change("报告完工", "报告完工，请求验收", shapes.Say, _move("finish"), "project_id"),
    "mend": Change("报告整改", "整改好了", shapes.Mend, plans_actions.mend_finding, "project_id"),
    "recheck": Change(
        "复查", "记下复查结果", shapes.Recheck, plans_actions.recheck_finding, "project_id"
    ),
    "accept": Change(
        "验收通过", "验收通过", shapes.Just, plans_actions.inspect_project, "project_id"
    ),
    "fault": Change(
        "提出整改", "退回整改", shapes.Fault, plans_actions.inspect_project, "project_id"
    ),
    "milestone": Change(
        "增加里程碑", "增加", shapes.Milestone, plans_actions.add_milestone, "project_id"
    ),
    "move": Change(
        "调整里程碑日期", "调整", shapes.Move, plans_actions.move_milestone, "project_id"
    ),
    "budget": Change("列入资金", "列入", shapes.Budget, plans_actions.set_budget, "project_id"),
    "revise": Change(
        "修改计划", "保存修改", shapes.Revise, plans_actions.revise_project, "project_id"
    ),
    "link": Change("关联站点", "关联", shapes.Link, plans_actions.link_station, "project_id"),
    "resume": Change("恢复项目", "恢复", shapes.Just, _stop("resume"), "project_id"),
    "stop": Change(
        "终止项目", "终止这个项目", shapes.Just, _stop("stop"), "project_id", grave=True
    ),
}  # fmt: skip


def _open(face: ProjectPage) -> list[str]:
    """The deeds the table allows for which there is something to do them on."""
    row, found = face.project, {one.state for one in face.findings}
    nothing = {
        "reach": row.next is None, "move": row.next is None, "explain": not row.overdue,
        "spend": not face.budget, "mend": words.OPEN not in found,
        "recheck": words.MENDED not in found, "accept": bool(found - {words.PASSED}),
    }  # fmt: skip
    return [one.verb for one in face.verbs if not nothing.get(one.verb)]


def _project(
    request: HttpRequest, project_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    actor = seat.who(request)
    face = plans_queries.project_page(actor, project_id)
    open_ = {*_open(face), *(bound or {})} if seat.works(actor) else set()
    code = face.project.station_code
    row = face.project
    kept = ("site", "document", "planned_from", "planned_until")
    start = {"revise": {name: getattr(row, name) for name in kept}}
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:project_change", project_id, face, only=open_, bound=bound,
            initial=start,
        ),
        "station": places_queries.station_by_code(code) if code else None,
        "told": trail_queries.history_of("project", str(project_id), actor=actor).rows,
    }  # fmt: skip
    return show(request, "desk/project.html", face, status=422 if bound else 200, **more)


def _asked(request: HttpRequest) -> ProjectFilter:
    names = ("region", "pace", "kind", "name")
    told: dict[str, Any] = {key: request.GET.get(key, "")[:60] for key in names}
    if told["region"] not in dict(choices.towns()):
        told["region"] = ""
    return ProjectFilter(county=choices.county(), **told)


def _list(asked: ProjectFilter, purpose: str, reason: str, actor: Actor) -> Export:
    found = plans_actions.export_projects(asked=asked, purpose=purpose, reason=reason, actor=actor)
    mark = f"{actor.label} {found.purpose}：{found.reason}"
    return Export(total=len(found.rows), watermark=mark, lines=_lines(found.rows, mark))


def _lines(rows: tuple[ProjectRow, ...], mark: str) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _csv([f"水印：{mark}"]) + _csv(_HEAD)
    for row in rows:
        late = (
            f"{one.name}（{one.due_on}）：{one.late_reason or '没有说明'}" for one in row.overdue
        )
        money = (row.money.planned, row.money.contracted, row.money.spent)
        yield _csv((
            row.name, row.kind_name, row.level_name, row.region_name, row.institution_name,
            row.state_name, row.pace_name, row.planned_from.isoformat(),
            row.planned_until.isoformat(), row.accepted_on.isoformat() if row.accepted_on else "",
            f"{row.reached}/{len(row.milestones)}", "；".join(late),
            *(f"{fen // 100}.{fen % 100:02d}" for fen in money), row.station_code,
            "演示数据" if row.demo else "",
        ))  # fmt: skip


def _csv(cells: list[str] | tuple[str, ...]) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerow([safe(cell) for cell in cells])
    return kept.getvalue().encode()
