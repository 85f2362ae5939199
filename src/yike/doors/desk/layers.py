"""业务资源图层: counts per 10,000 people, blank areas, verification, and corrections to answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yike.doors.desk import blank_faces, choices, layers_map, seat
from yike.doors.desk.forms.layers import Answer, Verify
from yike.doors.kit import door
from yike.doors.kit.pages import go, show
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import checked, kinds
from yike.rooms.providers import layers as providers_layers
from yike.rooms.providers import queries as providers_queries


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def layers(request: HttpRequest) -> HttpResponse:
    """This will show institutions and people per town, of one kind also per 10,000 people."""
    kind = _kind(request)
    county, about = choices.county(), _about(kind)
    face = providers_layers.layers_of(county, kind=kind)
    drawn = layers_map.map_of(county, face, about["kind_name"]) if kind else None
    told = providers_layers.told_of(county, kind=kind)
    unplaced = sum(one.houses - one.point for one in told)
    return show(request, "desk/layers.html", face, map=drawn, told=told, unplaced=unplaced, **about)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def blanks(request: HttpRequest) -> HttpResponse:
    """This will name the towns with none of a kind near enough, by road where known."""
    kind, limit = _kind(request), _limit(request)
    face = providers_layers.blanks_of(choices.county(), kind=kind)
    timed = blank_faces.timed_blanks(choices.county(), kind=kind, limit=limit)
    more: dict[str, Any] = {"timed": timed, "limits": sorted(blank_faces.MINUTES)}
    return show(request, "desk/layer_blanks.html", face, **_about(kind), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def verified(request: HttpRequest) -> HttpResponse:
    """This will list the institutions, the longest unverified first."""
    kind = _kind(request)
    face = checked.verified(choices.county(), kind=kind)
    stale = sum(row.stale for row in face)
    return show(request, "desk/layer_verified.html", face, stale=stale, **_about(kind))


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, house_id: UUID) -> HttpResponse:
    """This will write down that an entry was compared with its source."""
    form, actor = Verify(request.POST or None), seat.who(request)
    deed = providers_actions.verify_institution
    if seat.done(form, deed, institution_id=house_id, actor=actor):
        return go(request, "desk:layer_verified")
    face = providers_queries.institution(house_id)
    check = checked.last_checks([house_id]).get(house_id)
    more: dict[str, Any] = {"form": form, "check": check, "status": seat.status_of(form)}
    return show(request, "desk/layer_verify.html", face, **more)


@door.staff(roles=seat.WORKERS)
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """This will list the reports this person may answer, the oldest first."""
    state = "answered" if request.GET.get("state") == "answered" else "open"
    face = checked.corrections_for(seat.who(request), choices.county(), state=state)
    return show(request, "desk/corrections.html", face, state=state)


@door.staff(roles=seat.WORKERS)
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """This will show one report, and take its answer."""
    form, actor = Answer(request.POST or None), seat.who(request)
    face = checked.correction(actor, correction_id, choices.county())
    deed = providers_actions.answer_correction
    if seat.done(form, deed, correction_id=correction_id, actor=actor):
        return go(request, "desk:corrections")
    page = "desk:station" if face.about == "station" else "desk:house"
    more: dict[str, Any] = {"form": form, "entry": reverse(page, args=[face.subject])}
    return show(request, "desk/correction.html", face, status=seat.status_of(form), **more)


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in kinds.RESOURCE_KINDS else ""


def _limit(request: HttpRequest) -> int:
    asked = request.GET.get("minutes", "")
    known = {str(one): one for one in blank_faces.MINUTES}
    return known.get(asked, blank_faces.MINUTES[0])


def _about(kind: str) -> dict[str, Any]:
    return {
        "kinds": kinds.RESOURCE_KINDS, "kind": kind,
        "kind_name": kinds.RESOURCE_KINDS.get(kind, ""),
    }  # fmt: skip
