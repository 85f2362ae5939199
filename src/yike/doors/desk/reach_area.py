"""How far a station reaches: nested bands of minutes on the map, and the villages by band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.people import offer
from yike.doors.kit import bands as drawing
from yike.doors.kit import door, mapping
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.mapping import MapFace
from yike.doors.kit.pages import show
from yike.rooms.places import queries as places_queries
from yike.rooms.places.queries import StationRow
from yike.rooms.reach import flow
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.queries import Bands


class Which(Form):
    """To which station, and how one goes there."""

    station = forms.ChoiceField(label="站点")
    mode = forms.ChoiceField(
        label="怎么去", choices=choices.of(flow.MODES), initial="walk", required=False
    )

    def __init__(self, *args: Any, stations: tuple[StationRow, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(row.id), row.name) for row in stations]
        offer(self, "station", choices.of(rows, blank="请选择"))


@dataclass(frozen=True, kw_only=True)
class AreaPage:
    """The bands of one station; `query` asks for the same again."""

    station: StationRow
    bands: Bands
    map: MapFace
    query: str


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def area(request: HttpRequest) -> HttpResponse:
    """This will show from where a station is reached within 5, 10, 15 and 30 minutes."""
    form, face = _asked(request)
    return show(request, "desk/reach_area.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def handed(request: HttpRequest) -> HttpResponse:
    """This will hand the areas out as GeoJSON."""
    form, face = _asked(request)
    if face is None:
        return show(request, "desk/reach_area.html", None, form=form, status=422)
    answer = HttpResponse(
        reach_queries.bands_geojson(face.bands), content_type="application/geo+json"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{face.station.code}.geojson"'
    return answer


def _asked(request: HttpRequest) -> tuple[Which, AreaPage | None]:
    county = choices.county()
    stations = tuple(row for row in places_queries.stations_in(county) if row.point)
    form = Which(request.GET or None, stations=stations)
    if not form.is_valid():
        return form, None
    said, actor = form.cleaned_data, seat.who(request)
    chosen = next(row for row in stations if row.id == UUID(said["station"]))
    point, mode = chosen.point, said["mode"] or "walk"
    assert point is not None
    found = attempt(form, lambda: reach_queries.bands(actor, county, point, mode))
    if found is None:
        return form, None
    query = urlencode({"station": chosen.id, "mode": mode})
    return form, AreaPage(station=chosen, bands=found, map=_map(chosen, found, county), query=query)


def _map(station: StationRow, found: Bands, county: str) -> MapFace:
    assert station.point is not None
    kind = mapping.MapClass(value="here", label="站点", tone="late", symbol="star")
    lon, lat = station.point
    told = {"id": str(station.id), "name": station.name, "class": "here"}
    here = mapping.point(lon, lat, **told)
    spot = mapping.MapLayer(
        name="here", label="站点", kind="point", data=mapping.collection([here]), classes=(kind,)
    )
    return MapFace(
        label=f"多少分钟能到{station.name}", layers=(drawing.layer_of(found), spot), region=county,
        bounds=_bounds(found), list_id="bands-list",
    )  # fmt: skip


def _bounds(found: Bands) -> mapping.Bounds | None:
    """The corners of the widest band; None draws the whole county."""
    features = found.area.areas["features"]
    points = [p for one in features[:1] for part in one["geometry"]["coordinates"] for p in part[0]]
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)
