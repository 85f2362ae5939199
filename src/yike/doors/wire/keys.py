"""Who knocks at the wire: a platform with a key, never more often than it may."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Header
from ninja.security import HttpBearer

from yike.doors.wire.shapes import Problem
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.people import actions as people_actions
from yike.rooms.people.actions.api_keys import SCOPES

#: every no has one shape
PROBLEMS: Any = dict.fromkeys((400, 401, 403, 404, 405, 413, 415, 422, 429), Problem)
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=64,
        pattern=r"^[\x21-\x7e]+$",
        description="您给这次请求编的号；重发时不变，就不会重复受理。",
    ),
]


def actor_of(request: HttpRequest, scope: str = "") -> Actor:
    """This will return the platform, whose key must be good for this. Refuses NotAllowed."""
    found = cast(Actor, request.auth)  # type: ignore[attr-defined]
    if scope and not found.has(scope):
        raise NotAllowed(
            f"这个密钥没有“{SCOPES[scope]}”的权限。", way_on="请联系县级平台安全管理员。"
        )
    return found


class PeerKey(HttpBearer):
    """`Authorization: Bearer <key>`; wrong keys are slowed down by their address."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """This will return the platform's actor; None when the key opens nothing."""
        knocking = cast(Actor, request.actor)  # type: ignore[attr-defined]
        return people_actions.admit_peer(api_key=token, actor=knocking)
