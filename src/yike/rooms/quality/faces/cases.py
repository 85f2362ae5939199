"""Callbacks, rectifications, alerts and complaints as lists and pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yike.rooms.files.faces import FileFace
from yike.rooms.matters.faces import VerbFace


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One line: what it is, where it stands, who owes what until when."""

    id: UUID
    noun: str
    title: str
    about: str
    state: str
    state_name: str
    ended: bool
    owner: str
    mine: bool
    region_name: str
    found_at: datetime
    due_at: datetime | None
    escalated_at: datetime | None
    ended_at: datetime | None
    demo: bool


@dataclass(frozen=True, kw_only=True)
class AttemptFace:
    """One try to reach the citizen."""

    at: datetime
    who: str
    result_name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One case, whole: facts, what was written, tries, papers, history, deeds allowed now."""

    row: CaseRow
    version: int
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    #: of the matter behind it, when the actor may see it
    reference: str = ""
    attempts: tuple[AttemptFace, ...] = ()
    files: tuple[FileFace, ...] = ()
    #: what it led to, or came from: noun, id, title
    related: tuple[tuple[str, UUID, str], ...] = ()
    history: tuple[tuple[datetime, str, str], ...] = ()
    verbs: tuple[VerbFace, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ComplaintFace:
    """A complaint as whoever made it sees it."""

    id: UUID
    reference: str
    version: int
    state: str
    state_name: str
    ended: bool
    kind_name: str
    words: str
    made_at: datetime
    due_at: datetime | None
    letter: str
    letter_at: datetime | None
    upheld: bool | None
    answer: str
    answered_at: datetime | None
    appeal: str
    appealed_at: datetime | None
    appeal_answer: str
    appeal_answered_at: datetime | None
    appeal_until: datetime | None
    can: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class DailyRow:
    """One institution's list of one day: what waited, who looks, whether they did."""

    id: UUID
    org_name: str
    day: date
    sign: int
    work: int
    late: int
    keeper: str
    deputy: str
    seen_at: datetime | None
    seen_by: str
    alarmed_at: datetime | None
    deputy_asked_at: datetime | None
    mine: bool
    demo: bool


@dataclass(frozen=True, kw_only=True)
class RewardRow:
    """One record of a reward or punishment."""

    id: UUID
    who: str
    kind_name: str
    good: bool
    weight_percent: int
    active_from: date
    active_until: date | None
    basis: str
    words: str
    revoked_at: datetime | None
    revoke_reason: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class PolicyRow:
    """One parameter with its value in force and where that comes from."""

    code: str
    name: str
    value: int
    shipped: int
    unit: str
    basis: str
    version: int
    reason: str
    set_at: datetime | None
