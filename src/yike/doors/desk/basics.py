"""The basic five × every station: given here or led on, gaps by name, and tries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import visits as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.rooms.places import actions as places_actions
from yike.rooms.places import basics as words
from yike.rooms.places import basics_pages

#: without a town: the county's and the towns' own stations
_TOWN_LEVEL = 3


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def basics(request: HttpRequest) -> HttpResponse:
    """This will show the matrix: of the county's and the towns' stations, or all of one town."""
    region = request.GET.get("region", "")
    region = region if region in dict(choices.towns()) else ""
    face = basics_pages.matrix(
        region or choices.county(), most_level=None if region else _TOWN_LEVEL
    )
    more: dict[str, Any] = {
        "region": region, "towns": choices.towns(blank="县、乡镇两级站点"),
        "sums": basics_pages.sums(face), "names": words.BASICS,
        "gaps": [(row.station, one) for row in face for one in row.cells if one.gap],
        "due": [(row.station, one) for row in face for one in row.cells if one.due],
    }  # fmt: skip
    return show(request, "desk/basics.html", face, **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def station(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will show one station's five with every try."""
    return _station(request, station_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, station_id: UUID, what: str) -> HttpResponse:
    """This will write down where a station leads on, or what came out of a try."""
    form = changing.tried(request, CHANGES, what, station_id, None)
    if form is None:
        return go(request, "desk:basics_station", station_id)
    return _station(request, station_id, {what: form})


CHANGES = {
    "try": Change(
        "试办一项", "记下试办结果", shapes.Try, places_actions.record_basic_try, "station_id"
    ),
    "way": Change(
        "登记指引、转接", "保存", shapes.Way, places_actions.set_basic_way, "station_id"
    ),
}  # fmt: skip


def _station(
    request: HttpRequest, station_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face = basics_pages.of_station(station_id)
    works = seat.who(request).has(*seat.KEEPERS, *seat.ROUTERS)
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:basics_change", station_id, None, bound=bound,
            only=set(CHANGES) if works else set(bound or {}),
        ),
        "tries": basics_pages.tries_of(station_id),
    }  # fmt: skip
    return show(request, "desk/basics_station.html", face, status=422 if bound else 200, **more)
