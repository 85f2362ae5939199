"""Featured stations at the desk: their profiles, drafted here, published by the county."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from yike.doors.desk import changing, choices, seat
from yike.doors.desk.changing import Change
from yike.doors.desk.forms import featured as shapes
from yike.doors.kit import door
from yike.doors.kit.forms import Form
from yike.doors.kit.pages import go, show
from yike.rooms.core.actor import Actor
from yike.rooms.places import actions as places_actions
from yike.rooms.places import featured_pages, featuring
from yike.rooms.places import queries as places_queries
from yike.rooms.places.featured_pages import FeaturedPage


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def featured(request: HttpRequest) -> HttpResponse:
    """This will list the featured stations and those whose profile is on its way."""
    if chosen := _chosen(request.GET.get("station", "")):
        return go(request, "desk:featured_station", chosen)
    actor = seat.who(request)
    more: dict[str, Any] = {
        "stations": choices.stations(blank="选一个站点"), "works": actor.has(*seat.KEEPERS),
    }  # fmt: skip
    return show(request, "desk/featured.html", featured_pages.pages_in(choices.county()), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def station(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will show what is published of a station, what waits, and every earlier version."""
    return _station(request, station_id)


@door.staff(roles=seat.WORKERS)
@require_POST
def change(request: HttpRequest, station_id: UUID, what: str) -> HttpResponse:
    """This will do one deed on a profile."""
    face = featured_pages.page_of(station_id)
    form = changing.tried(request, CHANGES, what, station_id, face)
    if form is None:
        return go(request, "desk:featured_station", station_id)
    return _station(request, station_id, {what: form})


_DEEDS: dict[str, tuple[Any, Any]] = {
    "write": (shapes.Profile, places_actions.write_profile),
    "submit": (shapes.Press, places_actions.submit_profile),
    "drop": (shapes.Press, places_actions.drop_profile),
    "publish": (shapes.Press, places_actions.publish_profile),
    "return": (shapes.Reason, places_actions.return_profile),
    "withdraw": (shapes.Reason, places_actions.withdraw_profile),
}
CHANGES = {
    row.verb: Change(
        row.label, row.button, *_DEEDS[row.verb], "station_id",
        grave=row.verb in {"withdraw", "drop"},
    )
    for row in featuring.ROWS
}  # fmt: skip


def _offered(face: FeaturedPage, actor: Actor) -> set[str]:
    """The deeds the table allows this person now; who may at last, the room says."""
    state = face.open.state if face.open else ""
    county, tends = actor.has(*seat.ROUTERS), actor.has(*seat.KEEPERS, *seat.ROUTERS)
    found = {
        row.verb for row in featuring.ROWS
        if state in row.states and (county if row.who == "county" else tends)
    }  # fmt: skip
    if face.open and face.open.submitted_by and face.open.submitted_by == actor.account_id:
        found -= {row.verb for row in featuring.ROWS if row.apart}
    if face.open is None and tends:
        found.add("write")
    return found | ({"withdraw"} if face.published and county else set())


def _station(
    request: HttpRequest, station_id: UUID, bound: dict[str, Form] | None = None
) -> HttpResponse:
    actor, face = seat.who(request), featured_pages.page_of(station_id)
    told = face.open or face.published
    start = {
        "theme": told.theme, "partners": "\n".join(told.partners), "story": told.story,
        "features": "\n".join(told.features), "source": told.source,
    } if told else {}  # fmt: skip
    more: dict[str, Any] = {
        "boxes": changing.boxes(
            CHANGES, "desk:featured_change", station_id, face, bound=bound,
            only=_offered(face, actor) | set(bound or {}), initial={"write": start},
        ),
        "told": places_queries.history(station_id, actor=actor),
    }  # fmt: skip
    return show(request, "desk/featured_station.html", face, status=422 if bound else 200, **more)


def _chosen(typed: str) -> UUID | None:
    return next((UUID(ref) for ref, _ in choices.stations() if ref and ref == typed), None)
