"""What a session knows: which staff member sits here, or which matter a citizen has proved.

Staff sessions are people's, Django's session only holds their id; a citizen's claim on a matter
ends after half an hour without a request.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from yike.rooms.core.actor import Actor
from yike.rooms.people import actions as people_actions
from yike.rooms.people.actions import Arrival

#: A citizen's claim on one matter ends after this many seconds without a request.
CLAIM_SECONDS = 30 * 60
#: The session row is written at most once in so many seconds, not at every request.
WRITE_EVERY = 60


def staff_arrival(request: HttpRequest, nobody: Actor) -> Arrival | None:
    """This will return the staff member of this session, or None when it ended or never began.

    Whether it ended (sign-out elsewhere, rest, new password, closed account) is people's to say.
    """
    account, session = request.session.get("account"), request.session.get("staff_session")
    if not account or not session:
        return None
    arrival = people_actions.come_in(
        account_id=UUID(account), session_id=UUID(session), actor=nobody
    )
    if arrival is None:
        request.session.flush()
    return arrival


def staff_session(request: HttpRequest) -> UUID:
    """This will return the id of the staff session that this request came in with."""
    return UUID(request.session["staff_session"])


def citizen_actor(request: HttpRequest, nobody: Actor) -> Actor:
    """This will return the visitor, as a citizen when this session proved a claim before."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return nobody
    claim = request.session.get("claim")
    if not claim or _idle(request, "claimed", CLAIM_SECONDS):
        return nobody
    return nobody.claiming(claim[0], claim[1])


def has_claim(request: HttpRequest) -> bool:
    """This will say whether this browser knows a reference and its phone."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and "claim" in request.session


def keep_claim(request: HttpRequest, reference: str, key: str) -> None:
    """This will remember that this browser knows the reference and its phone, under a fresh key."""
    request.session["claim"] = [reference, key]
    request.session["claimed"] = _seconds()
    request.session.cycle_key()  # last: it is written with what it holds


def drop_claim(request: HttpRequest) -> None:
    """This will forget the claim, as on a shared phone."""
    request.session.pop("claim", None)


def enter(request: HttpRequest, account: UUID, session: UUID) -> None:
    """This will begin a staff session under a fresh key, so that a planted key is worth nothing."""
    request.session.flush()
    request.session["account"] = str(account)
    request.session["staff_session"] = str(session)


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
