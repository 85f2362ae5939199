"""What every template knows: the house's name and county, the actor, the nonce."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """This will return the few values every page needs."""
    return {"actor": getattr(request, "actor", None)}
