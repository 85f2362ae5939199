"""Featured stations for everybody: the list, and the reviewed photos of a station."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from yike.doors.kit import door, downloads
from yike.doors.kit.pages import show
from yike.doors.portal.county import county
from yike.rooms.places import featured_pages, upkeep_pages


@door.open
def featured(request: HttpRequest) -> HttpResponse:
    """This will list the county's featured stations."""
    return show(request, "portal/featured.html", featured_pages.published_in(county()))


@door.open
def photo(request: HttpRequest, station_id: UUID, photo_id: UUID) -> HttpResponseBase:
    """This will let out a photo of a station that was reviewed. Others are not found."""
    return downloads.send_file(request, upkeep_pages.photo_file("station", station_id, photo_id))
