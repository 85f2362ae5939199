"""What other stations would change, reckoned while one looks; and two runs side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import seat
from yike.doors.desk.forms import reach as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import show
from yike.rooms.reach import queries as reach_queries


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def what_if(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """This will tell at once what the typed edits change; a part for htmx, JSON with as=json."""
    actor, said = seat.who(request), request.POST or request.GET
    page = reach_queries.run_page(actor, run_id)
    form = shapes.WhatIf(said or None, stations=page.stations, timed=page.timed)
    face = None
    if said and form.is_valid() and form.edits():
        face = attempt(form, lambda: reach_queries.what_if(actor, run_id, form.edits()))
    if said.get("as") == "json":
        return _json(form, face)
    return show(
        request, "desk/reach_what_if.html", face, part="desk/_reach_what_if.html", form=form,
        page=page, kept=form.kept() if face else (), status=seat.status_of(form),
    )  # fmt: skip


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def compare(request: HttpRequest, run_id: UUID, other: UUID) -> HttpResponse:
    """This will show what the second run has that the first has not, by village and cell."""
    face = reach_queries.difference(seat.who(request), run_id, other)
    if request.GET.get("as") == "json":
        return JsonResponse(face.varied.told)
    return show(request, "desk/reach_compare.html", face)


def _json(form: shapes.WhatIf, face: Any) -> JsonResponse:
    if face is not None:
        return JsonResponse(face.told)
    said = [str(one) for errors in form.errors.values() for one in errors]
    return JsonResponse({"errors": said or ["请至少写一项改动。"]}, status=422)
