"""Observation points: what is asked, whom, how far it is, and the index with its uncertainty."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, observation_faces, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import observation as shapes
from yike.doors.kit import door, exports, qr
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.doors.kit.questions import SheetForm
from yike.rooms.observation import actions as observation_actions
from yike.rooms.observation import flow
from yike.rooms.observation import queries as observation_queries

Bound = dict[str, Form] | None


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """This will list points, periods and questionnaires of the county."""
    return _overview(request)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, county_code: str, what: str) -> HttpResponse:
    """This will set up a point, begin a questionnaire, or plan a period."""
    about = observation_queries.overview(seat.who(request), county_code)
    form = changing.tried(request, COUNTY, what, county_code, about)
    return _overview(request, {what: form}) if form else go(request, "desk:observation")


@door.staff(roles=seat.WORKERS)
@require_POST
def end_point(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """This will end a point."""
    observation_actions.end_point(point_id=point_id, actor=seat.who(request))
    return go(request, "desk:observation")


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def questionnaire(request: HttpRequest, questionnaire_id: UUID) -> HttpResponse:
    """This will show one version of a questionnaire."""
    return _questionnaire(request, questionnaire_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def questionnaire_change(request: HttpRequest, questionnaire_id: UUID, what: str) -> HttpResponse:
    """This will do one deed on a questionnaire."""
    about = observation_queries.questionnaire_page(seat.who(request), questionnaire_id)
    form = changing.tried(request, QUESTIONNAIRE, what, questionnaire_id, about)
    if form is not None:
        return _questionnaire(request, questionnaire_id, {what: form})
    return go(request, "desk:observation_questionnaire", questionnaire_id)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def wave(request: HttpRequest, wave_id: UUID) -> HttpResponse:
    """This will show one period: how far it is, and its index by point."""
    return _wave(request, wave_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def wave_change(request: HttpRequest, wave_id: UUID, what: str) -> HttpResponse:
    """This will plan a sample, open or close a period."""
    about = observation_queries.wave_page(seat.who(request), wave_id)
    form = changing.tried(request, WAVE, what, wave_id, about)
    if form is not None:
        return _wave(request, wave_id, {what: form})
    return go(request, "desk:observation_wave", wave_id)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, wave_id: UUID) -> HttpResponseBase:
    """This will let a period's index leave as a file, with purpose and reason."""
    actor = seat.who(request)
    page = observation_queries.wave_page(actor, wave_id)
    face = exports.ExportFace(
        f"{page.name}指数", sum(row.open_to for row in page.rows),
        reverse("desk:observation_wave", args=[wave_id]),
        words="各观测点的指数、区间和样本数。太小的数隐去，不含任何一份答卷。",
    )  # fmt: skip
    return exports.offer(request, face, lambda purpose, reason: observation_faces.as_file(
        observation_actions.export_figures(
            wave_id=wave_id, purpose=purpose, reason=reason, actor=actor
        ), actor,
    ))  # fmt: skip


