"""供给与缺口: what each station gives and how, what nobody can give, windows, the resource pool."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import stationing as shapes
from yike.doors.desk.forms.providers import Supplies
from yike.doors.desk.forms.stations import write_hours
from yike.doors.desk.providers import lines
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.duty import queries as duty_queries
from yike.rooms.places import actions as places_actions
from yike.rooms.places import gaps as places_gaps
from yike.rooms.places import kinds as place_kinds
from yike.rooms.places import queries as places_queries
from yike.rooms.places import spaces as places_spaces
from yike.rooms.places.queries import StationRow
from yike.rooms.providers import kinds
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes


@dataclass(frozen=True)
class Row:
    """One station: for each of the ten services the ways it is given, in short."""

    station: StationRow
    cells: list[tuple[str, str]]


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def supplies(request: HttpRequest) -> HttpResponse:
    """This will show stations × ten services × six ways; of the county's level or of one town."""
    region = request.GET.get("region", "")
    level = None if region else 3
    county = places_queries.stations_in(region or choices.county())
    shown = [row for row in county if level is None or row.level <= level]
    rows = [Row(row, _cells(row)) for row in shown]
    more: dict[str, Any] = {"services": kinds.SERVICES, "modes": kinds.MODES, "region": region,
            "towns": choices.towns(blank="县、乡镇两级站点"), "keeps": _keeps(request)}  # fmt: skip
    return show(request, "desk/supplies.html", rows, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def supply(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will set which services a station gives, and how: ten by six boxes."""
    face, actor = places_queries.station(station_id), seat.who(request)
    given = {f"{row.service}:{row.mode}" for row in face.services}
    form = Supplies(request.POST if request.method == "POST" else None)
    if _saved(form, station_id, actor):
        return go(request, "desk:supplies")
    told = set(request.POST.getlist("supplies")) if request.method == "POST" else given
    more: dict[str, Any] = {
        "services": kinds.SERVICES,
        "modes": kinds.MODES,
        "form": form,
        "given": told,
    }
    return show(request, "desk/supply_of.html", face, status=seat.status_of(form), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """This will list what is promised and cannot be kept, and what ends."""
    county = choices.county()
    rows = (*duty_queries.promised_unmanned(county), *places_gaps.supply_gaps(county))
    counts = Counter(row.kind for row in rows)
    known = [(kind, name, counts[kind]) for kind, name in places_gaps.GAP_NAMES.items()]
    kind = request.GET.get("kind", "")
    shown = [row for row in rows if not kind or row.kind == kind]
    routes = seat.who(request).has(*seat.ROUTERS)
    return show(request, "desk/supply_gaps.html", shown, known=known, kind=kind, routes=routes)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def windows(request: HttpRequest) -> HttpResponse:
    """This will show the one register of windows and rooms: hours, services, status."""
    region, kind = request.GET.get("region", ""), request.GET.get("kind", "")
    rows = places_spaces.spaces_in(region or choices.county(), [kind] if kind else ())
    more: dict[str, Any] = {"towns": choices.towns(blank="全县"), "region": region, "kind": kind,
            "kinds": place_kinds.SPACES, "keeps": _keeps(request)}  # fmt: skip
    return show(request, "desk/windows.html", rows, **more)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_window(request: HttpRequest) -> HttpResponse:
    """This will take a window or a room into the register."""
    form, actor = shapes.Space(request.POST or None), seat.who(request)
    if form.is_valid() and (made := attempt(
        form, lambda: places_actions.register_space(**form.told(), actor=actor)
    )):  # fmt: skip
        return go(request, "desk:window", made)
    return show(request, "desk/window_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def window(request: HttpRequest, space_id: UUID) -> HttpResponse:
    """This will show one window or room."""
    return _window(request, space_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change_window(request: HttpRequest, space_id: UUID, what: str) -> HttpResponse:
    """This will correct, open, pause or close a window or room."""
    face = places_spaces.space(space_id)
    form = changing.tried(request, WINDOW, what, space_id, face)
    return _window(request, space_id, {what: form}) if form else go(
        request, "desk:window", space_id
    )  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def pool(request: HttpRequest) -> HttpResponse:
    """This will show institutions, people, rooms and devices, and what can be used now."""
    county = choices.county()
    span = codes.span(county)
    people = lines(providers_queries.practitioners_in(span))
    houses = Counter(row.kind for row in providers_queries.institutions_in(span))
    by_kind = [
        (code, name, sum(row.person.kind == code for row in people),
         sum(row.person.kind == code and not row.unfit for row in people),
         sum(houses[one] for one in kinds.HOUSES_OF_KIND[code]))
        for code, name in kinds.RESOURCE_KINDS.items()
    ]  # fmt: skip
    return show(request, "desk/pool.html", by_kind, things=places_spaces.pool_of(county))


WINDOW = {
    "revise": Change(
        "更正信息", "保存更正", shapes.SpaceFacts, places_actions.revise_space, "space_id"
    ),
    "status": Change(
        "开放、暂停或撤销", "改为这个状态", shapes.SpaceStatus, places_actions.set_space_status,
        "space_id",
    ),
}  # fmt: skip
#: one letter for each way, in the matrix; the legend above the table says them
_SHORT = dict(zip(kinds.MODES, "直约引转视巡", strict=True))


def _cells(row: StationRow) -> list[tuple[str, str]]:
    """For each service the ways in short, and in words."""
    found = []
    for service in kinds.SERVICES:
        ways = [one for one in row.services if one.service == service]
        short = "".join(_SHORT[mode] for mode in kinds.MODES if any(w.mode == mode for w in ways))
        found.append((short, "、".join(one.mode_name for one in ways)))
    return found


def _saved(form: Supplies, station_id: UUID, actor: Any) -> bool:
    return form.is_valid() and attempt(form, lambda: (places_actions.revise_station(
        station_id=station_id, services=form.told()["supplies"], actor=actor
    ), True)) is not None  # fmt: skip


def _window(
    request: HttpRequest, space_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    face = places_spaces.space(space_id)
    facts = {
        "name": face.name, "institution_id": str(face.institution_id or ""),
        "services": face.services, "hours": write_hours(face.hours), "seats": face.seats or None,
        "equipment": face.equipment, "queue_code": face.queue_code,
    }  # fmt: skip
    boxes = changing.boxes(
        WINDOW, "desk:window_change", space_id, face, bound=bound,
        initial={"revise": facts, "status": {"status": face.status}},
    ) if _keeps(request) and face.status != "closed" else []  # fmt: skip
    return show(request, "desk/window.html", face, boxes=boxes, status=422 if bound else 200)


def _keeps(request: HttpRequest) -> bool:
    return seat.who(request).has(*seat.ROUTERS)
