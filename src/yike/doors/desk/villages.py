"""村级服务: what each village can reach, what it lacks, and who takes papers on there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import choices, seat, village_faces
from yike.doors.desk.forms import villages as shapes
from yike.doors.desk.reach_access import sent
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries

#: so many villages of the whole county are shown; all of them when asked for
_FIRST = 30


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def villages(request: HttpRequest) -> HttpResponse:
    """This will show for each village of a town what is reachable there, and what is missing."""
    county, town = choices.county(), request.GET.get("town", "")
    face = village_faces.villages_face(seat.who(request), county, town)
    most = len(face.rows) if town or "all" in request.GET else _FIRST
    return show(request, "desk/villages.html", face, rows=face.rows[:most])


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """This will hand out the whole county's villages as CSV."""
    face = village_faces.villages_face(seat.who(request), choices.county(), "")
    return sent(village_faces.sheet(face), f"villages-{clock.today():%Y%m%d}.csv")


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def proxies(request: HttpRequest) -> HttpResponse:
    """This will list the county's proxies and enter one more."""
    form, actor = shapes.NewProxy(request.POST or None), seat.who(request)
    if seat.done(form, providers_actions.register_proxy, actor=actor):
        return go(request, "desk:proxies")
    face = village_faces.proxies_face(actor, choices.county())
    return show(request, "desk/proxies.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.KEEPERS)
@require_http_methods(["GET", "POST"])
def end_proxy(request: HttpRequest, proxy_id: UUID) -> HttpResponse:
    """This will take a proxy off the register."""
    form, actor = shapes.EndProxy(request.POST or None), seat.who(request)
    if seat.done(form, providers_actions.end_proxy, proxy_id=proxy_id, actor=actor):
        return go(request, "desk:proxies")
    rows = providers_queries.proxies_in(choices.county())
    face = next((one for one in rows if one.id == proxy_id), None)
    return show(request, "desk/proxy_end.html", face, form=form, status=seat.status_of(form))
