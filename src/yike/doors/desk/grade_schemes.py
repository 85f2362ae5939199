"""等级标准: the county's own standard, drafted, edited and published with versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import grades as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import actions as places_actions
from yike.rooms.places import schemes
from yike.rooms.trail import queries as trail_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """This will list the versions of the county's standards."""
    face = schemes.schemes_in(choices.county())
    keeps = seat.who(request).has(*seat.ROUTERS)
    return show(request, "desk/grade_schemes.html", face, keeps=keeps)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will begin a standard, or a new version of one (`like`)."""
    actor, like = seat.who(request), _like(request)
    initial = _head(schemes.scheme_page(actor, like)) if like else None
    form = shapes.SchemeHead(request.POST or None, initial=initial)
    made = attempt(form, lambda: _draft(form, like, actor)) if form.is_valid() else None
    if made:
        return go(request, "desk:grade_scheme", made)
    status = seat.status_of(form)
    return show(request, "desk/grade_scheme_new.html", form=form, like=like, status=status)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def scheme(request: HttpRequest, scheme_id: UUID) -> HttpResponse:
    """This will show one version: grades, criteria, and what is still wrong with a draft."""
    return _scheme(request, scheme_id)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, scheme_id: UUID, code: str = "") -> HttpResponse:
    """This will put a criterion into a draft, or change one."""
    actor = seat.who(request)
    page = schemes.scheme_page(actor, scheme_id)
    form = shapes.CriterionForm(request.POST or None, about=page, initial=_criterion(page, code))
    if seat.done(form, places_actions.set_criterion, scheme_id=scheme_id, actor=actor):
        return go(request, "desk:grade_scheme", scheme_id)
    more: dict[str, Any] = {"form": form, "code": code, "status": seat.status_of(form)}
    return show(request, "desk/grade_criterion.html", page, **more)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change(request: HttpRequest, scheme_id: UUID, what: str) -> HttpResponse:
    """This will set the head or the grades of a draft, publish it or throw it away."""
    page = schemes.scheme_page(seat.who(request), scheme_id)
    form = changing.tried(request, CHANGES, what, scheme_id, page)
    if form:
        return _scheme(request, scheme_id, {what: form})
    return go(request, "desk:grade_schemes") if what == "drop" else go(
        request, "desk:grade_scheme", scheme_id
    )  # fmt: skip


@door.staff(roles=seat.ROUTERS)
@require_POST
def drop_criterion(request: HttpRequest, scheme_id: UUID, code: str) -> HttpResponse:
    """This will take a criterion out of a draft."""
    places_actions.drop_criterion(scheme_id=scheme_id, code=code, actor=seat.who(request))
    return go(request, "desk:grade_scheme", scheme_id)


CHANGES = {
    "head": Change(
        "修改基本信息", "保存", shapes.SchemeHead, places_actions.revise_scheme, "scheme_id"
    ),
    "grades": Change(
        "设置等级和分数线", "保存", shapes.SetGrades, places_actions.set_grades, "scheme_id"
    ),
    "publish": Change(
        "发布", "发布，以后不能再改", shapes.Publish, places_actions.publish_scheme, "scheme_id"
    ),
    "drop": Change(
        "删去草稿", "删去这份草稿", shapes.Nothing, places_actions.drop_scheme, "scheme_id",
        grave=True,
    ),
}  # fmt: skip


def _draft(form: shapes.SchemeHead, like: UUID | None, actor: Actor) -> UUID:
    return places_actions.draft_scheme(
        county_code=choices.county(), like=like, actor=actor, **form.told()
    )


def _like(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("like", ""))
    except ValueError:
        return None


def _head(page: schemes.SchemePage) -> dict[str, Any]:
    row = page.row
    return {
        "name": row.name, "source": row.source, "checked_on": row.checked_on, "full": row.full,
        "levels": [str(level) for level in row.levels], "appeal_days": row.appeal_days,
    }  # fmt: skip


def _criterion(page: schemes.SchemePage, code: str) -> dict[str, Any] | None:
    if not code:
        return None
    one = next((one for one in page.scheme.criteria if one.code == code), None)
    if one is None:
        raise NotFound("标准里没有这条指标")
    plain = ("code", "section", "name", "hint", "points", "rule", "fact", "evidence", "veto")
    return {key: getattr(one, key) for key in plain} | {
        "steps": shapes.write_steps(one.steps), "levels": [str(level) for level in one.levels],
    }  # fmt: skip


def _scheme(
    request: HttpRequest, scheme_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    actor = seat.who(request)
    face = schemes.scheme_page(actor, scheme_id)
    edits = face.keeps and not face.row.published
    initial = {"head": _head(face), "grades": {"grades": shapes.write_grades(face.grades)}}
    boxes = changing.boxes(
        CHANGES, "desk:grade_scheme_change", scheme_id, face, bound=bound, initial=initial,
    ) if edits else []  # fmt: skip
    told = trail_queries.history_of("grade_scheme", str(scheme_id), actor=actor).rows
    more: dict[str, Any] = {"boxes": boxes, "told": told, "edits": edits}
    return show(request, "desk/grade_scheme.html", face, status=422 if bound else 200, **more)
