"""Where other systems are called: an office's own, and platforms that fed matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import seat
from yike.doors.desk.forms.links import NewOffice, NewPlatform
from yike.doors.desk.forms.people import Reason
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import show
from yike.rooms.core.refusal import NotFound
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import link_kinds
from yike.rooms.notices import queries as notices_queries
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles

_FORMS: dict[str, type[NewOffice] | type[NewPlatform]] = {
    "office": NewOffice, "platform": NewPlatform,
}  # fmt: skip

#: deeds that need no words
_PLAIN: dict[str, Callable[..., object]] = {
    "test": notices_actions.try_link,
    "resume": notices_actions.resume_link,
}
_WITH_REASON: dict[str, Callable[..., object]] = {
    "pause": notices_actions.pause_link,
    "end": notices_actions.end_link,
}


@door.staff(roles=seat.ADMINISTRATORS)
@require_GET
def links(request: HttpRequest) -> HttpResponse:
    """This will list where other systems are called, and the shapes they may take."""
    actor = seat.who(request)
    face = notices_queries.links(actor=actor)
    more: dict[str, Any] = {
        "presets": list(link_kinds.PRESETS.values()),
        "hosts": settings.YIKE.link_hosts,
        "may": actor.has(roles.ADMIN_SECURITY),
    }
    return show(request, "desk/links.html", face, **more)


@door.staff(roles=seat.SECURITY)
@require_http_methods(["GET", "POST"])
def new_link(request: HttpRequest, what: str) -> HttpResponse:
    """This will register one; its secret is shown this one time."""
    actor, made = seat.who(request), None
    form = _form(what)(request.POST or None, actor=actor)
    if form.is_valid():
        made = attempt(form, lambda: notices_actions.make_link(**seat.told(form), actor=actor))
    if made:
        return _page(request, made.id, secret=made.secret)
    return show(request, "desk/link_new.html", what, form=form, status=seat.status_of(form))


@door.staff(roles=seat.ADMINISTRATORS)
@require_GET
def link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """This will show one and what was handed over."""
    return _page(request, link_id)


@door.staff(roles=seat.SECURITY)
@require_POST
def change_link(request: HttpRequest, link_id: UUID, what: str) -> HttpResponse:
    """This will test, pause, resume or end one, or make it a new secret."""
    actor = seat.who(request)
    if what == "secret":
        fresh = notices_actions.change_secret(link_id=link_id, actor=actor)
        return _page(request, link_id, secret=fresh.secret)
    if what in _PLAIN:
        _PLAIN[what](link_id=link_id, actor=actor)
        return _back(link_id)
    if what not in _WITH_REASON:
        raise NotFound("没有这个操作。", way_on="请回到系统对接。")
    form, deed = Reason(request.POST, auto_id=f"{what}_%s"), _WITH_REASON[what]
    if seat.done(form, deed, link_id=link_id, actor=actor):
        return _back(link_id)
    return _page(request, link_id, status=422, forms={what: form})


@door.staff(roles=seat.SECURITY)
@require_POST
def send_again(request: HttpRequest, link_id: UUID, delivery_id: UUID) -> HttpResponse:
    """This will hand one delivery over once more, under its number."""
    notices_actions.send_again(delivery_id=delivery_id, actor=seat.who(request))
    return _back(link_id)


def _form(what: str) -> type[NewOffice] | type[NewPlatform]:
    if what not in _FORMS:
        raise NotFound("没有这个页面。", way_on="请回到系统对接。")
    return _FORMS[what]


def _back(link_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:link", args=[link_id]))


def _page(
    request: HttpRequest,
    link_id: UUID,
    *,
    secret: str = "",
    status: int = 200,
    forms: dict[str, Form] | None = None,
) -> HttpResponse:
    actor = seat.who(request)
    face = notices_queries.link_page(link_id, after=request.GET.get("after", ""), actor=actor)
    keys = {key.id: key.name for key in people_queries.api_keys(actor=actor)}
    more: dict[str, Any] = {
        "secret": secret,
        "platform": keys.get(face.link.key_id, "") if face.link.key_id else "",
        "may": actor.has(roles.ADMIN_SECURITY),
        "pause": (forms or {}).get("pause") or Reason(auto_id="pause_%s"),
        "end": (forms or {}).get("end") or Reason(auto_id="end_%s"),
    }
    return show(request, "desk/link.html", face, status=status, **more)
