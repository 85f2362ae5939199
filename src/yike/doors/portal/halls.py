"""Halls for everybody: what can be done where, at which window."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.doors.portal.county import county
from yike.rooms.catalogue import halls as catalogue_halls


@door.open
def halls(request: HttpRequest) -> HttpResponse:
    """This will list the county's halls."""
    return show(request, "portal/halls.html", catalogue_halls.pages_in(county()))


@door.open
def hall(request: HttpRequest, hall_id: UUID) -> HttpResponse:
    """This will show what can be done at one hall. Refuses NotFound."""
    return show(request, "portal/hall.html", catalogue_halls.page(hall_id))
