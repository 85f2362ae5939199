"""What is offered, and the code lists: read here, kept by the data packs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.codes import TryNumber
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.people import codebook
from yike.rooms.places import queries as places_queries
from yike.rooms.regions import dictionary


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """This will list the service items, those of one mode when asked."""
    mode = request.GET.get("mode", "")
    face = catalogue_queries.items(mode=mode)
    modes = catalogue_queries.codes_of("service_mode")
    return show(request, "desk/items.html", face, modes=modes, mode=mode)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def item(request: HttpRequest, code: str) -> HttpResponse:
    """This will show the guide of one item: papers, limits, basis, fee, and who gives it where."""
    face = catalogue_queries.item_guide(code)
    given = catalogue_queries.offerings(code, region_code=choices.county())
    history = catalogue_queries.item_history(code)
    nearby = places_queries.stations_in(choices.county(), level=2)
    return show(request, "desk/item.html", face, given=given, history=history, centres=nearby)


@door.staff(roles=seat.READERS)
@require_GET
def codes(request: HttpRequest) -> HttpResponse:
    """This will list the code lists, and the codes of one."""
    lists = catalogue_queries.code_lists()
    key = request.GET.get("list", "")
    rows = catalogue_queries.codes_of(key) if key else ()
    shown = next((one for one in lists if one.key == key), None)
    return show(request, "desk/codes.html", lists, shown=shown, rows=rows)


@door.staff(roles=seat.READERS)
@require_GET
def divisions(request: HttpRequest) -> HttpResponse:
    """This will browse the administrative divisions as a code list, level by level or by search."""
    face = dictionary.divisions(request.GET.get("code", ""), request.GET.get("q", ""))
    return show(request, "desk/divisions.html", face)


@door.staff(roles=seat.READERS)
@sensitive_post_parameters("number")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """This will take a typed number apart; it is posted, answered and forgotten."""
    form = TryNumber(request.POST or None)
    face = codebook.explain(**form.cleaned_data) if form.is_valid() else None
    return show(request, "desk/code_check.html", face, form=form, status=seat.status_of(form))