@door.staff(roles=seat.WORKERS)
@require_GET
def point(request: HttpRequest, wave_id: UUID, point_id: UUID) -> HttpResponse:
    """This will show one point in one period to whoever asks there."""
    return _point(request, wave_id, point_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def point_change(request: HttpRequest, wave_id: UUID, point_id: UUID, what: str) -> HttpResponse:
    """This will make codes, or make one void."""
    about = observation_queries.point_page(seat.who(request), wave_id, point_id)
    form = changing.tried(request, _point_changes(wave_id), what, point_id, about)
    if form is not None:
        return _point(request, wave_id, point_id, {what: form})
    return go(request, "desk:observation_point", wave_id, point_id)


@door.staff(roles=seat.WORKERS)
@require_GET
def sheet(request: HttpRequest, wave_id: UUID, point_id: UUID) -> HttpResponse:
    """This will draw the codes that are out, to be cut and handed out."""
    face = observation_queries.point_page(seat.who(request), wave_id, point_id)
    slips = [
        (one, address, qr.drawn(address, f"{one.serial} 号答卷码")) for one in face.codes
        if one.way != flow.PAPER for address in [_address(one.word)]
    ]  # fmt: skip
    return show(request, "desk/observation_sheet.html", face, slips=slips)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """This will take what somebody wrote on paper."""
    actor = seat.who(request)
    face = observation_queries.paper_page(actor, code_id)
    form = SheetForm(request.POST if request.method == "POST" else None, questions=face.questions)
    if seat.done(form, observation_actions.type_in, code_id=code_id, actor=actor):
        return go(request, "desk:observation_point", face.wave_id, face.point_id)
    return show(
        request, "desk/observation_paper.html", face, form=form, status=seat.status_of(form)
    )


COUNTY = {
    "point": Change(
        "设立观测点", "设立", shapes.NewPoint, observation_actions.set_up_point, "county_code"
    ),
    "questionnaire": Change(
        "起草问卷", "起草", shapes.NewQuestionnaire, observation_actions.draft_questionnaire,
        "county_code",
    ),
    "wave": Change(
        "筹备一期观测", "筹备", shapes.NewWave, observation_actions.plan_wave, "county_code"
    ),
}  # fmt: skip
QUESTIONNAIRE = {
    "put": Change(
        "增加题目", "增加", shapes.Put, observation_actions.put_question, "questionnaire_id"
    ),
    "drop": Change(
        "删除题目", "删除", shapes.Drop, observation_actions.drop_question, "questionnaire_id",
        grave=True,
    ),
    "publish": Change(
        "发布", "发布，以后不能再改", shapes.Just,
        partial(observation_actions.move_questionnaire, deed="publish"), "questionnaire_id",
    ),
    "verify": Change(
        "核对法律出处", "查过原文，出处无误", shapes.Verify, observation_actions.verify_source,
        "questionnaire_id",
    ),
    "version": Change(
        "起草新版本", "起草新版本", shapes.Just, observation_actions.draft_version,
        "questionnaire_id",
    ),
    "retire": Change(
        "停用", "停用这一版", shapes.Just,
        partial(observation_actions.move_questionnaire, deed="retire"), "questionnaire_id",
        grave=True,
    ),
}  # fmt: skip
WAVE = {
    "plan": Change(
        "写计划样本", "保存计划", shapes.Plan, observation_actions.plan_sample, "wave_id"
    ),
    "open": Change("开始", "开始收答卷", shapes.Just, observation_actions.open_wave, "wave_id"),
    "close": Change(
        "关闭", "关闭，指数定格", shapes.Just, observation_actions.close_wave, "wave_id", grave=True
    ),
}
_OF_QUESTIONNAIRE = {
    flow.DRAFT: {"put", "drop", "publish"}, flow.PUBLISHED: {"version", "retire"},
    flow.RETIRED: {"version"},
}  # fmt: skip
_OF_WAVE = {flow.DRAFT: {"plan", "open"}, flow.OPEN: {"plan", "close"}, flow.CLOSED: set[str]()}


def _point_changes(wave_id: UUID) -> dict[str, Change]:
    make, spoil = (
        partial(deed, wave_id=wave_id)
        for deed in (observation_actions.make_codes, observation_actions.spoil_code)
    )
    return {
        "codes": Change("发答卷码", "发码", shapes.Codes, make, "point_id"),
        "spoil": Change("作废答卷码", "作废", shapes.Spoil, spoil, "point_id", grave=True),
    }


def _overview(request: HttpRequest, bound: Bound = None) -> HttpResponse:
    county = choices.county()
    face = observation_queries.overview(seat.who(request), county)
    open_ = set(COUNTY) if face.keeps else set()
    boxes = changing.boxes(
        COUNTY, "desk:observation_change", county, face, bound=bound, only=open_ | set(bound or {})
    )
    return _show(request, "observation", face, boxes, bound)


def _questionnaire(request: HttpRequest, ref: UUID, bound: Bound = None) -> HttpResponse:
    face = observation_queries.questionnaire_page(seat.who(request), ref)
    open_ = _OF_QUESTIONNAIRE[face.row.state] | ({"verify"} if face.unverified else set())
    boxes = changing.boxes(
        QUESTIONNAIRE, "desk:observation_questionnaire_change", ref, face, bound=bound,
        only=(open_ if face.keeps else set()) | set(bound or {}),
    )  # fmt: skip
    return _show(request, "observation_questionnaire", face, boxes, bound)


def _wave(request: HttpRequest, ref: UUID, bound: Bound = None) -> HttpResponse:
    face = observation_queries.wave_page(seat.who(request), ref, request.GET.get("base", ""))
    boxes = changing.boxes(
        WAVE, "desk:observation_wave_change", ref, face, bound=bound,
        only=(_OF_WAVE[face.state] if face.keeps else set()) | set(bound or {}),
    )  # fmt: skip
    told = observation_faces.told(face)
    return _show(request, "observation_wave", face, boxes, bound, told=told)


def _point(
    request: HttpRequest, wave_id: UUID, point_id: UUID, bound: Bound = None
) -> HttpResponse:
    face = observation_queries.point_page(seat.who(request), wave_id, point_id)
    open_ = ({"codes"} | ({"spoil"} if face.codes else set())) if face.state == flow.OPEN else set()
    boxes = changing.boxes(
        _point_changes(wave_id), "desk:observation_point_change", point_id, face, bound=bound,
        only=open_ | set(bound or {}), under=(str(wave_id),),
    )  # fmt: skip
    told = observation_faces.told_of_point(face)
    return _show(request, "observation_point", face, boxes, bound, told=told)


def _show(
    request: HttpRequest, page: str, face: Any, boxes: Any, bound: Bound, **more: Any
) -> HttpResponse:
    status = 422 if bound else 200
    return show(request, f"desk/{page}.html", face, boxes=boxes, status=status, **more)


def _address(word: str) -> str:
    return f"{settings.YIKE.public_url.rstrip('/')}{reverse('portal:observe', args=[word])}"
