"""Whom the circle reaches how evenly: shares by group, service hours per person, gaps."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import seat
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.reach import queries as reach_queries


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def access(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will show how evenly minutes and service hours are spread over people."""
    face = reach_queries.access_page(seat.who(request), run_id)
    return show(request, "desk/reach_access.html", face)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def sheet(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will hand out the tables of this page as CSV."""
    return sent(reach_queries.access_csv(seat.who(request), run_id), f"{run_id}-access.csv")


def sent(text: str, name: str) -> HttpResponse:
    """This will answer with a sheet to be saved."""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
