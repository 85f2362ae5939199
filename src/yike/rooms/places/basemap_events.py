"""What can happen to base maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class BaseMapMoved(Event):
    """A base map was brought, made, put into service, put back or removed."""

    ABOUT: ClassVar[str] = "base_map"
    SUBJECT: ClassVar[str] = "name"
    SENTENCE: ClassVar[str] = "底图 {name} {deed}"

    name: str
    region_code: str
    deed: str
