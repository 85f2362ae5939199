"""A printed code was scanned: counted, and led on to its registered target, nowhere else."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponseRedirect
from django.views.decorators.http import require_GET

from yike.doors.kit import door
from yike.rooms.core.actor import Actor
from yike.rooms.places import actions as places_actions


@door.open
@require_GET
def scan(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """This will count a scan by its day alone and lead on."""
    actor = cast(Actor, request.actor)  # type: ignore[attr-defined]
    answer = HttpResponseRedirect(places_actions.count_scan(slug=slug[:12], actor=actor))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
