"""What stands beside a matter's state: rungs of broken promises, calls, ties, moved promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.clocks.queries import RecalculationFace


@dataclass(frozen=True, kw_only=True)
class PressingFace:
    """One rung that a broken promise reached."""

    id: UUID
    rung: int
    rung_name: str
    promise_name: str
    due_at: datetime
    reached_at: datetime
    #: noticed later than it was reached: the house was down
    recorded_at: datetime
    told: tuple[str, ...]
    told_at: datetime | None
    holder_name: str


@dataclass(frozen=True, kw_only=True)
class PressedRow:
    """One line of the list of broken promises: the matter and its highest rung."""

    pressing: PressingFace
    reference: str
    order_no: str
    title: str
    state_name: str
    holder_name: str
    region_name: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class CallFace:
    """One call about a matter. kind: contact or transfer."""

    at: datetime
    kind: str
    kind_name: str
    who: str
    from_line: str
    to_line: str
    to_name: str
    transfer_name: str
    outcome: str
    outcome_name: str
    #: the caller was left without help at that moment
    failed: bool
    words: str
    call_by: datetime | None


@dataclass(frozen=True, kw_only=True)
class LinkFace:
    """Another matter to which this one is tied."""

    reference: str
    title: str
    state_name: str
    ended: bool
    tie_name: str
    reason: str
    score: int | None
    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BesidePart:
    """All that stands beside the state of one matter."""

    pressings: tuple[PressingFace, ...] = ()
    calls: tuple[CallFace, ...] = ()
    links: tuple[LinkFace, ...] = ()
    recalculations: tuple[RecalculationFace, ...] = ()
