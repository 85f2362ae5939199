"""Who knocks at the wire: a platform with a key, never more often than it may."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from yike.rooms.core.actor import Actor
from yike.rooms.people import actions as people_actions


class PeerKey(HttpBearer):
    """`Authorization: Bearer <key>`; wrong keys are slowed down by their address."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """This will return the platform's actor; None when the key opens nothing."""
        knocking = cast(Actor, request.actor)  # type: ignore[attr-defined]
        return people_actions.admit_peer(api_key=token, actor=knocking)
