"""“我要……”: who serves a need; an institution's page; and saying that a page is wrong."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import go, show
from yike.doors.portal import need_faces
from yike.doors.portal.county import county
from yike.doors.portal.forms.need import NeedForm, WrongForm
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import ALPHABET
from yike.rooms.core.refusal import NotFound
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.matters.guide import NEEDS, start_of
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import checked
from yike.rooms.providers import layers as providers_layers
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries

#: reports from one address in ten minutes, and codes tried
_REPORTS, _TRIES = 6, 60


@door.open
def need(request: HttpRequest) -> HttpResponse:
    """This will list who serves a need; a position comes by post, so that no log keeps it."""
    told = request.POST or request.GET
    form = NeedForm(told if "kind" in told else None)
    face = None
    if form.is_valid():
        face = attempt(form, lambda: _found(form.cleaned_data))
    name = NEEDS.get(told.get("kind", ""), "")
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "portal/need.html", face, form=form, name=name, status=status)


@door.open
@require_GET
def institution(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """This will show one institution with its source and when it was verified last."""
    row = providers_queries.institution(institution_id)
    check = checked.last_checks([institution_id]).get(institution_id)
    region = regions_queries.path_of(row.region_code).text
    return show(request, "portal/institution.html", row, check=check, region=region)


@door.open
def wrong(request: HttpRequest, about: str, subject: UUID) -> HttpResponse:
    """This will take a report of what is wrong on a page; nobody has to sign in."""
    told = _subject(about, subject)
    form = WrongForm(request.POST or None)
    code = attempt(form, lambda: _report(request, told, form)) if form.is_valid() else None
    if code:
        return go(request, "portal:correction", code)
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "portal/wrong.html", form=form, name=told["name"], status=status)


@door.open
@require_GET
def receipt(request: HttpRequest, code: str = "") -> HttpResponse:
    """This will show how a report stands, to whoever holds its code."""
    typed = code or request.GET.get("code", "")
    read = "".join(sign for sign in typed.upper() if sign in ALPHABET)[:12]
    if not read:
        return show(request, "portal/correction.html")
    visitor = _actor(request)
    limits.allow(what="correct.read", who=visitor.address, per_seconds=600, at_most=_TRIES)
    with acting(visitor.claiming(read, "")):
        face = _receipt(read, typed=not code)
    status = 200 if face else 422
    return show(request, "portal/correction.html", face, typed=typed, status=status)


def _receipt(code: str, *, typed: bool) -> checked.CorrectionRow | None:
    """The report of a code; None where one that was typed is none: it may be typed again."""
    try:
        return checked.correction_by_code(code, county())
    except NotFound:
        if typed:
            return None
        raise


def _found(told: dict[str, Any]) -> need_faces.NeedFace:
    lon, lat = told["lon"], told["lat"]
    if lon is not None and lat is not None:
        start, said = regions_queries.read_point(lon, lat), "从您的位置算；位置不保存"
    else:
        place = start_of(told["place"], county=county())
        start, said = place.point, place.said  # type: ignore[assignment]
    return need_faces.need_face(
        county(), told["kind"], start=start, told=said, open_only=told["open"],
        price=told["price"],
    )  # fmt: skip


def _subject(about: str, subject: UUID) -> dict[str, str]:
    """What the report is about, as the register knows it."""
    if about == "station":
        station = places_queries.station(subject)
        return {"name": station.name, "region_code": station.region_code, "kind": ""}
    if about == "institution":
        house = providers_queries.institution(subject)
        kind = providers_layers.KIND_OF_HOUSE.get(house.kind, "")
        return {"name": house.name, "region_code": house.region_code, "kind": kind}
    raise Http404


def _report(request: HttpRequest, told: dict[str, str], form: WrongForm) -> str:
    actor, parts = _actor(request), request.resolver_match
    assert parts is not None
    limits.allow(what="correct.report", who=actor.address, per_seconds=600, at_most=_REPORTS)
    return providers_actions.report_wrong(
        about=parts.kwargs["about"], subject=parts.kwargs["subject"], actor=actor, **told,
        **form.cleaned_data,
    )  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
