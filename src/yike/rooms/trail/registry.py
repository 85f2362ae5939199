"""Finds the class of an event by its kind, and puts an entry into words.

Rooms above are imported by name, and only when an entry of theirs is read: this room lies below
them all.
"""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
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
    module = f"yike.rooms.{found[1]}.events"
    try:
        event = getattr(importlib.import_module(module), found[2], None)
    except ModuleNotFoundError as missing:
        if missing.name and module.startswith(missing.name):
            return None
        raise
    return event if isinstance(event, type) and issubclass(event, Event) else None


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
