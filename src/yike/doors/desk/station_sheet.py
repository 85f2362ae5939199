"""One station on one sheet of paper: facilities, equipment, what people there need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yike.doors.desk import seat
from yike.doors.desk.forms.stations import Note
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import queries as matters_queries
from yike.rooms.places import actions as places_actions
from yike.rooms.places import sheet
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

#: fewer demands than this are told as such: nobody shall be found out
FEW = 3
_DAYS = 365
_MOST = 8


@dataclass(frozen=True, kw_only=True)
class SheetFace:
    """The sheet, and the demands of its town by category; `known`: the reader may count them."""

    told: sheet.StationSheet
    town: str
    since: date
    demands: tuple[tuple[str, str], ...]
    known: bool


@door.staff(roles=seat.REGISTER_READERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """This will show the sheet, which prints on one A4, and take the station's own words."""
    actor = seat.who(request)
    face = sheet_face(actor, station_id)
    note = face.told.note
    start = {"seen": note.version if note else 0, "year": clock.today().year}
    form = Note(request.POST or None, initial=start)
    if seat.done(form, places_actions.tell_note, station_id=station_id, actor=actor):
        return go(request, "desk:station_sheet", station_id)
    status = seat.status_of(form)
    return show(request, "desk/station_sheet.html", face, form=form, status=status)


def sheet_face(actor: Actor, station_id: UUID) -> SheetFace:
    """This will join the station's sheet with the demands of its town in the last year."""
    told = sheet.station_sheet(actor, station_id)
    where = codes.at_level(told.station.region_code, "town") or told.station.region_code
    until = clock.today() + timedelta(days=1)
    since = until - timedelta(days=_DAYS)
    try:
        came = matters_queries.came_by_category(actor, where, since, until)
    except NotAllowed:
        came = None
    return SheetFace(
        told=told,
        town=regions_queries.region(where).name,
        since=since,
        demands=tuple((name, said(count)) for name, count in (came or ())[:_MOST]),
        known=came is not None,
    )


def said(count: int) -> str:
    """This will return a number, or that it is too small to be told."""
    return f"不足 {FEW}" if count < FEW else str(count)
