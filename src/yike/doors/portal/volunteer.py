"""志愿服务: open tasks, how to become a volunteer, and verifying a certificate."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.forms import succeeds
from yike.doors.kit.pages import go, show
from yike.doors.portal.county import county
from yike.doors.portal.forms.volunteer import ApplyForm
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import ALPHABET
from yike.rooms.core.refusal import Clash
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers import volunteers as words
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

#: codes tried from one address in ten minutes
_TRIES = 60


@door.open
def volunteer(request: HttpRequest) -> HttpResponse:
    """This will list the tasks that recruit, in one town or direction when asked."""
    towns = [(one.code, one.name) for one in regions_queries.towns_of(county())]
    town, direction = request.GET.get("town", ""), request.GET.get("direction", "")
    rows = providers_queries.open_tasks(
        codes.span(county()), region_code=town if town in dict(towns) else "",
        direction=direction if direction in words.DIRECTIONS else "",
    )  # fmt: skip
    return show(request, "portal/volunteer.html", rows, towns=towns, town=town,
                directions=words.DIRECTIONS, direction=direction)  # fmt: skip


@door.open
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """This will show one task: what, where, when, how many are still wanted."""
    face = providers_queries.public_task(task_id)
    region = regions_queries.path_of(face.region_code).text
    return show(request, "portal/volunteer_task.html", face, region=region)


@door.open
def apply(request: HttpRequest) -> HttpResponse:
    """This will take an application; whoever applied already gets the same answer."""
    form, actor = ApplyForm(request.POST or None), _actor(request)
    if form.is_valid() and succeeds(form, lambda: _apply(form.told(), actor)):
        return go(request, "portal:volunteer_applied")
    promise = providers_queries.rules_of(county())
    return show(request, "portal/volunteer_apply.html", form=form, promise=promise,
                status=422 if form.errors else 200)  # fmt: skip


@door.open
def applied(request: HttpRequest) -> HttpResponse:
    """This will say what happens next."""
    return show(request, "portal/volunteer_applied.html")


@door.open
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """This will say whether a certificate is genuine, and what it certifies."""
    typed = code or request.GET.get("code", "")
    read = "".join(sign for sign in typed.upper() if sign in ALPHABET)[:16]
    if not read:
        return show(request, "portal/volunteer_verify.html")
    visitor = _actor(request)
    limits.allow(what="volunteer.verify", who=visitor.address, per_seconds=600, at_most=_TRIES)
    with acting(visitor.claiming(read, "")):
        face = providers_queries.certificate_by_code(read)
    return show(request, "portal/volunteer_verify.html", face)


def _apply(told: dict[str, Any], actor: Actor) -> None:
    """Whose telephone is on the register already is told to nobody."""
    with suppress(Clash):
        providers_actions.apply_to_volunteer(**told, actor=actor)


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
