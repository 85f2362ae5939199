"""Certificates of kiosks and window computers: made and revoked by the security administrator."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yike.doors.desk import choices, seat
from yike.doors.desk.forms.people import NewDevice, Reason
from yike.doors.kit import door
from yike.doors.kit.forms import Form, attempt
from yike.doors.kit.pages import go, show
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries


@door.staff(roles=seat.ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """This will list the devices; security registers one, its certificate is shown this one time.

    The bundle is a link that holds the file itself: no address serves a private key.
    """
    form, actor, made = NewDevice(request.POST or None), seat.who(request), None
    if form.is_valid():
        made = attempt(form, lambda: people_actions.register_device(**form.told(), actor=actor))
    if made:
        form = NewDevice()
        bundle = base64.b64encode(made.bundle).decode()
        return _page(request, form=form, made=made, bundle=bundle)
    return _page(request, form=form, status=seat.status_of(form))


@door.staff(roles=seat.SECURITY)
@require_POST
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """This will take a certificate out of force at once."""
    form, actor = Reason(request.POST, auto_id=f"revoke_{device_id}_%s"), seat.who(request)
    if seat.done(form, people_actions.revoke_device, device_id=device_id, actor=actor):
        return go(request, "desk:devices")
    return _page(request, form=NewDevice(), tried=(device_id, form), status=422)


@door.staff(roles=seat.SECURITY)
@require_GET
def authority(request: HttpRequest) -> HttpResponse:
    """This will hand out the certificate that the proxy checks devices against."""
    pem = people_queries.device_authority(actor=seat.who(request))
    answer = HttpResponse(pem, content_type="application/x-pem-file")
    answer.headers["Content-Disposition"] = 'attachment; filename="yike-devices.pem"'
    return answer


def _page(
    request: HttpRequest,
    *,
    form: Form,
    tried: tuple[UUID, Form] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    actor, bound = seat.who(request), dict([tried]) if tried else {}
    rows = people_queries.devices(actor=actor)
    drawn = [(row, bound.get(row.id) or Reason(auto_id=f"revoke_{row.id}_%s")) for row in rows]
    orgs = providers_queries.names_of(row.org for row in rows if row.org)
    named = {name.strip() for name in settings.YIKE.device_roles.split(",")}
    told: dict[str, Any] = {
        "form": form if actor.has(roles.ADMIN_SECURITY) else None,
        "where": {**orgs, **{UUID(one): name for one, name in choices.stations() if one}},
        "bound": [role.name for code, role in roles.ROLES.items() if code in named],
        "listens": settings.YIKE.proxies > 0 and bool(settings.YIKE.device_header),
    }
    return show(request, "desk/devices.html", drawn, status=status, **told | more)
