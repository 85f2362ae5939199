"""The trail, for the auditor: what was done, by whom, and how far it is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import seat
from yike.doors.desk.forms.trail import Search
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.trail import queries as trail_queries


@door.staff(roles=seat.AUDITORS)
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """This will search the entries of the trail, newest first, and say how far they are sealed."""
    form = Search(request.GET or None)
    face = trail_queries.entries(
        seat.who(request), form.wanted(), after=request.GET.get("after", "")
    )
    state = trail_queries.seal_state()
    anchored_at = datetime.fromisoformat(state.anchored_at) if state.anchored_at else None
    more: dict[str, Any] = {
        "form": form,
        "state": state,
        "anchored_at": anchored_at,
        "doors": seat.DOORS,
    }
    return show(request, "desk/trail.html", face, **more)
