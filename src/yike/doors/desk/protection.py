"""How data is protected, for whoever answers for it: the register of field classes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import seat
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.guard import fields as guard_fields


@door.staff(roles=seat.PROTECTORS)
@require_GET
def fields(request: HttpRequest) -> HttpResponse:
    """This will list every column that can hold words: class, purpose, who sees it, how."""
    wanted = request.GET.get("class", "")
    rows = guard_fields.register()
    counts = {
        code: (name, sum(row.code == code for row in rows))
        for code, name in guard_fields.CLASSES.items()
    }
    face = [row for row in rows if not wanted or row.code == wanted]
    return show(request, "desk/fields.html", face, counts=counts, wanted=wanted)
