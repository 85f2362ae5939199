"""Where to build: questions on top of a run, answers with their proof, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import siting as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import attempt, succeeds
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.plans import actions as plans_actions
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import queries as reach_queries

#: name of a file → who makes it
_FILES: dict[str, Callable[[Actor, UUID], str]] = {
    "built.csv": reach_queries.built_csv,
    "villages.csv": reach_queries.gains_csv,
}
#: so many plans stand side by side
_MOST = 6


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """This will list the plans, to be opened or compared."""
    actor, county = seat.who(request), choices.county()
    face = reach_queries.siting_plans(actor, county=county)
    keeps, leads = actor.has(*seat.ROUTERS), actor.has(*seat.COMMANDERS)
    return show(request, "desk/siting.html", face, keeps=keeps, leads=leads)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """This will ask where to build."""
    actor = seat.who(request)
    runs = reach_queries.plannable_runs(actor, county=choices.county())
    start = {"run_id": request.GET.get("run", ""), "villages": "station"}
    offered = reach_queries.seasons(actor, county=choices.county())
    form = shapes.NewPlan(
        request.POST or None, request.FILES or None, runs=runs, seasons=offered, initial=start
    )
    if form.is_valid() and (
        made := attempt(form, lambda: reach_actions.ask_plan(actor=actor, **form.told()))
    ):
        return go(request, "desk:siting_plan", made)
    return show(request, "desk/siting_new.html", runs, form=form, status=seat.status_of(form))


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """This will show one plan: what to build, who gains, how sure, or why there is none."""
    return show(request, "desk/siting_plan.html", reach_queries.siting_plan(
        seat.who(request), plan_id
    ))  # fmt: skip


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """This will show several plans side by side."""
    refs = [_ref(one) for one in request.GET.getlist("plan")[:_MOST]]
    return show(request, "desk/siting_compare.html", reach_queries.compared(
        seat.who(request), refs
    ))  # fmt: skip


@door.staff(roles=seat.ROUTERS)
@require_POST
def again(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """This will have a plan reckoned again and held against what is stored."""
    reach_actions.ask_plan_again(plan_id=plan_id, actor=seat.who(request))
    return go(request, "desk:siting_plan", plan_id)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def build(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """This will take new places of a plan into the building plan."""
    face = reach_queries.siting_plan(seat.who(request), plan_id)
    offered = [(one.id, f"{one.name}（{one.village_name}，{one.kind_name}）") for one in face.built]
    form = shapes.Build(request.POST or None, built=offered)
    if form.is_valid() and succeeds(form, lambda: _planned(form, face, seat.who(request))):
        return go(request, "desk:building")
    status = seat.status_of(form)
    return show(request, "desk/siting_build.html", face, form=form, status=status)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def geojson(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """This will hand a plan to a map: points with their role, WGS84."""
    told = reach_queries.siting_geojson(seat.who(request), plan_id)
    return HttpResponse(told, content_type="application/geo+json")


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def handed(request: HttpRequest, plan_id: UUID, what: str) -> HttpResponse:
    """This will hand out the tables of a plan as a file."""
    if what not in _FILES:
        raise Http404
    made = _FILES[what](seat.who(request), plan_id)
    answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{plan_id}-{what}"'
    return answer


def _ref(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None


def _planned(form: shapes.Build, face: reach_queries.SitingPage, actor: Actor) -> list[UUID]:
    """All chosen places become projects, or none: a name that is used is refused by the room."""
    since, until = form.dates()
    more: dict[str, Any] = {
        key: form.cleaned_data[key] for key in ("level", "institution_id", "document")
    }
    chosen = [one for one in face.built if one.id in form.cleaned_data["chosen"]]
    return [
        plans_actions.plan_project(
            county_code=choices.county(), region_code=one.village or choices.county(),
            name=f"{one.name}{one.kind_name}", kind="new", planned_from=since,
            planned_until=until, actor=actor, **more,
            site=f"{one.lon:.5f}, {one.lat:.5f}；选址方案“{face.row.name}”，新覆盖 {one.newly} 人",
        )
        for one in chosen
    ]  # fmt: skip
