"""The routing table: who is responsible where and for what, tried out and proven complete."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.routing import Row, TryOut
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def routing(request: HttpRequest) -> HttpResponse:
    """This will show the table, answer a try-out, and take one more line."""
    actor = seat.who(request)
    form = Row(request.POST or None)
    if seat.done(form, matters_actions.set_route, actor=actor):
        return go(request, "desk:routing")
    trial = TryOut(request.GET if "try" in request.GET else None, auto_id="try_%s")
    answer = matters_queries.route_of(actor, **trial.cleaned_data) if trial.is_valid() else None
    face = matters_queries.routes(actor, choices.county())
    more: dict[str, Any] = {
        "form": form, "trial": trial, "answer": answer, "edits": True,
        "suggested": matters_queries.route_suggestions(actor),
    }  # fmt: skip
    return show(request, "desk/routing.html", face, status=seat.status_of(form), **more)


@door.staff(roles=seat.ROUTERS)
@require_POST
def end(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """This will end one line from today on."""
    matters_actions.end_route(route_id=route_id, actor=seat.who(request))
    return go(request, "desk:routing")


@door.staff(roles=seat.ROUTERS)
@require_POST
def suggestion(request: HttpRequest, suggestion_id: UUID, word: str) -> HttpResponse:
    """This will take a line that a decided dispute suggests into the table, or not."""
    if word not in ("accept", "dismiss"):
        raise Http404
    matters_actions.decide_suggestion(
        suggestion_id=suggestion_id, accepted=word == "accept", actor=seat.who(request)
    )
    return go(request, "desk:routing")


@door.staff(roles=seat.ROUTERS)
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """This will prove that every village and category has a handler, or list what has none."""
    face = matters_queries.coverage_gaps(seat.who(request), choices.county())
    return show(request, "desk/gaps.html", face)
