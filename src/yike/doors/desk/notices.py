"""The inbox: what somebody was told, and the way to what it is about."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import seat
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.matters import queries as matters_queries
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import queries as notices_queries


@door.staff(roles=seat.READERS)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """This will show what one was told, newest first."""
    face = notices_queries.inbox(seat.who(request), after=request.GET.get("after", ""))
    matters = [row.subject for row in face.rows if row.about == "matter"]
    references = matters_queries.references_of(seat.who(request), matters)
    return show(request, "desk/notices.html", face, references=references)


@door.staff(roles=seat.READERS)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """This will mark notices as read."""
    ids = [UUID(one) for one in request.POST.getlist("notice")[:100] if _is_id(one)]
    notices_actions.mark_read(notice_ids=ids, actor=seat.who(request))
    return go(request, "desk:notices")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
