"""服务圈: a county's roads, people and yardstick, and what its last run found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms import reach as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.reach import actions as reach_actions
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach import yardsticks
from yike.rooms.regions import queries as regions_queries


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """This will show networks, people, yardstick and the last run with its uncovered villages."""
    face = reach_queries.overview(seat.who(request), county=choices.county())
    return show(request, "desk/reach.html", face, derive=shapes.Nothing())


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_network(request: HttpRequest) -> HttpResponse:
    """This will take a file of roads."""
    form = shapes.NewNetwork(request.POST or None, request.FILES or None)
    made = _made(form, reach_actions.take_network, request)
    if made:
        return go(request, "desk:reach_network", made)
    return show(request, "desk/reach_network_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def network(request: HttpRequest, network_id: UUID) -> HttpResponse:
    """This will show one network: what was used, what was dropped, which pieces there are."""
    face = reach_queries.network(seat.who(request), network_id)
    return show(request, "desk/reach_network.html", face)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_timetable(request: HttpRequest) -> HttpResponse:
    """This will take a timetable of ferries and buses."""
    form = shapes.NewTimetable(request.POST or None, request.FILES or None)
    made = _made(form, reach_actions.take_timetable, request)
    if made:
        return go(request, "desk:reach_timetable", made)
    return show(request, "desk/reach_timetable_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def timetable(request: HttpRequest, timetable_id: UUID) -> HttpResponse:
    """This will show one timetable: its days, its lines, which crossings go by it."""
    face = reach_queries.timetable(seat.who(request), timetable_id)
    return show(request, "desk/reach_timetable.html", face)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_people(request: HttpRequest) -> HttpResponse:
    """This will take a table of population cells."""
    form = shapes.NewPeople(request.POST or None, request.FILES or None)
    made = _made(form, reach_actions.take_people, request)
    if made:
        return go(request, "desk:reach_people", made)
    return show(request, "desk/reach_people_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.ROUTERS)
@require_POST
def derive(request: HttpRequest) -> HttpResponse:
    """This will make cells of the villages' centres."""
    form = shapes.Nothing(request.POST)
    made = _made(form, reach_actions.derive_people, request)
    if made:
        return go(request, "desk:reach_people", made)
    face = reach_queries.overview(seat.who(request), county=choices.county())
    return show(request, "desk/reach.html", face, derive=form, status=422)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def people(request: HttpRequest, people_id: UUID) -> HttpResponse:
    """This will show population data, and let a planner confirm or drop what was uploaded."""
    return _people(request, people_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_people(request: HttpRequest, people_id: UUID, what: str) -> HttpResponse:
    """This will confirm or drop population data."""
    if what not in _PEOPLE:
        raise Http404
    shape, deed = _PEOPLE[what]
    form = shape(request.POST)
    if seat.done(form, deed, people_id=people_id, actor=seat.who(request)):
        return go(request, "desk:reach_people", people_id)
    return _people(request, people_id, form=form)


@door.staff(roles=seat.COUNTY_READERS)
@require_http_methods(["GET", "POST"])
def yardstick(request: HttpRequest) -> HttpResponse:
    """This will show how far help may be, and let a planner set another version."""
    actor, county = seat.who(request), choices.county()
    face = reach_queries.ruler(actor, county=county)
    towns = [
        (row.code, row.name, yardsticks.zone_of_town(face, row))
        for row in regions_queries.towns_of(county)
    ]
    form = shapes.Yardstick(request.POST or None, ruler=face, towns=towns)
    if _made(form, reach_actions.set_yardstick, request):
        return go(request, "desk:reach_yardstick")
    keeps, status = actor.has(*seat.ROUTERS), seat.status_of(form)
    return show(request, "desk/reach_yardstick.html", face, form=form, keeps=keeps, status=status)


_PEOPLE: dict[str, tuple[type[Form], Callable[..., object]]] = {
    "confirm": (shapes.Confirm, reach_actions.confirm_people),
    "drop": (shapes.Nothing, reach_actions.drop_people),
}


def _made(form: Form, deed: Callable[..., UUID], request: HttpRequest) -> UUID | None:
    """What a valid form makes for the county of this desk; None leaves the page to say why not."""
    if not form.is_valid():
        return None
    more: dict[str, Any] = {"county_code": choices.county(), "actor": seat.who(request)}
    return attempt(form, lambda: deed(**seat.told(form), **more))


def _people(request: HttpRequest, people_id: UUID, form: Form | None = None) -> HttpResponse:
    actor = seat.who(request)
    face = reach_queries.people(actor, people_id)
    drawn = form or shapes.Confirm(
        initial={"system": face.likeness if face.shifted else face.system}
    )
    return show(
        request, "desk/reach_people.html", face, form=drawn, keeps=actor.has(*seat.ROUTERS),
        status=422 if form else 200,
    )  # fmt: skip
