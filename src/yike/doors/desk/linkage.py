"""数据联动: layers handed out, uploads with their approval, lists compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.linkage import Points, TheirList
from yike.doors.desk.forms.people import Reason
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.core.refusal import NotFound
from yike.rooms.exchange import actions as exchange_actions
from yike.rooms.exchange import comparing, flow, layers, peer_pages, planning, point_files
from yike.rooms.exchange import queries as exchange_queries
from yike.rooms.regions.checking import Fault

_TYPES = {
    "geojson": "application/geo+json", "gpkg": "application/geopackage+sqlite3",
    "csv": "text/csv; charset=utf-8", "zip": "application/zip",
}  # fmt: skip
#: verbs of an upload
_PLAIN: dict[str, Callable[..., object]] = {
    "submit": exchange_actions.submit_upload,
    "apply": exchange_actions.apply_upload,
    "drop": exchange_actions.drop_upload,
}
_WITH_REASON: dict[str, Callable[..., object]] = {
    "return": exchange_actions.return_upload,
    "undo": exchange_actions.undo_upload,
}


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def linkage(request: HttpRequest) -> HttpResponse:
    """This will show the layers to take along, uploads and comparisons."""
    actor, county = seat.who(request), choices.county()
    more: dict[str, Any] = {
        "uploads": exchange_queries.uploads(actor, county),
        "comparisons": exchange_queries.comparisons(actor, county),
        "brings": actor.has(*seat.LEADERS), "keeps": actor.has(*seat.ROUTERS),
        "systems": exchange_queries.GPKG_CRS, "peers": peer_pages.peers(actor, county),
        "address": f"{settings.YIKE.public_url.rstrip('/')}/ogc",
    }  # fmt: skip
    return show(request, "desk/linkage.html", layers.layers_for(actor), **more)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def layer_file(request: HttpRequest, layer_id: str, format_: str) -> HttpResponse:
    """This will hand out a layer as a file."""
    crs = request.GET.get("crs", "4490")
    made = exchange_queries.layer_file(
        seat.who(request), layer_id, format_, county=choices.county(), crs=crs
    )
    response = HttpResponse(made, content_type=_TYPES[format_])
    response.headers["Content-Disposition"] = f'attachment; filename="{layer_id}.{format_}"'
    return response


@door.staff(roles=seat.LEADERS)
@require_http_methods(["GET", "POST"])
def new_upload(request: HttpRequest) -> HttpResponse:
    """This will check a file and keep it with what it would change, or list every fault."""
    form, faults = Points(request.POST or None, request.FILES or None), list[Fault]()
    if form.is_valid():
        raw = form.cleaned_data["file"].read()
        faults = _plan(form, raw, request).faults
        made = None if faults else _kept(form, exchange_actions.take_upload, raw, request)
        if made:
            return go(request, "desk:upload", made)
    return _asking(request, "desk/upload_new.html", form, faults)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """This will show one upload, what it would change, and who decided."""
    return _upload(request, upload_id)


@door.staff(roles=seat.LEADERS)
@require_POST
def change_upload(request: HttpRequest, upload_id: UUID, verb: str) -> HttpResponse:
    """This will submit, approve, send back, take back or undo an upload."""
    actor = seat.who(request)
    if verb in _PLAIN:
        _PLAIN[verb](upload_id=upload_id, actor=actor)
        return go(request, "desk:upload", upload_id)
    if verb not in _WITH_REASON:
        raise NotFound("没有这个操作。", way_on="请回到数据联动。")
    form = Reason(request.POST, auto_id=f"{verb}_%s")
    if seat.done(form, _WITH_REASON[verb], upload_id=upload_id, actor=actor):
        return go(request, "desk:upload", upload_id)
    return _upload(request, upload_id, forms={verb: form}, status=422)


@door.staff(roles=seat.ROUTERS)
@require_http_methods(["GET", "POST"])
def new_comparison(request: HttpRequest) -> HttpResponse:
    """This will compare our points with another platform's list, or list every fault of it."""
    actor, faults = seat.who(request), list[Fault]()
    form = TheirList(request.POST or None, request.FILES or None, actor=actor)
    if form.is_valid():
        raw = form.cleaned_data["file"].read()
        faults = _compared(form, raw, request).faults
        made = None if faults else _kept(form, exchange_actions.compare_lists, raw, request)
        if made:
            return go(request, "desk:comparison", made)
    return _asking(request, "desk/comparison_new.html", form, faults)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def comparison(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    """This will show one report."""
    face = exchange_queries.comparison_page(seat.who(request), comparison_id)
    return show(request, "desk/comparison.html", face)


@door.staff(roles=seat.COUNTY_READERS)
@require_GET
def comparison_file(request: HttpRequest, comparison_id: UUID) -> HttpResponse:
    """This will hand out a report as CSV."""
    made = exchange_queries.comparison_csv(seat.who(request), comparison_id)
    response = HttpResponse(made, content_type=_TYPES["csv"])
    response.headers["Content-Disposition"] = 'attachment; filename="comparison.csv"'
    return response


@door.staff(roles=seat.ROUTERS)
@require_POST
def take_up(request: HttpRequest, comparison_id: UUID, at: int) -> HttpResponse:
    """This will make a difference a correction."""
    exchange_actions.take_up(comparison_id=comparison_id, at=at, actor=seat.who(request))
    return go(request, "desk:comparison", comparison_id)


def _plan(form: Points, raw: bytes, request: HttpRequest) -> planning.Plan:
    told = form.cleaned_data
    region = exchange_queries.region_to_bring(seat.who(request), choices.county())
    asked = planning.Asked(
        county=choices.county(), region=region, facility=told["facility"], crs=told["crs"],
        sure=told["sure"],
    )  # fmt: skip
    return planning.plan(raw, asked)


def _compared(form: TheirList, raw: bytes, request: HttpRequest) -> comparing.Made:
    told = {name: form.cleaned_data[name] for name in ("layer", "crs", "metres")}
    return comparing.compare(raw, county=choices.county(), actor=seat.who(request), **told)


def _kept(
    form: Points | TheirList, deed: Callable[..., UUID], raw: bytes, request: HttpRequest
) -> UUID | None:
    told = form.told() | {"county": choices.county(), "content": raw, "actor": seat.who(request)}
    return attempt(form, lambda: deed(**told))


def _asking(
    request: HttpRequest, template: str, form: Points | TheirList, faults: list[Fault]
) -> HttpResponse:
    columns = [names[0] for names in point_files.COLUMNS.values()]
    status = 422 if faults else seat.status_of(form)
    return show(request, template, form=form, faults=faults, columns=columns, status=status)


def _upload(
    request: HttpRequest,
    upload_id: UUID,
    *,
    status: int = 200,
    forms: dict[str, Form] | None = None,
) -> HttpResponse:
    face = exchange_queries.upload_page(seat.who(request), upload_id)
    kept = forms or {}
    plain = [(verb, flow.VERBS[verb].name) for verb in face.can if verb in _PLAIN]
    asking = [
        (verb, flow.VERBS[verb].name, kept.get(verb) or Reason(auto_id=f"{verb}_%s"))
        for verb in face.can
        if verb in _WITH_REASON
    ]
    return show(
        request, "desk/upload.html", face, status=status, plain=plain, asking=asking,
        wrong=next(iter(kept.values()), None),
    )  # fmt: skip
