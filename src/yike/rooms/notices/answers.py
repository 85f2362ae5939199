"""What another system says of single points of a delivery that it took, or did not. Pure."""

from __future__ import annotations

import json
from typing import Any

from yike.rooms.notices.wording import one_line

#: so many points and letters of an answer are kept; a delivery holds at most fifty points
MOST, LETTERS = 200, 200


def refused(body: bytes) -> tuple[dict[str, str], ...]:
    """This will read {"refused": [{"id" or "code", "reason"}]}; () where nothing like it stands."""
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    rows = told.get("refused") if isinstance(told, dict) else None
    if not isinstance(rows, list):
        return ()
    return tuple(found for one in rows[:MOST] if (found := _one(one)))


def _one(told: Any) -> dict[str, str]:
    if not isinstance(told, dict):
        return {}
    found = {name: _words(told.get(name)) for name in ("id", "code", "reason")}
    return found if found["id"] or found["code"] else {}


def _words(told: Any) -> str:
    return one_line(str(told), LETTERS) if isinstance(told, str | int) else ""
