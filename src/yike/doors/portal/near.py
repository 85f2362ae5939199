"""法务地图: the legal help near somebody, as a list that is whole without a map or a script."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict

from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import show
from yike.doors.portal import near_faces
from yike.doors.portal.county import county
from yike.doors.portal.forms import near as shapes
from yike.doors.portal.near_faces import NearFace
from yike.rooms.core.actor import Actor
from yike.rooms.guard import limits

#: searches from one address in ten minutes: a hall may share one
_SEARCHES = 300


@door.open
def near(request: HttpRequest) -> HttpResponse:
    """This will list what is near; a position comes by post, so that no log keeps it."""
    told = request.POST or request.GET
    data = shapes.read(told) if told else None
    form, face = shapes.NearForm(data), None
    if data is not None and form.is_valid():
        face = _found(request, form, data)
    if face and data is not None:
        fresh = shapes.settled(data, face.guide.start.place)
        form = form if fresh is data else shapes.NearForm(fresh)
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "portal/map.html", face, form=form, status=status)


def _found(request: HttpRequest, form: shapes.NearForm, data: QueryDict) -> NearFace | None:
    address = cast(Actor, request.actor).address  # type: ignore[attr-defined]
    limits.allow(what="map.near", who=address, per_seconds=600, at_most=_SEARCHES)
    asked = form.asked(near_faces.most_of(data.get("most", "")))
    with_map = data.get("view") == "map"
    return attempt(form, lambda: near_faces.near_face(county(), asked, with_map=with_map))
