"""底图: maps that were brought, looked at and put into service, with 审图号 and credit."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.kit import door
from yike.doors.kit.forms import Form, Text, attempt
from yike.doors.kit.mapping import MapFace
from yike.doors.kit.pages import go, show
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import actions as places_actions
from yike.rooms.places import basemaps
from yike.rooms.places.basemaps import Brought
from yike.rooms.regions import ground
from yike.rooms.regions.ground import Base


class Bring(Form):
    """A file to make a map of, or a made one."""

    file = forms.FileField(
        label="底图文件",
        help_text="OpenStreetMap 文件（.osm .osm.gz .osm.bz2 .osm.pbf，只截本县和周边一圈），"
        "或者做好的 .pmtiles；不超过 95 MB。",
    )

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        file = self.cleaned_data["file"]
        return {"name": file.name or "", "content": file}


class Use(Form):
    """What is told of a map that goes into service."""

    approval = Text(
        label="审图号", max_length=60, required=False,
        help_text="例如 浙S(2026)1号。没有的，每张地图下面会写“本图没有审图号”；公开使用前请送审。",
    )  # fmt: skip
    credit = Text(label="数据署名", max_length=200, help_text="写在每张地图下面。")


@door.staff(roles=seat.COUNTY_READERS)
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """This will show the map in service and those that were brought; a keeper brings another."""
    form, actor = Bring(request.POST or None, request.FILES or None), seat.who(request)
    if request.method == "POST" and form.is_valid():
        told = form.told() | {"county_code": choices.county(), "actor": actor}
        if made := attempt(form, lambda: places_actions.bring_base_map(**told)):
            return go(request, "desk:basemap_one", made)
    folder = ground.folder()
    more: dict[str, Any] = {
        "now": basemaps.in_service(folder), "former": basemaps.former(folder), "form": form,
        "keeps": actor.has(*seat.ROUTERS),
    }  # fmt: skip
    more["used_at"] = datetime.fromisoformat(more["now"].used_at) if more["now"] else None
    rows = basemaps.brought(folder)
    return show(request, "desk/basemap.html", rows, status=seat.status_of(form), **more)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def one(request: HttpRequest, map_id: UUID) -> HttpResponse:
    """This will show one that was brought: what was found in it, and how it looks."""
    return _one(request, map_id)


@door.staff(roles=seat.ROUTERS)
@require_POST
def change(request: HttpRequest, map_id: UUID, what: str) -> HttpResponse:
    """This will put a map into service, or remove it."""
    told: dict[str, Any] = {"county_code": choices.county(), "actor": seat.who(request)}
    if what == "drop":
        places_actions.drop_base_map(map_id=map_id, **told)
        return go(request, "desk:basemap")
    if what != "use":
        raise Http404
    form = Use(request.POST)
    if seat.done(form, places_actions.use_base_map, map_id=map_id, **told):
        return go(request, "desk:basemap")
    return _one(request, map_id, form)


@door.staff(roles=seat.ROUTERS)
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """This will put the former map back into service."""
    places_actions.return_base_map(county_code=choices.county(), actor=seat.who(request))
    return go(request, "desk:basemap")


def _one(request: HttpRequest, map_id: UUID, form: Form | None = None) -> HttpResponse:
    row = basemaps.found(ground.folder(), map_id)
    if row is None:
        raise NotFound("没有这份底图", way_on="请回到底图列表。")
    now = basemaps.in_service(ground.folder())
    used = now is not None and now.name == row.name
    approval = now.approval if used and now else ""
    start = {"credit": now.credit if used and now else row.credit, "approval": approval}
    more: dict[str, Any] = {
        "map": _preview(row, approval), "form": form or Use(initial=start), "used": used,
        "keeps": seat.who(request).has(*seat.ROUTERS), "status": 422 if form else 200,
    }  # fmt: skip
    return show(request, "desk/basemap_one.html", row, **more)


def _preview(row: Brought, approval: str) -> MapFace | None:
    if not row.name or row.bounds is None:
        return None
    base = Base(
        name=row.name,
        bounds=row.bounds,
        credit=row.credit,
        source=row.file_name,
        used_at="",
        approval=approval,
    )
    return MapFace(label="这份底图的样子", name="preview", base=base, bounds=row.bounds)
