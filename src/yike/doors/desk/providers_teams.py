"""值班团队: who belongs to a post from when to when and why, and what the team still lacks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import advisers as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.trail import queries as trail_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """This will list the duty teams with what each lacks."""
    face = providers_queries.teams_in(codes.span(choices.county()))
    keeps = seat.who(request).has(*seat.ROUTERS)
    return show(request, "desk/teams.html", face, keeps=keeps, lines=kinds.LINES)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will form a duty team."""
    form, actor = shapes.Team(request.POST or None), seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: providers_actions.form_team(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:team", made)
    return show(request, "desk/team_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """This will show one team: members, needs, and everybody who ever belonged to it."""
    return _team(request, team_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change(request: HttpRequest, team_id: UUID, what: str) -> HttpResponse:
    """This will add or take a member, or change what the team must be composed of."""
    face = providers_queries.team(team_id)
    form = changing.tried(request, CHANGES, what, team_id, face)
    return _team(request, team_id, {what: form}) if form else go(request, "desk:team", team_id)


def _leave(*, team_id: UUID, **told: Any) -> None:
    providers_actions.leave_team(**told)


CHANGES = {
    "join": Change(
        "增加成员或调整担任", "加入团队", shapes.JoinTeam, providers_actions.join_team, "team_id"
    ),
    "leave": Change("成员退出", "退出团队", shapes.LeaveTeam, _leave, "team_id"),
    "need": Change(
        "加一条资格要求", "加上", shapes.Need, providers_actions.set_team_needs, "team_id"
    ),
    "drop": Change(
        "清空资格要求", "清空，重新设定", shapes.DropNeeds, providers_actions.set_team_needs,
        "team_id", grave=True,
    ),
    "end": Change(
        "撤销团队", "撤销，成员一并退出", shapes.EndTeam, providers_actions.end_team, "team_id",
        grave=True,
    ),
}  # fmt: skip


def _team(
    request: HttpRequest, team_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face, actor = providers_queries.team(team_id), seat.who(request)
    shut = {"leave"} if not face.members else set()
    shut |= {"drop"} if not face.needs else set()
    boxes = changing.boxes(
        CHANGES, "desk:team_change", team_id, face, bound=bound,
        only=[what for what in CHANGES if what not in shut],
    ) if actor.has(*seat.ROUTERS) and face.active_until is None else []  # fmt: skip
    more: dict[str, Any] = {
        "boxes": boxes, "versions": providers_queries.membership_of(team_id),
        "told": trail_queries.history_of("duty_team", str(team_id), actor=actor).rows,
        "lines": kinds.LINES,
    }  # fmt: skip
    return show(request, "desk/team.html", face, status=422 if bound else 200, **more)
