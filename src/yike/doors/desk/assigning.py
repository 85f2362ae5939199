"""Who takes an order: the suggestion on its page, a county's rules, and who serves a village."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, nearest_faces, seat
from yike.doors.desk.forms import assigning as forms
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.assignment import Policy
from yike.rooms.matters.faces import Advice


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def advice(request: HttpRequest, reference: str) -> HttpResponse:
    """This will show whom the rules suggest and why; give the order to the first, or to another."""
    actor = seat.who(request)
    face = matters_queries.advice(actor, reference)
    form = forms.Choose(request.POST or None, face=face, auto_id="choose_%s")
    if request.POST.get("best"):
        matters_actions.assign_best(
            reference=reference, seen=request.POST.get("seen", ""), actor=actor
        )
        return go(request, _after(reference, "assign"))
    if seat.done(form, matters_actions.assign_to, reference=reference, actor=actor):
        return go(request, _after(reference, "assign"))
    return _drawn(request, face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.WORKERS)
@require_POST
def note_side(request: HttpRequest, reference: str) -> HttpResponse:
    """This will note the other side of a matter: whoever serves it is left out then."""
    form = forms.NoteSide(request.POST)
    if seat.done(form, matters_actions.note_side, reference=reference, actor=seat.who(request)):
        return go(request, "desk:advice", reference)
    return _show(request, reference, side=form, status=422)


@door.staff(roles=seat.WORKERS)
@require_POST
def withdraw_side(request: HttpRequest, reference: str, side_id: UUID) -> HttpResponse:
    """This will take back what was noted wrongly."""
    form = forms.Withdraw(request.POST)
    told = {"reference": reference, "side_id": side_id, "actor": seat.who(request)}
    if seat.done(form, matters_actions.withdraw_side, **told):
        return go(request, "desk:advice", reference)
    return _show(request, reference, withdraw=form, status=422)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """This will show a county's rules for choosing, try others on the last orders, keep them."""
    actor, county = seat.who(request), choices.county()
    policy = matters_queries.assignment_policy(county)
    form = forms.Rules(request.POST or None, policy=policy)
    trial = None
    if form.is_valid() and "try" in request.POST:
        trial = matters_queries.assignment_preview(actor, county, _tried(form, policy))
    elif seat.done(form, matters_actions.set_assignment_policy, county_code=county, actor=actor):
        return go(request, "desk:assigning")
    more = _more(request, county) | {"form": form, "trial": trial}
    return show(request, "desk/assigning.html", policy, status=seat.status_of(form), **more)


@door.staff(roles=seat.READERS)
@require_GET
def nearest(request: HttpRequest) -> HttpResponse:
    """This will say who gives a service nearest to a caller, which way, when, and who is next."""
    form = forms.Nearest(request.GET or None)
    face = None
    if form.is_valid():
        face = attempt(form, lambda: nearest_faces.answer(**form.cleaned_data))
    return show(request, "desk/nearest.html", face, form=form, status=seat.status_of(form))


def _show(request: HttpRequest, reference: str, *, status: int, **bound: Form) -> HttpResponse:
    face = matters_queries.advice(seat.who(request), reference)
    return _drawn(request, face, status=status, **bound)


def _drawn(request: HttpRequest, face: Advice, *, status: int, **bound: Form) -> HttpResponse:
    forms_: dict[str, Any] = {
        "form": forms.Choose(face=face, auto_id="choose_%s"),
        "side": forms.NoteSide(auto_id="side_%s"),
        "withdraw": forms.Withdraw(auto_id="withdraw_%s"),
    }
    page = "desk/advice.html"
    return show(request, page, face, part="desk/_advice.html", status=status, **forms_ | bound)


def _after(reference: str, verb: str) -> str:
    return f"{reverse('desk:matter', args=[reference])}?done={verb}"


def _tried(form: forms.Rules, policy: Policy) -> Policy:
    told = form.told()
    return Policy(
        version=policy.version, weights=told["weights"], musts=frozenset(told["musts"]),
        limits=told["limits"],
    )  # fmt: skip


def _more(request: HttpRequest, county: str) -> dict[str, Any]:
    actor = seat.who(request)
    return {
        "versions": matters_queries.assignment_versions(county),
        "shares": matters_queries.shares(actor, county),
        "unfilled": matters_queries.unfilled(actor),
    }
