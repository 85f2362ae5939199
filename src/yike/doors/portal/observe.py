"""Answering a questionnaire with a code: no name, no signing in, no script."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse

from yike.doors.kit import door
from yike.doors.kit.forms import succeeds
from yike.doors.kit.pages import go, show
from yike.doors.kit.questions import SheetForm
from yike.doors.portal.forms.observe import CodeForm
from yike.rooms.core.actor import Actor
from yike.rooms.observation import actions as observation_actions
from yike.rooms.observation import queries as observation_queries


@door.open
def enter(request: HttpRequest) -> HttpResponse:
    """This will take a code that is typed, from paper or at the station's tablet."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return go(request, "portal:observe", form.cleaned_data["code"])
    return show(request, "portal/observe_enter.html", form=form, status=422 if form.errors else 200)


@door.open
def observe(request: HttpRequest, code: str) -> HttpResponse:
    """This will show what is asked, and take the answers once."""
    actor = cast(Actor, request.actor)  # type: ignore[attr-defined]
    face = observation_queries.code_held(code, actor)
    form = SheetForm(
        request.POST if request.method == "POST" else None, questions=face.questions
    )  # fmt: skip
    thanks = form.is_valid() and succeeds(form, lambda: observation_actions.answer(
        code=code, actor=actor, **form.told()
    ))  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "portal/observe.html", face, form=form, thanks=thanks, status=status)
