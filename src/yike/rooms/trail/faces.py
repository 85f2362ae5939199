"""What is seen of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class EntryFace:
    """One sentence of history, in words."""

    id: int
    at: datetime
    #: room and event, such as "matters.MatterClosed"
    kind: str
    #: what happened, in words
    sentence: str
    about: str
    subject: str
    region_code: str
    actor_kind: str
    actor_ref: str
    actor_label: str
    actor_org: str
    door: str
    request_id: str
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EntryFilter:
    """What an auditor looks for; empty means all. Instants are aware; `until` is exclusive."""

    kind: str = ""
    about: str = ""
    subject: str = ""
    actor_ref: str = ""
    door: str = ""
    region_from: str = ""
    region_until: str = ""
    request_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SealState:
    """How far the chain reaches, and how long the oldest entry behind it has waited (seconds)."""

    sealed: int
    head: str
    waiting_seconds: float
    #: entries behind the last seal; their instants may lie long ago (imports, the demonstration)
    waiting: int
    #: the newest head kept outside the database, and whether the chain still agrees with it
    anchored_at: str = ""
    anchored: int = 0
    agrees: bool = True
    #: the oldest entry kept: nothing is ever removed
    since: datetime | None = None
