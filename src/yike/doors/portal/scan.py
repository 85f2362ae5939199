"""A printed code was scanned: counted, and led on to its registered target, nowhere else."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponseRedirect
from django.views.decorators.http import require_GET

from yike.doors.kit import door
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound, Refusal
from yike.rooms.places import actions as places_actions


class DeadCode(Refusal):
    """A code on a wall that leads nowhere any more: whoever scanned it is told so, and goes on."""

    status = 404
    code = "dead-code"


@door.open
@require_GET
def scan(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """This will count a scan by its day alone and lead on."""
    actor = cast(Actor, request.actor)  # type: ignore[attr-defined]
    try:
        answer = HttpResponseRedirect(places_actions.count_scan(slug=slug[:12], actor=actor))
    except NotFound as no:
        raise DeadCode(no.sentence, way_on=no.way_on) from no
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
