"""Runs of the circle: asked, shown with both yardsticks, varied, repeated, kept and handed out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import reach as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import queries as duty_queries
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.assembling import Supply

#: name of a file → its kind of content, and who makes it
_FILES: dict[str, tuple[str, Callable[[Actor, UUID], str]]] = {
    "villages.csv": ("text/csv; charset=utf-8", reach_queries.villages_csv),
    "cells.csv": ("text/csv; charset=utf-8", reach_queries.cells_csv),
    "cells.geojson": ("application/geo+json", reach_queries.cells_geojson),
}


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will ask for a run."""
    form, actor = shapes.NewRun(request.POST or None), seat.who(request)
    if form.is_valid():
        asked = form.asked(_supply(form.period()))
        told: dict[str, Any] = {"county_code": choices.county(), "asked": asked}
        if made := attempt(form, lambda: reach_actions.ask_run(**told, actor=actor)):
            return go(request, "desk:reach_run", made)
    face = reach_queries.overview(actor, county=choices.county())
    return show(request, "desk/reach_run_new.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will show one run: tables by both yardsticks, who is not covered, and why."""
    return _run(request, run_id)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def scenario(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will ask what a station more, fewer, elsewhere or at other hours would change."""
    actor = seat.who(request)
    face = reach_queries.run_page(actor, run_id)
    form = shapes.Scenario(request.POST or None, stations=face.stations, timed=face.timed)
    if form.is_valid():
        told = {"run_id": run_id, "actor": actor, **form.told()}
        if made := attempt(form, lambda: reach_actions.ask_scenario(**told)):
            return go(request, "desk:reach_run", made)
    return show(request, "desk/reach_scenario.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.ROUTERS)
@require_POST
def repeat(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will have a run reckoned again and held against what is stored."""
    reach_actions.ask_repetition(run_id=run_id, actor=seat.who(request))
    return go(request, "desk:reach_run", run_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def keep(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will keep a run as the snapshot of a period."""
    form = shapes.Keep(request.POST)
    deed, actor = reach_actions.keep_snapshot, seat.who(request)
    if seat.done(form, deed, run_id=run_id, actor=actor):
        return go(request, "desk:reach_run", run_id)
    return _run(request, run_id, form)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def handed(request: HttpRequest, run_id: UUID, what: str) -> HttpResponse:
    """This will hand out the tables of a run as a file."""
    if what not in _FILES:
        raise Http404
    kind, made = _FILES[what]
    answer = HttpResponse(made(seat.who(request), run_id), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{run_id}-{what}"'
    return answer


def _supply(period: tuple[date, date] | None) -> Supply | None:
    """Published service hours of the county's stations: reach and duty stand side by side."""
    if period is None:
        return None
    since, until = (datetime.combine(day, time(), tzinfo=clock.CIVIL) for day in period)
    hours = duty_queries.hours_at_stations(choices.county(), since, until)
    told = {str(place): one for place, one in hours.items()}
    return Supply(from_on=period[0], until_on=period[1], hours=told)


def _run(request: HttpRequest, run_id: UUID, form: Form | None = None) -> HttpResponse:
    face = reach_queries.run_page(seat.who(request), run_id)
    keeping = form or shapes.Keep(initial={"snapshot": face.row.snapshot})
    return show(request, "desk/reach_run.html", face, keeping=keeping, status=422 if form else 200)
