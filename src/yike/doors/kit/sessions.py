"""What a session knows: which staff member sits here, or which matter a citizen has proved.

A staff session ends after minutes without a request; a citizen's claim after half an hour.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from yike.rooms.core.actor import Actor

#: A citizen's claim on one matter ends after this many seconds without a request.
CLAIM_SECONDS = 30 * 60
#: The session row is written at most once in so many seconds, not at every request.
WRITE_EVERY = 60


def staff_actor(request: HttpRequest) -> Actor | None:
    """This will return the staff member of this session, or None when it ended or never began."""
    account = request.session.get("account")
    if not account or _idle(request, "seen", settings.YIKE.session_minutes * 60):
        return None
    return _actor_of(request, UUID(account))


def _actor_of(request: HttpRequest, account: UUID) -> Actor | None:
    return None


def citizen_actor(request: HttpRequest, nobody: Actor) -> Actor:
    """This will return the visitor, as a citizen when this session proved a claim before."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return nobody
    claim = request.session.get("claim")
    if not claim or _idle(request, "claimed", CLAIM_SECONDS):
        return nobody
    return nobody.claiming(claim[0], claim[1])


def keep_claim(request: HttpRequest, reference: str, key: str) -> None:
    """This will remember that this browser knows the reference and its phone."""
    request.session["claim"] = [reference, key]
    request.session["claimed"] = _seconds()


def drop_claim(request: HttpRequest) -> None:
    """This will forget the claim, as on a shared phone."""
    request.session.pop("claim", None)


def enter(request: HttpRequest, account: UUID) -> None:
    """This will begin a staff session under a fresh key, so that a planted key is worth nothing."""
    request.session.flush()
    request.session["account"] = str(account)
    request.session["seen"] = _seconds()


def leave(request: HttpRequest) -> None:
    """This will end the session and remove all it knew."""
    request.session.flush()


def _idle(request: HttpRequest, name: str, most: int) -> bool:
    """Whether nothing was asked for `most` seconds; notes this request as the latest."""
    last = int(request.session.get(name, 0))
    passed = _seconds() - last
    if passed > most:
        request.session.flush()
        return True
    if passed > WRITE_EVERY:
        request.session[name] = _seconds()
    return False


def _seconds() -> int:
    """Machine time: the demo clock must not end a session."""
    return int(time.time())
