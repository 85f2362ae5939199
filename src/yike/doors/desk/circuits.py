"""巡回服务: the calendar of circuits, setting one up, and what is done about each visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import circuits as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.booking import actions as booking_actions
from yike.rooms.core import clock
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries

_SPAN = timedelta(days=28)
#: what may be done about a visit: what is typed, the action
_DEEDS: dict[str, tuple[type[Form], Callable[..., object]]] = {
    "change": (shapes.Change, duty_actions.change_visit),
    "keep": (shapes.Keep, duty_actions.keep_visit),
    "cancel": (shapes.Cancel, duty_actions.cancel_visit),
    "arrive": (shapes.Arrive, duty_actions.arrive),
    "finish": (shapes.Finish, duty_actions.finish_visit),
    "explain": (shapes.Explain, duty_actions.explain_visit),
}


@door.staff(roles=seat.WORKERS)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """This will show the circuits of four weeks, and the stops that nobody has explained."""
    since = _day(request.GET.get("since", ""))
    face = duty_queries.calendar(seat.who(request), choices.county(), since=since)
    near = {"since": since, "before": since - _SPAN, "after": since + _SPAN}
    return show(request, "desk/circuits.html", face, near=near)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will set up a circuit with its route."""
    form, actor = shapes.NewCircuit(request.POST or None), seat.who(request)
    if form.is_valid():
        told = form.told() | {"county": choices.county(), "actor": actor}
        if made := attempt(form, lambda: duty_actions.set_circuit(**told)):
            return go(request, "desk:circuit", made)
    return show(request, "desk/circuit_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.WORKERS)
@require_GET
def circuit(request: HttpRequest, circuit_id: UUID) -> HttpResponse:
    """This will show one circuit: its rule, route and visits."""
    return _circuit(request, circuit_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change(request: HttpRequest, circuit_id: UUID, what: str) -> HttpResponse:
    """This will stop a circuit, or open the visits of one of its stops to be booked."""
    if what not in ("end", "book"):
        raise Http404
    form = _FORMS[what](request.POST, auto_id=f"{what}_%s")
    deed = _end if what == "end" else _open
    if seat.done(form, deed, circuit_id=circuit_id, request=request):
        return go(request, "desk:circuit", circuit_id)
    return _circuit(request, circuit_id, **{what: form})


@door.staff(roles=seat.WORKERS)
@require_GET
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """This will show one visit and what may be done about it."""
    return _visit(request, visit_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def deed(request: HttpRequest, visit_id: UUID, what: str) -> HttpResponse:
    """This will change, keep, cancel, check in, finish or explain a visit."""
    if what not in _DEEDS:
        raise Http404
    shape, action = _DEEDS[what]
    form = shape(request.POST, auto_id=f"{what}_%s")
    if seat.done(form, action, visit_id=visit_id, actor=seat.who(request)):
        return go(request, "desk:visit", visit_id)
    return _visit(request, visit_id, **{what: form})


_FORMS: dict[str, type[Form]] = {"end": shapes.Explain, "book": shapes.Book}


def _end(*, circuit_id: UUID, request: HttpRequest, **told: str) -> None:
    duty_actions.end_circuit(circuit_id=circuit_id, actor=seat.who(request), **told)


def _open(
    *, circuit_id: UUID, request: HttpRequest, stop_id: UUID, minutes: int, capacity: int
) -> None:
    """A stop at a station: its visits are cut into times that citizens book on the portal."""
    face = duty_queries.circuit_page(seat.who(request), circuit_id)
    stop = next((one for one in face.stops if one.id == stop_id and one.place_id), None)
    if stop is None:
        raise Http404
    booking_actions.set_pattern(
        kind="consult", org=face.institution_id, minutes=minutes, capacity=capacity,
        place_id=stop.place_id, stop_id=stop_id, person=face.person, ahead_days=30,
        note=f"巡回服务：{face.name}"[:200], actor=seat.who(request),
    )  # fmt: skip


def _circuit(request: HttpRequest, circuit_id: UUID, **bound: Form) -> HttpResponse:
    face = duty_queries.circuit_page(seat.who(request), circuit_id)
    forms: dict[str, Any] = {
        "end": shapes.Explain(auto_id="end_%s"),
        "book": shapes.Book(auto_id="book_%s"),
        "stations": any(one.place_id for one in face.stops),
    }
    status = 422 if bound else 200
    return show(request, "desk/circuit.html", face, status=status, **forms | bound)


def _visit(request: HttpRequest, visit_id: UUID, **bound: Form) -> HttpResponse:
    face = duty_queries.visit_page(seat.who(request), visit_id)
    forms = {name: shape(auto_id=f"{name}_%s") for name, (shape, _) in _DEEDS.items()} | bound
    status = 422 if bound else 200
    return show(request, "desk/visit.html", face, forms=forms, status=status)


def _day(typed: str) -> date:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return clock.today()
    return min(max(found, date(2020, 1, 1)), clock.today() + timedelta(days=366))
