"""Rating by a link: phone first, without signing in, without script."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.forms import succeeds
from yike.doors.kit.pages import show
from yike.doors.portal.forms.follow import RateForm
from yike.rooms.core.actor import Actor
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality import queries as quality_queries


@door.open
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """This will show what is rated, and take the rating once."""
    form = RateForm(request.POST or None)
    thanks = form.is_valid() and succeeds(form, lambda: _rate(request, token, form.cleaned_data))
    face = quality_queries.rate_page(_actor(request), token=token)
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "portal/rate.html", face, form=form, thanks=thanks, status=status)


def _rate(request: HttpRequest, token: str, typed: dict[str, Any]) -> None:
    device = request.draft_key  # type: ignore[attr-defined]
    quality_actions.rate(**typed, token=token, device=device, actor=_actor(request))


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
