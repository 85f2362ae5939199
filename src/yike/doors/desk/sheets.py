"""Sheets for the wall: a station's hours in big letters, or a sign that leads to a station."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from yike.doors.desk import choices, seat
from yike.doors.kit import door, press, qr
from yike.doors.kit.pages import show
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.matters import guide
from yike.rooms.places import queries as places_queries
from yike.rooms.places import upkeep, upkeep_pages
from yike.rooms.places.queries import StationRow
from yike.rooms.places.upkeep_faces import KeptRow, QrRow

_PAPERS = ("a4", "a3")


@dataclass(frozen=True)
class SheetFace:
    """One sheet and what may be chosen about it."""

    row: KeptRow
    told: dict[str, Any]
    paper: str
    facing: str
    code: str
    codes: tuple[QrRow, ...]
    #: the sheet leads to a station that is elsewhere
    leads: bool


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def page(request: HttpRequest, facility: str, ref: UUID) -> HttpResponse:
    """This will show the sheet as a page that prints itself, and what may be chosen about it."""
    return _page(request, _face(request, facility, ref))


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def pdf(request: HttpRequest, facility: str, ref: UUID) -> HttpResponse:
    """This will set the sheet as PDF; without a Chinese font the page says so and prints."""
    face = _face(request, facility, ref)
    try:
        content = press.pdf("sheet", face.told)
    except press.NoFont as no:
        return _page(request, face, no=f"{no.sentence}{no.way_on}", status=no.status)
    return press.sent(content, f"{face.row.name}.pdf")


def _page(
    request: HttpRequest, face: SheetFace, *, no: str = "", status: int = 200
) -> HttpResponse:
    drawn = mark_safe(face.told["qr"])  # noqa: S308 - modules of a code
    more: dict[str, Any] = {"qr": drawn, "no": no, "sides": upkeep.DIRECTIONS}
    return show(request, "desk/sheet.html", face, status=status, **more)


def _face(request: HttpRequest, facility: str, ref: UUID) -> SheetFace:
    row = upkeep_pages.kept_page(facility, ref).row
    asked = {key: request.GET.get(key, "")[:40] for key in ("paper", "facing", "code")}
    paper = asked["paper"] if asked["paper"] in _PAPERS else "a4"
    codes = tuple(
        one for one in upkeep_pages.codes_in(choices.county()) if one.target and not one.ended_on
    )
    code = next((one for one in codes if str(one.id) == asked["code"]), None)
    station = _station(row)
    own = row.facility == "station"
    return SheetFace(
        row, _told(row, station, code, facing=asked["facing"], paper=paper), paper,
        asked["facing"], asked["code"] if code else "", codes, not own,
    )  # fmt: skip


def _station(row: KeptRow) -> StationRow | None:
    """Itself, or the station it belongs to, or the nearest one."""
    if row.facility == "station":
        return places_queries.station(row.id)
    rows = places_queries.facilities_in(row.region_code, row.facility)
    owner = next((one.station_id for one in rows if one.id == row.id), None)
    try:
        if owner:
            return places_queries.station(owner)
        near = places_queries.nearest_stations(
            county=choices.county(), point=row.point, region_code=row.region_code, k=1
        )
    except (BadInput, NotFound):
        return None
    return near[0].station if near else None


def _told(
    row: KeptRow, station: StationRow | None, code: QrRow | None, *, facing: str, paper: str
) -> dict[str, Any]:
    name = station.name if station else row.name
    ahead = None
    if station and row.facility != "station" and row.point and station.point:
        ahead = guide.heading(row.point, station.point, facing)
    public = settings.YIKE.public_url.rstrip("/")
    live = reverse("portal:station", args=[station.id]) if station else reverse("portal:map")
    address = reverse("portal:scan", args=[code.slug]) if code else live
    return {
        "paper": paper, "name": name, "name_size": 34 if len(name) <= 14 else 26,
        "arrow": ahead.words if ahead else "", "turn": ahead.turn if ahead else None,
        "rows": _rows(station), "foot": "说不清楚也没关系，有人接听。",
        "qr": qr.picture(public + address),
        "qr_words": code.name if code else "扫码看今天谁值班",
    }  # fmt: skip


def _rows(station: StationRow | None) -> list[tuple[str, str]]:
    if station is None:
        return []
    told = (
        ("开放时间", station.hours_sentence),
        ("这里能办", "、".join(dict.fromkeys(one.service_name for one in station.services))),
        ("电话", station.phone),
        ("地址", f"{station.region_name} {station.address}".strip()),
    )
    return [row for row in told if row[1]]
