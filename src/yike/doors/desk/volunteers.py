"""志愿者: who they are, how far they have come, their teams and their tasks."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import volunteers as shapes
from yike.doors.desk.forms.providers import areas
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers import volunteers as words
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import queries as trail_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def volunteers(request: HttpRequest) -> HttpResponse:
    """This will list the volunteers by state, kind, direction and name."""
    asked = {key: request.GET.get(key, "")[:60] for key in ("state", "kind", "direction", "name")}
    span = codes.span(choices.county())
    counts = providers_queries.volunteer_states(span)
    more: dict[str, Any] = {
        "tabs": [(code, name, counts.get(code, 0)) for code, name in words.STATES.items()],
        "all": sum(counts.values()), "kinds": words.KINDS, "directions": words.DIRECTIONS,
        "keeps": seat.who(request).has(*seat.ROUTERS), **asked,
    }  # fmt: skip
    face = providers_queries.volunteers_in(span, **asked)
    return show(request, "desk/volunteers.html", face, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will take down somebody who wants to be a volunteer."""
    form, actor = shapes.NewPerson(request.POST or None), seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.apply_to_volunteer(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:volunteer", made)
    more: dict[str, Any] = {"form": form, "title": "登记志愿者", "button": "登记申请"}
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def volunteer(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """This will show one volunteer: life, undertaking, services, honours, certificates."""
    return _volunteer(request, volunteer_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change(request: HttpRequest, volunteer_id: UUID, what: str) -> HttpResponse:
    """This will take a step of a volunteer's life, correct the entry, or certify."""
    face = providers_queries.volunteer_face(volunteer_id)
    form = changing.tried(request, CHANGES, what, volunteer_id, face)
    return _volunteer(request, volunteer_id, {what: form}) if form else go(
        request, "desk:volunteer", volunteer_id
    )  # fmt: skip


@door.staff(roles=seat.ROUTERS)
@require_POST
def open_contact(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """This will show how to reach a volunteer, this one time, for the reason given."""
    form, actor = shapes.Reason(request.POST, auto_id="contact_%s"), seat.who(request)
    found = None
    if form.is_valid():
        why = form.cleaned_data["reason"]
        found = attempt(form, lambda: providers_actions.open_volunteer_contact(
            volunteer_id=volunteer_id, reason=why, actor=actor,
        ))  # fmt: skip
    return _volunteer(request, volunteer_id, {} if found else {"contact": form}, contact=found)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def certificate(request: HttpRequest, volunteer_id: UUID, code: str) -> HttpResponse:
    """This will show a certificate ready to be printed, with the address that verifies it."""
    face = providers_queries.volunteer_face(volunteer_id)
    found = [one for one in face.certificates if one.code == code]
    return show(request, "desk/volunteer_certificate.html", found[0] if found else None,
                status=200 if found else 404, volunteer_id=volunteer_id)  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """This will list the teams of volunteers with their leaders."""
    face = providers_queries.volunteer_teams_in(codes.span(choices.county()))
    keeps = seat.who(request).has(*seat.ROUTERS)
    return show(request, "desk/volunteer_teams.html", face, keeps=keeps)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """This will form a team."""
    form, actor = shapes.Team(request.POST or None), seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.form_volunteer_team(**seat.told(form), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:volunteer_team", made)
    more: dict[str, Any] = {"form": form, "title": "组建志愿者团队", "button": "组建"}
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """This will show one team: leader, members, and those who left."""
    return _team(request, team_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_team(request: HttpRequest, team_id: UUID, what: str) -> HttpResponse:
    """This will add or take a member, or dissolve the team."""
    form = changing.tried(request, TEAM_CHANGES, what, team_id, _about_team(team_id))
    return _team(request, team_id, {what: form}) if form else go(
        request, "desk:volunteer_team", team_id
    )  # fmt: skip


def _step(verb: str) -> Any:
    return partial(providers_actions.move_volunteer, verb=verb)


def _leave(*, team_id: UUID, **told: Any) -> None:
    providers_actions.leave_volunteer_team(**told)


def _revoke(*, volunteer_id: UUID, **told: Any) -> None:
    providers_actions.revoke_certificate(**told)


def _shape(row: words.Row) -> Any:
    return shapes.Gone if row.reason else shapes.Told if row.words else shapes.Press


CHANGES = {
    "undertake": Change(
        "登记承诺书", "已签署现行版本", shapes.Signed, providers_actions.note_undertaking,
        "volunteer_id",
    ),
    **{
        row.verb: Change(
            row.label, row.label, _shape(row), _step(row.verb), "volunteer_id", grave=row.reason
        )
        for row in words.ROWS
    },
    "revise": Change(
        "更正登记", "保存", shapes.Person, providers_actions.revise_volunteer, "volunteer_id"
    ),
    "certify": Change(
        "发给服务证书", "按今天的累计发证", shapes.Press, providers_actions.issue_certificate,
        "volunteer_id",
    ),
    "revoke": Change(
        "撤销证书", "撤销", shapes.Revoke, _revoke, "volunteer_id", grave=True
    ),
}  # fmt: skip
TEAM_CHANGES = {
    "join": Change(
        "增加队员或指定队长", "加入", shapes.Join, providers_actions.join_volunteer_team, "team_id"
    ),
    "leave": Change("队员退出", "退出团队", shapes.Leave, _leave, "team_id"),
    "end": Change(
        "撤销团队", "撤销，队员一并退出", shapes.Reason, providers_actions.end_volunteer_team,
        "team_id", grave=True,
    ),
}  # fmt: skip


def _volunteer(
    request: HttpRequest,
    volunteer_id: UUID,
    bound: dict[str, Form] | None = None,
    *,
    contact: tuple[str, str] | None = None,
) -> HttpResponse:
    face, actor = providers_queries.volunteer_face(volunteer_id), seat.who(request)
    row, keeps = face.row, actor.has(*seat.ROUTERS)
    start = {"revise": {
        "kind": row.kind, "directions": row.directions, "specialties": row.specialties,
        "languages": "、".join(row.languages), "areas": row.areas, "employer": row.employer,
        "availability": row.availability, "practitioner_id": str(row.practitioner_id or ""),
    }}  # fmt: skip
    kept = {what: form for what, form in (bound or {}).items() if what in CHANGES}
    why = (bound or {}).get("contact") or shapes.Reason(auto_id="contact_%s")
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:volunteer_change", volunteer_id, face, only=_open(face), bound=kept,
            initial=start,
        ) if keeps else [],
        "keeps": keeps, "why": why, "contact": contact,
        "steps": [(words.STATES[one], _passed(row.state, one)) for one in words.WAY_IN],
        "services": providers_queries.sign_ups_of(volunteer_id),
        "matters": [catalogue_queries.matter_name(one) for one in row.specialties],
        "region": regions_queries.path_of(row.region_code).text,
        "areas": [name for code, name in areas() if code in row.areas],
        "told": trail_queries.history_of("volunteer", str(volunteer_id), actor=actor).rows,
    }  # fmt: skip
    return show(request, "desk/volunteer.html", face, status=422 if bound else 200, **more)


def _open(face: providers_queries.VolunteerFace) -> set[str]:
    if face.row.state in words.ENDED:
        return {"revoke"} if any(not one.revoked_on for one in face.certificates) else set()
    open_ = {*face.verbs, "revise"}
    open_ |= set() if face.row.undertaken else {"undertake"}
    open_ |= {"certify"} if face.row.total.minutes else set()
    return open_ | ({"revoke"} if any(not one.revoked_on for one in face.certificates) else set())


def _passed(state: str, step: str) -> bool:
    order = words.WAY_IN
    if state in ("paused", "left"):
        return True
    return state in order and order.index(step) <= order.index(state)


def _about_team(team_id: UUID) -> tuple[Any, list[Any]]:
    face = providers_queries.volunteer_team(team_id)
    span = codes.span(choices.county())
    rows = [one for one in providers_queries.volunteers_in(span) if one.state in words.SERVING]
    return face, rows


def _team(
    request: HttpRequest, team_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    actor = seat.who(request)
    keeps = actor.has(*seat.ROUTERS)
    about = _about_team(team_id) if keeps else (providers_queries.volunteer_team(team_id), [])
    face = about[0]
    boxes = changing.boxes(
        TEAM_CHANGES, "desk:volunteer_team_change", team_id, about, bound=bound,
        only=[what for what in TEAM_CHANGES if what != "leave" or face.members],
    ) if keeps and face.active_until is None else []  # fmt: skip
    told = trail_queries.history_of("volunteer_team", str(team_id), actor=actor).rows
    more: dict[str, Any] = {"boxes": boxes, "told": told}
    return show(request, "desk/volunteer_team.html", face, status=422 if bound else 200, **more)
