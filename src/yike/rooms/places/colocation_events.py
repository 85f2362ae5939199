"""What can happen to the elements of a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class ElementTold(Event):
    """An element of a place was told, or ended."""

    ABOUT: ClassVar[str] = "public_site"
    SUBJECT: ClassVar[str] = "place_id"
    SENTENCE: ClassVar[str] = "{name} {deed}要素“{element}”，责任单位 {unit}"

    place_id: UUID
    host: str
    name: str
    region_code: str
    deed: str
    element: str
    unit: str

    @property
    def about(self) -> str:
        """Stations have a history of their own kind."""
        return "station" if self.host == "station" else "public_site"
