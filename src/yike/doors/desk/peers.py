"""地图平台对接: platforms that read our layers, what they are told, their codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.peers import Codes, Fields, NewPeer, TheirAddress
from yike.doors.desk.forms.people import Reason
from yike.doors.kit import door
from yike.doors.kit.forms import attempt
from yike.doors.kit.pages import go, show
from yike.rooms.exchange import actions as exchange_actions
from yike.rooms.exchange import changes, peer_pages
from yike.rooms.people import roles


@door.staff(roles=seat.LINKED)
@require_GET
def peers(request: HttpRequest) -> HttpResponse:
    """This will list the platforms that read our layers."""
    actor = seat.who(request)
    face = peer_pages.peers(actor, choices.county())
    return show(request, "desk/peers.html", face, may=actor.has(roles.ADMIN_SECURITY))


@door.staff(roles=seat.SECURITY)
@require_http_methods(["GET", "POST"])
def new_peer(request: HttpRequest) -> HttpResponse:
    """This will register one; the secret of its address is shown this one time."""
    actor, made = seat.who(request), None
    form = NewPeer(request.POST or None, actor=actor)
    if form.is_valid():
        told = seat.told(form) | {"county": choices.county(), "actor": actor}
        made = attempt(form, lambda: exchange_actions.register_peer(**told))
    if made:
        return _page(request, made.id, secret=made.secret)
    return show(request, "desk/peer_new.html", form=form, status=seat.status_of(form))


@door.staff(roles=seat.LINKED)
@require_GET
def peer(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """This will show one: its layers, its codes, what was pushed and what it said."""
    return _page(request, peer_id)


@door.staff(roles=seat.LINKERS)
@require_http_methods(["GET", "POST"])
def layer(request: HttpRequest, peer_id: UUID, layer_id: str) -> HttpResponse:
    """This will choose the fields of a layer that a platform is told of."""
    actor = seat.who(request)
    face = peer_pages.layer_asked(actor, peer_id, layer_id)
    form = Fields(request.POST if request.method == "POST" else None, asked=face)
    told: dict[str, Any] = {"peer_id": peer_id, "layer": layer_id, "actor": actor}
    if seat.done(form, exchange_actions.subscribe, **told):
        return go(request, "desk:peer", peer_id)
    return show(request, "desk/peer_layer.html", face, form=form, status=seat.status_of(form))


@door.staff(roles=seat.LINKERS)
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """This will publish a new version of the table of codes."""
    actor = seat.who(request)
    face = peer_pages.codes_asked(actor, peer_id)
    form = Codes(request.POST if request.method == "POST" else None, initial={"text": face.text})
    if seat.done(form, exchange_actions.publish_codes, peer_id=peer_id, actor=actor):
        return go(request, "desk:peer", peer_id)
    kinds = changes.KINDS.values()
    return show(
        request, "desk/peer_codes.html", face, form=form, kinds=kinds, status=seat.status_of(form)
    )


@door.staff(roles=seat.LINKERS)
@require_POST
def push(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """This will have the changes pushed now."""
    exchange_actions.ask_push(peer_id=peer_id, actor=seat.who(request))
    return go(request, "desk:peer", peer_id)


@door.staff(roles=seat.LINKERS)
@require_POST
def end(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """This will push nothing to a platform any more."""
    form = Reason(request.POST, auto_id="end_%s")
    if seat.done(form, exchange_actions.end_peer, peer_id=peer_id, actor=seat.who(request)):
        return go(request, "desk:peer", peer_id)
    return _page(request, peer_id, end=form, status=422)


@door.staff(roles=seat.LINKERS)
@require_POST
def their_list(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """This will note from where a platform's own list is read."""
    form = TheirAddress(request.POST, auto_id="list_%s")
    if seat.done(form, exchange_actions.set_list, peer_id=peer_id, actor=seat.who(request)):
        return go(request, "desk:peer", peer_id)
    return _page(request, peer_id, listed=form, status=422)


@door.staff(roles=seat.LINKERS)
@require_POST
def fetch_list(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """This will have a platform's list fetched and compared now."""
    exchange_actions.ask_list(peer_id=peer_id, actor=seat.who(request))
    return go(request, "desk:peer", peer_id)


def _page(
    request: HttpRequest,
    peer_id: UUID,
    *,
    secret: str = "",
    end: Reason | None = None,
    listed: TheirAddress | None = None,
    status: int = 200,
) -> HttpResponse:
    face = peer_pages.peer_page(seat.who(request), peer_id)
    held = face.listed
    start = {"url": held.url, "layer": held.layer, "crs": held.crs, "metres": held.metres}
    more: dict[str, Any] = {
        "secret": secret, "end": end or Reason(auto_id="end_%s"),
        "listed": listed or TheirAddress(auto_id="list_%s", initial=start),
    }  # fmt: skip
    return show(request, "desk/peer.html", face, status=status, **more)
