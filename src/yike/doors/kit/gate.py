"""Who comes in: makes an Actor of a request, opens their rows, turns a no into a page.

The view runs inside one transaction as that actor; an exception rolls everything back. Only this
module, `forms.attempt` and the wire door know what a Refusal looks like from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from yike.doors.kit import door, errors, sessions
from yike.doors.kit.incoming import nobody, prepare, readable
from yike.rooms.core.refusal import NotFound, Refusal
from yike.rooms.guard import acting as guard

_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:{tiles}; connect-src 'self'{tiles}; worker-src 'self' blob:; "
    "object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
#: 天地图's tile servers, allowed where the office has a key, and only there.
_TIANDITU = "".join(f" https://t{number}.tianditu.gov.cn" for number in range(8))
_HEADERS = {
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

#: What must be done before anything else, and where.
_FIRST = {"must_change": "kit:password", "must_enrol": "kit:second-factor"}

View = Callable[..., HttpResponseBase]


class GateMiddleware:
    """Stands before every view, innermost of all middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """This will number the request, let it through, and put the headers of safety on it."""
        prepare(request)
        response = self.get_response(request)
        _protect(response, request.nonce)  # type: ignore[attr-defined]
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponseBase:
        """This will run the view as its actor in one transaction, or say why it does not."""
        if not readable(request, kwargs):
            return errors.bad_request(request)
        try:
            return _let_in(request, view, args, kwargs)
        except NotFound:
            return errors.not_found(request)
        except Refusal as no:
            return errors.refused(request, no)


def _let_in(
    request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> HttpResponseBase:
    rule = door.rule_of(view)
    if rule is None:
        if request.door == "wire":  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)  # opens its own transaction, once it knows who
        raise LookupError(f"{view!r} must be decorated with door.staff or door.open.")
    if rule.staff:
        arrival = sessions.staff_arrival(request, nobody(request))
        if arrival is None:
            return _ask_to_sign_in(request)
        if arrival.must and not rule.unfinished:
            return HttpResponseRedirect(reverse(_FIRST[arrival.must]))
        request.actor = actor = arrival.actor  # type: ignore[attr-defined]
        door.check(rule, actor)
    elif rule.claim:
        actor = sessions.citizen_actor(request, nobody(request))
        if actor.kind != "citizen":
            return _ask_for_claim(request)
    else:
        actor = nobody(request)
    request.actor = actor  # type: ignore[attr-defined]
    with guard.acting(actor):
        return view(request, *args, **kwargs)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """A post of an ended session keeps what was typed: it is shown again after signing in."""
    where = reverse("kit:sign-in")
    if request.method == "POST":
        return errors.session_ended(request)
    query = urlencode({"next": request.get_full_path()})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": f"{where}?{query}"})
    return HttpResponseRedirect(f"{where}?{query}")


def _ask_for_claim(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return errors.claim_ended(request)
    return HttpResponseRedirect(reverse("portal:follow"))


def _protect(response: HttpResponseBase, nonce: str) -> None:
    policy = _POLICY.format(nonce=nonce, tiles=_TIANDITU if settings.YIKE.tianditu_key else "")
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")  # pages, answers of the wire, papers


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will say that the form has expired, show what was typed, and offer to send it again."""
    prepare(request)
    return errors.expired_form(request)
