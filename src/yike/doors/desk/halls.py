"""Halls: which items each offers at which window, what nobody has told, what is told wrongly."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import halls as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.rooms.catalogue import actions as catalogue_actions
from yike.rooms.catalogue import hall_words
from yike.rooms.catalogue import halls as catalogue_halls


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def halls(request: HttpRequest) -> HttpResponse:
    """This will list the halls with their items in numbers, and both checks."""
    county = choices.county()
    face = catalogue_halls.pages_in(county)
    more: dict[str, Any] = {
        "without": catalogue_halls.items_without_hall(county),
        "bare": [row.hall for row in face if not row.items],
        "statuses": hall_words.STATUSES,
    }  # fmt: skip
    return show(request, "desk/halls.html", face, **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def hall(request: HttpRequest, hall_id: UUID) -> HttpResponse:
    """This will show one hall with its items and windows."""
    return _hall(request, hall_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, hall_id: UUID, what: str) -> HttpResponse:
    """This will tell of items at a hall, or take one off."""
    form = changing.tried(request, CHANGES, what, hall_id, catalogue_halls.page(hall_id))
    if form is None:
        return go(request, "desk:hall", hall_id)
    return _hall(request, hall_id, {what: form})


CHANGES = {
    "tell": Change(
        "登记事项和窗口", "保存", shapes.Tell, catalogue_actions.tell_hall_items, "site_id"
    ),
    "end": Change(
        "撤下事项", "从这个大厅撤下", shapes.End, catalogue_actions.end_hall_item, "site_id",
        grave=True,
    ),
}  # fmt: skip


def _hall(
    request: HttpRequest, hall_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face = catalogue_halls.page(hall_id)
    works = seat.who(request).has(*seat.KEEPERS, *seat.ROUTERS)
    open_ = ({"tell", *(["end"] if face.items else [])} if works else set()) | set(bound or {})
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:hall_change", hall_id, face, only=open_, bound=bound
        ),
    }  # fmt: skip
    return show(request, "desk/hall.html", face, status=422 if bound else 200, **more)
