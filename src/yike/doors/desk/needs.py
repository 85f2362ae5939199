"""Seasons of people, and which places are worth a terminal (按需配备): the office's own figures."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import needs as shapes
from yike.doors.kit import door, facilities
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import go, show
from yike.rooms.places import upkeep_pages
from yike.rooms.places.upkeep_faces import KeptRow
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import queries as reach_queries


@door.staff(roles=seat.COUNTY_READERS)
@require_http_methods(["GET", "POST"])
def seasons(request: HttpRequest) -> HttpResponse:
    """This will list the seasons, and let a planner write one down."""
    actor, county = seat.who(request), choices.county()
    form = shapes.Season(request.POST or None)
    if seat.done(form, reach_actions.set_season, county_code=county, actor=actor):
        return go(request, "desk:siting_seasons")
    face = reach_queries.seasons(actor, county=county)
    keeps, status = actor.has(*seat.ROUTERS), seat.status_of(form)
    return show(request, "desk/seasons.html", face, form=form, keeps=keeps, status=status)


@door.staff(roles=seat.ROUTERS)
@require_POST
def end_season(request: HttpRequest, season_id: UUID) -> HttpResponse:
    """This will take a season out of use."""
    reach_actions.end_season(season_id=season_id, actor=seat.who(request))
    return go(request, "desk:siting_seasons")


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def ratings(request: HttpRequest) -> HttpResponse:
    """This will show what counts for a terminal, and the places that were scored."""
    actor, county = seat.who(request), choices.county()
    face = reach_queries.terminal_ratings(actor, county=county)
    scheme = reach_queries.terminal_scheme(actor, county=county)
    keeps = actor.has(*seat.ROUTERS)
    return show(request, "desk/terminal_ratings.html", face, scheme=scheme, keeps=keeps)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def scheme(request: HttpRequest) -> HttpResponse:
    """This will set what counts how much, as another version."""
    actor, county = seat.who(request), choices.county()
    now = reach_queries.terminal_scheme(actor, county=county)
    form = shapes.Scheme(request.POST or None, measures=now.measures if now else ())
    if seat.done(form, reach_actions.set_terminal_scheme, county_code=county, actor=actor):
        return go(request, "desk:siting_terminals")
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), form=form,
                title="终端评分办法", button="保存为新版本")  # fmt: skip


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """This will score the places of a table."""
    actor = seat.who(request)
    runs = reach_queries.plannable_runs(actor, county=choices.county())
    form = shapes.Rate(request.POST or None, request.FILES or None, runs=runs)
    if form.is_valid() and (
        made := attempt(form, lambda: reach_actions.rate_terminals(actor=actor, **form.told()))
    ):
        return go(request, "desk:siting_rating", made)
    return show(request, "desk/volunteer_form.html", status=seat.status_of(form), form=form,
                title="给候选地点评分", button="开始评分", files=True)  # fmt: skip


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def rating(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    """This will show the places ranked, each score line by line."""
    face = reach_queries.terminal_rating(seat.who(request), rating_id)
    return show(request, "desk/terminal_rating.html", face)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def rating_csv(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    """This will hand out the ranked places with their reasons."""
    told = reach_queries.terminal_rating_csv(seat.who(request), rating_id)
    answer = HttpResponse(told, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{rating_id}.csv"'
    return answer


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def facilities_geojson(request: HttpRequest) -> HttpResponse:
    """This will hand the terminals and signs to a map: points with status and its colour, WGS84."""
    rows = upkeep_pages.kept_in(choices.county())
    features = [_feature(row) for row in rows if row.point and row.facility != "station"]
    told = {"type": "FeatureCollection", "name": "智能终端和指引牌", "features": features}
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/geo+json")


def _feature(row: KeptRow) -> dict[str, Any]:
    more = {"address": row.address, "region": row.region_name}
    return {
        "type": "Feature",
        "id": str(row.id),
        "geometry": {"type": "Point", "coordinates": list(row.point or ())},
        "properties": facilities.properties(row) | more,
    }
