"""The first page, the register of stations, and the guides of service items."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.incoming import DRAFT
from yike.doors.kit.pages import show
from yike.doors.portal import faces, near_faces
from yike.doors.portal.county import county
from yike.doors.portal.forms.ask import WordsForm
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.people import privacy_notices
from yike.rooms.places import export, featured_pages
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import queries as providers_queries


@door.open
def home(request: HttpRequest) -> HttpResponse:
    """This will ask what happened, and lead to everything else."""
    face = faces.home_face(county(), unsent=DRAFT in request.COOKIES)
    return show(request, "portal/home.html", face, form=WordsForm())


@door.open
def stations(request: HttpRequest) -> HttpResponse:
    """This will show the public register of stations, of one town when asked."""
    face = faces.stations_face(county(), request.GET.get("town", ""))
    return show(request, "portal/stations.html", face)


@door.open
def stations_csv(request: HttpRequest) -> HttpResponse:
    """This will give out the public register as a file."""
    response = HttpResponse(export.export_register_csv(county()), content_type="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="stations.csv"'
    return response


@door.open
def station(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will show one station: open, on duty, how far from a place told, and its adviser."""
    row = places_queries.station(station_id)
    visit = near_faces.visit_face(
        county(), row, place=request.GET.get("place", ""), item=request.GET.get("item", "")
    )
    more: dict[str, Any] = {
        "visit": visit,
        "adviser": providers_queries.published_adviser(row.region_code),
        "featured": featured_pages.published_of(row),
    }
    return show(request, "portal/station.html", row, **more)


@door.open
def items(request: HttpRequest) -> HttpResponse:
    """This will list every service item by business."""
    return show(request, "portal/items.html", catalogue_queries.items())


@door.open
def item(request: HttpRequest, code: str) -> HttpResponse:
    """This will show what an item needs, takes and costs, and where to go."""
    face = faces.item_face(county(), code, town=request.GET.get("town", ""))
    return show(request, "portal/item.html", face)


@door.open
def privacy(request: HttpRequest, version: str = "") -> HttpResponse:
    """This will show the notice on personal data: the current one, or one agreed to earlier."""
    face = privacy_notices.notice(version)
    return show(request, "portal/privacy.html", face, versions=privacy_notices.versions())
