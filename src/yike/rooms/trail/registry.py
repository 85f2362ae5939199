"""Finds the class of an event by its kind, and puts an entry into words.

Rooms above are imported by name, and only when an entry of theirs is read: this room lies below
them all.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from types import ModuleType
from typing import Any

from yike.rooms.core.clock import CIVIL
from yike.rooms.core.event import Event

_KIND = re.compile(r"([a-z]+)\.([A-Za-z0-9]+)")


@cache
def event_class(kind: str) -> type[Event] | None:
    """This will return the class of "room.Name"; None when this version knows no such event."""
    found = _KIND.fullmatch(kind)
    if not found:
        return None
    told = (getattr(module, found[2], None) for module in _modules(found[1]))
    return next((one for one in told if isinstance(one, type) and issubclass(one, Event)), None)


@cache
def _modules(room: str) -> tuple[ModuleType, ...]:
    """The modules of a room that hold its events: `events` and whatever ends in `_events`."""
    try:
        inside = importlib.import_module(f"yike.rooms.{room}")
    except ModuleNotFoundError:
        return ()
    names = (one.name for one in pkgutil.iter_modules(inside.__path__))
    held = (name for name in names if name == "events" or name.endswith("_events"))
    return tuple(importlib.import_module(f"{inside.__name__}.{name}") for name in held)


def sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """This will put an event into words; one of another version is named with its facts."""
    event = event_class(kind)
    if event is None or not event.SENTENCE:
        told = "，".join(f"{name}：{value}" for name, value in facts.items())
        return f"{kind}（{told}）" if told else kind
    return event.SENTENCE.format_map(_Shown(event, facts))


class _Shown(dict[str, Any]):
    """Facts as people read them; what another version did not write is a dash."""

    def __init__(self, event: type[Event], facts: Mapping[str, Any]) -> None:
        kinds = {field.name: str(field.type) for field in dataclasses.fields(event)}
        super().__init__({name: _shown(kinds.get(name, ""), v) for name, v in facts.items()})

    def __missing__(self, name: str) -> str:
        return "—"


def _shown(kind: str, value: Any) -> Any:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    if isinstance(value, str) and kind.startswith(("datetime", "date")):
        return _moment(value)
    return value


def _moment(text: str) -> str:
    try:
        if len(text) == 10:
            return f"{date.fromisoformat(text):%Y-%m-%d}"
        return f"{datetime.fromisoformat(text).astimezone(CIVIL):%Y-%m-%d %H:%M}"
    except ValueError:
        return text
