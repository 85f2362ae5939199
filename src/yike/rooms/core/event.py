"""What an event is: a frozen fact in the past tense, made of ids and plain values only."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

Plain = str | int | float | bool | None | UUID | datetime | date


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every event. Subclasses are frozen, keyword-only, and hold plain values.

    `SUBJECT` names the field that says what the event is about (for the history of one thing);
    `SENTENCE` is a Chinese sentence with {field} places, for people. Never put an unmasked name,
    phone or identity number into an event: the trail is kept for ever.
    """

    #: kind of the subject, for example "matter"; empty when the event is about no single thing
    ABOUT: ClassVar[str] = ""
    #: field that holds the subject's id
    SUBJECT: ClassVar[str] = ""
    #: field that holds a region code, if any: entries are filtered by region like rows
    REGION: ClassVar[str] = "region_code"
    #: sentence for people
    SENTENCE: ClassVar[str] = ""

    def facts(self) -> dict[str, Any]:
        """This will return the event's fields as plain JSON values."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}

    @property
    def subject_ref(self) -> str:
        """The id of what this event is about, as text; empty when about no single thing."""
        return str(getattr(self, self.SUBJECT)) if self.SUBJECT else ""

    @property
    def about(self) -> str:
        """The kind of thing this event is about; overridden where it is known only by the facts."""
        return self.ABOUT

    @property
    def region(self) -> str:
        """The region code this event belongs to; empty when it belongs to none."""
        return str(getattr(self, self.REGION, "") or "")

    @classmethod
    def kind(cls) -> str:
        """The event's full name: room and class, as it stands in the trail."""
        parts = cls.__module__.split(".")
        room = parts[parts.index("rooms") + 1] if "rooms" in parts else parts[1]
        return f"{room}.{cls.__name__}"


def _plain(value: Plain | tuple[Plain, ...]) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
