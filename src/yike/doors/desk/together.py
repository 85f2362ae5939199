"""Several elements at one place: by town, each place, and its numbers in several registers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import together as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.rooms.places import actions as places_actions
from yike.rooms.places import colocation, colocation_pages

#: so many places are shown; all of them when asked for
_FIRST, _MOST = 20, 200


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """This will show how much stands together by town, and the places that match."""
    known = {"region": dict(choices.towns()), "lack": dict.fromkeys(colocation.ELEMENTS, "")}
    asked = {key: request.GET.get(key, "") for key in known}
    asked = {key: told if told in known[key] else "" for key, told in asked.items()}
    every = colocation_pages.points_in(choices.county())
    here = [row for row in every if asked["region"] in ("", row.town_code)]
    rows = [row for row in here if not asked["lack"] or asked["lack"] not in row.there]
    towns = [(code, name) for code, name in choices.towns() if code]
    more: dict[str, Any] = {
        "asked": asked, "towns": choices.towns(blank="全县"), "names": colocation.ELEMENTS,
        "by_town": colocation_pages.by_town(every, towns), "total": len(rows),
    }  # fmt: skip
    rows.sort(key=lambda row: -len(row.there))
    most = _MOST if "all" in request.GET else _FIRST
    return show(request, "desk/together.html", tuple(rows[:most]), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def point(request: HttpRequest, host: str, ref: UUID) -> HttpResponse:
    """This will show everything that one place is."""
    return _point(request, host, ref)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, host: str, ref: UUID, what: str) -> HttpResponse:
    """This will tell an element of a place, or end one."""
    about = colocation_pages.point(host, ref)
    form = changing.tried(request, _changes(host), what, ref, about)
    if form is None:
        return go(request, "desk:together_point", host, ref)
    return _point(request, host, ref, {what: form})


def _changes(host: str) -> dict[str, Change]:
    def tell(**told: Any) -> UUID:
        return places_actions.tell_element(host=host, **told)

    def end(**told: Any) -> None:
        places_actions.end_element(host=host, **told)

    return {
        "tell": Change("登记要素", "登记", shapes.Tell, tell, "place_id"),
        "end": Change("撤销要素", "撤销这个要素", shapes.End, end, "place_id", grave=True),
    }


def _point(
    request: HttpRequest, host: str, ref: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face = colocation_pages.point(host, ref)
    works = seat.who(request).has(*seat.KEEPERS, *seat.ROUTERS)
    open_ = {"tell", *(["end"] if face.told else [])} if works else set()
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            _changes(host), "desk:together_change", ref, face, bound=bound, under=(host,),
            only=open_ | set(bound or {}),
        ),
        "own": colocation.ELEMENTS.get(face.own, ""),
    }  # fmt: skip
    return show(request, "desk/together_point.html", face, status=422 if bound else 200, **more)
