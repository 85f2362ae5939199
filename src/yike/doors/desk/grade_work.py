"""One assessment: the office answers and takes photos, the county reviews and decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import grades as shapes
from yike.doors.kit import door, downloads
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Refusal
from yike.rooms.duty import queries as duty_queries
from yike.rooms.files import actions as files_actions
from yike.rooms.files import queries as files_queries
from yike.rooms.places import actions as places_actions
from yike.rooms.places import grade_pages
from yike.rooms.places.grade_pages import AssessmentPage, ItemRow
from yike.rooms.plans import actions as plans_actions
from yike.rooms.plans import flow as plans_flow
from yike.rooms.plans import queries as plans_queries
from yike.rooms.regions import codes
from yike.rooms.trail import queries as trail_queries

#: shifts of so many days back count for a station
_DUTY = timedelta(days=30)
#: states in which what is missing may become tasks
_JUDGED = ("reviewed", "awarded", "refused", "lowered")


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """This will show one assessment with the deeds allowed now."""
    return _assessment(request, assessment_id)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """This will ask for one criterion: the office's answer, or the county's finding."""
    page = grade_pages.assessment_page(seat.who(request), assessment_id)
    row = grade_pages.item_of(page, code)
    if not (page.may("review") or page.may("answer")):
        return go(request, "desk:grade", assessment_id)
    form, deed = _question(request, page, row)
    if request.method == "POST" and deed(request, form, page, row):
        return _onward(request, assessment_id, code)
    return _item(request, page, row, form)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def paper(request: HttpRequest, assessment_id: UUID, file_id: UUID) -> HttpResponseBase:
    """This will let a photo or paper out to whoever sees the assessment."""
    page = grade_pages.assessment_page(seat.who(request), assessment_id)
    known = {one.id for row in page.items for one in row.papers}
    return downloads.send_file(request, file_id if file_id in known else assessment_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def deed(request: HttpRequest, assessment_id: UUID, verb: str) -> HttpResponse:
    """This will move an assessment: hand in, send back, decide, appeal, list tasks."""
    if verb not in CHANGES:
        raise Http404
    actor = seat.who(request)
    about = _about(actor, grade_pages.assessment_page(actor, assessment_id), verb)
    form = changing.tried(request, CHANGES, verb, assessment_id, about)
    if form:
        return _assessment(request, assessment_id, {verb: form})
    return go(request, "desk:grade", assessment_id)


def _submit(*, assessment_id: UUID, actor: Actor) -> None:
    page = grade_pages.assessment_page(actor, assessment_id)
    now, ref = clock.now(), page.station.id
    stood = duty_queries.shifts_stood_at([ref], now - _DUTY, now)[ref]
    places_actions.submit_assessment(
        assessment_id=assessment_id, given={"duty_shifts": stood}, actor=actor
    )


def _list_gaps(
    *, assessment_id: UUID, codes: list[str], task_force_id: UUID, due_on: date, actor: Actor
) -> None:
    page = grade_pages.assessment_page(actor, assessment_id)
    if not codes:
        raise BadInput("请勾选要列为任务的差距", field="codes")
    if due_on < clock.today():
        raise BadInput("完成时限不能早于今天", field="due_on")
    office = plans_actions.Department(
        name=page.station.institution_name[:60], institution=page.station.institution_id
    )
    tasks = [
        plans_actions.TaskTold(
            goal="站点等级整改", measure=page.station.name[:100], title=one.criterion.name,
            content=[f"{one.why}；做到后还可得 {one.missing} 分。"], departments=[office],
            due_on=due_on, about="grade", subject=str(page.id), point=one.criterion.code,
        )
        for one in page.result.gaps if one.criterion.code in codes
    ]  # fmt: skip
    plans_actions.list_tasks(task_force_id=task_force_id, tasks=tasks, actor=actor)


CHANGES = {
    "submit": Change("提交自评", "提交给县里复核", shapes.Nothing, _submit, "assessment_id"),
    "drop": Change(
        "放弃这次自评", "放弃", shapes.Nothing, places_actions.drop_assessment, "assessment_id",
        grave=True,
    ),
    "agree": Change(
        "其余各条与自评一致", "其余全部同意", shapes.Nothing, places_actions.agree_with_rest,
        "assessment_id",
    ),
    "conclude": Change(
        "复核完成", "复核完成，转评定", shapes.Nothing, places_actions.conclude_review,
        "assessment_id",
    ),
    "send_back": Change(
        "退回补正", "退回站点所属单位", shapes.Reason, places_actions.send_back, "assessment_id"
    ),
    "award": Change(
        "评定等级", "评定并公布等级", shapes.Award, places_actions.award_grade, "assessment_id"
    ),
    "refuse": Change(
        "不予评定", "不予评定", shapes.Reason, places_actions.refuse_grade, "assessment_id",
        grave=True,
    ),
    "reconsider": Change(
        "重新复核", "退回复核", shapes.Nothing, places_actions.reconsider_review, "assessment_id"
    ),
    "tasks": Change("差距列为任务", "列入任务清单", shapes.ListGaps, _list_gaps, "assessment_id"),
    "lower": Change(
        "降级", "降级并公布", shapes.Lower, places_actions.lower_grade, "assessment_id", grave=True
    ),
    "appeal": Change(
        "申诉", "提出申诉", shapes.Appeal, places_actions.file_appeal, "assessment_id"
    ),
    "grant": Change(
        "申诉成立", "申诉成立", shapes.Decide, places_actions.grant_appeal, "assessment_id"
    ),
    "uphold": Change(
        "维持原评定", "维持，申诉到此为止", shapes.Decide, places_actions.uphold_decision,
        "assessment_id", grave=True,
    ),
}  # fmt: skip


def _assessment(
    request: HttpRequest, assessment_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    actor = seat.who(request)
    face = grade_pages.assessment_page(actor, assessment_id)
    tasks = plans_queries.tasks_about("grade", [str(assessment_id)])
    open_ = _open(actor, face)
    listed = {one.point for one in tasks if one.state != plans_flow.STOPPED}
    if listed >= {one.criterion.code for one in face.result.gaps}:
        open_ -= {"tasks"}
    boxes = [
        box
        for verb in CHANGES
        if verb in open_ or verb in (bound or {})
        for box in changing.boxes(
            CHANGES, "desk:grade_do", assessment_id, _about(actor, face, verb), only=[verb],
            bound=bound,
        )
    ] if seat.works(actor) else []  # fmt: skip
    told = trail_queries.history_of("grade", str(assessment_id), actor=actor).rows
    more: dict[str, Any] = {"boxes": boxes, "told": told, "tasks": tasks}
    return show(request, "desk/grade.html", face, status=422 if bound else 200, **more)


def _open(actor: Actor, face: AssessmentPage) -> set[str]:
    """The deeds worth offering: what the table allows, as far as the points permit it."""
    open_ = {row.verb for row in face.verbs}
    open_ -= {"refuse"} if face.result.grade else {"award"}
    if face.may("review"):
        open_ |= {"agree"} if face.found < face.total else set()
        open_ -= {"conclude"} if face.found < face.total else set()
    if "county" in face.standing and face.state in _JUDGED and face.result.gaps:
        open_ |= {"tasks"}
    over = face.awards and face.awards[0].appeal_until and (
        face.awards[0].appeal_until < clock.today()
    )  # fmt: skip
    return open_ - ({"appeal"} if over or (face.appeals and face.appeals[-1].outcome) else set())


def _about(actor: Actor, face: AssessmentPage, verb: str) -> Any:
    if verb != "tasks":
        return face
    county = codes.at_level(face.station.region_code, "county")
    forces = [one for one in plans_queries.forces(actor, county=county) if one.ended_on is None]
    tasks = plans_queries.tasks_about("grade", [str(face.id)])
    return face, forces, {one.point for one in tasks if one.state != plans_flow.STOPPED}


def _item(request: HttpRequest, page: AssessmentPage, row: ItemRow, form: Form) -> HttpResponse:
    loose = files_queries.loose_files(_claim(page, row)) if page.may("answer") else ()
    items = page.items
    more: dict[str, Any] = {
        "row": row, "form": form, "loose": loose, "status": seat.status_of(form),
        "before": items[row.place - 2] if row.place > 1 else None,
        "next": items[row.place] if row.place < len(items) else None,
    }  # fmt: skip
    return show(request, "desk/grade_item.html", page, **more)


def _question(
    request: HttpRequest, page: AssessmentPage, row: ItemRow
) -> tuple[Form, Callable[..., bool]]:
    sent = request.method == "POST"  # an answer may well be empty: the register has the number
    typed = request.POST if sent else None
    if page.may("review"):
        return shapes.Finding.of(row, typed), _find
    return shapes.Answer.of(row, typed, request.FILES if sent else None), _answer


def _find(request: HttpRequest, form: Any, page: AssessmentPage, row: ItemRow) -> bool:
    return seat.done(
        form, places_actions.review_criterion, assessment_id=page.id, code=row.one.code,
        actor=seat.who(request),
    )  # fmt: skip


def _answer(request: HttpRequest, form: Any, page: AssessmentPage, row: ItemRow) -> bool:
    """Photos are kept before anything is judged: an error never loses them."""
    actor, claim = seat.who(request), _claim(page, row)
    valid = form.is_valid()
    for given in request.FILES.getlist("papers"):
        try:
            files_actions.keep_file(name=given.name or "", content=given, claim=claim, actor=actor)
        except Refusal as no:
            form.add_error("papers", f"{given.name}：{no.sentence}{no.way_on}")
    return valid and not form.errors and attempt(form, lambda: (places_actions.answer_criterion(
        assessment_id=page.id, code=row.one.code, actor=actor,
        file_ids=[one.id for one in files_queries.loose_files(claim)], **form.told(),
    ), True)) is not None  # fmt: skip


def _claim(page: AssessmentPage, row: ItemRow) -> str:
    return f"grade-{page.id.hex}-{row.one.code}"


def _onward(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """To the next criterion that is open, or back to the whole when none is left."""
    page = grade_pages.assessment_page(seat.who(request), assessment_id)
    following = grade_pages.after(page, code, found=page.may("review"))
    if following and "next" in request.POST:
        return go(request, "desk:grade_item", assessment_id, following)
    return go(request, "desk:grade", assessment_id)
