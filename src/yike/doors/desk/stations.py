"""The register of stations: read by all who work, kept by dispatchers and offices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import choices, pointing, seat
from yike.doors.desk.forms.stations import (
    CloseStation,
    Entry,
    Facts,
    Merge,
    Split,
    write_hours,
)
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.places import actions as places_actions
from yike.rooms.places import queries as places_queries
from yike.rooms.plans import queries as plans_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def stations(request: HttpRequest) -> HttpResponse:
    """This will list the open stations of the county, of one town when asked."""
    towns = choices.towns(blank="全县")
    region = request.GET.get("region", "")
    region = region if region in dict(towns) else ""
    face = places_queries.stations_in(region or choices.county())
    closed = places_queries.closed_stations(region or choices.county())
    return show(
        request,
        "desk/stations.html",
        face,
        towns=towns,
        region=region,
        keeps=_keeps(request),
        closed=closed,
    )


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def station(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will show one station with its history, and what may be changed."""
    return _station(request, station_id)


@door.staff(roles=seat.KEEPERS)
@require_http_methods(["GET", "POST"])
def new_station(request: HttpRequest) -> HttpResponse:
    """This will take a station into the register."""
    to, actor = reverse("desk:station_new"), seat.who(request)
    if pointing.asks(request):
        form, look = pointing.look(request, Entry, to, facility="station")
        return _new(request, form, look)
    form = Entry(request.POST or None)
    if form.is_valid() and (
        made := attempt(form, lambda: places_actions.register_station(**form.told(), actor=actor))
    ):
        return go(request, "desk:station", made)
    return _new(request, form, pointing.idle(to))


def _new(request: HttpRequest, form: Entry, look: pointing.Look) -> HttpResponse:
    status, map_ = seat.status_of(form), pointing.point_map(look=look)
    return show(
        request, "desk/station_new.html", form=form, map=map_, look=look, status=status
    )  # fmt: skip


@door.staff(roles=seat.KEEPERS)
@require_http_methods(["POST"])
def change_station(request: HttpRequest, station_id: UUID, what: str) -> HttpResponse:
    """This will revise, merge, split or close a station."""
    if what not in _CHANGES:
        raise Http404
    if what == "revise" and pointing.asks(request):
        return _looked(request, station_id)
    shape, deed = _CHANGES[what]
    form = shape(request.POST, auto_id=f"{what}_%s")
    if seat.done(form, deed, station_id=station_id, actor=seat.who(request)):
        return go(request, "desk:station", station_id)
    return _station(request, station_id, {what: form})


def _looked(request: HttpRequest, station_id: UUID) -> HttpResponse:
    face = places_queries.station(station_id)
    form, look = pointing.look(
        request, partial(Facts, auto_id="revise_%s"), _revise_url(station_id), facility="station",
        region=face.region_code, but=station_id,
    )  # fmt: skip
    return _station(request, station_id, {"revise": form}, look)


def _revise_url(station_id: UUID) -> str:
    return reverse("desk:station_change", args=[station_id, "revise"])


def _merge(*, station_id: UUID, **told: Any) -> None:
    places_actions.merge_stations(station_ids=[station_id], **told)


#: what may be done to a station: its form and its action
_CHANGES: dict[str, tuple[type[Form], Callable[..., object]]] = {
    "revise": (Facts, places_actions.revise_station),
    "close": (CloseStation, places_actions.close_station),
    "merge": (Merge, _merge),
    "split": (Split, places_actions.split_station),
}


def _station(
    request: HttpRequest,
    station_id: UUID,
    bound: dict[str, Form] | None = None,
    look: pointing.Look | None = None,
) -> HttpResponse:
    face = places_queries.station(station_id)
    seat.renew(bound, "revise", face.mark)
    initial: dict[str, Any] = {
        "name": face.name, "address": face.address, "phone": face.phone,
        "holiday_rule": face.holiday_rule,
        "hours": write_hours(face.hours), "lon": face.point and face.point[0],
        "lat": face.point and face.point[1], "keeper": face.keeper,
        "parent_id": str(face.parent_id or ""), "seen": face.mark,
    }  # fmt: skip
    drawn: dict[str, Any] = (
        {
            "revise": Facts(initial=initial, auto_id="revise_%s"),
            "close": CloseStation(auto_id="close_%s"),
            "merge": Merge(auto_id="merge_%s"),
            "split": Split(auto_id="split_%s"),
        }
        | (bound or {})
        | {
            "lineage": places_queries.lineage_of(station_id),
            "below": places_queries.stations_below(station_id),
            "parent": places_queries.station(face.parent_id) if face.parent_id else None,
            "projects": plans_queries.projects_of_station(seat.who(request), face.code),
            "revise_map": pointing.point_map("revise", look),
            "look": look or pointing.idle(_revise_url(station_id)),
            "told": places_queries.history(station_id, actor=seat.who(request)),
        }
    )
    keeps = _keeps(request) and face.closed_on is None
    status = 422 if bound and not look else 200
    return show(request, "desk/station.html", face, status=status, keeps=keeps, **drawn)


def _keeps(request: HttpRequest) -> bool:
    return seat.who(request).has(*seat.KEEPERS)
