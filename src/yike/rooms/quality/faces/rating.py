"""Ratings as citizens, the rated and supervisors see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class RatePage:
    """What somebody rates: no name, no telephone, only what tells them which matter it is."""

    reference: str
    title: str
    office: str
    answered_at: datetime | None
    #: a word may be said now; else why not
    may: bool
    why_not: str = ""
    #: said before, and after it was done once more
    level_name: str = ""
    again_name: str = ""
    #: it was done once more since the first rating
    again: bool = False
    #: what the handler noted it cost, in words; "" where nothing was noted
    cost: str = ""


@dataclass(frozen=True, kw_only=True)
class ReplyFace:
    """What the rated side said."""

    at: datetime
    words: str
    appeals: bool


@dataclass(frozen=True, kw_only=True)
class RatedRow:
    """A rating as the rated side sees it: never who; not which matter where that was asked for."""

    id: UUID
    matter_id: UUID | None
    reference: str
    level: int
    level_name: str
    bad: bool
    reasons: tuple[str, ...]
    words: str
    #: the month only, where the citizen did not want to be known
    rated_at: datetime
    again_name: str
    standing: str
    standing_name: str
    anonymous: bool
    of_me: bool
    reply: ReplyFace | None


@dataclass(frozen=True, kw_only=True)
class LevelCount:
    """How many gave one of the five levels."""

    level: int
    name: str
    n: int


@dataclass(frozen=True, kw_only=True)
class MyRatings:
    """The rated side's page."""

    rows: tuple[RatedRow, ...]
    levels: tuple[LevelCount, ...]
    #: share of satisfied among what counts; None below the smallest number shown
    percent: str
    since: date


@dataclass(frozen=True, kw_only=True)
class RatingRow:
    """One rating as supervisors see it."""

    id: UUID
    reference: str
    org_name: str
    level: int
    level_name: str
    bad: bool
    reasons: tuple[str, ...]
    words: str
    channel_name: str
    rated_at: datetime
    again_name: str
    flags: tuple[str, ...]
    standing: str
    standing_name: str
    reply: ReplyFace | None
    callback_id: UUID | None
    demo: bool


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Ratings of a span, before and after what was excluded or waits to be checked."""

    answered: int
    rated: int
    #: share of answered that was rated
    response: str
    levels: tuple[LevelCount, ...]
    #: satisfied among all, and among what counts
    before: str
    after: str
    excluded: int
    held: int
    bad: int
    called: int
    #: share of bad ratings with at least one contact noted
    callback: str


@dataclass(frozen=True, kw_only=True)
class LoopFigures:
    """How many loops were closed, and how long they took (发现 to 复盘)."""

    found: int
    closed: int
    overdue: int
    rate: str
    #: middle of the days from finding to closing; None when nothing was closed
    median_days: float | None


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What bad ratings are about: reason, how many, share."""

    name: str
    n: int
    percent: int
