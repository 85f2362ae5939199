"""Breaking the glass (应急查看): with a reason, for a while, reviewed afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from yike.doors.desk import seat
from yike.doors.desk.forms.people import Emergency, Review
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries


@door.staff(roles=seat.EMERGENCIES)
@require_http_methods(["GET", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """This will show the emergencies one may see, and open one for whoever may."""
    form = Emergency(request.POST or None)
    if seat.done(form, people_actions.break_glass, actor=seat.who(request)):
        return go(request, "desk:emergencies")
    return _page(request, form)


@door.staff(roles=seat.BREAKERS)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """This will end one's own before its time."""
    people_actions.end_emergency(actor=seat.who(request))
    return go(request, "desk:emergencies")


@door.staff(roles=seat.SECURITY)
@require_POST
def review(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """This will note what security found."""
    form, actor = Review(request.POST, auto_id=f"review_{emergency_id}_%s"), seat.who(request)
    if seat.done(form, people_actions.review_emergency, emergency_id=emergency_id, actor=actor):
        return go(request, "desk:emergencies")
    return _page(request, Emergency(), (emergency_id, form))


def _page(request: HttpRequest, form: Form, tried: tuple[UUID, Form] | None = None) -> HttpResponse:
    actor, now = seat.who(request), clock.now()
    bound = dict([tried]) if tried else {}
    rows = [
        (row, row.until > now, bound.get(row.id) or Review(auto_id=f"review_{row.id}_%s"))
        for row in people_queries.emergencies(actor=actor)
    ]
    mine = any(row.account_id == actor.account_id and running for row, running, _ in rows)
    wrong = any(one.is_bound and one.errors for one in (form, *bound.values()))
    more: dict[str, Any] = {
        "form": form if actor.has(*seat.BREAKERS) and not mine else None,
        "mine": mine,
        "reviews": actor.has(*seat.SECURITY),
    }
    return show(request, "desk/emergencies.html", rows, status=422 if wrong else 200, **more)
