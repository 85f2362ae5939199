"""机构入驻, and the departments in charge of the nine kinds with their sign-offs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import stationing as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import joining as joining_words
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import queries as trail_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def joinings(request: HttpRequest) -> HttpResponse:
    """This will list the institutions on their way in, in, and out."""
    state = request.GET.get("state", "")
    rows = providers_queries.joinings_in(codes.span(choices.county()))
    tabs = [(code, name, sum(row.state == code for row in rows))
            for code, name in joining_words.STATES.items()]  # fmt: skip
    shown = [row for row in rows if not state or row.state == state]
    keeps = seat.who(request).has(*seat.ROUTERS)
    more: dict[str, Any] = {"tabs": tabs, "state": state, "keeps": keeps, "all": len(rows)}
    return show(request, "desk/joinings.html", shown, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will take down that an institution wants to join."""
    form, actor = shapes.Apply(request.POST or None), seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.apply_to_join(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:joining", made)
    return show(request, "desk/joining_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def joining(request: HttpRequest, joining_id: UUID) -> HttpResponse:
    """This will show how far an institution has come, and the next step."""
    return _joining(request, joining_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change(request: HttpRequest, joining_id: UUID, what: str) -> HttpResponse:
    """This will take one step: licence, agreement, check, entry, refusal or exit."""
    face = providers_queries.joining_face(joining_id)
    form = changing.tried(request, CHANGES, what, joining_id, face)
    return _joining(request, joining_id, {what: form}) if form else go(
        request, "desk:joining", joining_id
    )  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def charges(request: HttpRequest) -> HttpResponse:
    """This will show which department answers for each kind; a registrar may charge one."""
    actor = seat.who(request)
    keeps = actor.has(*seat.ROUTERS)
    about = _bureau(actor) if keeps else []
    form = shapes.Charge(request.POST or None, about=about) if keeps else None
    if form and seat.done(form, providers_actions.charge_kind, actor=actor):
        return go(request, "desk:charges")
    return _charges(request, form, seat.status_of(form) if form else 200)


@door.staff(roles=seat.WORKERS)
@require_POST
def sign(request: HttpRequest, update_id: UUID) -> HttpResponse:
    """This will sign that a kind is up to date for a period."""
    form, actor = shapes.Remark(request.POST, auto_id=f"sign_{update_id}_%s"), seat.who(request)
    if seat.done(form, providers_actions.sign_update, update_id=update_id, actor=actor):
        return go(request, "desk:charges")
    return _charges(request, None, 422, (update_id, form))


#: the steps of the way in
_WAY_IN = tuple(joining_words.STATES.items())[:4]


def _check(*, joining_id: UUID, **told: Any) -> None:
    providers_actions.check_paper(**told)


CHANGES = {
    "paper": Change(
        "登记证照", "登记", shapes.Paper, providers_actions.show_paper, "joining_id"
    ),
    "checkpaper": Change("核验一份证照", "记下核验结果", shapes.CheckPaper, _check, "joining_id"),
    "sign": Change(
        "签订协议", "已签协议", shapes.Sign, providers_actions.sign_agreement, "joining_id"
    ),
    "check": Change(
        "资质核验通过", "证照都已核验通过", shapes.Sure, providers_actions.confirm_credentials,
        "joining_id",
    ),
    "activate": Change(
        "正式入驻", "入驻，进入名录", shapes.Activate, providers_actions.activate_joining,
        "joining_id",
    ),
    "refuse": Change(
        "不予入驻", "不予入驻", shapes.Reason, providers_actions.refuse_joining, "joining_id",
        grave=True,
    ),
    "leave": Change(
        "退出", "退出，结束全部进驻", shapes.LeaveOn, providers_actions.leave_platforms,
        "joining_id", grave=True,
    ),
}  # fmt: skip


def _joining(
    request: HttpRequest, joining_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face, actor = providers_queries.joining_face(joining_id), seat.who(request)
    open_ = set(face.verbs)
    if face.state in ("applied", "agreed", "checked"):
        open_ |= {"paper"} | ({"checkpaper"} if face.papers else set())
    boxes = changing.boxes(
        CHANGES, "desk:joining_change", joining_id, face, bound=bound, only=open_
    ) if actor.has(*seat.ROUTERS) else []  # fmt: skip
    told = trail_queries.history_of("joining", str(joining_id), actor=actor).rows
    steps = [(name, _passed(face.state, code)) for code, name in _WAY_IN]
    region = regions_queries.path_of(face.region_code).text
    more: dict[str, Any] = {"boxes": boxes, "told": told, "steps": steps, "region": region}
    return show(request, "desk/joining.html", face, status=422 if bound else 200, **more)


def _passed(state: str, step: str) -> bool:
    order = list(joining_words.STATES)
    return state == "left" or (state != "refused" and order.index(step) <= order.index(state))


def _charges(
    request: HttpRequest,
    form: Form | None,
    status: int,
    signing: tuple[UUID, Form] | None = None,
) -> HttpResponse:
    actor, span = seat.who(request), codes.span(choices.county())
    rows = providers_queries.charges_in(span)
    updates = providers_queries.updates_in(span)
    tried = dict([signing]) if signing else {}
    may = actor.has(*seat.ROUTERS)
    drawn = [
        (row, (tried.get(row.id) or shapes.Remark(auto_id=f"sign_{row.id}_%s"))
         if row.signed_at is None and (may or row.account_id == actor.account_id) else None)
        for row in updates
    ]  # fmt: skip
    people = {row.account_id for row in rows if row.account_id}
    people |= {row.signed_by for row in updates if row.signed_by}
    more: dict[str, Any] = {
        "form": form, "updates": drawn, "names": people_queries.account_names(people),
        "late": sum(row.overdue for row in updates), "missing": 9 - len(rows),
    }  # fmt: skip
    return show(request, "desk/charges.html", rows, status=status, **more)


def _bureau(actor: Actor) -> choices.Choices:
    """The people of the county's bureau and centre, who may be put in charge."""
    houses = providers_queries.institutions_in(codes.span(choices.county()), ("bureau", "centre"))
    found = people_queries.colleagues(*(house.id for house in houses), actor=actor)
    return [(str(one.id), one.name) for one in found]
