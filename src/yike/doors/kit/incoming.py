"""What is known of every request at the threshold: number, nonce, door, address."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, QueryDict

from yike.rooms.core.actor import Actor, visitor
from yike.rooms.people import device_certificates

#: Cookie that holds the key of a citizen's unsent draft: random, worth nothing anywhere else.
DRAFT = "yike_draft"
_KEY = re.compile(r"[0-9a-f]{32}")

#: First part of the path -> the door that stands there; every other path is the portal's.
DOORS = {
    "desk": "desk", "sign-in": "desk", "sign-out": "desk", "profile": "desk",
    "command": "command", "api": "wire", "ogc": "wire",
}  # fmt: skip


def prepare(request: HttpRequest) -> None:
    """This will give a request its number, nonce, door and the address it came from."""
    if hasattr(request, "nonce"):
        return
    request.nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
    request.request_id = uuid4().hex  # type: ignore[attr-defined]
    request.address = client_address(request)  # type: ignore[attr-defined]
    request.door = DOORS.get(request.path.split("/")[1], "portal")  # type: ignore[attr-defined]
    request.draft_key = _draft_key(request)  # type: ignore[attr-defined]
    request.actor = nobody(request)  # type: ignore[attr-defined]


def readable(request: HttpRequest, parts: Mapping[str, object]) -> bool:
    """This will say whether the address holds no NUL, which no database column can take.

    In a form such signs are taken out, as people neither see nor mean them.
    """
    if request.door != "wire":  # type: ignore[attr-defined]
        _take_out_nul(request)
    return not any("\x00" in str(one) for one in (*parts.values(), *_words(request.GET)))


def _take_out_nul(request: HttpRequest) -> None:
    if not any("\x00" in one for one in _words(request.POST)):
        return
    form = request.POST.copy()
    for name, values in request.POST.lists():
        form.setlist(name, [value.replace("\x00", "") for value in values])
    request.POST = form  # type: ignore[assignment]


def _words(form: QueryDict) -> list[str]:
    return [*form, *(value for _, values in form.lists() for value in values)]


def client_address(request: HttpRequest) -> str:
    """This will return the address the first trusted proxy saw, read from the right.

    With `proxies = 0` the header is not believed at all.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    told = [step.strip() for step in request.headers.get("X-Forwarded-For", "").split(",")]
    chain = [step for step in told if step] + [nearest]
    return chain[max(0, len(chain) - 1 - settings.YIKE.proxies)]


def client_certificate(request: HttpRequest) -> str:
    """This will return the SHA-256 of the client certificate that the trusted proxy verified.

    "" without a certificate, without a proxy (anybody can write a header), or when unreadable.
    """
    header = settings.YIKE.device_header
    if not header or settings.YIKE.proxies < 1:
        return ""
    return device_certificates.fingerprint_told(unquote(request.headers.get(header, "")))


def nobody(request: HttpRequest) -> Actor:
    """This will return the visitor that every request is, until somebody proves more.

    At the portal the visitor holds the draft's key, so that row security shows that draft alone.
    """
    found = visitor(
        request.door,  # type: ignore[attr-defined]
        request_id=request.request_id,  # type: ignore[attr-defined]
        address=request.address,  # type: ignore[attr-defined]
    )
    key = request.draft_key  # type: ignore[attr-defined]
    return replace(found, claim_key=key, certificate=client_certificate(request))


def _draft_key(request: HttpRequest) -> str:
    if request.door != "portal":  # type: ignore[attr-defined]
        return ""
    told = request.COOKIES.get(DRAFT, "")
    return told if _KEY.fullmatch(told) else secrets.token_hex(16)
