"""What maps are drawn from: outlines of a unit as GeoJSON, open to anybody and kept by browsers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.rooms.regions import maps as regions_maps


@door.open
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """This will return the outlines and names of a county or town, simplified; 304 if unchanged."""
    body = regions_maps.outlines_of(code)
    mark = f'"{regions_maps.edition(code)}"'
    headers = {"ETag": mark, "Cache-Control": "public, max-age=300"}
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/geo+json", headers=headers)
