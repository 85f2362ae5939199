"""What every template knows: the house's name and county, the actor, the nonce."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """This will return the few values every page needs; nothing here asks the database."""
    return {
        "request": request,
        "actor": getattr(request, "actor", None),
        "nonce": getattr(request, "nonce", ""),
        "demo": settings.YIKE.demo,
        "elder": request.COOKIES.get("elder") == "1",
        "theme": {"dark": "dark", "light": "light"}.get(request.COOKIES.get("theme", ""), ""),
    }
